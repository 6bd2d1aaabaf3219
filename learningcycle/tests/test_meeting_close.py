"""Closing a conversation: two questions, all of it or nothing, once."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from learningcycle.actions import (
    Ending,
    PreparingRefusedError,
    close_conversation,
    note_attendance,
    reopen_conversation,
)
from learningcycle.enums import ConversationRole, EntryKind, MeetingState, Silence
from learningcycle.models import Attendance, Conversation, Cycle, Meeting, SilentNote
from learningcycle.queries import here_at
from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from slf_portal.common.dates import at
from slf_portal.notifications.models import LedgerEntry
from teams.enums import AgreementSource
from teams.models import Agreement, Team
from tests.builders import make_leader, make_meeting, make_member, make_resource_person, make_rhythm, make_team
from tests.cycle_builders import make_conversation, make_cycle

DAY = "2026-12-08"
TRIED = {"what_1": "Vi tæller til fem.", "by_1": DAY, "next_meeting": "later"}


@pytest.fixture
def cycle(team: Team, tuesday: dt.date) -> Cycle:
    return make_cycle(team, phase=3, goal="Flere taler.", entries={EntryKind.SIGN: ("Halvdelen siger noget.",)})


@pytest.fixture
def meeting(team: Team, member: User, cycle: Cycle, tuesday: dt.date) -> Meeting:
    """Today's, with a conversation under way."""
    found = make_meeting(team, tuesday, time=dt.time(8))
    make_conversation(
        found,
        cycle=cycle,
        begun_at=at(tuesday, dt.time(8)),
        texts=("Vi er her.",),
        roles={ConversationRole.MEETING_LEADER: member},
    )
    return found


@pytest.fixture
def url(meeting: Meeting) -> str:
    return reverse("learningcycle:meeting_close", args=[meeting.pk])


def opened(client: Client, url: str) -> dict[str, Any]:
    """The page as a browser has it when it is opened."""
    values = {field.html_name: field.value() for field in client.get(url).context["form"]}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def errors(response: Any) -> list[str]:
    return list(response.context["form"].errors)


def closed(meeting: Meeting) -> Conversation:
    return Conversation.objects.get(meeting=meeting, closed_at__isnull=False)


def agreed(meeting: Meeting) -> list[tuple[str, int | None, dt.date]]:
    rows = Agreement.objects.filter(source=AgreementSource.MEETING, source_id=meeting.pk).order_by("pk")
    return list(rows.values_list("text", "owner", "due_on"))


def test_two_answers_close_it(client: Client, url: str, meeting: Meeting, member: User, cycle: Cycle) -> None:
    serving = make_resource_person(meeting.team)
    response = client.post(url, {**opened(client, url), **TRIED, "who_1": member.pk})
    assert response["Location"] == reverse("learningcycle:minutes", args=[meeting.pk])
    conversation = closed(meeting)
    assert agreed(meeting) == [("Vi tæller til fem.", member.pk, dt.date(2026, 12, 8))]
    assert (conversation.running_since, conversation.phase) == (None, cycle.phase)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.with_learning_cycle) == (MeetingState.HELD, True)
    assert (Meeting.objects.count(), conversation.learning, Attendance.objects.count()) == (1, "", 0)
    told = LedgerEntry.objects.order_by("recipient_id").values_list("recipient", "kind", "step", "about_on", "path")
    assert list(told) == [
        (person.pk, "minutes", 1, dt.date(2026, 11, 24), f"/moeder/{meeting.pk}/referat/")
        for person in (member, serving)
    ]


