"""Handing over the service of teams from one resource person to another."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change
from slf_portal.common.dates import is_within_a_year, today
from slf_portal.common.errors import RefusedError
from slf_portal.common.templatetags.portal import long_day
from teams.actions.roles import begin_role, end_role
from teams.models import ResourcePerson, Team


class HandsOverWithRole(Protocol):
    def __call__(
        self, *, by: User | None, teams: Sequence[Team], leaver: User, successor: User, on: dt.date
    ) -> None: ...


# What rooms above hand to the one who takes over teams, all at once, so that they take their locks in one order: each
# adds its function in AppConfig.ready.
HANDED_OVER_WITH_ROLE: list[HandsOverWithRole] = []


def hand_over(
    *,
    by: User,
    rows: Sequence[ResourcePerson],
    successor: User,
    on: dt.date,
    with_plans: bool,
    token: uuid.UUID | None = None,
) -> None:
    """End one resource person's service and begin another's the same day, in every one of the teams or in none.

    `with_plans`: what she has planned from that day on becomes the other's. Raises RefusedError.
    """
    if not is_within_a_year(on, today()):
        raise RefusedError(_("Choose a day within the coming year."))
    with change(by=by, verb="hand over resource person", token=token):
        locked = ResourcePerson.objects.select_for_update(of=("self",)).select_related("team", "person")
        given = list(locked.filter(pk__in=[row.pk for row in rows]).order_by("pk"))
        for row in given:
            _refuse_unless_hers_to_give(row, on)
            end_role(by=by, row=row, on=on)
            begin_role(by=by, row=ResourcePerson(team=row.team, person=successor, starts_on=on))
        for hand in HANDED_OVER_WITH_ROLE if with_plans and given else ():
            hand(by=by, teams=[row.team for row in given], leaver=given[0].person, successor=successor, on=on)


def _refuse_unless_hers_to_give(row: ResourcePerson, on: dt.date) -> None:
    words = {"person": row.person.name, "team": row.team.name}
    if row.starts_on > on:
        begins = {**words, "day": long_day(row.starts_on)}
        raise RefusedError(_("%(person)s begins in %(team)s on %(day)s. Choose a later day.") % begins)
    if row.ends_on is not None and row.ends_on <= on:
        raise RefusedError(_("%(person)s no longer serves %(team)s then.") % words)
    if row.team.ends_on is not None and row.team.ends_on <= on:
        raise RefusedError(_("%(team)s has ended by then.") % words)
