"""Writing during a visit: lines, private notes and counts, with the page's script and without."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from observations.enums import RecordState, VisitState
from observations.models import PrivateNote, Visit, VisitCount, VisitFocus, VisitLine, VisitPreparation, VisitRecord
from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from slf_portal.common.dates import at
from teams.models import Team
from tests.builders import make_learning_partner, make_meeting, make_member, make_resource_person, make_team, make_visit
from tests.cycle_builders import make_conversation
from tests.visit_lines_world import make_line

TODAY, TOMORROW = dt.date(2026, 11, 24), dt.date(2026, 11, 25)
SEEN = "Rammesætningen tog 12 minutter."
CPR = "Ring på 010190-1234."
JSON = {"Accept": "application/json"}


@pytest.fixture
def visit(tuesday: dt.date, team: Team, visitor: User) -> Visit:
    """Today from ten to eleven; it is nine o'clock."""
    return make_visit(team, visitor, tuesday)


def address(visit: Visit, name: str = "visit_run") -> str:
    return reverse(f"observations:{name}", args=[visit.pk])


def write(client: Client, visit: Visit, text: str = SEEN, **values: Any) -> Any:
    values.setdefault("key", uuid.uuid4())
    return client.post(address(visit, "line_write"), {"text": text, **values}, headers=JSON)


def closed(visit: Visit) -> None:
    VisitRecord.objects.update_or_create(
        visit=visit, defaults={"state": RecordState.CLOSED, "closed_at": at(TODAY, dt.time(8))}
    )


def test_a_line_is_written_without_a_script_and_the_time_is_put_in(client: Client, visit: Visit, visitor: User) -> None:
    page = client.get(address(visit)).content.decode()
    key = page.split("data-write-form")[1].split('name="key" value="')[1].split('"')[0]
    answer = client.post(address(visit, "line_write"), {"key": key, "text": SEEN})

    assert answer.headers["Location"] == address(visit)
    line = VisitLine.objects.get()
    assert (str(line.pk), line.text, line.author) == (key, SEEN, visitor)
    page = client.get(address(visit)).content.decode()
    assert SEEN in page
    assert "9.00" in page


def test_the_same_key_twice_is_one_line(client: Client, visit: Visit) -> None:
    key = uuid.uuid4()
    first, again = write(client, visit, key=key), write(client, visit, "Et andet forsøg", key=key)
    assert first.json() == again.json()
    assert VisitLine.objects.get().text == SEEN


@pytest.mark.parametrize(
    ("said_at", "taken"),
    [
        ("2026-11-24T07:45:10.123Z", dt.datetime(2026, 11, 24, 7, 45, 10, 123000, tzinfo=dt.UTC)),
        ("2026-11-23T10:00:00Z", at(TODAY, dt.time(9))),
        ("2026-11-24T15:00:00Z", at(TODAY, dt.time(9))),
        ("", at(TODAY, dt.time(9))),
    ],
)
def test_the_phones_time_is_taken_on_the_day(client: Client, visit: Visit, said_at: str, taken: dt.datetime) -> None:
    assert write(client, visit, said_at=said_at).status_code == 200
    assert abs(VisitLine.objects.get().at - taken) < dt.timedelta(seconds=30)


def test_a_line_is_about_a_focus_of_the_visit_alone(client: Client, visit: Visit, team: Team, visitor: User) -> None:
    own = VisitFocus.objects.create(visit=visit, position=1, text="Tempoet")
    other = VisitFocus.objects.create(visit=make_visit(team, visitor, TOMORROW), position=1, text="Andet")
    for focus in (own, other):
        write(client, visit, focus=focus.pk)
    assert sorted(str(line.focus) for line in VisitLine.objects.all()) == sorted([str(own), "None"])


@pytest.mark.parametrize("state", [VisitState.PLANNED, VisitState.HELD])
def test_a_line_is_changed_and_deleted(client: Client, visit: Visit, state: VisitState) -> None:
    Visit.objects.update(state=state, is_evaluated=state == VisitState.HELD)
    line = make_line(visit, SEEN)
    edit = {"key": line.pk, "text": "Den tog 11 minutter.", "version": 0}
    for _ in range(2):  # the second answers the same: the first was lost
        assert client.post(address(visit, "line_edit"), edit, headers=JSON).json()["version"] == 1
    for _ in range(2):
        assert client.post(address(visit, "line_delete"), {"key": line.pk}).status_code == 302
    assert not VisitLine.objects.exists()


