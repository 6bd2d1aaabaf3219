"""Peer observation of practice: asking, answering, writing, handing over, deleting. Nobody is told but the two."""

import datetime as dt
import uuid

from django.utils import timezone
from django.utils.translation import gettext as _

from observations.enums import WITH_OBSERVER, PeerState
from observations.models import PeerLine, PeerObservation
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change
from slf_portal.common.dates import add_months, start_of_day
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import save_checked

MOST_FOCUS_LINES = 2
# Our default.
MONTHS_NOTES_ARE_KEPT = 12


class PeerRefusedError(RefusedError):
    """It cannot be done now; the message says why."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


def ask_peer(
    *, by: User, observer: User, focus: str, starts_at: dt.datetime | None = None, token: uuid.UUID | None = None
) -> PeerObservation:
    """Ask a colleague to observe one's practice. Raises PeerRefusedError, RefusedError.

    Digits like a CPR number are refused whatever they are: to log who explained them would be a trace of it.
    """
    if len(focus.splitlines()) > MOST_FOCUS_LINES:
        raise PeerRefusedError(_("Keep the focus to two lines: one thing is easier to see than five."), "focus")
    peer = PeerObservation(observed=by, observer=observer, focus=focus, starts_at=starts_at)
    with change(by=by, verb="ask peer", token=token):
        save_checked(peer)
    return peer


def answer_peer(*, by: User, peer: PeerObservation, says_yes: bool) -> None:
    """The observer's yes or no; a no after a yes deletes what she wrote. Raises PeerRefusedError."""
    with change(by=by, verb="answer peer"):
        peer = _locked(peer, by)
        if says_yes:
            _become(peer, PeerState.ACCEPTED)
            return
        peer.lines.all().delete()
        _become(peer, PeerState.DECLINED)


def write_peer_line(*, by: User, peer: PeerObservation, text: str, token: uuid.UUID | None = None) -> PeerLine:
    """Write down what was just seen or heard. Raises PeerRefusedError, RefusedError."""
    with change(by=by, verb="write peer line", token=token):
        line = PeerLine(observation=_accepted(peer, by), text=text)
        save_checked(line)
    return line


def remove_peer_line(*, by: User, peer: PeerObservation, line_id: int) -> None:
    """Take a line back before it is handed over; it is gone. Raises PeerRefusedError."""
    with change(by=by, verb="remove peer line"):
        _accepted(peer, by).lines.filter(pk=line_id).delete()


def hand_over_peer(*, by: User, peer: PeerObservation) -> None:
    """Give the notes to whose they are: from now on she alone can read them. Raises PeerRefusedError."""
    with change(by=by, verb="hand over peer notes"):
        peer = _accepted(peer, by)
        if not peer.lines.exists():
            raise PeerRefusedError(_("Write at least one line before you hand the notes over."))
        peer.handed_over_at = timezone.now()
        _become(peer, PeerState.HANDED_OVER)


def delete_peer(*, by: User, peer: PeerObservation) -> None:
    """The observed deletes all of it; nothing remembers that it was there. Deleted twice, it is still gone."""
    with change(by=by, verb="delete peer"):
        PeerObservation.objects.filter(pk=peer.pk, observed=by).delete()


def forget_peer_observations(*, today: dt.date) -> int:
    """Delete what was handed over, or came to nothing, more than a year ago. Says how many."""
    before = start_of_day(add_months(today, -MONTHS_NOTES_ARE_KEPT))
    with change(by=None, verb="forget peer observations"):
        old = PeerObservation.objects.filter(handed_over_at__lt=before)
        old |= PeerObservation.objects.filter(handed_over_at=None, asked_at__lt=before).exclude(starts_at__gte=before)
        count = old.count()
        old.delete()
    return count


def _accepted(peer: PeerObservation, by: User) -> PeerObservation:
    peer = _locked(peer, by)
    if not peer.is_accepted:
        raise PeerRefusedError(_("Say yes before you write."))
    return peer


def _locked(peer: PeerObservation, observer: User) -> PeerObservation:
    """The row, while it is with the observer. It may be gone the next moment: then there is nothing to do."""
    rows = PeerObservation.objects.select_for_update().filter(observer=observer, state__in=WITH_OBSERVER)
    found = rows.filter(pk=peer.pk).first()
    if found is None:
        raise PeerRefusedError(_("It is no longer there."))
    return found


def _become(peer: PeerObservation, state: PeerState) -> None:
    peer.state = state
    peer.save()
