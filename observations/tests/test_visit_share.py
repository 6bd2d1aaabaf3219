"""Draft, shared with the team, closed, opened again; and what is deleted afterwards."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import TimeMachineFixture

from observations.actions import SharingRefusedError, close_record, forget_lines, reopen_record, share_record
from observations.enums import RecordState, VisitState
from observations.models import PrivateNote, Visit, VisitCount, VisitFocus, VisitLine, VisitRecord
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from slf_portal.notifications.models import LedgerEntry
from teams.models import Team
from tests.builders import make_member, make_resource_person, make_visit
from tests.visit_after_world import make_answers, make_record

DRAFT, SHARED, CLOSED = RecordState.DRAFT, RecordState.SHARED, RecordState.CLOSED
LINE = "Rammesætningen tog 12 minutter."


@pytest.fixture
def member(team: Team) -> User:
    return make_member(team)


@pytest.fixture
def visit(team: Team, visitor: User, member: User, tuesday: dt.date) -> Visit:
    """Held this morning, with a line, a focus, a count and a private note."""
    visit = make_visit(team, visitor, tuesday)
    VisitFocus.objects.create(visit=visit, position=1, text="Hvem taler?")
    VisitLine.objects.create(visit=visit, author=visitor, text=LINE)
    VisitCount.objects.create(visit=visit, label="Spørgsmål", count=7)
    PrivateNote.objects.create(visit=visit, author=visitor, text="Kun for mig selv.")
    return visit


def address(visit: Visit, page: str) -> str:
    return reverse(f"observations:{page}", args=[visit.pk])


def send(client: Client, visit: Visit, page: str, **form: Any) -> Any:
    record = VisitRecord.objects.filter(visit=visit).first()
    return client.post(address(visit, page), {"version": record.version if record else 0, **form})


def words(client: Client, visit: Visit, page: str = "visit_detail") -> str:
    return client.get(address(visit, page)).content.decode()


def record(visit: Visit) -> VisitRecord:
    return VisitRecord.objects.get(visit=visit)


def told() -> list[tuple[int, int]]:
    """Who is told, and for the how manyth time."""
    return list(LedgerEntry.objects.order_by("step", "pk").values_list("recipient_id", "step"))


def test_the_page_shows_exactly_what_is_shared(client: Client, visit: Visit) -> None:
    make_record(visit, kept="Vi venter.")
    make_answers(visit, "Vi lyttede.", "Vi ventede.", "Vi skrev.")
    shown = words(client, visit, "visit_share")
    assert all(text in shown for text in ("Hvem taler?", LINE, "Spørgsmål: 7", "Vi venter.", "Vi lyttede."))
    assert "Kun for mig selv." not in shown


def test_shared_the_members_read_it_and_are_told(
    client: Client, team: Team, visit: Visit, visitor: User, member: User
) -> None:
    make_record(visit, kept="Vi venter.")
    client.force_login(member)
    assert client.get(address(visit, "visit_paper")).status_code == 403
    client.force_login(visitor)
    assert send(client, visit, "visit_share")["Location"] == address(visit, "visit_detail")
    assert (record(visit).state, record(visit).shared_at is not None) == (SHARED, True)
    entry = LedgerEntry.objects.get()
    facts = (entry.recipient, entry.subject, entry.step, entry.path)
    assert facts == (member, f"visit:{visit.pk}:shared", 1, address(visit, "visit_detail"))
    client.force_login(member)
    assert LINE in words(client, visit, "visit_paper")
    client.force_login(make_resource_person(team, name="Ruth Ressource"))
    assert client.get(address(visit, "visit_paper")).status_code == 403


def test_sharing_says_that_the_visit_was_held_and_leaves_the_tick(client: Client, visit: Visit) -> None:
    send(client, visit, "visit_share")
    visit.refresh_from_db()
    assert (visit.state, visit.is_evaluated) == (VisitState.HELD, False)
    Visit.objects.update(is_evaluated=True)
    VisitRecord.objects.update(state=DRAFT)
    send(client, visit, "visit_share")
    visit.refresh_from_db()
    assert visit.is_evaluated is True


def test_a_double_click_tells_once(client: Client, visit: Visit) -> None:
    for _click in range(2):
        client.post(address(visit, "visit_share"), {"version": 0})
    assert (len(told()), record(visit).version) == (1, 1)


def test_what_a_colleague_wrote_meanwhile_is_looked_at_first(client: Client, visit: Visit) -> None:
    make_record(visit, kept="Nye ord.", version=4)
    response = client.post(address(visit, "visit_share"), {"version": 3})
    assert "Nye ord." in response.content.decode()
    assert (record(visit).state, told()) == (DRAFT, [])


def test_words_that_judge_are_hinted_at_and_stop_nobody(client: Client, visit: Visit, visitor: User) -> None:
    assert "vurdere" not in words(client, visit, "visit_share")
    VisitLine.objects.create(visit=visit, author=visitor, text="Rammesætningen var dårlig.")
    make_record(visit, kept="Eleven Sofie sagde det.")
    shown = words(client, visit, "visit_share")
    assert all(f"<q>{word}</q>" in shown for word in ("dårlig", "Eleven Sofie"))
    send(client, visit, "visit_share")
    assert record(visit).state == SHARED


@pytest.mark.parametrize(
    ("on", "state"), [(dt.date(2026, 11, 25), VisitState.PLANNED), (dt.date(2026, 11, 3), VisitState.CANCELLED)]
)
def test_a_visit_to_come_or_a_cancelled_one_is_not_shared(
    client: Client, team: Team, visitor: User, tuesday: dt.date, on: dt.date, state: VisitState
) -> None:
    visit = make_visit(team, visitor, on, state=state)
    assert client.get(address(visit, "visit_share")).status_code == 302
    assert send(client, visit, "visit_share").status_code == 200
    assert VisitRecord.objects.count() == 0


def test_only_what_is_shared_is_closed(client: Client, visit: Visit, visitor: User) -> None:
    with pytest.raises(SharingRefusedError):
        close_record(by=visitor, visit=visit, version=0)
    make_record(visit, SHARED)
    for _click in range(2):
        send(client, visit, "visit_close")
    assert (record(visit).state, record(visit).version) == (CLOSED, 1)
    assert "torsdag 24. december" in words(client, visit)


def test_closing_an_old_page_is_refused(client: Client, visit: Visit) -> None:
    make_record(visit, SHARED, version=2)
    response = client.post(address(visit, "visit_close"), {"version": 1})
    assert [message.level_tag for message in get_messages(response.wsgi_request)] == ["error"]
    assert record(visit).state == SHARED


def test_open_again_with_a_reason_that_the_team_reads(client: Client, visit: Visit, member: User) -> None:
    send(client, visit, "visit_share")
    send(client, visit, "visit_close")
    assert list(send(client, visit, "visit_open_again", why=" ").context["form"].errors) == ["why"]
    assert record(visit).state == CLOSED
    for _click in range(2):
        send(client, visit, "visit_open_again", why="Et klokkeslæt var forkert.")
    assert (record(visit).state, record(visit).closed_at) == (SHARED, None)
    client.force_login(member)
    assert "Et klokkeslæt var forkert." in words(client, visit)
    assert told() == [(member.pk, 1)]


def test_closed_again_the_team_is_told_that_it_changed(client: Client, visit: Visit, member: User) -> None:
    for page, form in (
        ("visit_share", {}),
        ("visit_close", {}),
        ("visit_open_again", {"why": "En linje manglede."}),
        ("visit_close", {}),
    ):
        send(client, visit, page, **form)
    assert told() == [(member.pk, 1), (member.pk, 2)]


def test_nobody_else_shares_closes_or_opens(client: Client, team: Team, visit: Visit, member: User) -> None:
    for person in (member, make_resource_person(team, name="Ruth Ressource")):
        client.force_login(person)
        answers = [send(client, visit, page).status_code for page in ("visit_share", "visit_close", "visit_open_again")]
        assert answers == [403, 403, 403]


def test_there_is_no_way_back_to_a_draft(visit: Visit, visitor: User) -> None:
    share_record(by=visitor, visit=visit, version=0)
    close_record(by=visitor, visit=visit, version=1)
    opened = reopen_record(by=visitor, visit=visit, why="En fejl.", version=2)
    assert opened.state == SHARED


def test_lines_are_deleted_thirty_days_after_closing(
    client: Client, visit: Visit, visitor: User, time_machine: TimeMachineFixture
) -> None:
    make_record(visit, CLOSED, kept="Vi venter.", closed_at=at(dt.date(2026, 11, 24), dt.time(23)))
    Visit.objects.update(state=VisitState.HELD)
    forget_lines(now=at(dt.date(2026, 12, 24), dt.time(22)))
    assert LINE in words(client, visit, "visit_paper")
    time_machine.move_to(at(dt.date(2026, 12, 24), dt.time(23)))
    forget_lines(now=timezone.now())
    client.force_login(visitor)
    left = [model.objects.count() for model in (VisitLine, VisitCount, PrivateNote, VisitFocus)]
    assert left == [0, 0, 0, 1]
    shown = words(client, visit, "visit_paper")
    assert ("er slettet" in shown, "Vi venter." in shown) == (True, True)


def test_what_is_open_keeps_its_lines(visit: Visit) -> None:
    make_record(visit, SHARED, shared_at=at(dt.date(2026, 1, 1), dt.time(12)))
    forget_lines(now=at(dt.date(2027, 5, 1), dt.time(12)))
    assert visit.lines.exists()
