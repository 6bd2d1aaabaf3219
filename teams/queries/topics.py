"""The pillars and guiding markers with what a team has said about each."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from teams.enums import TopicKind, TopicLineKind
from teams.models import PracticeTopic, Team, TopicLine, TopicWord

# The latest and a few behind the fold; the others stand on the topic's own page.
WORDS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class TopicTalk:
    """A topic, what stands under it, and the team's words: the latest, some earlier ones, and how many there are."""

    topic: PracticeTopic
    actions: list[TopicLine]
    signs: list[TopicLine]
    latest: TopicWord | None
    earlier: list[TopicWord]
    words_in_all: int

    @property
    def has_more(self) -> bool:
        return self.words_in_all > WORDS_SHOWN


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """The pillars, or the guiding markers."""

    kind: TopicKind
    talks: list[TopicTalk]


def talks_of_team(team: Team) -> list[TopicGroup]:
    """The pillars, then the markers, in order: those on offer, and others the team has spoken about. Three queries."""
    words: dict[int, list[TopicWord]] = {}
    for word in _latest_words(team):
        words.setdefault(word.topic_id, []).append(word)
    topics = PracticeTopic.objects.filter(Q(is_offered=True) | Q(pk__in=words)).prefetch_related("lines")
    talks = [talk_about(topic, words.get(topic.pk, [])) for topic in topics]
    groups = [TopicGroup(kind, [talk for talk in talks if talk.topic.kind == kind]) for kind in TopicKind]
    return [group for group in groups if group.talks]


def talk_about(topic: PracticeTopic, words: list[TopicWord]) -> TopicTalk:
    """The topic with the words, the latest first."""
    lines = list(topic.lines.all())
    return TopicTalk(
        topic=topic,
        actions=[line for line in lines if line.kind == TopicLineKind.ACTION],
        signs=[line for line in lines if line.kind == TopicLineKind.SIGN],
        latest=words[0] if words else None,
        earlier=words[1:],
        words_in_all=getattr(words[0], "in_all", len(words)) if words else 0,
    )


def topic_words(team: Team, topic: PracticeTopic) -> QuerySet[TopicWord]:
    """Everything the team has said about the topic, the latest first."""
    return TopicWord.objects.filter(team=team, topic=topic).order_by("-said_on", "-pk")


def _latest_words(team: Team) -> QuerySet[TopicWord]:
    """The latest few words about each topic, each with `in_all`: how many there are."""
    topic = F("topic_id")
    numbered = TopicWord.objects.filter(team=team).annotate(
        nth=Window(RowNumber(), partition_by=topic, order_by=("-said_on", "-pk")),
        in_all=Window(Count("pk"), partition_by=topic),
    )
    return numbered.filter(nth__lte=WORDS_SHOWN).order_by("topic_id", "-said_on", "-pk")
