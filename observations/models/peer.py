"""Peer observation of practice: two colleagues, and what one of them sees for the other."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from observations.enums import PeerState
from slf_portal.common.fields import FreeTextField

PEER_FOCUS_LENGTH = 200
PEER_LINE_LENGTH = 500


# Nobody but the two may know that it took place: no history keeps it.
class PeerObservation(models.Model):
    """One asks a colleague to observe her practice; the notes are hers as soon as they are handed over.

    It is counted nowhere, takes nobody's time in a calendar, and is gone when the observed deletes it.
    """

    observed = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="peer_observations", verbose_name=_("observed")
    )
    observer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="peer_observations_written", verbose_name=_("observer")
    )
    focus = FreeTextField(_("focus"), max_length=PEER_FOCUS_LENGTH)
    starts_at = models.DateTimeField(_("when"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=PeerState.choices, default=PeerState.ASKED)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    handed_over_at = models.DateTimeField(_("handed over at"), null=True, blank=True)

    class Meta:
        verbose_name = _("peer observation of practice")
        verbose_name_plural = _("peer observations of practice")
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(observed=F("observer")),
                name="observations_peers_are_two",
                violation_error_message=_("Choose a colleague."),
            ),
            models.CheckConstraint(
                condition=Q(state=PeerState.HANDED_OVER, handed_over_at__isnull=False)
                | (~Q(state=PeerState.HANDED_OVER) & Q(handed_over_at=None)),
                name="observations_peer_handed_over_and_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"

    @property
    def is_asked(self) -> bool:
        return self.state == PeerState.ASKED

    @property
    def is_accepted(self) -> bool:
        return self.state == PeerState.ACCEPTED

    @property
    def is_declined(self) -> bool:
        return self.state == PeerState.DECLINED

    @property
    def is_handed_over(self) -> bool:
        """Whether the notes are the observed one's to read, and no longer the observer's."""
        return self.state == PeerState.HANDED_OVER


class PeerLine(models.Model):
    """Something that was seen or heard, and when it was written down."""

    observation = models.ForeignKey(
        PeerObservation, models.CASCADE, related_name="lines", verbose_name=_("peer observation of practice")
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    text = FreeTextField(_("what was seen and heard"), max_length=PEER_LINE_LENGTH)

    class Meta:
        verbose_name = _("line of a peer observation")
        verbose_name_plural = _("lines of peer observations")
        ordering = ("written_at", "pk")

    def __str__(self) -> str:
        return f"{self.written_at:%H:%M}"
