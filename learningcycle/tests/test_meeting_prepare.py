"""Preparing a meeting together: the question, the roles in turn, the learning cycle and the agenda."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningcycle.actions import PreparingRefusedError, prepare_meeting
from learningcycle.enums import ConversationRole, MeetingState
from learningcycle.models import Conversation, Meeting, RoleTaken, SilentNote
from learningcycle.queries import role_history, suggested_roles
from slf_portal.accounts.models import User
from slf_portal.audit.models import TextOverride
from teams.models import Team
from tests.builders import make_meeting, make_member, make_person, make_resource_person, make_team
from tests.cycle_builders import make_conversation, make_cycle, make_template, shipped

LEADS, WRITES = ConversationRole.MEETING_LEADER, ConversationRole.MINUTE_TAKER
WATCHES, FOCUS = ConversationRole.TIME_KEEPER, ConversationRole.FOCUS_PERSON


@pytest.fixture
def meeting(team: Team, member: User, tuesday: dt.date) -> Meeting:
    return make_meeting(team, dt.date(2026, 12, 8))


@pytest.fixture
def url(meeting: Meeting) -> str:
    return reverse("learningcycle:meeting_prepare", args=[meeting.pk])


def form_of(client: Client, url: str, **changed: Any) -> dict[str, Any]:
    """The page as it came, with some of it changed."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**values, **changed}.items() if value is not None}


def last_had(team: Team, day: dt.date, **roles: User) -> None:
    meeting = make_meeting(team, day, state=MeetingState.HELD)
    make_conversation(meeting, roles={ConversationRole(role): person for role, person in roles.items()})


def test_what_is_prepared_is_kept(client: Client, url: str, team: Team, meeting: Meeting, member: User) -> None:
    cycle, other = make_cycle(team), make_resource_person(team)
    agenda = shipped("laeringssamtale-30")
    sent = form_of(
        client, url, focus="Hvem tier?", role_meeting_leader=other.pk, role_focus_person=member.pk, agenda=agenda.pk
    )
    response = client.post(url, {**sent, "role_time_keeper": "", "role_minute_taker": ""})
    assert response["Location"] == reverse("learningcycle:meeting_detail", args=[meeting.pk])
    found = Conversation.objects.get()
    assert (found.meeting, found.focus, found.cycle, found.agenda) == (meeting, "Hvem tier?", cycle, agenda)
    assert {row.role: row.person for row in found.roles.all()} == {LEADS: other, FOCUS: member}
    assert [item.title for item in found.items.all()] == [step.title for step in agenda.steps.all()]


def test_looking_at_the_page_writes_nothing(client: Client, url: str) -> None:
    content = client.get(url).content.decode()
    assert Conversation.objects.count() == 0
    assert "Teamet og jeres ressourceperson. Lederen kan ikke se det i portalen." in content
    assert "Gem forberedelsen først, så kan I rette punkterne." in content


def test_the_only_running_cycle_is_chosen_and_can_be_left_out(client: Client, url: str, team: Team) -> None:
    cycle = make_cycle(team)
    make_cycle(team, "Afsluttet", closed_on=dt.date(2026, 11, 1))
    form = client.get(url).context["form"]
    assert (form["cycle"].value(), list(form.fields["cycle"].queryset)) == (cycle.pk, [cycle])
    client.post(url, {**form_of(client, url), "cycle": ""})
    assert Conversation.objects.get().cycle is None


def test_a_units_own_agenda_is_on_offer_and_anothers_is_not(client: Client, url: str, team: Team) -> None:
    make_template(team.unit, "Vores måde")
    make_template(make_team().unit, "Naboens måde")
    labels = [label for _, label in client.get(url).context["form"].fields["agenda"].choices]
    assert labels[0] == "Vores måde (30 minutter)"
    assert not [label for label in labels if "Naboens" in label]


def test_another_agenda_takes_the_place_of_the_items(client: Client, url: str, meeting: Meeting) -> None:
    conversation = make_conversation(meeting)
    conversation.items.create(position=9, title="Vores eget", minutes=5)
    agenda = shipped("laeringssamtale-30")
    client.post(url, form_of(client, url, agenda=agenda.pk))
    assert list(conversation.items.values_list("title", flat=True)) == [step.title for step in agenda.steps.all()]


def test_the_same_agenda_keeps_the_items(client: Client, url: str, meeting: Meeting) -> None:
    conversation = make_conversation(meeting)
    conversation.items.create(position=9, title="Vores eget", minutes=5)
    client.post(url, form_of(client, url, focus="Hvem tier?"))
    assert conversation.items.count() == 8


