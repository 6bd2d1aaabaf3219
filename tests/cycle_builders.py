"""Rows of templates, learning cycles and conversations for tests; beside tests.builders."""

import datetime as dt
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from learningcycle.defaults import DEFAULT_AGENDA, DEFAULT_CYCLE
from learningcycle.enums import ConversationRole, CycleState, EntryKind, TemplateKind
from learningcycle.models import (
    AgendaItem,
    Conversation,
    Cycle,
    Meeting,
    MethodTemplate,
    RoleTaken,
    TemplateStep,
    TemplateVersion,
)
from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from teams.models import Team, Unit


def shipped(key: str) -> TemplateVersion:
    """The newest version of a template that the portal ships with."""
    return TemplateVersion.objects.filter(template__key=key).order_by("-number")[0]


def make_template(
    unit: Unit | None = None,
    title: str = "Vores måde",
    *,
    kind: TemplateKind = TemplateKind.AGENDA,
    steps: Sequence[str] = ("Siden sidst", "Det, vi vil tale om", "Tjek ud"),
) -> MethodTemplate:
    """A unit's own template, or one for all; each item of an agenda takes ten minutes."""
    template = MethodTemplate.objects.create(kind=kind, unit=unit)
    version = TemplateVersion.objects.create(template=template, number=1, title=title)
    minutes = 10 if kind == TemplateKind.AGENDA else None
    for position, name in enumerate(steps, start=1):
        TemplateStep.objects.create(version=version, position=position, title=name, minutes=minutes)
    return template


def make_cycle(team: Team, title: str = "Bedre spørgsmål", *, phase: int = 1, **values: Any) -> Cycle:
    """A running cycle by the portal's own template, in the phase with that number; closed with `closed_on`."""
    version = values.pop("version_used", None) or shipped(DEFAULT_CYCLE)
    if values.get("closed_on"):
        values.setdefault("state", CycleState.CLOSED)
    values.setdefault("begun_on", today() - dt.timedelta(weeks=6))
    entries: dict[EntryKind, Sequence[str]] = values.pop("entries", {})
    step = version.steps.get(position=phase)
    cycle = Cycle.objects.create(team=team, title=title, version_used=version, phase=step, **values)
    for kind, texts in entries.items():
        for text in texts:
            cycle.entries.create(kind=kind, text=text)
    return cycle


def make_conversation(
    meeting: Meeting,
    *,
    texts: Sequence[str] = (),
    roles: dict[ConversationRole, User] | None = None,
    agenda: str = DEFAULT_AGENDA,
    **values: Any,
) -> Conversation:
    """The meeting's conversation with the shipped agenda of that key; `texts` are written at its items in turn.

    `begun_at` also puts everybody at the first item, with the clock running; `closed_at` stops it.
    """
    version = shipped(agenda)
    conversation = Conversation.objects.create(meeting=meeting, agenda=version, **values)
    for step, text in zip_longest(version.steps.all(), texts, fillvalue=""):
        AgendaItem.objects.create(
            conversation=conversation,
            **{name: getattr(step, name) for name in ("position", "title", "question", "minutes", "part")},
            text=text,
            text_version=1 if text else 0,
        )
    for role, person in (roles or {}).items():
        RoleTaken.objects.create(conversation=conversation, role=role, person=person)
    if conversation.begun_at is not None:
        conversation.current = conversation.items.all()[0]
        if conversation.closed_at is None:
            conversation.running_since = conversation.begun_at
        conversation.save()
    return conversation
