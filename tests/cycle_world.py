"""The learning cycles, conversations and fixed meetings of a place in the world; beside tests.world."""

import datetime as dt
from typing import Any

from learningcycle.enums import ConversationRole, EntryKind, MeetingState, Silence
from learningcycle.models import (
    AgendaItem,
)
from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from teams.models import (
    Team,
    Unit,
)
from tests.builders import (
    make_meeting,
)
from tests.cycle_builders import make_conversation, make_cycle
from tests.gathering_builders import make_gathering, make_series

WEEK = dt.timedelta(days=7)
# The places of the items of the running conversation at which all write for themselves, and at which that is shown.
WRITTEN_IN_SILENCE, SHOWN_IN_SILENCE = 4, 5


def make_conversations(team: Team, visitor: User) -> dict[str, Any]:
    """A closed cycle and the running one after it, and a meeting with a conversation in each state."""
    closed_on = today() - 10 * WEEK
    closed = make_cycle(
        team, "En rolig start", phase=6, begun_on=closed_on - 8 * WEEK, closed_on=closed_on, learning="Ro smitter."
    )
    cycle = make_cycle(
        team,
        follows=closed,
        phase=3,
        focus="Hvilke spørgsmål får flere til at tænke højt?",
        goal="Flere kommer til orde.",
        entries={
            EntryKind.DATA: ("I 6 af 10 samtaler svarede de samme.",),
            EntryKind.INTERPRETATION: ("Vi venter ikke længe nok.", "Vi spørger om det, vi selv ved."),
            EntryKind.SIGN: ("Flere end halvdelen siger noget.",),
            EntryKind.LOG: ("Vi talte til fem, før vi spurgte igen.",),
        },
    )
    roles = {ConversationRole.MEETING_LEADER: visitor, ConversationRole.FOCUS_PERSON: visitor}
    texts = ("Vi er her alle.", "Vi prøvede at vente.", "Hvad gør stilheden ved os?")
    prepared = make_meeting(team, today() + 3 * WEEK)
    running = make_meeting(team, today(), time=dt.time(0, 5))
    done = make_meeting(team, today() - 3 * WEEK, state=MeetingState.HELD)
    make_conversation(prepared, cycle=cycle, focus="Hvordan får vi tavse til at tale?")
    items = make_conversation(running, cycle=cycle, begun_at=running.starts_at, texts=texts, roles=roles).items.all()
    AgendaItem.objects.filter(pk=items[WRITTEN_IN_SILENCE].pk).update(silence=Silence.WRITING)
    shown = items[SHOWN_IN_SILENCE]
    AgendaItem.objects.filter(pk=shown.pk).update(silence=Silence.SHOWN)
    shown.silent_notes.create(text="Vi taler mest selv.")
    make_conversation(
        done,
        cycle=cycle,
        phase=cycle.phase,
        begun_at=done.starts_at,
        closed_at=done.ends_at,
        texts=texts,
        roles=roles,
        present_count=3,
        learning="Pauser er arbejde.",
        next_focus_person=visitor,
    )
    return {
        "prepared_meeting": prepared,
        "running_meeting": running,
        "closed_meeting": done,
        "cycle": cycle,
        "closed_cycle": closed,
    }


def make_gatherings(unit: Unit, visitor: User) -> dict[str, Any]:
    """A series of fixed meetings, the next of them, and what is to be talked about there."""
    series = make_series(unit, visitor, title=f"Ressourcepersoner {unit.name}", every_weeks=2)
    gathering = make_gathering(series, today() + dt.timedelta(days=2), "Tid til forberedelse")
    done = gathering.points.create(text="Vi skiftes til at lede mødet", is_done=True)
    return {"series": series, "gathering": gathering, "point": done}
