"""What a team writes in its cycles and conversations reaches nobody else: not on a page, in a document or in a mail."""

import datetime as dt
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from learningcycle.enums import EntryKind, MeetingState
from learningcycle.models import Cycle, Meeting, SilentNote, Snag
from slf_portal.common.dates import add_months, today
from slf_portal.fundament.reminders import plan_reminders
from slf_portal.notifications.actions import relay_mail
from teams.enums import AgreementSource, AgreementState, Helped
from tests.access_addresses import address_of
from tests.access_table import read_rows
from tests.builders import make_agreement, make_meeting
from tests.cycle_builders import make_conversation, make_cycle
from tests.documents import read, words_of
from tests.world import (
    ADMINISTRATOR,
    LEARNING_PARTNER,
    MEMBER,
    OWN,
    PROJECT_WORKER,
    SECTION_LEADER,
    TEAM_LEADER,
    UNIT_LEADER,
    Place,
    World,
    make_world,
)

MARK = "mærkeord"
MARKERS = 50
ROWS = [row for row in read_rows() if "GET" in row.methods and row.relation in {"", OWN}]
OUTSIDE = [UNIT_LEADER, TEAM_LEADER, LEARNING_PARTNER, SECTION_LEADER, PROJECT_WORKER, ADMINISTRATOR]

pytestmark = pytest.mark.urls("slf_portal.demo.tests.urls")


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any) -> World:
    settings.DEMO_MAIL_DIR = tmp_path
    world = make_world()
    planted = plant(world.places[OWN], world)
    assert next(planted) > MARKERS
    return world


def plant(place: Place, world: World) -> Iterator[int]:
    """Write a word of its own in every text that is the team's alone; gives the next number."""
    numbers = count(1)

    def marker() -> str:
        return f"{MARK}{next(numbers)}"

    write_cycle(place.cycle, marker)
    write_cycle(place.closed_cycle, marker)
    write_cycle(make_cycle(place.team, "En tredje", begun_on=add_months(today(), -8)), marker)
    ago = today() - dt.timedelta(weeks=9)
    for meeting in (make_meeting(place.team, ago, state=MeetingState.HELD), make_meeting(place.team, today())):
        write_conversation(meeting, marker)
    write_agreements(place, marker)
    member = world.people[MEMBER]
    assert member is not None
    Snag.objects.create(owner=member, text=marker())
    yield from numbers


def write_cycle(cycle: Cycle, marker: Any) -> None:
    """Everything but the title and the goal, which the leader may see."""
    cycle.focus, cycle.evaluation, cycle.learning = marker(), marker(), marker()
    cycle.save()
    for kind in EntryKind:
        cycle.entries.create(kind=kind, text=marker())
    cycle.entries.create(kind=EntryKind.DATA, text=marker(), source=marker(), group=marker(), period=marker())


def write_conversation(meeting: Meeting, marker: Any) -> None:
    is_held = meeting.state == MeetingState.HELD
    conversation = make_conversation(
        meeting,
        texts=[marker() for _ in range(7)],
        focus=marker(),
        begun_at=meeting.starts_at,
        closed_at=meeting.ends_at if is_held else None,
        learning=marker(),
        how_it_went=marker(),
        disagreement=marker(),
    )
    for item in conversation.items.all()[:2]:
        item.title, item.question = marker(), marker()
        item.save()
        SilentNote.objects.create(item=item, text=marker())


def write_agreements(place: Place, marker: Any) -> None:
    """Of a meeting and of a cycle: what the team does is its own, until it shares it."""
    sources = ((AgreementSource.MEETING, place.closed_meeting.pk), (AgreementSource.CYCLE, place.cycle.pk))
    for source, source_id in sources:
        make_agreement(place.team, marker(), source=source, source_id=source_id, owner=place.member)
        make_agreement(
            place.team, marker(), source=source, source_id=source_id, state=AgreementState.DROPPED, reason=marker()
        )
        make_agreement(
            place.team,
            marker(),
            source=source,
            source_id=source_id,
            state=AgreementState.DONE,
            helped=Helped.NO,
            helped_note=marker(),
            helped_on=today(),
        )


@pytest.mark.parametrize("role", OUTSIDE)
def test_nothing_of_it_stands_on_what_they_can_open(world: World, client: Client, role: str) -> None:
    person = world.people[role]
    assert person is not None
    client.force_login(person)
    shown = {row.name: words_at(client, address_of(row, world)) for row in ROWS if row.answers[role] == "yes"}
    assert len(shown) > 10
    assert [name for name, words in shown.items() if MARK in words] == []


def test_the_team_itself_reads_it(world: World, client: Client) -> None:
    """The words are there to be found, so that the test above can find them."""
    person = world.people[MEMBER]
    assert person is not None
    client.force_login(person)
    rows = [row for row in ROWS if row.answers[MEMBER] == "yes" and row.name.startswith("learningcycle:")]
    assert [row.name for row in rows if MARK in words_at(client, address_of(row, world))] != []


def words_at(client: Client, address: str) -> str:
    response: Any = client.get(address)
    if response["Content-Type"] == "application/pdf":
        return words_of(read(response.content))
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode(errors="replace")


def test_no_mail_tells_of_it(world: World) -> None:
    plan_reminders()
    while relay_mail(seconds=5):
        pass
    assert [message for message in mail.outbox if MARK in f"{message.subject} {message.body} {message.message()}"] == []
