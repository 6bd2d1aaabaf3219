"""The only places that change the ledger, its envelopes and the signs of life."""

from slf_portal.notifications.actions.ledger import enqueue, keep_planned
from slf_portal.notifications.actions.relay import relay_mail
from slf_portal.notifications.actions.signs import note_sign

__all__ = ["enqueue", "keep_planned", "note_sign", "relay_mail"]
