"""Leaders' own verbs about a team's people: adding, inviting, naming and ending."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from slf_portal.accounts.actions import create_person, invite, withdraw_invitation
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import end_checked, save_checked
from teams.models import Membership, ResourcePerson, Team, TeamLeader
from teams.queries import has_role


class TeamPeopleRefusedError(RefusedError):
    """The role cannot begin or end as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Welcomed:
    """Who became a member by her e-mail: whether she is new in the portal, and whether her mail could be sent."""

    person: User
    is_new: bool
    is_mailed: bool = False


def join_team(
    *, by: User, row: Membership | ResourcePerson, token: uuid.UUID | None = None
) -> Membership | ResourcePerson:
    """Let a person belong to or serve a team from the row's first day. Raises RefusedError when she does already."""
    with change(by=by, verb=f"begin {row._meta.model_name}", token=token):
        _refuse_after_end(row.team, row.starts_on)
        save_checked(row)
    return row


def welcome_member(
    *, by: User, team: Team, name: str, email: str, starts_on: dt.date, token: uuid.UUID | None = None
) -> Welcomed:
    """Let whoever has that e-mail be a member; who is new is created and gets a mail with her way in.

    Not inside another transaction: the mail is sent when this one is over. Raises RefusedError.
    """
    with change(by=by, verb="welcome member", token=token):
        person = User.objects.filter(email=email.lower()).first()
        if person and not person.is_active:
            raise TeamPeopleRefusedError(_("Access is closed for this e-mail. Ask an administrator to open it."))
        invited = None
        if person is None:
            person = create_person(by=by, email=email, name=name)
            invited = invite(by=by, person=person)
        join_team(by=by, row=Membership(team=team, person=person, starts_on=starts_on))
    return Welcomed(person, is_new=invited is not None, is_mailed=invited is not None and invited.mail())


def leave_team(*, by: User, row: Membership | ResourcePerson, on: dt.date) -> None:
    """End the role on a day. Who has not answered her invitation and has nothing left here is no longer invited.

    Raises TeamPeopleRefusedError for a day before the role begins or after it ends.
    """
    with change(by=by, verb=f"end {row._meta.model_name}"):
        row = type(row).objects.select_for_update(of=("self",)).select_related("person").get(pk=row.pk)
        if on < row.starts_on:
            raise TeamPeopleRefusedError(_("The day lies before the role begins."))
        if row.ends_on is not None and on > row.ends_on:
            raise TeamPeopleRefusedError(_("The role ends earlier than that already."))
        end_checked(row, on)
        if not has_role(row.person, today()):
            withdraw_invitation(by=by, person=row.person)


def name_team_leader(*, by: User, team: Team, person: User | None, on: dt.date, token: uuid.UUID | None = None) -> None:
    """Let the person (None: the unit's own leaders) be responsible for the team from a day, in place of the one before.

    Raises TeamPeopleRefusedError when she is already, RefusedError when someone else is to be later.
    """
    with change(by=by, verb="name team leader", token=token):
        _refuse_after_end(team, on)
        before = TeamLeader.objects.select_for_update().in_force(on).filter(team=team).first()
        if before and person and before.person_id == person.pk:
            raise TeamPeopleRefusedError(_("She is responsible for the team that day already."))
        if before:
            end_checked(before, on)
        if person:
            save_checked(TeamLeader(team=team, person=person, starts_on=on))


def _refuse_after_end(team: Team, on: dt.date) -> None:
    """One change of a team's people at a time, and none from the day it has ended."""
    stored = Team.objects.select_for_update().get(pk=team.pk)
    if stored.ends_on is not None and stored.ends_on <= on:
        raise TeamPeopleRefusedError(_("The team has ended by that day."))
