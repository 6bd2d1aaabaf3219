"""An administrator puts the programme's own words in place of the defaults."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from teams.enums import TopicKind, TopicLineKind
from teams.models import PracticeTopic
from tests.builders import make_administrator


@pytest.fixture
def topic(db: None, client: Client) -> PracticeTopic:
    client.force_login(make_administrator())
    return PracticeTopic.objects.filter(kind=TopicKind.MARKER)[0]


def save(client: Client, topic: PracticeTopic, **values: Any) -> Any:
    url = reverse("admin:teams_practicetopic_change", args=[topic.pk])
    form = {"kind": topic.kind, "title": topic.title, "position": topic.position, "is_offered": "on", **values}
    return client.post(url, form)


def test_the_lines_are_written_one_on_each_line_and_those_that_stay_keep_their_rows(
    client: Client, topic: PracticeTopic
) -> None:
    stays = topic.lines.filter(kind=TopicLineKind.SIGN)[0]
    save(client, topic, title="Vores egne ord", action_lines="Vi spørger\nVi lytter\n", sign_lines=stays.text)
    topic.refresh_from_db()
    assert topic.title == "Vores egne ord"
    told = [(line.kind, line.text) for line in topic.lines.all()]
    assert told == [("action", "Vi spørger"), ("action", "Vi lytter"), ("sign", stays.text)]
    assert topic.lines.get(text=stays.text).pk == stays.pk


@pytest.mark.parametrize("line", ["x" * 201, "Ring på 010190-1234."])
def test_a_line_that_cannot_be_is_refused_and_nothing_saved(client: Client, topic: PracticeTopic, line: str) -> None:
    before = [line.text for line in topic.lines.all()]
    response = save(client, topic, title="Vores egne ord", action_lines=f"Vi spørger\n{line}")
    assert response.status_code == 200
    assert response.context["adminform"].form.non_field_errors()
    topic.refresh_from_db()
    assert (topic.title, [line.text for line in topic.lines.all()]) != ("Vores egne ord", before)
    assert [line.text for line in topic.lines.all()] == before


def test_the_page_says_that_the_wording_is_not_published(client: Client, topic: PracticeTopic) -> None:
    page = client.get(reverse("admin:teams_practicetopic_change", args=[topic.pk])).content.decode()
    assert "Pejlemærkernes ordlyd er ikke offentliggjort." in page
