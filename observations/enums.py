"""The words of visits."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class PartnerVisitKind(models.TextChoices):
    """What a learning partner does at a unit."""

    OBSERVATION = "observation", _("observation and feedback")
    PEER_OBSERVATION = "peer_observation", _("peer observation of practice")
    SPARRING = "sparring", _("sparring")
    SIDE_BY_SIDE = "side_by_side", _("side-by-side training")
    WORKSHOP = "workshop", _("workshop")
    LEARNING_DAY = "learning_day", _("preparation of a learning day")
    OTHER = "other", _("something else")


class OfferState(models.TextChoices):
    """Where times stand that a team may choose among."""

    WAITING = "waiting", _("waiting for the team")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class BookingPart(models.TextChoices):
    """What a person does in the time that is booked."""

    VISITS = "visits", _("visits")
    TAKES_PART = "takes_part", _("takes part")
    AWAY = "away", _("is away")


class RecordState(models.TextChoices):
    """Whose a visit's text is to read, and whether it may still be changed."""

    DRAFT = "draft", _("draft")
    SHARED = "shared", _("shared with the team")
    CLOSED = "closed", _("closed")


class PeerState(models.TextChoices):
    """Where a peer observation of practice stands between the two."""

    ASKED = "asked", _("asked")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    HANDED_OVER = "handed_over", _("handed over")


# While it is so, the one who was asked has something to do with it.
WITH_OBSERVER = frozenset({PeerState.ASKED, PeerState.ACCEPTED})
