"""Which words judge, and which moment a line was written at. Pure: no clock."""

import datetime as dt
import re

from observations.defaults import JUDGING_WORDS
from slf_portal.common.dates import local_date

# What stands in quotation marks was said by somebody, and is what was heard. Neither mark can be inside, so that an
# unclosed one is looked past once.
_QUOTED = re.compile(
    r"\"[^\"\n]*\"|\u00bb[^\u00ab\u00bb\n]*\u00ab|[\u201c\u201d\u201e][^\u201c\u201d\u201e\n]*[\u201c\u201d]"
)
_JUDGING = re.compile(rf"\b(?:{'|'.join(JUDGING_WORDS)})\b", re.IGNORECASE)
# So much may a phone's clock be ahead.
_AHEAD = dt.timedelta(minutes=2)


def judging_words(text: str) -> list[str]:
    """The words in `text` that judge rather than describe, as they are written there, each once, in their order.

    What somebody said, in quotation marks, is left out.
    """
    return list(dict.fromkeys(_JUDGING.findall(_QUOTED.sub(" ", text))))


def plausible_moment(said: dt.datetime | None, *, on: dt.date, now: dt.datetime) -> dt.datetime:
    """When a line was written: as the phone says it, when that is on the day of the visit and not to come; else now."""
    if said is None or local_date(said) != on or said > now + _AHEAD:
        return now
    return said