@pytest.mark.parametrize("in_silence", [False, True])
def test_where_something_is_written_the_agenda_stays(
    client: Client, url: str, meeting: Meeting, *, in_silence: bool
) -> None:
    conversation = make_conversation(meeting)
    sent = form_of(client, url, agenda=shipped("laeringssamtale-30").pk)
    item = conversation.items.all()[2]
    if in_silence:
        SilentNote.objects.create(item=item, text="Vi er trætte.")
    else:
        item.text = "Vi er trætte."
        item.save()
    assert "agenda" not in client.get(url).context["form"].fields
    client.post(url, sent)  # from a page that was opened before
    assert conversation.items.count() == 7
    item.refresh_from_db()


def test_a_text_written_while_the_agenda_is_changed_is_kept(meeting: Meeting, member: User) -> None:
    conversation = make_conversation(meeting, texts=["Vi er trætte."])
    nothing: dict[str, Any] = {"cycle": None, "focus": "", "roles": {}, "version": 0}
    with pytest.raises(PreparingRefusedError):
        prepare_meeting(by=member, meeting=meeting, agenda=shipped("laeringssamtale-30"), **nothing)
    assert conversation.items.filter(text="Vi er trætte.").exists()


def test_two_who_prepare_at_once_are_told(client: Client, url: str, meeting: Meeting) -> None:
    mine = form_of(client, url, focus="Mit spørgsmål?")
    client.post(url, form_of(client, url, focus="Hendes spørgsmål?"))
    response = client.post(url, mine)
    assert list(response.context["form"].errors) == ["__all__"]
    assert Conversation.objects.get().focus == "Hendes spørgsmål?"
    assert response.context["form"]["focus"].value() == "Mit spørgsmål?"
    client.post(url, {**mine, "version": response.context["form"]["version"].value()})
    assert Conversation.objects.get().focus == "Mit spørgsmål?"


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"focus": "Ring på 010190-1234."}, "focus"),
        ({"focus": "x" * 200_000}, "focus"),
        ({"agenda": "987654321"}, "agenda"),
        ({"cycle": "987654321"}, "cycle"),
        ({"role_focus_person": "987654321"}, "role_focus_person"),
    ],
)
def test_what_cannot_be_is_refused(client: Client, url: str, wrong: dict[str, Any], where: str) -> None:
    response = client.post(url, {**form_of(client, url), **wrong})
    assert list(response.context["form"].errors) == [where]
    assert Conversation.objects.count() == 0


def test_digits_that_are_something_else_can_be_kept(client: Client, url: str, member: User) -> None:
    client.post(url, {**form_of(client, url, focus="Sag 010190-1234?"), "not_cpr": "on"})
    assert Conversation.objects.get().focus == "Sag 010190-1234?"
    assert TextOverride.objects.get().place == "learningcycle.Conversation.focus"
    client.post(url, form_of(client, url, focus="Sag 010190-1234?", not_cpr="on", role_time_keeper=member.pk))
    assert RoleTaken.objects.filter(role=WATCHES).exists()


def test_people_of_other_teams_have_no_role(client: Client, url: str) -> None:
    stranger = make_member(make_team("Syd"), "Sune Syd")
    response = client.post(url, {**form_of(client, url), "role_meeting_leader": stranger.pk})
    assert list(response.context["form"].errors) == ["role_meeting_leader"]
    assert "Sune Syd" not in response.content.decode()


@pytest.mark.parametrize("is_cancelled", [True, False])
def test_over_there_is_nothing_to_prepare(client: Client, url: str, meeting: Meeting, *, is_cancelled: bool) -> None:
    if is_cancelled:
        Meeting.objects.update(state=MeetingState.CANCELLED)
    else:
        make_conversation(meeting, begun_at=meeting.starts_at, closed_at=meeting.ends_at)
    for response in (client.get(url), client.post(url, {"focus": "For sent?", "version": "0"})):
        assert response["Location"] == reverse("learningcycle:meeting_detail", args=[meeting.pk])
    assert not Conversation.objects.filter(focus="For sent?").exists()


def test_begun_with_another_agenda_they_are_at_its_first_item(client: Client, url: str, meeting: Meeting) -> None:
    conversation = make_conversation(meeting, begun_at=meeting.starts_at)
    client.post(url, form_of(client, url, agenda=shipped("laeringssamtale-30").pk))
    conversation.refresh_from_db()
    assert conversation.current == conversation.items.all()[0]
    assert (conversation.spent_seconds, conversation.running_since is None) == (0, False)


