"""Visits, whose time they take, and what learning partners do at units."""

from observations.models.bookings import (
    Absence,
    Booking,
    OfferedTime,
    VisitOffer,
)
from observations.models.busy import (
    ADDRESS_LENGTH,
    BusyAddress,
    BusyTime,
)
from observations.models.evaluation import (
    ANSWER_LENGTH,
    MOST_ASKED,
    QUESTION_LENGTH,
    EvaluationAnswer,
    EvaluationQuestion,
)
from observations.models.focus import (
    FOCUS_LENGTH,
    MOST_FOCI,
    VisitFocus,
    VisitPreparation,
)
from observations.models.lines import (
    LINE_LENGTH,
    MOST_COUNTED,
    NOTE_LENGTH,
    PrivateNote,
    VisitCount,
    VisitLine,
)
from observations.models.partner_visits import (
    ABOUT_LENGTH,
    PartnerVisit,
)
from observations.models.peer import (
    PEER_FOCUS_LENGTH,
    PEER_LINE_LENGTH,
    PeerLine,
    PeerObservation,
)
from observations.models.records import (
    KEPT_LENGTH,
    VisitRecord,
)
from observations.models.visits import (
    REASON_LENGTH,
    Visit,
)

__all__ = [
    "ABOUT_LENGTH",
    "ADDRESS_LENGTH",
    "ANSWER_LENGTH",
    "FOCUS_LENGTH",
    "KEPT_LENGTH",
    "LINE_LENGTH",
    "MOST_ASKED",
    "MOST_COUNTED",
    "MOST_FOCI",
    "NOTE_LENGTH",
    "PEER_FOCUS_LENGTH",
    "PEER_LINE_LENGTH",
    "QUESTION_LENGTH",
    "REASON_LENGTH",
    "Absence",
    "Booking",
    "BusyAddress",
    "BusyTime",
    "EvaluationAnswer",
    "EvaluationQuestion",
    "OfferedTime",
    "PartnerVisit",
    "PeerLine",
    "PeerObservation",
    "PrivateNote",
    "Visit",
    "VisitCount",
    "VisitFocus",
    "VisitLine",
    "VisitOffer",
    "VisitPreparation",
    "VisitRecord",
]
