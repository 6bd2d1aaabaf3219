"""Which words judge, and which moment a line was written at."""

import datetime as dt

import pytest

from observations.rules import judging_words, plausible_moment
from slf_portal.common.dates import at

ON = dt.date(2026, 11, 24)
NOW = at(ON, dt.time(10, 30))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rammesætningen tog 12 minutter.", []),
        ("Rammesætningen var dårlig.", ["dårlig"]),
        ("Dårlig start, god slutning, dårlig stemning", ["Dårlig", "god", "dårlig"]),
        ("GODT og godt", ["GODT", "godt"]),
        ("Lederen af mødet spurgte: »Var det godt?« Ingen svarede.", []),
        ('En sagde "det er forkert", og det var godt', ["godt"]),
        ("“Det er svagt,” lød det", []),
        ("Et citat, der aldrig slutter: »det var godt", ["godt"]),
        ("Godthåb, goder og badgode er andre ord", []),
        ("", []),
    ],
)
def test_words_that_judge(text: str, words: list[str]) -> None:
    assert judging_words(text) == words


def test_a_long_text_full_of_marks_is_read_at_once() -> None:
    assert judging_words("»" * 20_000 + '"' * 20_001 + "“" * 20_000 + " god") == ["god"]


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        (at(ON, dt.time(10, 12)), at(ON, dt.time(10, 12))),
        (at(ON, dt.time(0, 0)), at(ON, dt.time(0, 0))),
        (NOW + dt.timedelta(minutes=2), NOW + dt.timedelta(minutes=2)),
        (NOW + dt.timedelta(minutes=2, seconds=1), NOW),
        (at(ON - dt.timedelta(days=1), dt.time(23, 59)), NOW),
        (at(ON + dt.timedelta(days=1), dt.time(0, 0)), NOW),
        (None, NOW),
    ],
)
def test_the_phones_time_is_taken_when_it_can_be_true(said: dt.datetime | None, taken: dt.datetime) -> None:
    assert plausible_moment(said, on=ON, now=NOW) == taken