def test_what_is_offered_is_kept(client: Client, url: str, meeting: Meeting, member: User, cycle: Cycle) -> None:
    colleague = make_member(meeting.team, name="Bo Beck")
    typed = {
        "nothing_new": "on", "next_meeting": "other", "next_on": DAY, "next_begins": "9.30", "next_ends": "10.30",
        "goal": "Alle taler.", "sign_2": "De tavse tager ordet.", "phase": "4", "next_focus_person": colleague.pk,
        "learning": "Pauser er arbejde.", "how_it_went": "Roligt.\n\nVi lyttede.", "disagreement": "Hvor længe?",
        "present": [member.pk, colleague.pk], "present_count": 5, "with_learning_cycle": "",
    }  # fmt: skip
    client.post(url, {**opened(client, url), **typed})
    conversation = closed(meeting)
    assert (conversation.learning, conversation.how_it_went, conversation.disagreement) == (
        "Pauser er arbejde.", "Roligt.\n\nVi lyttede.", "Hvor længe?",
    )  # fmt: skip
    assert (conversation.next_focus_person, conversation.present_count) == (colleague, 5)
    assert set(conversation.attendance.values_list("person", flat=True)) == {member.pk, colleague.pk}
    assert conversation.phase == cycle.phase
    cycle.refresh_from_db()
    assert (cycle.goal, cycle.phase.title, cycle.version) == ("Alle taler.", "Planlæg", 1)
    assert list(cycle.entries.values_list("text", flat=True)) == ["Halvdelen siger noget.", "De tavse tager ordet."]
    planned = Meeting.objects.get(state=MeetingState.PLANNED)
    assert (planned.starts_at, planned.ends_at) == (
        at(dt.date(2026, 12, 8), dt.time(9, 30)), at(dt.date(2026, 12, 8), dt.time(10, 30)),
    )  # fmt: skip
    meeting.refresh_from_db()
    assert (meeting.state, meeting.with_learning_cycle, agreed(meeting)) == (MeetingState.HELD, False, [])


def test_names_alone_give_the_number(client: Client, url: str, meeting: Meeting, member: User) -> None:
    client.post(url, {**opened(client, url), **TRIED, "present": [member.pk]})
    assert closed(meeting).present_count == 1


def test_the_planned_meeting_is_the_first_choice_and_nothing_is_planned_beside_it(
    client: Client, url: str, meeting: Meeting
) -> None:
    make_meeting(meeting.team, dt.date(2026, 12, 15))
    form = client.get(url).context["form"]
    assert form.fields["next_meeting"].choices[0] == ("planned", "Tirsdag 15. december kl. 10.00-11.00")
    page = opened(client, url)
    assert (page["next_meeting"], page["by_1"]) == ("planned", dt.date(2026, 12, 15))
    client.post(url, {**page, "what_1": "Vi tæller."})
    assert Meeting.objects.filter(state=MeetingState.PLANNED).count() == 1
    assert [due_on for _text, _owner, due_on in agreed(meeting)] == [dt.date(2026, 12, 15)]


