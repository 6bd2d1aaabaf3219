"""What is said in a GRUS: its questions, what each one prepares for herself, the notes, and that it was held."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override
from slf_portal.common.dates import today
from slf_portal.common.fields import refuse_cpr
from slf_portal.common.saving import save_checked
from teams import queries
from teams.actions.agreements import agree
from teams.actions.contracts import Writing
from teams.actions.grus import GrusRefusedError, locked_open, locked_planned, plan_next_grus
from teams.enums import AgreementSource, GrusState
from teams.models import Grus, GrusPoint, GrusPreparation, GrusQuestion


@dataclass(frozen=True, slots=True)
class QuestionWriting:
    """A question as someone wrote it, its theme, and how it stood when she began; empty for none."""

    theme: str
    text: str
    was: str = ""

    @property
    def as_it_stands(self) -> str:
        return GrusQuestion(theme=self.theme, text=self.text).as_it_stands if self.text else ""


@dataclass(frozen=True, slots=True)
class PointWriting:
    """A development point as someone wrote it. `key`: the row she began from, None for a new one."""

    text: str
    owner: User | None = None
    due_on: dt.date | None = None
    key: int | None = None
    was: str = ""

    @property
    def as_it_stands(self) -> str:
        return GrusPoint(text=self.text, owner=self.owner, due_on=self.due_on).as_it_stands if self.text else ""


@dataclass(frozen=True, slots=True)
class Talk:
    """What someone wrote during a GRUS: notes by their question's key, development points, and the day of the next one.

    `next_stood`: the day that stood there when she began.
    """

    notes: Mapping[int, Writing]
    points: Sequence[PointWriting]
    next_on: dt.date | None = None
    next_stood: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What someone else wrote in the same places while the page was open: by question, by point, and the next day."""

    notes: Mapping[int, str] = field(default_factory=dict)
    points: Mapping[int, GrusPoint] = field(default_factory=dict)
    next_on: dt.date | None = None

    def __bool__(self) -> bool:
        return bool(self.notes or self.points or self.next_on)


def write_questions(
    *, by: User, grus: Grus, writings: Mapping[int, QuestionWriting], confirmed_not_cpr: bool = False
) -> dict[int, str]:
    """Write the questions by their place, 1 to 5; an empty one goes.

    What someone else has changed in the meantime is left as it is and answered, by its place; all the rest is saved.
    Raises GrusRefusedError when the GRUS is over, or notes have been made to a question that is to go.
    """
    _refuse_cpr([writing.text for writing in writings.values()], confirmed=confirmed_not_cpr)
    with change(by=by, verb="write questions of GRUS"):
        if confirmed_not_cpr:
            note_text_override(by=by, place="teams.GrusQuestion.text")
        grus = locked_open(grus)
        stored = {question.position: question for question in queries.grus_questions(grus)}
        elsewhere = {}
        for place, writing in writings.items():
            stands = stored[place].as_it_stands if place in stored else ""
            if writing.as_it_stands in {writing.was, stands}:
                continue
            if stands != writing.was:
                elsewhere[place] = stored[place].text if place in stored else ""
            else:
                _write_question(stored.get(place) or GrusQuestion(grus=grus, position=place), writing)
    return elsewhere


def _write_question(question: GrusQuestion, writing: QuestionWriting) -> None:
    if writing.text:
        question.text, question.theme = writing.text, writing.theme
        question.save()
    elif question.notes:
        raise GrusRefusedError(_("There are notes to question %(number)s already.") % {"number": question.position})
    else:
        question.delete()


def write_preparation(*, by: User, grus: Grus, text: str, confirmed_not_cpr: bool = False) -> None:
    """Keep what `by` notes for herself until the GRUS is closed; empty takes it away. Raises GrusRefusedError."""
    with change(by=by, verb="prepare GRUS"):
        if confirmed_not_cpr:
            note_text_override(by=by, place="teams.GrusPreparation.text")
        grus = locked_open(grus)
        mine = GrusPreparation.objects.filter(grus=grus, person=by).first() or GrusPreparation(grus=grus, person=by)
        if text:
            mine.text = text
            save_checked(mine, confirmed_not_cpr=confirmed_not_cpr)
        elif mine.pk:
            mine.delete()


