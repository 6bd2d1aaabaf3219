"""Changes to people, their central roles and their invitations."""

import datetime as dt
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from slf_portal.accounts.emails import send_invitation
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, Invitation, User
from slf_portal.accounts.queries import digest_of, open_invitations, usable_invitation
from slf_portal.audit.actions import change
from slf_portal.common.dates import today
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import end_checked, save_checked
from slf_portal.common.sorting import danish_sort_key


class UnknownLanguageError(Exception):
    """The portal does not speak that language."""


class LastAdministratorError(RefusedError):
    """Someone must be left who can let others in."""

    def __str__(self) -> str:
        return _("This is the last administrator. Appoint another one first.")


class InvitationRefusedError(RefusedError):
    """The invitation cannot be given or accepted; the message says why."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation, and the token that its mail is to hold: this is the only place where the token is."""

    invitation: Invitation
    token: str

    def mail(self) -> bool:
        """Send it, when the transaction is over; the answer is whether the mail server took it."""
        return send_invitation(self.invitation, self.token)


def create_person(*, by: User | None, email: str, name: str) -> User:
    """Create a person without a password; she makes one through "forgotten password". Raises RefusedError."""
    with change(by=by, verb="create person"):
        person = User(email=email.lower(), name=name)
        person.set_unusable_password()
        save_checked(person)
        write_email_address(person)
    return person


def change_person(*, by: User | None, person: User, email: str, name: str) -> None:
    """Change a person's name or e-mail; allauth's address follows. Raises RefusedError."""
    with change(by=by, verb="change person"):
        person.email, person.name = email.lower(), name
        save_checked(person, columns=("email", "name", "sort_key"))
        write_email_address(person)


def write_email_address(person: User) -> None:
    """Keep allauth's EmailAddress equal to the person's e-mail, verified: it was entered by an administrator."""
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})


def create_people(*, by: User | None, people: Sequence[User]) -> None:
    """Create many people at once, as `create_person` does; their columns are valid and their e-mails new."""
    with change(by=by, verb="create person"):
        for person in people:
            person.set_unusable_password()
        User.objects.bulk_create(people)
        EmailAddress.objects.bulk_create(
            EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people
        )


def rename_people(*, by: User | None, people: Sequence[User]) -> None:
    """Save the new names of many people at once; the names are valid."""
    with change(by=by, verb="change person"):
        for person in people:
            person.sort_key = danish_sort_key(person.name)
        User.objects.bulk_update(people, ["name", "sort_key"])


def set_active(*, by: User | None, person: User, is_active: bool) -> None:
    """Let a person in or keep her out, from now; her history stays. Raises LastAdministratorError."""
    with change(by=by, verb="activate person" if is_active else "deactivate person"), administrators_kept():
        person.is_active = is_active
        person.save(update_fields=["is_active"])


def give_central_role(
    *, by: User | None, person: User, role: CentralRole, starts_on: dt.date, ends_on: dt.date | None = None
) -> CentralRoleRow:
    """Give a person a central role from a day. Raises RefusedError when she has it already."""
    row = CentralRoleRow(person=person, role=role, starts_on=starts_on, ends_on=ends_on)
    return begin_central_role(by=by, row=row)


def begin_central_role(*, by: User | None, row: CentralRoleRow) -> CentralRoleRow:
    """As `give_central_role`, for a row that is not saved yet."""
    with change(by=by, verb="give central role"):
        save_checked(row)
    return row


def change_central_role(*, by: User | None, row: CentralRoleRow) -> CentralRoleRow:
    """Correct the days of a central role. Raises LastAdministratorError, RefusedError."""
    with change(by=by, verb="change central role"), administrators_kept():
        save_checked(row)
    return row


def end_central_role(*, by: User | None, row: CentralRoleRow, on: dt.date | None = None) -> None:
    """End a central role on a day, today unless said otherwise. Raises LastAdministratorError."""
    with change(by=by, verb="end central role"), administrators_kept():
        end_checked(row, on or today())