def test_a_line_that_was_changed_on_another_device_is_not_written_over(client: Client, visit: Visit) -> None:
    line = make_line(visit, SEEN)
    VisitLine.objects.update(text="Fra den anden telefon.", version=1)
    values = {"key": line.pk, "text": "Fra den første.", "version": 0}
    answer = client.post(address(visit, "line_edit"), values, headers=JSON)
    assert (answer.status_code, answer.json()) == (409, {"text": "Fra den anden telefon.", "version": 1})
    page = client.post(address(visit, "line_edit"), values).content.decode()
    assert "Fra den anden telefon." in page
    assert "Fra den første." in page
    VisitLine.objects.all().delete()
    assert client.post(address(visit, "line_edit"), values, headers=JSON).status_code == 410


@pytest.mark.parametrize("name", ["line_write", "line_edit", "line_delete"])
def test_anothers_line_is_nothing_one_may_know_of(client: Client, visit: Visit, team: Team, name: str) -> None:
    of_colleague = make_line(visit, SEEN, author=make_resource_person(team))
    of_other_visit = make_line(make_visit(team, visit.visitor, TODAY - dt.timedelta(days=7)), SEEN)
    for line in (of_colleague, of_other_visit):
        values = {"key": line.pk, "text": "Overskrevet", "version": 0}
        assert client.post(address(visit, name), values, headers=JSON).status_code == 404
    assert set(VisitLine.objects.values_list("text", flat=True)) == {SEEN}


def test_a_colleague_writes_nothing_at_it(client: Client, visit: Visit, team: Team) -> None:
    client.force_login(make_resource_person(team))
    assert write(client, visit).status_code == 403
    assert client.get(address(visit)).status_code == 403
    assert client.get(address(visit, "visit_run_state")).status_code == 403


