"""The demo organisation from an empty database, whole or not at all."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from slf_portal.demo.actions.agreements import write_agreements
from slf_portal.demo.actions.conversations import write_conversations
from slf_portal.demo.actions.cycles import write_cycles
from slf_portal.demo.actions.handover import write_handover
from slf_portal.demo.actions.history import write_history
from slf_portal.demo.actions.leaders import write_leaders_work
from slf_portal.demo.actions.mandates import write_mandates
from slf_portal.demo.actions.organisation import write_organisation
from slf_portal.demo.actions.partner_visits import write_partner_visits
from slf_portal.demo.actions.people import enter_cast
from slf_portal.demo.actions.roles import write_roles
from slf_portal.demo.actions.staircase import write_staircases
from slf_portal.demo.actions.support import write_requests


def build_demo(*, say: Callable[[str], object]) -> bool:
    """Build the demo organisation with a year of history up to today; False, and nothing done, where people exist.

    `say` is told how far it is.
    """
    with transaction.atomic():
        if User.objects.exists():
            say(_("There are people in the portal already: nothing is built."))
            return False
        cast = enter_cast(today=today())
        say(_("Districts, units, closures and teams"))
        units, teams = write_organisation(cast)
        say(_("People and their roles"))
        write_roles(cast, units, teams)
        write_handover(cast, teams)
        say(_("A year of meetings, visits, contracts and GRUS"))
        write_history(cast, units, teams)
        write_agreements(cast, teams)
        write_requests(cast, units, teams)
        write_partner_visits(cast, units)
        write_staircases(cast, units, teams)
        write_mandates(cast, units, teams)
        write_leaders_work(cast, units, teams)
        say(_("Learning cycles and conversations"))
        write_cycles(cast, teams)
        write_conversations(cast, units, teams)
        built = {"people": User.objects.count(), "teams": len(teams)}
        say(_("The demo organisation is built: %(people)d people in %(teams)d teams.") % built)
    return True