def appoint_administrator(*, by: User | None, email: str, name: str) -> User:
    """Make the person with that e-mail an administrator from today, created when she is new. Safe to repeat."""
    with change(by=by, verb="appoint administrator"):
        person = User.objects.filter(email=email.lower()).first() or create_person(by=by, email=email, name=name)
        if not person.is_active:
            set_active(by=by, person=person, is_active=True)
        held = person.central_role_rows.in_force(today()).filter(role=CentralRole.ADMINISTRATOR)
        if not held.exists():
            give_central_role(by=by, person=person, role=CentralRole.ADMINISTRATOR, starts_on=today())
    return person


@contextmanager
def administrators_kept() -> Iterator[None]:
    """Inside a transaction: raise LastAdministratorError when the change takes away the last administrator.

    Neither today nor, where one stands without an end date, on a later day may there be nobody.
    """
    until = _administered_until()
    yield
    left = _administered_until()
    if until is not None and (left is None or left < until == dt.date.max):
        raise LastAdministratorError


def _administered_until() -> dt.date | None:
    """The day from which nobody is administrator (date.max: never), None when nobody is today. Locks their rows."""
    rows = CentralRoleRow.objects.select_for_update(of=("self",)).in_force(today()).order_by("pk")
    rows = rows.filter(role=CentralRole.ADMINISTRATOR, person__is_active=True)
    return max((row.ends_on or dt.date.max for row in rows), default=None)


def invite(*, by: User, person: User) -> Invited:
    """Let a new person choose a password by a link. A link sent before is dead from now on.

    The mail is sent by the one who asks, after the transaction. Raises InvitationRefusedError for who has a way in.
    """
    with change(by=by, verb="invite person"):
        person = User.objects.select_for_update().get(pk=person.pk)
        if not person.is_active:
            raise InvitationRefusedError(_("The person's access is closed. Ask an administrator to open it."))
        if person.has_usable_password():
            raise InvitationRefusedError(_("%(name)s has a password already.") % {"name": person.name})
        withdraw_invitation(by=by, person=person)
        token, now = secrets.token_urlsafe(32), timezone.now()
        invitation = Invitation.objects.create(
            person=person,
            invited_by=by,
            token_digest=digest_of(token),
            invited_at=now,
            expires_at=now + dt.timedelta(days=settings.INVITATION_DAYS),
        )
    return Invited(invitation, token)


def invite_again(*, by: User, person: User) -> bool:
    """A new link for someone who has not answered, and whether its mail was sent. Raises InvitationRefusedError."""
    if person.pk not in open_invitations([person]):
        raise InvitationRefusedError(_("There is no invitation that waits for an answer."))
    return invite(by=by, person=person).mail()


def withdraw_invitation(*, by: User | None, person: User) -> None:
    """Let the link that was sent to the person be dead, if there is one."""
    with change(by=by, verb="withdraw invitation"):
        for invitation in open_invitations([person]).values():
            invitation.withdrawn_at = timezone.now()
            invitation.save(update_fields=["withdrawn_at"])


def accept_invitation(*, digest: str, password: str) -> User:
    """The invited person chooses her password, once. Raises InvitationRefusedError when the link is not usable."""
    found = usable_invitation(digest)
    if found is None:
        raise InvitationRefusedError(_("The link cannot be used."))
    with change(by=found.person, verb="accept invitation"):
        person = User.objects.select_for_update().get(pk=found.person_id)
        invitation = usable_invitation(digest)  # someone may have used it while this one waited
        if invitation is None:
            raise InvitationRefusedError(_("The link cannot be used."))
        person.set_password(password)
        person.save(update_fields=["password"])
        invitation.accepted_at = timezone.now()
        invitation.save(update_fields=["accepted_at"])
    return person


def choose_language(*, by: User, language: str) -> None:
    """The person's own choice of language for pages and mails."""
    if language not in dict(User._meta.get_field("language").flatchoices):
        raise UnknownLanguageError(language)
    with change(by=by, verb="choose language"):
        by.language = language
        by.save(update_fields=["language"])
    translation.activate(language)
