"""A team and its member, who is signed in; a conversation they are in the middle of, and one that is closed."""

import datetime as dt
import json

import pytest
from django.conf import settings
from django.test import Client
from time_machine import TimeMachineFixture

from learningcycle.enums import ConversationRole, EntryKind, MeetingState
from learningcycle.models import Attendance, Conversation, Cycle
from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from slf_portal.common.fields import plain_lines
from teams.enums import AgreementSource
from teams.models import Team
from tests.builders import make_agreement, make_meeting, make_member, make_team
from tests.cycle_builders import make_conversation, make_cycle

WRITTEN = "Vi prøvede at vente.\n\nDet blev stille & godt.\n<b>Ikke fed</b>"
NASTY = settings.BASE_DIR.parent / "shared" / "data" / "nasty" / "blns.json"


@pytest.fixture
def team(db: None) -> Team:
    return make_team("Nord")


@pytest.fixture
def member(team: Team, client: Client) -> User:
    person = make_member(team)
    client.force_login(person)
    return person


@pytest.fixture
def running(team: Team, member: User, tuesday: dt.date, time_machine: TimeMachineFixture) -> Conversation:
    """It is nine o'clock and stays so. The conversation has just begun, led by the member; something is written."""
    time_machine.move_to(at(tuesday, dt.time(9)), tick=False)
    meeting = make_meeting(team, tuesday, time=dt.time(9))
    roles = {ConversationRole.MEETING_LEADER: member}
    return make_conversation(meeting, begun_at=meeting.starts_at, texts=("Vi er her alle.",), roles=roles)


@pytest.fixture
def cycle(team: Team, tuesday: dt.date) -> Cycle:
    """The team's running cycle, begun six weeks ago and in its first phase."""
    return make_cycle(team)


@pytest.fixture
def closed(team: Team, member: User, tuesday: dt.date) -> Conversation:
    """Closed today; the team meets again in two weeks."""
    cycle = make_cycle(
        team, phase=3, goal="Flere taler.", entries={EntryKind.SIGN: ("Halvdelen siger noget.",), EntryKind.LOG: ("x",)}
    )
    meeting = make_meeting(team, tuesday, time=dt.time(8), state=MeetingState.HELD)
    make_agreement(
        team, "Vi tæller til fem.", owner=member, due_on=dt.date(2026, 12, 8), source=AgreementSource.MEETING,
        source_id=meeting.pk,
    )  # fmt: skip
    make_meeting(team, dt.date(2026, 12, 8))
    made = make_conversation(
        meeting,
        cycle=cycle,
        phase=cycle.phase,
        closed_at=at(tuesday, dt.time(9)),
        texts=("", WRITTEN),
        roles={ConversationRole.MEETING_LEADER: member},
        focus="Hvad gør stilhed?",
        present_count=3,
        learning="Pauser er arbejde.",
        how_it_went="Roligt.",
        disagreement="Hvor længe?",
        next_focus_person=member,
    )
    Attendance.objects.create(conversation=made, person=member)
    return made


@pytest.fixture
def nasty() -> str:
    """Every string of the Big List of Naughty Strings as the portal takes it in, a line each."""
    if not NASTY.exists():
        pytest.skip("the list of nasty strings is not beside the project")
    return plain_lines("\n".join(line for line in json.loads(NASTY.read_text("utf-8")) if "\x00" not in line))