# Whose turn it is ----------------------------------------------------------------------------------------------------


def test_beside_each_name_stands_when_she_had_the_role(client: Client, url: str, team: Team, member: User) -> None:
    last_had(team, dt.date(2026, 10, 12), focus_person=member)
    last_had(team, dt.date(2026, 9, 14), focus_person=member)
    labels = [label for _, label in client.get(url).context["form"].fields["role_focus_person"].choices]
    assert labels == ["Ingen endnu", "Mette Medlem (sidst: 12. okt.)"]
    labels = [label for _, label in client.get(url).context["form"].fields["role_time_keeper"].choices]
    assert labels == ["Ingen endnu", "Mette Medlem (ikke endnu)"]


def test_it_is_the_turn_of_who_had_it_longest_ago_or_never(meeting: Meeting, team: Team, member: User) -> None:
    asa, bo = make_member(team, "Åsa Åberg"), make_member(team, "Bo Bech")
    last_had(team, dt.date(2026, 9, 14), meeting_leader=bo, minute_taker=member, focus_person=asa)
    last_had(team, dt.date(2026, 10, 12), meeting_leader=member, minute_taker=bo, focus_person=bo)
    # Focus: Mette has not had it. Leads: Åsa has not. Writes: Bo is the only one without, though he wrote last.
    assert suggested_roles(meeting) == {LEADS: asa, WRITES: bo, WATCHES: bo, FOCUS: member}
    history = role_history(team)
    assert history[LEADS] == {bo.pk: dt.date(2026, 9, 14), member.pk: dt.date(2026, 10, 12)}


def test_who_have_never_had_it_come_in_danish_order(meeting: Meeting, team: Team) -> None:
    names = ("Åsa Åberg", "Ærø Æbelø", "Bo Bech", "Øjvind Øst")
    people = {name: make_member(team, name) for name in names}
    team.membership_rows.filter(person__name="Mette Medlem").delete()
    assert {role: person.name for role, person in suggested_roles(meeting).items()} == {
        FOCUS: "Bo Bech",
        LEADS: "Ærø Æbelø",
        WRITES: "Øjvind Øst",
        WATCHES: "Åsa Åberg",
    }
    assert len(people) == 4


def test_the_focus_person_agreed_on_goes_first(meeting: Meeting, team: Team, member: User) -> None:
    agreed = make_member(team, "Åsa Åberg")
    before = make_meeting(team, dt.date(2026, 11, 10), state=MeetingState.HELD)
    make_conversation(
        before,
        begun_at=before.starts_at,
        closed_at=before.ends_at,
        next_focus_person=agreed,
        roles={FOCUS: agreed},
    )
    assert suggested_roles(meeting)[FOCUS] == agreed
    team.membership_rows.filter(person=agreed).delete()
    assert suggested_roles(meeting)[FOCUS] == member


def test_who_leads_does_not_write_while_there_are_two(meeting: Meeting, team: Team, member: User) -> None:
    assert suggested_roles(meeting)[WRITES] == member
    bo = make_member(team, "Bo Bech")
    last_had(team, dt.date(2026, 10, 12), minute_taker=bo)
    suggested = suggested_roles(meeting)
    assert (suggested[LEADS], suggested[WRITES]) == (member, bo)


def test_a_cancelled_meeting_and_a_later_one_are_no_turn(meeting: Meeting, team: Team, member: User) -> None:
    for day, state in ((dt.date(2026, 11, 10), MeetingState.CANCELLED), (dt.date(2027, 1, 5), MeetingState.PLANNED)):
        make_conversation(make_meeting(team, day, state=state), roles={LEADS: member})
    assert role_history(team, meeting.starts_at)[LEADS] == {}


def test_a_team_of_nobody_is_suggested_nobody(meeting: Meeting, team: Team, member: User) -> None:
    team.membership_rows.all().delete()
    assert suggested_roles(meeting) == {}
    visitor = make_resource_person(team)
    assert set(suggested_roles(meeting).values()) == {visitor}
    assert make_person() not in suggested_roles(meeting).values()


def test_the_page_proposes_until_somebody_has_a_role(client: Client, url: str, member: User, meeting: Meeting) -> None:
    assert client.get(url).context["form"]["role_focus_person"].value() == member.pk
    make_conversation(meeting, roles={LEADS: member})
    form = client.get(url).context["form"]
    assert (form["role_meeting_leader"].value(), form["role_focus_person"].value()) == (member.pk, None)
    assert "Forslag: Mette Medlem" in client.get(url).content.decode()
