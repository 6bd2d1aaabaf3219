"""A row is saved only when every rule of its model agrees."""

import datetime as dt

import pytest

from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import save_checked
from teams.enums import AgreementState
from teams.models import Agreement
from tests.builders import make_team


@pytest.mark.django_db
@pytest.mark.parametrize("confirmed_not_cpr", [True, False])
def test_a_broken_constraint_is_a_refusal_that_says_why(*, confirmed_not_cpr: bool) -> None:
    day = dt.date(2026, 11, 24)
    row = Agreement(team=make_team(), text="Prøv det.", due_on=day, settled_on=day, state=AgreementState.DROPPED)
    with pytest.raises(RefusedError, match=r"\w"):
        save_checked(row, confirmed_not_cpr=confirmed_not_cpr)
    assert Agreement.objects.count() == 0
