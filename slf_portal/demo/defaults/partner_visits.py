"""What the demo's learning partner does at her units."""

import datetime as dt
from dataclasses import dataclass

from observations.enums import PartnerVisitKind
from slf_portal.demo.defaults.organisation import NOT_AGREED, OFFICE, SCHOOL

DAY_CARE = "Dagtilbuddet Regnskoven"


@dataclass(frozen=True, slots=True)
class PartnerVisitStory:
    """A visit in so many `days` (before today: negative), or on the next open day; `participants` is how many."""

    unit: str
    kind: PartnerVisitKind
    days: int
    begins: dt.time
    length: dt.timedelta
    about: str
    participants: int = 0
    is_noted: bool = True


def _hours(count: float) -> dt.timedelta:
    return dt.timedelta(hours=count)


PAST = (
    PartnerVisitStory(
        SCHOOL, PartnerVisitKind.WORKSHOP, -76, dt.time(13), _hours(3), "Om at gå fra data til en prøvehandling."
    ),
    PartnerVisitStory(DAY_CARE, PartnerVisitKind.SIDE_BY_SIDE, -48, dt.time(9), _hours(2), "Vi leder et møde sammen."),
    PartnerVisitStory(OFFICE, PartnerVisitKind.OBSERVATION, -27, dt.time(10), _hours(1.5), "Spørgsmål, der åbner."),
    PartnerVisitStory(
        NOT_AGREED, PartnerVisitKind.OTHER, -20, dt.time(14), _hours(1), "En første snak om, hvad skolen vil med det."
    ),
    PartnerVisitStory(
        SCHOOL, PartnerVisitKind.SPARRING, -13, dt.time(8, 30), _hours(1), "Hvordan en ny ressourceperson får ro."
    ),
    PartnerVisitStory(
        DAY_CARE, PartnerVisitKind.PEER_OBSERVATION, -6, dt.time(9), _hours(1.5), "Overgangen fra leg til frokost.",
        is_noted=False,
    ),
)  # fmt: skip

COMING = (
    PartnerVisitStory(
        SCHOOL, PartnerVisitKind.SIDE_BY_SIDE, 1, dt.time(9), _hours(2), "To ressourcepersoner øver at sige mindre.", 2
    ),
    PartnerVisitStory(
        OFFICE, PartnerVisitKind.LEARNING_DAY, 3, dt.time(13), _hours(1.5), "Hvem gør hvad på læringsdagen.", 1
    ),
    PartnerVisitStory(
        DAY_CARE, PartnerVisitKind.SPARRING, 8, dt.time(17), _hours(1), "Vi evaluerer en læringssamtale.", 1
    ),
    PartnerVisitStory(NOT_AGREED, PartnerVisitKind.WORKSHOP, 15, dt.time(13), _hours(2.5), "Det lærende møde.", 1),
    PartnerVisitStory(SCHOOL, PartnerVisitKind.OBSERVATION, 22, dt.time(10), _hours(1.5), "Fokus aftales med teamet."),
)

CANCELLED = PartnerVisitStory(NOT_AGREED, PartnerVisitKind.SPARRING, 6, dt.time(9), _hours(1), "Om skolens første mål.")