@pytest.mark.parametrize("name", ["line_write", "line_edit", "line_delete", "private_note_write", "counts_write"])
@pytest.mark.parametrize("why_not", ["closed", "cancelled", "early"])
def test_nothing_is_written_before_the_day_and_after_closing(
    client: Client, visit: Visit, name: str, why_not: str
) -> None:
    line = make_line(visit, SEEN)
    VisitPreparation.objects.create(visit=visit, may_count=True)
    if why_not == "closed":
        closed(visit)
    elif why_not == "cancelled":
        Visit.objects.update(state=VisitState.CANCELLED)
    else:
        Visit.objects.update(starts_at=at(TOMORROW, dt.time(0)), ends_at=at(TOMORROW, dt.time(1)))
    key = uuid.uuid4() if name == "line_write" else line.pk
    values = {"key": key, "text": "Noget andet", "note": "Noget andet", "version": 0, "questions": 4}
    answer = client.post(address(visit, name), values, headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert [line.text for line in VisitLine.objects.all()] == [SEEN]
    assert [model.objects.count() for model in (PrivateNote, VisitCount)] == [0, 0]
    assert "data-write-form" not in client.get(address(visit)).content.decode()


def test_digits_are_asked_about_and_the_answer_is_logged(client: Client, visit: Visit) -> None:
    answer = write(client, visit, CPR)
    assert (answer.status_code, answer.json()["asks"]) == (422, True)
    assert write(client, visit, CPR, not_cpr="on").status_code == 200
    assert [row.place for row in TextOverride.objects.all()] == ["observations.VisitLine.text"]


def test_private_notes_are_the_writers_alone(client: Client, visit: Visit, team: Team, visitor: User) -> None:
    client.post(address(visit, "private_note_write"), {"note": "Jeg blev utålmodig.", "version": 0})
    assert PrivateNote.objects.get().author == visitor
    assert "Jeg blev utålmodig." in client.get(address(visit)).content.decode()
    VisitRecord.objects.update(state=RecordState.SHARED)
    successor = make_resource_person(team)
    Visit.objects.update(visitor=successor)
    for person in (successor, make_member(team), make_learning_partner(team.unit)):
        client.force_login(person)
        for name in ("visit_run", "visit_run_state", "visit_detail"):
            assert "utålmodig" not in client.get(address(visit, name)).content.decode()


def test_a_private_note_is_saved_by_version(client: Client, visit: Visit) -> None:
    url = address(visit, "private_note_write")
    for _ in range(2):
        answer = client.post(url, {"note": "Et", "version": 0}, headers=JSON)
        assert answer.json()["version"] == 1
    answer = client.post(url, {"note": "To", "version": 0}, headers=JSON)
    assert (answer.status_code, answer.json()) == (409, {"text": "Et", "version": 1})
    page = client.post(url, {"note": "To", "version": 0}).content.decode()
    assert "Et" in page
    assert ">\nTo</textarea>" in page


def test_minutes_and_questions_are_counted_where_that_was_agreed(client: Client, visit: Visit, team: Team) -> None:
    meeting = make_meeting(team, TODAY)
    make_conversation(meeting)
    Visit.objects.update(meeting=meeting)
    url = address(visit, "counts_write")
    values = {"label_0": "Tjek ind", "minutes_0": 7, "label_1": "Siden sidst", "minutes_1": "", "questions": 12}
    assert client.post(url, values, headers=JSON).status_code == 422
    assert "data-counts-form" not in client.get(address(visit)).content.decode()

    VisitPreparation.objects.create(visit=visit, may_count=True)
    assert "Siden sidst" in client.get(address(visit)).content.decode()
    for _ in range(2):
        assert client.post(url, values).status_code == 302
    assert [(row.label, row.minutes, row.count) for row in VisitCount.objects.all()] == [
        ("Tjek ind", 7, None),
        ("", None, 12),
    ]
    client.post(url, {"label_0": "Tjek ind", "minutes_0": "", "questions": ""})
    assert not VisitCount.objects.exists()


@pytest.mark.parametrize("minutes", ["-1", "601", "mange"])
def test_what_cannot_be_counted_is_refused(client: Client, visit: Visit, minutes: str) -> None:
    VisitPreparation.objects.create(visit=visit, may_count=True)
    answer = client.post(address(visit, "counts_write"), {"label_0": "Tjek ind", "minutes_0": minutes})
    assert answer.status_code == 200
    assert not VisitCount.objects.exists()


def test_both_devices_see_what_either_wrote(client: Client, visit: Visit, visitor: User) -> None:
    write(client, visit)
    state = client.get(address(visit, "visit_run_state")).json()
    assert [(line["text"], line["is_own"]) for line in state["lines"]] == [(SEEN, True)]
    assert (state["person"], state["is_closed"], state["note"]) == (visitor.pk, False, {"text": "", "version": 0})


def test_a_page_with_many_lines_costs_as_many_queries(
    client: Client, visit: Visit, django_assert_max_num_queries: Any
) -> None:
    for minute in range(30):
        make_line(visit, f"Linje {minute}", minute=minute)
    with django_assert_max_num_queries(12):
        client.get(address(visit))
    with django_assert_max_num_queries(8):
        client.get(address(visit, "visit_run_state"))


def test_members_read_the_lines_once_they_are_shared(client: Client, visit: Visit, team: Team) -> None:
    write(client, visit)
    member, stranger = make_member(team), make_learning_partner(team.unit)
    page = address(visit, "visit_detail")
    assert SEEN in client.get(page).content.decode()
    client.force_login(member)
    assert SEEN not in client.get(page).content.decode()
    VisitRecord.objects.update(state=RecordState.SHARED)
    assert SEEN in client.get(page).content.decode()
    client.force_login(stranger)
    assert SEEN not in client.get(page).content.decode()


def test_a_visitor_of_another_team_writes_too(client: Client, visit: Visit) -> None:
    outsider = make_resource_person(make_team("Syd"))
    Visit.objects.update(visitor=outsider)
    client.force_login(outsider)
    assert write(client, visit).status_code == 200
    assert SEEN in client.get(address(visit)).content.decode()