def test_without_a_planned_meeting_the_rhythm_proposes_a_day(client: Client, url: str, meeting: Meeting) -> None:
    make_rhythm(meeting.team, nth=2, weekday=1)
    page = opened(client, url)
    assert (page["next_meeting"], page["next_on"]) == ("other", dt.date(2026, 12, 8))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"what_1": "", "by_1": ""}, "what_1"),
        ({"next_meeting": ""}, "next_meeting"),
        ({"by_1": ""}, "by_1"),
        ({"by_1": "2026-11-23"}, "by_1"),
        ({"next_meeting": "planned"}, "next_meeting"),
        ({"next_meeting": "other", "next_on": ""}, "next_on"),
        ({"next_meeting": "other", "next_on": "2026-11-23"}, "next_on"),
        ({"next_meeting": "other", "next_on": DAY, "next_begins": ""}, "next_begins"),
        ({"next_meeting": "other", "next_on": DAY, "next_begins": "11:00", "next_ends": "10:00"}, "next_ends"),
        ({"present_count": "0"}, "present_count"),
        ({"learning": "x" * 601}, "learning"),
        ({"learning": "Ring på 010190-1234."}, "learning"),
        ({"what_1": "Ring på 010190-1234."}, "what_1"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost_or_done(
    client: Client, url: str, meeting: Meeting, typed: dict[str, str], field: str
) -> None:
    form = {**opened(client, url), **TRIED, "how_it_went": "Roligt.", **typed}
    response = client.post(url, form)
    assert errors(response) == [field]
    shown = response.context["form"]
    assert {name: shown[name].value() for name in ("how_it_went", *typed)} == {"how_it_went": "Roligt.", **typed}
    assert (Agreement.objects.count(), LedgerEntry.objects.count()) == (0, 0)
    assert Conversation.objects.filter(closed_at__isnull=False).count() == 0


def test_more_names_than_people_are_asked_about(client: Client, url: str, meeting: Meeting, member: User) -> None:
    colleague = make_member(meeting.team, name="Bo Beck")
    present = {"present": [member.pk, colleague.pk], "present_count": 1}
    assert errors(client.post(url, {**opened(client, url), **TRIED, **present})) == ["present_count"]


def test_what_cannot_be_done_undoes_the_rest(client: Client, url: str, meeting: Meeting) -> None:
    taken = make_meeting(meeting.team, dt.date(2026, 12, 8), time=dt.time(9, 30), state=MeetingState.HELD)
    other = {"next_meeting": "other", "next_on": DAY, "next_begins": "9.30", "next_ends": "10.30"}
    response = client.post(url, {**opened(client, url), **TRIED, **other})
    assert response.context["form"].errors["next_on"] == ["Teamet har allerede et møde på det tidspunkt."]
    meeting.refresh_from_db()
    assert (meeting.state, agreed(meeting), LedgerEntry.objects.count()) == (MeetingState.PLANNED, [], 0)
    assert taken.state == MeetingState.HELD


def test_a_number_that_is_no_cpr_number_is_confirmed_and_logged(client: Client, url: str, meeting: Meeting) -> None:
    typed = {"learning": "Sag 010190-1234.", "what_1": "Læs sag 010190-1234.", "not_cpr": "on"}
    client.post(url, {**opened(client, url), **TRIED, **typed})
    assert closed(meeting).learning == "Sag 010190-1234."
    assert sorted(TextOverride.objects.values_list("place", flat=True)) == [
        "learningcycle.Conversation", "teams.Agreement.text",
    ]  # fmt: skip


def test_a_meeting_to_come_is_not_closed(client: Client, team: Team, member: User, tuesday: dt.date) -> None:
    coming = make_meeting(team, dt.date(2026, 12, 8))
    url = reverse("learningcycle:meeting_close", args=[coming.pk])
    said = "Mødet er først tirsdag 8. december. Afslut det, når I har holdt det."
    response: Any = client.get(url)
    assert response["Location"] == reverse("learningcycle:meeting_detail", args=[coming.pk])
    assert [str(message) for message in get_messages(response.wsgi_request)] == [said]
    response = client.post(url, {**TRIED, "version": 0})
    assert response.context["form"].non_field_errors() == [said]
    assert response.context["form"]["what_1"].value() == "Vi tæller til fem."
    assert (Conversation.objects.count(), Agreement.objects.count()) == (0, 0)


def test_a_cancelled_meeting_is_not_closed(client: Client, url: str, meeting: Meeting) -> None:
    page = opened(client, url)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
    assert client.post(url, {**page, **TRIED}).context["form"].non_field_errors() == ["Mødet er aflyst."]
    assert agreed(meeting) == []


def test_a_conversation_nobody_prepared_is_opened_here(
    client: Client, team: Team, member: User, cycle: Cycle, tuesday: dt.date
) -> None:
    meeting = make_meeting(team, tuesday - dt.timedelta(days=6))
    url = reverse("learningcycle:meeting_close", args=[meeting.pk])
    client.get(url)
    assert Conversation.objects.count() == 0
    client.post(url, {**opened(client, url), **TRIED, "goal": "Alle taler."})
    conversation = closed(meeting)
    assert (conversation.cycle, conversation.items.count()) == (cycle, 7)
    cycle.refresh_from_db()
    assert cycle.goal == "Alle taler."


def test_who_comes_second_is_told_and_nothing_is_doubled(client: Client, url: str, meeting: Meeting) -> None:
    mine = {**opened(client, url), **TRIED, "learning": "Mine ord."}
    client.post(url, {**opened(client, url), **TRIED})
    response = client.post(url, mine)
    assert response.context["form"].non_field_errors() == [
        "En kollega har allerede afsluttet samtalen. Referatet er der."
    ]
    assert response.context["form"]["learning"].value() == "Mine ord."
    assert reverse("learningcycle:minutes", args=[meeting.pk]) in response.content.decode()
    assert (len(agreed(meeting)), LedgerEntry.objects.count(), closed(meeting).learning) == (1, 1, "")


def test_a_double_click_closes_once(client: Client, url: str, meeting: Meeting) -> None:
    form = {**opened(client, url), **TRIED, "token": str(uuid.uuid4())}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    assert (len(agreed(meeting)), LedgerEntry.objects.count()) == (1, 1)


def test_what_is_closed_leads_to_its_minutes(client: Client, url: str, meeting: Meeting) -> None:
    client.post(url, {**opened(client, url), **TRIED})
    assert client.get(url)["Location"] == reverse("learningcycle:minutes", args=[meeting.pk])


def test_closed_again_it_keeps_what_was_agreed_and_its_phase(
    client: Client, url: str, meeting: Meeting, member: User, cycle: Cycle
) -> None:
    client.post(url, {**opened(client, url), **TRIED, "phase": "4", "learning": "Pauser.", "present": [member.pk]})
    reopen_conversation(by=member, conversation=closed(meeting))
    page = opened(client, url)
    assert (page["learning"], page["present"]) == ("Pauser.", [member.pk])
    client.post(url, {**page, "next_meeting": "later", "learning": "Pauser er arbejde."})
    conversation = closed(meeting)
    assert (len(agreed(meeting)), conversation.learning, conversation.phase) == (1, "Pauser er arbejde.", cycle.phase)
    assert list(LedgerEntry.objects.order_by("step").values_list("step", flat=True)) == [1, 2]
    assert conversation.attendance.count() == 1


def test_a_colleagues_goal_is_shown_and_hers_is_kept(client: Client, url: str, meeting: Meeting, cycle: Cycle) -> None:
    mine = {**opened(client, url), **TRIED, "goal": "Mit mål."}
    Cycle.objects.filter(pk=cycle.pk).update(goal="En kollegas mål.")
    response = client.post(url, mine)
    assert errors(response) == ["goal"]
    assert "En kollegas mål." in response.content.decode()
    assert (agreed(meeting), response.context["form"]["goal"].value()) == ([], "Mit mål.")
    again = {**mine, "goal_was": response.context["form"]["goal_was"].value(), "goal": "Vores mål."}
    assert client.post(url, again).status_code == 302
    cycle.refresh_from_db()
    assert cycle.goal == "Vores mål."


def test_a_goal_left_alone_leaves_a_colleagues_alone(client: Client, url: str, meeting: Meeting, cycle: Cycle) -> None:
    mine = {**opened(client, url), **TRIED}
    Cycle.objects.filter(pk=cycle.pk).update(goal="En kollegas mål.")
    assert client.post(url, mine).status_code == 302
    cycle.refresh_from_db()
    assert (cycle.goal, cycle.version) == ("En kollegas mål.", 0)


def test_two_who_go_on_go_one_phase_on(client: Client, url: str, meeting: Meeting, cycle: Cycle) -> None:
    mine = {**opened(client, url), **TRIED, "phase": "4"}
    Cycle.objects.filter(pk=cycle.pk).update(phase=cycle.version_used.steps.get(position=4))
    client.post(url, mine)
    cycle.refresh_from_db()
    assert cycle.phase.position == 4


def test_to_try_something_and_nothing_new_is_asked_about(client: Client, url: str, meeting: Meeting) -> None:
    response = client.post(url, {**opened(client, url), **TRIED, "nothing_new": "on"})
    assert (errors(response), response.context["form"]["what_1"].value()) == (["nothing_new"], "Vi tæller til fem.")


def test_in_the_last_phase_there_is_no_going_on_and_a_closed_cycle_is_left_alone(
    client: Client, url: str, meeting: Meeting, cycle: Cycle, tuesday: dt.date
) -> None:
    Cycle.objects.filter(pk=cycle.pk).update(phase=cycle.version_used.steps.get(position=6))
    assert "phase" not in client.get(url).context["form"].fields
    Cycle.objects.filter(pk=cycle.pk).update(state="closed", closed_on=tuesday)
    assert {"phase", "goal", "sign_1"} & set(client.get(url).context["form"].fields) == set()


def test_the_hint_about_a_child_comes_once_and_stops_nobody(client: Client, url: str, meeting: Meeting) -> None:
    item = meeting.conversation.items.all()[1]
    item.text = "Vi talte om eleven Sofie."
    item.save()
    typed = {**opened(client, url), **TRIED, "learning": "Et barn på 8 år kan vente. Barnet er i centrum. Vi venter."}
    response = client.post(url, typed)
    assert [(hint.place, hint.words) for hint in response.context["hints"]] == [
        ("Siden sidst", ["eleven Sofie"]),
        ("Hvad lærte vi i dag? Én linje er nok.", ["på 8 år"]),
    ]
    content = response.content.decode()
    assert ("Siden sidst: <q>eleven Sofie</q>" in content, "Afslut alligevel" in content) == (True, True)
    assert (agreed(meeting), response.context["form"].errors) == ([], {})
    again = {**typed, "hint_shown": response.context["form"]["hint_shown"].value(), "how_it_went": "eleven Bo"}
    assert client.post(url, again).status_code == 302
    assert closed(meeting).how_it_went == "eleven Bo"


def test_ordinary_text_gives_no_hint(client: Client, url: str, meeting: Meeting) -> None:
    typed = {"learning": "Barnet er i centrum. Vi spørger hver elev. Det gør I også."}
    assert client.post(url, {**opened(client, url), **TRIED, **typed}).status_code == 302


def test_an_owner_from_elsewhere_is_no_choice(client: Client, url: str, meeting: Meeting) -> None:
    stranger = make_member(make_team("Syd"), name="Fremmed Frits")
    leader = make_leader(meeting.team.unit)
    for person in (stranger, leader):
        for name in ("who_1", "next_focus_person", "present"):
            assert errors(client.post(url, {**opened(client, url), **TRIED, name: person.pk})) == [name]
    assert agreed(meeting) == []


def test_who_reads_what_stands_on_the_page(client: Client, url: str) -> None:
    content = client.get(url).content.decode()
    assert content.count("Teamet og jeres ressourceperson. Lederen kan ikke se det i portalen.") >= 2
    assert content.count("Lederen kan se det.") >= 3


def test_what_somebody_noted_meanwhile_is_not_overwritten(
    client: Client, url: str, meeting: Meeting, member: User
) -> None:
    """The page was open while a colleague noted who was there."""
    page = opened(client, url)
    note_attendance(by=member, meeting=meeting, here=[member], others=2, version=0)
    response = client.post(url, {**page, **TRIED})
    assert "mens du havde det åbent" in response.content.decode()
    conversation = Conversation.objects.get(meeting=meeting)
    assert (conversation.closed_at, conversation.present_count) == (None, 3)
    assert [person.pk for person in here_at(conversation)] == [member.pk]
    assert agreed(meeting) == []


def test_who_is_not_of_the_team_was_not_there(meeting: Meeting, member: User) -> None:
    stranger = make_member(make_team("Syd"), name="Frede Fremmed")
    with pytest.raises(PreparingRefusedError):
        close_conversation(by=member, meeting=meeting, ending=Ending(present=[stranger]), version=0)
    assert Conversation.objects.get(meeting=meeting).closed_at is None


@pytest.mark.parametrize("silence", [Silence.WRITING, Silence.SHOWN])
def test_what_was_written_in_silence_stands_in_the_minutes(
    client: Client, url: str, meeting: Meeting, silence: Silence
) -> None:
    item = meeting.conversation.items.all()[0]
    SilentNote.objects.create(item=item, text="Vi lytter for lidt.")
    meeting.conversation.items.filter(pk=item.pk).update(silence=silence)
    client.post(url, {**opened(client, url), **TRIED})
    item.refresh_from_db()
    assert (item.text, item.silence) == ("Vi er her.\n\n- Vi lytter for lidt.", "")
    assert (closed(meeting).is_closed, SilentNote.objects.count()) == (True, 0)
