"""Preparing a meeting's conversation together, and noting who was there."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from learningcycle.defaults import MONTHS_NAMES_ARE_KEPT
from learningcycle.enums import ConversationRole, MeetingState, TemplateKind
from learningcycle.models import AgendaItem, Attendance, Conversation, Cycle, Meeting, RoleTaken, TemplateVersion
from learningcycle.queries import only_running_cycle, people_of_meeting, roles_of, usual_version, written_items
from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override, refuse_stale
from slf_portal.common.dates import add_months, start_of_day, today
from slf_portal.common.errors import RefusedError
from slf_portal.common.fields import refuse_cpr
from slf_portal.common.saving import save_checked


class PreparingRefusedError(RefusedError):
    """The meeting cannot be prepared that way; the message says why."""


def open_conversation(
    *, by: User, meeting: Meeting, agenda: TemplateVersion | None = None, cycle: Cycle | None = None
) -> Conversation:
    """The meeting's conversation, made where there is none with the agenda given (None: the usual one of the team).

    With it comes the running cycle where the team has just one. Safe to call by two at once: both get the same.
    """
    with change(by=by, verb="prepare conversation"):
        meeting = Meeting.objects.select_for_update(of=("self",)).select_related("team__unit").get(pk=meeting.pk)
        found = Conversation.objects.filter(meeting=meeting).first()
        if found is not None:
            return found
        agenda = agenda or usual_version(meeting.team, TemplateKind.AGENDA)
        cycle = cycle or only_running_cycle(meeting.team)
        conversation = Conversation.objects.create(meeting=meeting, agenda=agenda, cycle=cycle)
        _write_items(conversation, agenda)
    return conversation


def prepare_meeting(
    *,
    by: User,
    meeting: Meeting,
    agenda: TemplateVersion | None,
    cycle: Cycle | None,
    focus: str,
    roles: Mapping[ConversationRole, User | None],
    version: int,
    confirmed_not_cpr: bool = False,
) -> Conversation:
    """Say by which agenda the team meets (None: as it stands), about what, and who has which role.

    Another agenda takes the place of the items, as long as nothing is written there. Raises PreparingRefusedError,
    StaleFormError, and ValidationError for what looks like a CPR number.
    """
    if not confirmed_not_cpr:
        refuse_cpr(focus)
    with change(by=by, verb="prepare conversation"):
        row = open_for_change(by=by, meeting=meeting, version=version, agenda=agenda)
        _refuse_cycle_of_others(meeting, cycle)
        if agenda is not None and agenda != row.agenda:
            _replace_agenda(row, agenda)
        if confirmed_not_cpr:
            note_text_override(by=by, place="learningcycle.Conversation.focus")
        row.cycle, row.focus = cycle, focus
        save_next_version(row)
        _give_roles(row, roles)
    return row


def note_attendance(*, by: User, meeting: Meeting, here: Collection[User], others: int, version: int) -> Conversation:
    """Note who of the team is or was there, and how many others. Raises PreparingRefusedError, StaleFormError."""
    if meeting.on > today():
        raise PreparingRefusedError(_("The meeting has not been held yet."))
    if meeting.state == MeetingState.CANCELLED:
        raise PreparingRefusedError(_("The meeting is cancelled."))
    with change(by=by, verb="note attendance"):
        row = locked_conversation(open_conversation(by=by, meeting=meeting))
        refuse_stale(stored=row.version, shown=version)
        refuse_strangers(meeting, here)
        write_attendance(row, here)
        row.present_count = len(here) + others
        save_next_version(row)
    return row


def forget_attendance(*, today: dt.date) -> int:
    """Delete the names of who was at meetings more than a year ago, and say how many. The number of people stays."""
    before = start_of_day(add_months(today, -MONTHS_NAMES_ARE_KEPT))
    with change(by=None, verb="forget attendance"):
        deleted, _by_model = Attendance.objects.filter(conversation__meeting__starts_at__lt=before).delete()
    return deleted


def write_attendance(row: Conversation, here: Collection[User]) -> None:
    """Let just these be noted as there."""
    row.attendance.exclude(person__in=[person.pk for person in here]).delete()
    Attendance.objects.bulk_create(
        [Attendance(conversation=row, person=person) for person in here], ignore_conflicts=True
    )


def refuse_strangers(meeting: Meeting, people: Collection[User]) -> None:
    """Raise PreparingRefusedError when one of them is neither of the team that day nor noted at the meeting already."""
    allowed = set(people_of_meeting(meeting).values_list("pk", flat=True)) if people else set()
    for person in people:
        if person.pk not in allowed:
            raise PreparingRefusedError(
                _("%(name)s is not of the team today. Choose someone else.") % {"name": person.name}
            )


def open_for_change(
    *, by: User, meeting: Meeting, version: int | None = None, agenda: TemplateVersion | None = None
) -> Conversation:
    """The meeting's conversation, for one who prepares it at a time; refused once it is closed or cancelled."""
    if meeting.state == MeetingState.CANCELLED:
        raise PreparingRefusedError(_("The meeting is cancelled."))
    row = locked_conversation(open_conversation(by=by, meeting=meeting, agenda=agenda))
    if row.is_closed:
        raise PreparingRefusedError(_("The conversation is closed. Open it again first."))
    if version is not None:
        refuse_stale(stored=row.version, shown=version)
    return row


def locked_conversation(conversation: Conversation) -> Conversation:
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("meeting__team__unit", "agenda")
    return rows.get(pk=conversation.pk)


def save_next_version(row: Conversation) -> None:
    """Digits were looked at where they were written: an older text is not asked about again."""
    row.version += 1
    save_checked(row, confirmed_not_cpr=True)


def _write_items(conversation: Conversation, agenda: TemplateVersion) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(
            conversation=conversation,
            position=step.position,
            title=step.title,
            question=step.question,
            minutes=step.minutes or 1,
            part=step.part,
        )
        for step in agenda.steps.all()
    )


def _replace_agenda(row: Conversation, agenda: TemplateVersion) -> None:
    # Locked, so that nobody writes at an item while it is taken away.
    items = list(row.items.select_for_update())
    if written_items(row.items.all()).exists():
        raise _AgendaRefusedError(_("Something is written at the items already, so the agenda stays as it is."))
    row.current = None
    row.save(update_fields=["current"])
    AgendaItem.objects.filter(pk__in=[item.pk for item in items]).delete()
    _write_items(row, agenda)
    row.agenda = agenda
    if row.is_begun:
        row.current, row.spent_seconds = row.items.first(), 0
        row.running_since = timezone.now() if row.running_since else None


class _AgendaRefusedError(PreparingRefusedError):
    field = "agenda"


def _refuse_cycle_of_others(meeting: Meeting, cycle: Cycle | None) -> None:
    if cycle is not None and cycle.team_id != meeting.team_id:
        raise PreparingRefusedError(_("The learning cycle is another team's."))


def _give_roles(row: Conversation, roles: Mapping[ConversationRole, User | None]) -> None:
    had = roles_of(row)
    changed = {role: person for role, person in roles.items() if person != had.get(role)}
    refuse_strangers(row.meeting, [person for person in changed.values() if person])
    row.roles.filter(role__in=changed).delete()
    for role, person in changed.items():
        if person is not None:
            save_checked(RoleTaken(conversation=row, role=role, person=person))
