"""How the status of a promise is said."""

import datetime as dt

import pytest
from django.utils import translation

from teams.enums import Promise, Status
from teams.rules import PromiseStatus
from teams.templatetags.promises import status_mark, status_words

MEETING, CONTRACT, GRUS, VISIT = Promise.MEETING, Promise.CONTRACT, Promise.GRUS, Promise.VISIT

pytestmark = pytest.mark.usefixtures("tuesday")


def on(month: int, day: int, *, year: int = 2026) -> dt.date:
    return dt.date(year, month, day)


@pytest.mark.parametrize(
    ("promise", "status", "said"),
    [
        (MEETING, PromiseStatus(Status.MET, on(11, 12)), "✓ På plads: 12. nov."),
        (CONTRACT, PromiseStatus(Status.MET, on(5, 4), due_on=on(5, 4, year=2027)), "✓ På plads: til maj 2027"),
        (GRUS, PromiseStatus(Status.PLANNED, on(12, 3)), "◷ Planlagt: 3. dec."),
        (CONTRACT, PromiseStatus(Status.SOON, on(12, 8)), "◔ Snart: fornyes 8. dec."),
        (VISIT, PromiseStatus(Status.SOON, on(1, 2, year=2027)), "◔ Snart: inden 2. jan."),
        (
            MEETING,
            PromiseStatus(Status.OVERDUE, on(10, 31), on(10, 1)),
            "→ Tid til at aftale: ingen noteret i oktober",
        ),
        (VISIT, PromiseStatus(Status.OVERDUE, on(8, 2)), "→ Tid til at aftale: siden 2. aug."),
        (GRUS, PromiseStatus(Status.NOT_YET, on(3, 3, year=2027)), "– Ikke endnu: først 3. mar."),
        (MEETING, PromiseStatus(Status.NOT_YET, on(11, 30)), "– ikke endnu"),
        (MEETING, PromiseStatus(Status.PAUSED, on(7, 31)), "‖ pause"),
        (VISIT, PromiseStatus(Status.UNKNOWN), "? ikke oplyst"),
        (CONTRACT, PromiseStatus(Status.NOT_AGREED), "○ ikke aftalt"),
    ],
)
def test_sign_word_and_date(promise: Promise, status: PromiseStatus, said: str) -> None:
    words = status_words(promise, status)
    word = f"{words.word}: " if words.word else ""
    assert f"{words.sign} {word}{words.text}" == said


def test_the_sign_is_not_read_aloud_but_the_word_is() -> None:
    assert status_mark(MEETING, PromiseStatus(Status.MET, on(11, 12))).split() == [
        "<span", 'class="status', 'status-met"><span', 'class="status-sign"', 'aria-hidden="true">✓</span><span',
        'class="visually-hidden">På', "plads:", "</span>12.", "nov.</span>",
    ]  # fmt: skip


def test_what_is_kept_is_kept_for_each_language() -> None:
    status = PromiseStatus(Status.NOT_AGREED)
    danish = status_mark(VISIT, status)
    with translation.override("en"):
        english = status_mark(VISIT, status)
    assert ("ikke aftalt" in danish, "not agreed" in english) == (True, True)
