"""Peer observation of practice, between the two whose it is."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from observations.enums import PeerState
from observations.models import PeerLine, PeerObservation
from observations.tasks import forget
from slf_portal.accounts.models import User
from slf_portal.common.dates import add_months, at, start_of_day
from teams.models import Team
from tests.builders import make_leader, make_member, make_resource_person, make_team
from tests.visit_partner_world import make_peer

ASK = reverse("observations:peer_ask")
LIST = reverse("observations:peer_list")


@pytest.fixture
def observed(client: Client, team: Team, tuesday: dt.date) -> User:
    """A member of the team, who is signed in."""
    person = make_member(team)
    client.force_login(person)
    return person


@pytest.fixture
def observer(team: Team) -> User:
    return make_member(team, name="Kaja Kollega")


@pytest.fixture
def peer(observed: User, observer: User) -> PeerObservation:
    """Agreed on, with one line."""
    return make_peer(observed, observer, "Fire af fem svar kom fra samme bord.", state=PeerState.ACCEPTED)


def url_of(page: str, peer: PeerObservation, *more: int) -> str:
    return reverse(f"observations:peer_{page}", args=[peer.pk, *more])


def reads(client: Client, person: User, peer: PeerObservation) -> Any:
    """What the person reads of it: its lines, or that it does not exist."""
    client.force_login(person)
    response = client.get(url_of("detail", peer))
    return response.status_code if response.status_code != 200 else [line.text for line in response.context["lines"]]


# Asking -------------------------------------------------------------------------------------------------------------


def test_she_asks_a_colleague(client: Client, observed: User, observer: User) -> None:
    sent = {"observer": observer.pk, "focus": "Hvem spørger jeg?\nHvor længe venter jeg?"}
    assert client.post(ASK, {**sent, "on": "2026-12-08", "begins": "10:00"})["Location"] == LIST
    peer = PeerObservation.objects.get()
    assert (peer.observed, peer.observer, peer.state) == (observed, observer, PeerState.ASKED)
    assert (peer.focus, peer.starts_at) == (sent["focus"], at(dt.date(2026, 12, 8), dt.time(10)))


def test_a_double_click_asks_once(client: Client, observed: User, observer: User) -> None:
    form = {"observer": observer.pk, "focus": "Hvem spørger jeg?", "token": str(uuid.uuid4())}
    assert [client.post(ASK, form).status_code for _ in range(2)] == [302, 302]
    assert PeerObservation.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"focus": "Et\nTo\nTre"}, "focus"),
        ({"focus": ""}, "focus"),
        ({"focus": "Ring på 010190-1234."}, "focus"),
        ({"focus": "Ring på 010190-1234.", "not_cpr": "on"}, "focus"),
        ({"observer": ""}, "observer"),
        ({"address": "kaja@example.org"}, "address"),
        ({"on": "2026-12-08"}, "begins"),
        ({"begins": "10:00"}, "on"),
        ({"on": "2026-11-23", "begins": "10:00"}, "on"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_kept_on_the_page(
    client: Client, observed: User, observer: User, wrong: dict[str, str], where: str
) -> None:
    form = client.post(ASK, {"observer": observer.pk, "focus": "Hvem spørger jeg?", **wrong}).context["form"]
    assert list(form.errors) == [where]
    assert PeerObservation.objects.count() == 0


def test_only_those_she_meets_are_offered_by_name(client: Client, observed: User, observer: User, team: Team) -> None:
    beacon = make_resource_person(make_team(unit=team.unit))
    make_member(make_team(unit=team.unit), name="Fremmed Kollega")
    assert list(client.get(ASK).context["form"].fields["observer"].queryset) == [observer, beacon]


def test_another_colleague_of_the_unit_is_asked_by_her_address(client: Client, observed: User, team: Team) -> None:
    other = make_member(make_team(unit=team.unit))
    assert client.post(ASK, {"address": other.email.upper(), "focus": "Hvem?"}).status_code == 302
    assert PeerObservation.objects.get().observer == other


def test_nobody_asks_herself(client: Client, observed: User) -> None:
    for chosen in ({"observer": observed.pk}, {"address": observed.email}):
        assert client.post(ASK, {"focus": "Hvem?", **chosen}).status_code == 200
    assert PeerObservation.objects.count() == 0


# Answering, writing and handing over --------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "state"), [("yes", PeerState.ACCEPTED), ("no", PeerState.DECLINED)])
def test_the_colleague_answers(client: Client, observed: User, observer: User, answer: str, state: PeerState) -> None:
    peer = make_peer(observed, observer)
    client.force_login(observer)
    client.post(url_of("answer", peer), {"answer": answer})
    peer.refresh_from_db()
    assert (peer.state, PeerLine.objects.count()) == (state, 0)


def test_a_no_after_a_yes_deletes_what_was_written(client: Client, observer: User, peer: PeerObservation) -> None:
    client.force_login(observer)
    client.post(url_of("answer", peer), {"answer": "no"})
    assert PeerLine.objects.count() == 0
    assert client.get(url_of("detail", peer)).status_code == 404


def test_lines_are_the_observer_s_until_handed_over_and_then_the_observed_one_s(
    client: Client, observed: User, observer: User, peer: PeerObservation
) -> None:
    client.force_login(observer)
    client.post(url_of("line_add", peer), {"text": "Hun ventede seks sekunder."})
    lines = ["Fire af fem svar kom fra samme bord.", "Hun ventede seks sekunder."]
    assert (reads(client, observer, peer), reads(client, observed, peer)) == (lines, [])

    client.force_login(observer)
    assert client.post(url_of("hand_over", peer))["Location"] == LIST
    assert (reads(client, observer, peer), reads(client, observed, peer)) == (404, lines)
    client.force_login(observer)
    assert list(client.get(LIST).context["page"]) == []


def test_handed_over_nobody_writes_in_it(client: Client, observed: User, observer: User) -> None:
    peer = make_peer(observed, observer, "En linje.", state=PeerState.HANDED_OVER)
    for person, status in ((observer, 404), (observed, 403)):
        client.force_login(person)
        pages = ("line_add", "hand_over", "answer")
        found = {client.post(url_of(page, peer), {"text": "Mere.", "answer": "no"}).status_code for page in pages}
        assert found == {status}
    assert (PeerLine.objects.count(), PeerObservation.objects.get().state) == (1, PeerState.HANDED_OVER)


def test_nothing_is_handed_over_without_a_line(client: Client, observed: User, observer: User) -> None:
    peer = make_peer(observed, observer, state=PeerState.ACCEPTED)
    client.force_login(observer)
    response: Any = client.post(url_of("hand_over", peer))
    assert [message.level_tag for message in get_messages(response.wsgi_request)] == ["error"]
    peer.refresh_from_db()
    assert peer.is_accepted


def test_she_says_yes_before_she_writes(client: Client, observed: User, observer: User) -> None:
    peer = make_peer(observed, observer)
    client.force_login(observer)
    form = client.post(url_of("line_add", peer), {"text": "For tidligt."}).context["form"]
    assert list(form.errors) == ["__all__"]
    assert PeerLine.objects.count() == 0


def test_a_line_is_taken_back_and_nobody_else_s(client: Client, observer: User, peer: PeerObservation) -> None:
    other = make_peer(make_member(make_team()), observer, "Et andet sted.", state=PeerState.ACCEPTED).lines.get()
    client.force_login(observer)
    client.post(url_of("line_remove", peer, other.pk))
    assert PeerLine.objects.count() == 2
    client.post(url_of("line_remove", peer, peer.lines.get().pk))
    assert list(PeerLine.objects.all()) == [other]


@pytest.mark.parametrize("state", PeerState)
def test_the_observed_deletes_all_of_it_whenever_she_likes(
    client: Client, observed: User, observer: User, state: PeerState
) -> None:
    peer = make_peer(observed, observer, "En linje.", state=state)
    assert client.get(url_of("delete", peer)).status_code == 200
    assert PeerObservation.objects.count() == 1
    client.post(url_of("delete", peer))
    assert (PeerObservation.objects.count(), PeerLine.objects.count()) == (0, 0)
    assert reads(client, observer, peer) == 404


# On the front pages of the two, and gone after a year ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "whose"),
    [
        (PeerState.ASKED, "observer"),
        (PeerState.ACCEPTED, "observer"),
        (PeerState.DECLINED, "observed"),
        (PeerState.HANDED_OVER, "observed"),
    ],
)
def test_it_stands_on_the_front_page_of_whom_it_waits_for(
    client: Client, observed: User, observer: User, state: PeerState, whose: str
) -> None:
    peer = make_peer(observed, observer, state=state)
    found = {}
    for name, person in (("observed", observed), ("observer", observer)):
        client.force_login(person)
        todos = client.get(reverse("dashboard:member")).context["todos"]
        found[name] = [todo.url for todo in todos]
    assert found == {"observed": [], "observer": [], whose: [url_of("detail", peer)]}


def test_a_leader_and_a_resource_person_are_asked_on_theirs(client: Client, observed: User, team: Team) -> None:
    for page, person in (("leader", make_leader(team.unit)), ("resource_person", make_resource_person(team))):
        peer = make_peer(observed, person)
        client.force_login(person)
        todos = client.get(reverse(f"dashboard:{page}")).context["todos"]
        assert url_of("detail", peer) in [todo.url for todo in todos]


def test_after_a_year_it_is_forgotten(observed: User, observer: User, tuesday: dt.date) -> None:
    year_ago = start_of_day(add_months(tuesday, -12))
    moment = dt.timedelta(seconds=1)
    kept = [make_peer(observed, observer, state=PeerState.HANDED_OVER), make_peer(observed, observer)]
    gone = [make_peer(observed, observer, "Væk.", state=PeerState.HANDED_OVER), make_peer(observed, observer)]
    for rows, when in ((kept, year_ago), (gone, year_ago - moment)):
        PeerObservation.objects.filter(pk=rows[0].pk).update(handed_over_at=when)
        PeerObservation.objects.filter(pk=rows[1].pk).update(asked_at=when)
    planned = make_peer(observed, observer)
    PeerObservation.objects.filter(pk=planned.pk).update(asked_at=year_ago - moment, starts_at=year_ago)
    forget()
    assert set(PeerObservation.objects.all()) == {*kept, planned}
    assert PeerLine.objects.count() == 0
