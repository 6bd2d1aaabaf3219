"""One of the resource person's teams is new to her: a colleague served it until three weeks ago."""

import datetime as dt

from slf_portal.demo.actions.people import Cast, Teams
from slf_portal.demo.defaults import personas
from slf_portal.demo.defaults.organisation import OFFICE
from teams.actions import begin_role, change_role
from teams.models import ResourcePerson

DAYS_AGO = 20


def write_handover(cast: Cast, teams: Teams) -> None:
    built = teams[OFFICE, "Overenskomst og jura"]
    row = ResourcePerson.objects.get(team=built.team, person=cast.play(personas.RESOURCE_PERSON))
    began, row.starts_on = row.starts_on, cast.today - dt.timedelta(days=DAYS_AGO)
    change_role(by=cast.administrator, row=row)
    built.former_visitor, built.visitor_since = teams[OFFICE, "MED og samarbejde"].members[-1], row.starts_on
    before = ResourcePerson(team=built.team, person=built.former_visitor, starts_on=began, ends_on=row.starts_on)
    begin_role(by=cast.administrator, row=before)
