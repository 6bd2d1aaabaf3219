"""Changes to people and their central roles."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.utils import translation
from django.utils.translation import gettext as _

from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.audit.actions import change
from slf_portal.common.errors import RefusedError


class UnknownLanguageError(Exception):
    """The portal does not speak that language."""


class LastAdministratorError(RefusedError):
    """Someone must be left who can let others in."""

    def __str__(self) -> str:
        return _("This is the last administrator. Appoint another one first.")


def create_person(*, by: User | None, email: str, name: str) -> User:
    """Create a person without a password; she makes one through "forgotten password"."""
    with change(by=by, verb="create person"):
        person = User(email=email.lower(), name=name)
        person.set_unusable_password()
        person.full_clean()
        person.save()
        write_email_address(person)
    return person


def change_person(*, by: User | None, person: User, email: str, name: str) -> None:
    """Change a person's name or e-mail; allauth's address follows."""
    with change(by=by, verb="change person"):
        person.email, person.name = email.lower(), name
        person.full_clean()
        person.save(update_fields=["email", "name", "sort_key"])
        write_email_address(person)


def write_email_address(person: User) -> None:
    """Keep allauth's EmailAddress equal to the person's e-mail, verified: it was entered by an administrator."""
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )


def set_active(*, by: User, person: User, is_active: bool) -> None:
    """Let a person in or keep her out, from now; her history stays."""
    with change(by=by, verb="activate person" if is_active else "deactivate person"):
        person.is_active = is_active
        person.save(update_fields=["is_active"])


def give_central_role(
    *, by: User | None, person: User, role: CentralRole, starts_on: dt.date, ends_on: dt.date | None = None
) -> CentralRoleRow:
    with change(by=by, verb="give central role"):
        row = CentralRoleRow(person=person, role=role, starts_on=starts_on, ends_on=ends_on)
        row.full_clean()
        row.save()
    return row


def choose_language(*, by: User, language: str) -> None:
    """The person's own choice of language for pages and mails."""
    if language not in dict(User._meta.get_field("language").flatchoices):
        raise UnknownLanguageError(language)
    with change(by=by, verb="choose language"):
        by.language = language
        by.save(update_fields=["language"])
    translation.activate(language)
