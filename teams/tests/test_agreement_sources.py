"""Where something was agreed: a registry that the rooms above fill."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

import pytest
from django.test import Client
from django.urls import reverse

from teams.enums import AgreementSource
from teams.models import Team
from teams.queries import SOURCE_LABELS, SourceLabel, agreements_of_source
from tests.builders import make_agreement, make_member, make_team

GRUS, VISIT = AgreementSource.GRUS, AgreementSource.VISIT
asked: list[set[int]] = []


def labels(ids: Collection[int]) -> Mapping[int, SourceLabel]:
    asked.append(set(ids))
    return {pk: SourceLabel(f"GRUS nr. {pk}", f"/grus/{pk}/") for pk in ids if pk != 404}


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(SOURCE_LABELS, GRUS, labels)
    monkeypatch.delitem(SOURCE_LABELS, VISIT, raising=False)
    asked.clear()
    yield
    asked.clear()


@pytest.fixture
def team(db: None, tuesday: dt.date) -> Team:
    return make_team("Nord")


def test_the_list_names_the_place_with_a_link_and_else_the_kind_asking_once_a_kind(
    client: Client, team: Team, registered: None
) -> None:
    for source, source_id in ((GRUS, 7), (GRUS, 8), (GRUS, 404), (VISIT, 7), (AgreementSource.TEAM, None)):
        make_agreement(team, source=source, source_id=source_id)
    client.force_login(make_member(team))
    content = client.get(reverse("teams:team_agreements", args=[team.pk])).content.decode()
    assert asked == [{7, 8, 404}]
    assert content.count("<span>aftalt ved") == 4
    for told in (
        'aftalt ved <a href="/grus/7/">GRUS nr. 7</a>',
        'aftalt ved <a href="/grus/8/">GRUS nr. 8</a>',
        "aftalt ved GRUS<",
        "aftalt ved besøg med feedback<",
    ):
        assert content.count(told) == 1


def test_what_was_agreed_there_the_oldest_first(team: Team) -> None:
    first = make_agreement(team, source=GRUS, source_id=7, due_on=dt.date(2026, 12, 24))
    second = make_agreement(team, source=GRUS, source_id=7, due_on=dt.date(2026, 12, 1))
    make_agreement(team, source=VISIT, source_id=7)
    make_agreement(team, source=GRUS, source_id=8)
    assert list(agreements_of_source(GRUS, 7)) == [first, second]
