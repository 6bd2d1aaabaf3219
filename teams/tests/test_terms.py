import pytest
from tests.builders import *


@pytest.mark.django_db
def test_x():
    assert make_team().pk
