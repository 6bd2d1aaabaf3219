"""Taking people's time for a visit, a time that is offered or an absence. Nobody is booked twice."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from observations.models import Absence, Booking, OfferedTime, PartnerVisit, Visit
from observations.queries import Claim, clashes
from slf_portal.common.errors import RefusedError
from teams.models import Team

Owner = Visit | OfferedTime | PartnerVisit | Absence

# The advisory locks of this room: (this number, the id of a person or a team).
_PEOPLE, _TEAMS = 0x51F1, 0x51F2
_COLUMNS: dict[type, str] = {
    Visit: "visit", OfferedTime: "offered_time", PartnerVisit: "partner_visit", Absence: "absence",
}  # fmt: skip
# One statement, however many: the ids are locked in the order they are given.
_LOCK = "SELECT count(pg_advisory_xact_lock(%s, id)) FROM unnest(%s::int[]) AS id"


class TakenError(RefusedError):
    """Somebody's time is taken; `clashes` says by what. None are known where another was quicker this very moment."""

    def __init__(self, clashes: list[Booking], message: str = "") -> None:
        super().__init__(message or _("Somebody is booked at that time already."))
        self.clashes = clashes


def hold(owner: Owner, claim: Claim) -> None:
    """Let `owner` take that time, and no other. Call it in the transaction that saves `owner`. Raises TakenError.

    The locks, taken in ascending order, make those who want the same people's time wait for each other; the
    constraints of the table are what makes it true, whoever writes there.
    """
    lock_people(claim.people)
    release(owner)
    found = list(clashes(claim))
    if found:
        raise TakenError(found)
    _take(owner, claim)


def let_in(visit: Visit, newcomers: Claim) -> frozenset[int]:
    """Let the visit take the time of these people as well; the ids of those who were free. Lock their time first."""
    busy = frozenset(booking.person_id for booking in clashes(newcomers))
    free = replace(newcomers, taking_part=newcomers.taking_part - busy)
    _take(visit, free)
    return free.taking_part


def release(owner: Owner) -> None:
    """Give back the time that `owner` took."""
    Booking.objects.filter(**{_COLUMNS[type(owner)]: owner}).delete()


def lock_time(claims: Iterable[Claim], *teams: Team) -> None:
    """Hold the calendars of everyone in the claims and then the teams', before anything of it is saved.

    A team has a lock of its own: a team without members has nobody in whose calendar two visitors would meet, and
    two inserts that each wait for the other at an exclusion constraint are a deadlock.
    """
    lock_people({person for claim in claims for person in claim.people})
    _lock(_TEAMS, sorted(team.pk for team in teams))


def lock_people(person_ids: Collection[int]) -> None:
    """Hold these people's calendars until the transaction ends."""
    _lock(_PEOPLE, sorted(person_ids))


def _take(owner: Owner, claim: Claim) -> None:
    column = _COLUMNS[type(owner)]
    try:
        with transaction.atomic():
            Booking.objects.bulk_create(
                Booking(
                    person_id=person_id,
                    part=claim.part_of(person_id),
                    starts_at=claim.starts_at,
                    ends_at=claim.ends_at,
                    **{column: owner},
                )
                for person_id in claim.people
            )
    except IntegrityError as error:
        raise TakenError([]) from error


def _lock(number: int, ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [number, ids])
