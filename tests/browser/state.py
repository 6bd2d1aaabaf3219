"""A page as someone meets it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from slf_portal.common.dates import today

CPR = "Ring på 010190-1234."
YESTERDAY = (today() - dt.timedelta(days=1)).isoformat()
TOMORROW = (today() + dt.timedelta(days=1)).isoformat()


@dataclass(frozen=True)
class State:
    """A page as someone meets it; with `form` the page that comes when it is sent (to `sent_to`, else to itself)."""

    path: str
    form: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    sent_to: str = ""

    def __str__(self) -> str:
        return f"{self.path} {self.form or ''}".strip()
