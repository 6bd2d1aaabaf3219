"""What is asked about people and their invitations."""

import hashlib
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from slf_portal.accounts.models import Invitation, User
from slf_portal.common.sorting import danish_sort_key


def digest_of(token: str) -> str:
    """What is kept of an invitation's token. The token is long and random: one round of hashing hides it."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitations(people: Iterable[User]) -> dict[int, Invitation]:
    """For each person's id the invitation that waits for her answer, expired or not. One query."""
    waiting = Invitation.objects.filter(person__in=list(people), accepted_at__isnull=True, withdrawn_at__isnull=True)
    return {invitation.person_id: invitation for invitation in waiting}


def usable_invitation(digest: str) -> Invitation | None:
    """The invitation whose link can still be used: not answered, withdrawn, expired, and for someone without a way in.

    Who has chosen a password already, by "forgotten password", has no use for the link; an old mail must not open for
    anyone.
    """
    invitations = Invitation.objects.filter(
        token_digest=digest, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now()
    )
    invitation = invitations.select_related("person").first()
    if invitation is None or not invitation.person.is_active or invitation.person.has_usable_password():
        return None
    return invitation


def named_like(people: QuerySet[User], words: str) -> QuerySet[User]:
    """Those of the people with every one of the words in their name, or as the beginning of their e-mail."""
    for word in words.split():
        people = people.filter(sort_key__contains=danish_sort_key(word)) | people.filter(email__istartswith=word)
    return people
