"""What leaders themselves did about people lately: someone stands in, someone is invited, someone has left."""

import datetime as dt

from slf_portal.accounts.actions import create_person, invite
from slf_portal.common.dates import add_months
from slf_portal.demo.actions.people import Cast, Teams, Units
from slf_portal.demo.defaults import personas
from slf_portal.demo.defaults.names import email_of
from teams.actions import give_stand_in, join_team, leave_team
from teams.enums import StandInTask
from teams.models import Membership, StandIn

SCHOOL = "Mågedalsskolen"
INVITED = "Viola Sensommereng"


def write_leaders_work(cast: Cast, units: Units, teams: Teams) -> None:
    """No mail is sent: the demo's invited person is nobody, and her link is known to nobody."""
    head = cast.play(personas.SCHOOL_LEADER)
    group = teams[SCHOOL, "3.-4. årgang"]
    give_stand_in(
        by=head,
        row=StandIn(
            unit=units[SCHOOL],
            leader=head,
            person=group.members[0],
            tasks=[StandInTask.PLANNING, StandInTask.PEOPLE],
            starts_on=cast.today - dt.timedelta(days=3),
            ends_on=add_months(cast.today, 1),
            reason="Mens jeg er på lederuddannelse.",
        ),
    )
    invited = create_person(by=head, email=email_of(INVITED), name=INVITED)
    join_team(by=head, row=Membership(team=group.team, person=invited, starts_on=cast.today))
    invite(by=head, person=invited)
    leaving = Membership.objects.in_force(cast.today).get(team=group.team, person=group.members[-1])
    leave_team(by=head, row=leaving, on=cast.today - dt.timedelta(days=6))
