"""What is computed of visits. Pure: no database, no clock."""

from observations.rules.lines import judging_words, plausible_moment
from observations.rules.times import (
    EVALUATION_MINUTES,
    LONGEST,
    MOST_EVALUATION_MINUTES,
    Span,
    is_at_unusual_hours,
    is_on_the_clock,
    is_weekend,
    nearest,
    working_times,
)

__all__ = [
    "EVALUATION_MINUTES",
    "LONGEST",
    "MOST_EVALUATION_MINUTES",
    "Span",
    "is_at_unusual_hours",
    "is_on_the_clock",
    "is_weekend",
    "judging_words",
    "nearest",
    "plausible_moment",
    "working_times",
]