def write_notes(
    *, by: User, grus: Grus, talk: Talk, confirmed_not_cpr: bool = False, token: uuid.UUID | None = None
) -> Meanwhile:
    """Save what is written so far. What someone else has changed in the meantime is left as it is and answered."""
    texts = [*(writing.text for writing in talk.notes.values()), *(point.text for point in talk.points)]
    _refuse_cpr(texts, confirmed=confirmed_not_cpr)
    with change(by=by, verb="write notes of GRUS", token=token):
        if confirmed_not_cpr:
            note_text_override(by=by, place="teams.GrusQuestion.notes")
        grus = locked_planned(grus)
        return Meanwhile(_write_notes(grus, talk.notes), _write_points(grus, talk.points), _write_next(grus, talk))


def _write_notes(grus: Grus, notes: Mapping[int, Writing]) -> dict[int, str]:
    elsewhere = {}
    for question in queries.grus_questions(grus):
        writing = notes.get(question.pk)
        if writing is None or writing.text in {writing.was, question.notes}:
            continue
        if question.notes == writing.was:
            question.notes = writing.text
            question.save(update_fields=["notes"])
        else:
            elsewhere[question.pk] = question.notes
    return elsewhere


def _write_points(grus: Grus, points: Sequence[PointWriting]) -> dict[int, GrusPoint]:
    stored = {point.pk: point for point in queries.drafted_grus_points(grus)}
    elsewhere = {}
    for writing in points:
        row = stored.get(writing.key) if writing.key else None
        if writing.as_it_stands in {writing.was, row.as_it_stands if row else ""}:
            continue
        if row is None:
            # New, or a colleague has taken it away while this one was written on: it is not lost.
            GrusPoint.objects.create(grus=grus, text=writing.text, owner=writing.owner, due_on=writing.due_on)
        elif row.as_it_stands != writing.was:
            elsewhere[row.pk] = row
        elif writing.text:
            row.text, row.owner, row.due_on = writing.text, writing.owner, writing.due_on
            row.save()
        else:
            row.delete()
    return elsewhere


def _write_next(grus: Grus, talk: Talk) -> dt.date | None:
    if talk.next_on in {talk.next_stood, grus.next_on}:
        return None
    if grus.next_on != talk.next_stood:
        return grus.next_on
    grus.next_on = talk.next_on
    grus.save(update_fields=["next_on"])
    return None


def hold_grus(
    *,
    by: User,
    grus: Grus,
    leader: User | None,
    leader_present: bool,
    confirmed_not_cpr: bool = False,
) -> Grus:
    """Say that it was held with the responsible leader; its points become agreements, and the next one is planned.

    What people prepared for it is deleted by the database. Raises GrusRefusedError.
    """
    with change(by=by, verb="hold GRUS"):
        grus = locked_planned(grus)
        if grus.on > today():
            raise GrusRefusedError(_("The day has not come yet. Move the GRUS if you hold it today."))
        if not leader_present or leader not in queries.grus_leaders(grus.team, grus.on):
            raise GrusRefusedError(
                _("A GRUS is held with the leader responsible for the team. Move it if she could not take part.")
            )
        for point in queries.drafted_grus_points(grus):
            _agree_on(by, grus, point, confirmed_not_cpr=confirmed_not_cpr)
        grus.state, grus.leader, grus.leader_present = GrusState.HELD, leader, True
        save_checked(grus)
        if grus.next_on:
            plan_next_grus(by=by, grus=grus, on=grus.next_on)
    return grus


def _agree_on(by: User, grus: Grus, point: GrusPoint, *, confirmed_not_cpr: bool) -> None:
    if point.due_on is None:
        raise GrusRefusedError(_("Each development point needs a day: %(point)s") % {"point": point.text})
    agree(
        by=by,
        team=grus.team,
        text=point.text,
        due_on=point.due_on,
        owner=point.owner,
        source=AgreementSource.GRUS,
        source_id=grus.pk,
        confirmed_not_cpr=confirmed_not_cpr,
    )
    point.delete()


def _refuse_cpr(texts: Sequence[str], *, confirmed: bool) -> None:
    if not confirmed:
        for text in texts:
            refuse_cpr(text)
