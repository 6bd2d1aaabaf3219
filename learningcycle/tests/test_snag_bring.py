"""A note of something troublesome becomes a line of a meeting's agenda, without a name."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learningcycle.actions import SnagRefusedError, bring_snag
from learningcycle.enums import MeetingState
from learningcycle.models import AgendaItem, Conversation, Meeting, Snag
from slf_portal.accounts.models import User
from slf_portal.audit.models import SpentToken
from teams.models import Team
from teams.tests.test_grus_prepare import tables_that_hold
from tests.builders import make_administrator, make_leader, make_meeting, make_member, make_resource_person, make_team
from tests.cycle_builders import make_conversation

MINE = "Printeren på gangen\ner altid i stykker."
TITLES = [
    "Tjek ind",
    "Siden sidst",
    "Fokuspersonens perspektiv",
    "Data på bordet",
    "Fælles undersøgelse",
    "Mål, tegn og prøvehandling",
    "Bøvlet på bordet",
    "Tjek ud",
]


@pytest.fixture
def meeting(team: Team, tuesday: dt.date) -> Meeting:
    return make_meeting(team, dt.date(2026, 12, 8))


@pytest.fixture
def snag(tuesday: dt.date, member: User) -> Snag:
    return Snag.objects.create(owner=member, text=MINE)


@pytest.fixture
def url(snag: Snag) -> str:
    return reverse("learningcycle:snag_bring", args=[snag.pk])


def brought(meeting: Meeting) -> AgendaItem:
    return AgendaItem.objects.get(conversation__meeting=meeting, title="Bøvlet på bordet")


def test_it_is_a_line_before_the_last_item_and_no_note_any_more(client: Client, url: str, meeting: Meeting) -> None:
    response = client.post(url, {"meeting": meeting.pk})
    assert response["Location"] == reverse("learningcycle:snag_list")
    assert [item.title for item in meeting.conversation.items.all()] == TITLES
    item = brought(meeting)
    assert (item.text, item.text_version, item.minutes) == (MINE, 1, 5)
    assert Snag.objects.count() == 0
    assert tables_that_hold("Printeren") == ["learningcycle_agendaitem"]


def test_a_second_note_comes_under_the_first(client: Client, url: str, meeting: Meeting, member: User) -> None:
    client.post(url, {"meeting": meeting.pk})
    other = Snag.objects.create(owner=member, text="Vi begynder for sent.")
    client.post(reverse("learningcycle:snag_bring", args=[other.pk]), {"meeting": meeting.pk})
    item = brought(meeting)
    assert (item.text, item.text_version) == (f"{MINE}\nVi begynder for sent.", 2)


def test_what_is_written_on_a_prepared_agenda_stays(client: Client, url: str, meeting: Meeting) -> None:
    make_conversation(meeting, texts=("Vi er her alle.",), agenda="laeringssamtale-30")
    client.post(url, {"meeting": meeting.pk})
    items = list(meeting.conversation.items.all())
    assert [item.position for item in items] == [1, 2, 3, 4, 5, 6]
    assert (items[0].text, items[4].text, items[5].title) == ("Vi er her alle.", MINE, "Tjek ud")


def test_nobodys_name_stands_by_it_not_even_in_the_history(client: Client, url: str, meeting: Meeting) -> None:
    client.post(url, {"meeting": meeting.pk})
    tracked: list[Any] = [Conversation, AgendaItem]
    people = [
        event.pgh_context.metadata["person"]
        for model in tracked
        for event in model.pgh_event_model.objects.select_related("pgh_context")
    ]
    assert set(people) == {None}


def test_the_page_shows_the_text_and_who_can_read_it_afterwards(client: Client, url: str, meeting: Meeting) -> None:
    content = client.get(url).content.decode()
    assert MINE in content
    assert "Teamet og jeres ressourceperson. Lederen kan ikke se det i portalen." in content
    assert content.index("Printeren") < content.index("<select")


def test_the_choice_is_of_ones_own_teams_planned_meetings_of_three_months(
    client: Client, url: str, team: Team, meeting: Meeting, member: User, tuesday: dt.date
) -> None:
    served = make_team("Syd")
    make_resource_person(served, name="Rie").resource_person_rows.update(person=member)
    passed_today = make_meeting(team, tuesday, time=dt.time(8))
    last = make_meeting(served, tuesday + dt.timedelta(days=90))
    make_meeting(team, tuesday + dt.timedelta(days=91))
    make_meeting(team, tuesday - dt.timedelta(days=1))
    make_meeting(team, dt.date(2026, 12, 9), state=MeetingState.CANCELLED)
    make_meeting(make_team("Øst"), dt.date(2026, 12, 8))
    assert list(client.get(url).context["form"].fields["meeting"].queryset) == [passed_today, meeting, last]


def test_without_a_meeting_the_note_stays(client: Client, url: str) -> None:
    content = client.get(url).content.decode()
    assert "Dine teams har ikke planlagt et møde de næste tre måneder." in content
    assert "<select" not in content


def test_a_closed_conversation_is_refused(client: Client, url: str, meeting: Meeting) -> None:
    now = timezone.now()
    make_conversation(meeting, begun_at=now, closed_at=now)
    form = client.post(url, {"meeting": meeting.pk}).context["form"]
    assert form.non_field_errors() == ["Samtalen på det møde er afsluttet. Vælg et andet møde."]
    assert Snag.objects.get().text == MINE
    assert not AgendaItem.objects.filter(title="Bøvlet på bordet").exists()


def test_a_full_item_is_refused(client: Client, url: str, meeting: Meeting) -> None:
    conversation = make_conversation(meeting)
    conversation.items.create(position=99, title="Det, der driller", minutes=5, part="snags", text="x" * 20_000)
    form = client.post(url, {"meeting": meeting.pk}).context["form"]
    assert form.non_field_errors() == ["Der er ikke plads til mere under det punkt. Vælg et andet møde."]
    assert Snag.objects.count() == 1


def test_a_meeting_that_is_cancelled_meanwhile_is_refused(snag: Snag, meeting: Meeting, member: User) -> None:
    Meeting.objects.update(state=MeetingState.CANCELLED)
    with pytest.raises(SnagRefusedError):
        bring_snag(by=member, snag=snag, meeting=meeting)
    assert (Snag.objects.count(), Conversation.objects.count()) == (1, 0)


def test_a_note_that_is_gone_meanwhile_is_refused(snag: Snag, meeting: Meeting, member: User) -> None:
    Snag.objects.all().delete()
    with pytest.raises(SnagRefusedError):
        bring_snag(by=member, snag=snag, meeting=meeting)
    assert Conversation.objects.count() == 0


def test_nobody_else_brings_it(client: Client, url: str, team: Team, meeting: Meeting) -> None:
    for person in (
        make_member(team, "En Kollega"),
        make_resource_person(team),
        make_leader(team.unit),
        make_administrator(),
    ):
        client.force_login(person)
        assert [client.get(url).status_code, client.post(url, {"meeting": meeting.pk}).status_code] == [404, 404]
    assert Snag.objects.count() == 1


def test_the_second_click_of_two_at_once_is_no_error(client: Client, url: str, meeting: Meeting) -> None:
    token = uuid.uuid4()
    SpentToken.objects.create(token=token)
    assert client.post(url, {"meeting": meeting.pk, "token": str(token)}).status_code == 302
    assert Conversation.objects.count() == 0
