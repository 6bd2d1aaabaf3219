"""Several people writing at one item at the same time: every text that was accepted is found afterwards."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from threading import Barrier

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learningcycle.actions import TextMovedOnError, write_item
from learningcycle.defaults import ensure_templates
from learningcycle.models import AgendaItem, MethodTemplate, TemplateStep, TemplateVersion
from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from tests.builders import make_meeting, make_member, make_resource_person, make_team
from tests.cycle_builders import make_conversation

MOST_WRITERS, SENTENCES, TURNS = 4, 2, 20


@dataclass
class Writer:
    """Someone with the page before her: what she last saw, and what she has added to it.

    Where somebody else was first, she keeps both texts, as the page offers.
    """

    name: str
    person: User
    text: str = ""
    version: int = 0
    said: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)

    @property
    def has_something_new(self) -> bool:
        return len(self.said) > len(self.accepted)

    def look(self, item: AgendaItem) -> None:
        """The page brings what the others saved, unless she has typed something that is not saved."""
        if not self.has_something_new:
            self.text, self.version = AgendaItem.objects.values_list("text", "text_version").get(pk=item.pk)

    def type(self) -> None:
        sentence = f"<{self.name}{len(self.said)}>"
        self.said.append(sentence)
        self.text = f"{self.text}{sentence}"

    def save(self, item: AgendaItem) -> bool:
        """Send it, and say whether it was accepted."""
        try:
            saved = write_item(by=self.person, item=item, text=self.text, version=self.version)
        except TextMovedOnError as moved_on:
            waiting = "".join(self.said[len(self.accepted) :])
            self.text, self.version = f"{moved_on.text}\n\n{waiting}", moved_on.version
            return False
        self.version, self.accepted = saved.text_version, list(self.said)
        return True


def begun_item() -> tuple[AgendaItem, list[User]]:
    # A test with its own transactions takes away what the migrations left.
    ensure_templates(MethodTemplate, TemplateVersion, TemplateStep)
    team = make_team()
    people = [make_resource_person(team), *(make_member(team, name=f"Person {n}") for n in range(1, MOST_WRITERS))]
    meeting = make_meeting(team, today())
    return make_conversation(meeting, begun_at=meeting.starts_at).items.all()[0], people


def missing(item: AgendaItem, writers: list[Writer]) -> list[str]:
    stored = AgendaItem.objects.get(pk=item.pk).text
    return [sentence for writer in writers for sentence in writer.accepted if sentence not in stored]


@pytest.fixture
def written(db: None) -> tuple[AgendaItem, list[User]]:
    return begun_item()


@given(writers=st.integers(2, MOST_WRITERS), seed=st.integers(0, 2**32))
@settings(
    max_examples=200,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_accepted_text_is_missing_after_200_interleavings(
    written: tuple[AgendaItem, list[User]], writers: int, seed: int
) -> None:
    """At each turn somebody looks, types or saves; in the end whoever has something unsaved saves it."""
    item, people = written
    AgendaItem.objects.filter(pk=item.pk).update(text="", text_version=0)
    at_work = [Writer(name, person) for name, person in zip("abcd"[:writers], people, strict=False)]
    chance = Random(seed)  # noqa: S311 - a game, not a secret
    for _ in range(TURNS):
        writer, turn = chance.choice(at_work), chance.randrange(3)
        if turn == 0:
            writer.look(item)
        elif turn == 1 and len(writer.said) < SENTENCES:
            writer.type()
        elif writer.has_something_new and writer.save(item):
            assert missing(item, at_work) == []
    for writer in at_work:
        while writer.has_something_new and not writer.save(item):
            pass
    assert missing(item, at_work) == []
    assert [writer.accepted for writer in at_work] == [writer.said for writer in at_work]


@pytest.mark.django_db(transaction=True)
def test_of_four_who_save_at_the_very_same_time_no_text_is_missing() -> None:
    item, people = begun_item()
    writers = [Writer(name, person) for name, person in zip("abcd", people, strict=True)]
    together = Barrier(len(writers), timeout=30)

    def work(writer: Writer) -> None:
        try:
            for _ in range(SENTENCES):
                writer.look(item)
                writer.type()
                together.wait()
                while not writer.save(item):
                    pass
        finally:
            connection.close()

    with ThreadPoolExecutor(len(writers)) as pool:
        list(pool.map(work, writers))
    assert missing(item, writers) == []
    assert AgendaItem.objects.get(pk=item.pk).text_version == MOST_WRITERS * SENTENCES
