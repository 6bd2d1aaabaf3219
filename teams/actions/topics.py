"""What a team says about where it is, and the topics it is asked about."""

import uuid
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from slf_portal.accounts.models import User
from slf_portal.audit.actions import change, note_text_override
from slf_portal.common.errors import RefusedError
from slf_portal.common.saving import save_checked
from teams.enums import TopicLineKind
from teams.models import PracticeTopic, Team, TopicLine, TopicWord


class TopicRefusedError(RefusedError):
    """Nothing can be said about the topic; the message says why."""


def say_where_we_are(
    *,
    by: User,
    team: Team,
    topic: PracticeTopic,
    text: str,
    confirmed_not_cpr: bool = False,
    token: uuid.UUID | None = None,
) -> TopicWord:
    """Keep the team's words of today beside the earlier ones. Raises TopicRefusedError when it is no longer offered."""
    with change(by=by, verb="say where we are", token=token):
        if not PracticeTopic.objects.select_for_update().get(pk=topic.pk).is_offered:
            raise TopicRefusedError(_("It is no longer asked about. What you have said before stays."))
        if confirmed_not_cpr:
            note_text_override(by=by, place="teams.TopicWord.text")
        word = TopicWord(team=team, topic=topic, text=text)
        save_checked(word, confirmed_not_cpr=confirmed_not_cpr)
    return word


def write_topic(*, by: User, topic: PracticeTopic, lines: Mapping[TopicLineKind, Sequence[str]]) -> None:
    """Save a pillar or a marker with the actions and signs under it. Raises RefusedError with the reason."""
    with change(by=by, verb="write topic"):
        save_checked(topic)
        stored = {(line.kind, line.text): line for line in topic.lines.all()}
        texts = [(kind, text) for kind, of_kind in lines.items() for text in of_kind]
        for position, (kind, text) in enumerate(texts, start=1):
            line = stored.pop((kind, text), None) or TopicLine(topic=topic, kind=kind, text=text)
            line.position = position
            save_checked(line)
        for line in stored.values():
            line.delete()
