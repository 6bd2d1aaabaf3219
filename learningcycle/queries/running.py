"""A conversation that is going on: where everybody is, what stands at the items, and what the pages ask for."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from learningcycle.enums import ConversationRole, Silence
from learningcycle.models import AgendaItem, Conversation, RoleTaken, SilentNote
from learningcycle.rules import seconds_at_item
from slf_portal.accounts.models import User


def agenda_items(conversation: Conversation) -> QuerySet[AgendaItem]:
    """The items in their order, each with how many silent notes it has: their number, not their words."""
    return conversation.items.annotate(notes=Count("silent_notes")).order_by("position", "pk")


def meeting_leader(conversation: Conversation) -> User | None:
    rows = RoleTaken.objects.filter(conversation=conversation, role=ConversationRole.MEETING_LEADER)
    role = rows.select_related("person").first()
    return role.person if role else None


def shown_notes(item: AgendaItem) -> list[SilentNote]:
    """The item's silent notes when they are shown to all; nothing while anybody still writes."""
    return list(item.silent_notes.all()) if item.silence == Silence.SHOWN else []


def spent_seconds(conversation: Conversation, now: dt.datetime) -> int:
    return seconds_at_item(conversation.spent_seconds, conversation.running_since, now)


@dataclass(frozen=True, slots=True)
class Place:
    """An item as one person looks at it: the steps, what comes before and after it, and where the others are."""

    conversation: Conversation
    items: list[Any]
    item: Any
    leader: User | None

    @property
    def number(self) -> int:
        return self.items.index(self.item) + 1

    @property
    def before(self) -> AgendaItem | None:
        return self.items[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> AgendaItem | None:
        return self.items[self.number] if self.number < len(self.items) else None

    @property
    def is_with_the_others(self) -> bool:
        return bool(self.conversation.current_id == self.item.pk)

    @property
    def mark(self) -> str:
        """Changes when anything on the page but the texts does."""
        return mark_of(self.conversation, self.leader, self.items)


def place_in(conversation: Conversation, item_id: int | None = None) -> Place | None:
    """The item with that id, else the one everybody is at, else the first; None where the agenda is empty."""
    items = list(agenda_items(conversation))
    wanted = [item for pk in (item_id, conversation.current_id) for item in items if item.pk == pk]
    if not items:
        return None
    return Place(conversation, items, (wanted or items)[0], meeting_leader(conversation))


def mark_of(conversation: Conversation, leader: User | None, items: list[Any]) -> str:
    """What everybody's page shows beside the texts, as one word to compare."""
    parts = [
        conversation.current_id,
        bool(conversation.running_since),
        conversation.spent_seconds,
        conversation.is_closed,
        leader.pk if leader else 0,
        *(f"{item.pk}{item.silence}{item.notes}" for item in items),
    ]
    return "-".join(str(part) for part in parts)


def live_state(conversation: Conversation, known: Mapping[int | None, int | None], now: dt.datetime) -> dict[str, Any]:
    """Where the conversation is, and the texts that are of another version than the one the asker knows.

    Two queries; three where there is a text to give. Silent notes are never in it.
    """
    items: list[Any] = list(agenda_items(conversation).defer("text", "question"))
    leader = meeting_leader(conversation)
    fresh = [item.pk for item in items if known.get(item.pk) != item.text_version]
    texts = AgendaItem.objects.filter(pk__in=fresh).values("pk", "text", "text_version") if fresh else []
    return {
        "mark": mark_of(conversation, leader, items),
        "current": conversation.current_id,
        "spent": spent_seconds(conversation, now),
        "is_running": conversation.running_since is not None,
        "is_closed": conversation.is_closed,
        "leader": leader.name if leader else "",
        "items": {
            item.pk: {"version": item.text_version, "silence": item.silence, "notes": item.notes} for item in items
        },
        "texts": {row["pk"]: {"text": row["text"], "version": row["text_version"]} for row in texts},
    }
