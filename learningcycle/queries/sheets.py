"""What stands on the sheet for a meeting without screens, cut so that it fits one page of A4."""

from collections.abc import Sequence
from dataclasses import dataclass

from learningcycle.enums import ConversationRole, TemplateKind
from learningcycle.models import AgendaItem, Conversation, Meeting, TemplateStep
from learningcycle.queries.conversations import conversation_of
from learningcycle.queries.preparing import roles_of
from learningcycle.queries.templates import usual_version
from learningcycle.rules import ruled_lines
from teams.models import Agreement, TeamContract
from teams.queries import contract_in_force, open_agreements

MOST_AGREEMENTS = 6
# In millimetres, as static/sheet.css has them: what is left of a page of A4 when head, roles and foot stand there, a
# line of each kind of text with its place around it, and how many signs surely fit on one.
_ROOM = 196.0
_FOCUS_LINE, _FOCUS_LENGTH, _FOCUS_AROUND = 5.0, 85, 6.5
_CONTRACT_LINE, _CONTRACT_LENGTH, _CONTRACT_AROUND = 4.6, 95, 3.0
_AGREEMENT_LINE, _AGREEMENTS_AROUND = 4.6, 8.5


@dataclass(frozen=True, slots=True)
class SheetStep:
    """An item of the agenda, and how many lines there are to write on."""

    title: str
    question: str
    minutes: int
    lines: int

    @property
    def rules(self) -> range:
        return range(self.lines)

    @property
    def size(self) -> int:
        """How much of the title and the question fits beside the lines: 1, 2, 3 or 4."""
        return min(self.lines, 4)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One meeting on one page. `left_out`: how many items found no room."""

    focus: str
    focus_lines: int
    roles: list[tuple[str, str]]
    contract_lines: list[tuple[str, int]]
    agreements: list[Agreement]
    more_agreements: int
    steps: list[SheetStep]
    left_out: int


def sheet_of(meeting: Meeting) -> Sheet:
    """The meeting's agenda as prepared, the team's usual one before that, with room to write by the minutes."""
    conversation = conversation_of(meeting)
    agreements = list(open_agreements(meeting.team))
    focus = conversation.focus if conversation else ""
    focus_lines = _lines(focus, _FOCUS_LENGTH, most=3)
    contract_lines = _contract_lines(contract_in_force(meeting.team))
    shown = agreements[:MOST_AGREEMENTS]
    room = _ROOM - _FOCUS_AROUND - focus_lines * _FOCUS_LINE
    if contract_lines:
        room -= _CONTRACT_AROUND + _CONTRACT_LINE * sum(lines for _, lines in contract_lines)
    if agreements:
        room -= _AGREEMENTS_AROUND + _AGREEMENT_LINE * (len(shown) + (len(agreements) > len(shown)))
    agenda = _agenda(meeting, conversation)
    steps = _steps(agenda, room)
    return Sheet(
        focus=focus,
        focus_lines=focus_lines,
        roles=_roles(conversation),
        contract_lines=contract_lines,
        agreements=shown,
        more_agreements=len(agreements) - len(shown),
        steps=steps,
        left_out=len(agenda) - len(steps),
    )


def _agenda(meeting: Meeting, conversation: Conversation | None) -> Sequence[AgendaItem | TemplateStep]:
    if conversation is not None:
        return list(conversation.items.all())
    return list(usual_version(meeting.team, TemplateKind.AGENDA).steps.all())


def _steps(agenda: Sequence[AgendaItem | TemplateStep], room: float) -> list[SheetStep]:
    minutes = [step.minutes or 1 for step in agenda]
    each = zip(agenda, minutes, ruled_lines(minutes, room), strict=False)
    return [SheetStep(step.title, step.question, taken, lines) for step, taken, lines in each]


def _roles(conversation: Conversation | None) -> list[tuple[str, str]]:
    """Each role, and who has it already; else an empty word."""
    taken = roles_of(conversation) if conversation else {}
    return [(str(role.label), taken[role].name if role in taken else "") for role in ConversationRole]


def _contract_lines(contract: TeamContract | None) -> list[tuple[str, int]]:
    both = (contract.first_line, contract.second_line) if contract else ()
    return [(line, _lines(line, _CONTRACT_LENGTH, most=2)) for line in both if line]


def _lines(text: str, length: int, *, most: int) -> int:
    return min(most, 1 + len(text) // length)
