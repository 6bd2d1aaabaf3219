"""The forms of visits."""

from observations.forms.absences import (
    AbsenceForm,
)
from observations.forms.due import (
    DueFilterForm,
)
from observations.forms.evaluation import (
    AnswerForm,
    EvaluateForm,
)
from observations.forms.focus import (
    FocusForm,
)
from observations.forms.lines import (
    CountsForm,
    LineEditForm,
    LineForm,
    LineKeyForm,
    PrivateNoteForm,
)
from observations.forms.offers import (
    OfferAnswerForm,
    OfferForm,
)
from observations.forms.partner_visits import (
    CancelPartnerVisitForm,
    PartnerVisitForm,
    with_chosen_time,
)
from observations.forms.peer import (
    PeerForm,
    PeerLineForm,
)
from observations.forms.sharing import (
    OpenAgainForm,
    ShareForm,
)
from observations.forms.visits import (
    ReasonForm,
    VisitBookForm,
    VisitHandOverForm,
    VisitMoveForm,
    VisitTimeForm,
    WarnedForm,
    initial_of,
    minutes_between,
    notes_on,
    pressed_value,
    with_taken_time,
)

__all__ = [
    "AbsenceForm",
    "AnswerForm",
    "CancelPartnerVisitForm",
    "CountsForm",
    "DueFilterForm",
    "EvaluateForm",
    "FocusForm",
    "LineEditForm",
    "LineForm",
    "LineKeyForm",
    "OfferAnswerForm",
    "OfferForm",
    "OpenAgainForm",
    "PartnerVisitForm",
    "PeerForm",
    "PeerLineForm",
    "PrivateNoteForm",
    "ReasonForm",
    "ShareForm",
    "VisitBookForm",
    "VisitHandOverForm",
    "VisitMoveForm",
    "VisitTimeForm",
    "WarnedForm",
    "initial_of",
    "minutes_between",
    "notes_on",
    "pressed_value",
    "with_chosen_time",
    "with_taken_time",
]
