"""Rows that hold for a span of days, seen through the central roles."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, User
from tests.builders import make_person

pytestmark = pytest.mark.django_db

FIRST, LAST, END = dt.date(2026, 1, 1), dt.date(2026, 6, 30), dt.date(2026, 7, 1)


@pytest.fixture
def person() -> User:
    return make_person()


def give(person: User, starts_on: dt.date, ends_on: dt.date | None) -> CentralRoleRow:
    return CentralRoleRow.objects.create(
        person=person, role=CentralRole.ADMINISTRATOR, starts_on=starts_on, ends_on=ends_on
    )


@pytest.mark.parametrize("ends_on", [None, END])
@pytest.mark.parametrize(
    ("day", "while_open", "once_ended"),
    [
        (FIRST - dt.timedelta(days=1), False, False),
        (FIRST, True, True),
        (LAST, True, True),
        (END, True, False),
        (dt.date(2099, 1, 1), True, False),
    ],
)
def test_in_force(person: User, ends_on: dt.date | None, day: dt.date, while_open: Any, once_ended: Any) -> None:
    row = give(person, FIRST, ends_on)
    expected = once_ended if ends_on else while_open
    assert row.is_in_force(day) is expected
    assert CentralRoleRow.objects.in_force(day).exists() is expected


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "allowed"),
    [
        (END, None, True),  # the day the other ended
        (dt.date(2025, 1, 1), FIRST, True),
        (LAST, None, False),
        (dt.date(2025, 1, 1), None, False),
        (dt.date(2026, 2, 1), dt.date(2026, 3, 1), False),
        (dt.date(2026, 2, 1), dt.date(2026, 2, 1), True),  # ended on its first day: it never held
    ],
)
def test_the_same_role_never_holds_twice(
    person: User, starts_on: dt.date, ends_on: dt.date | None, allowed: Any
) -> None:
    give(person, FIRST, END)
    try:
        with transaction.atomic():
            give(person, starts_on, ends_on)
    except IntegrityError:
        assert not allowed
    else:
        assert allowed


def test_a_span_does_not_end_before_it_begins(person: User) -> None:
    with pytest.raises(IntegrityError, match="accounts_central_role_span_in_order"), transaction.atomic():
        give(person, END, FIRST)
