"""The only places that change the organisation and what is promised."""

from teams.actions.promises import choose_terms
from teams.actions.support import SupportRefusedError, ask_support, close_support, take_support

__all__ = [
    "SupportRefusedError",
    "ask_support",
    "choose_terms",
    "close_support",
    "take_support",
]
