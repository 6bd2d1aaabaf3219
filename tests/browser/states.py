"""The pages a person sees, in the states they can be in: full, empty, refused, with errors."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.contrib import admin
from django.urls import reverse

from learningcycle.defaults import DEFAULT_CYCLE
from slf_portal.common.dates import today
from teams.enums import GrusTheme
from teams.models import ResourcePerson, Unit
from teams.models.grus import MOST_QUESTIONS
from teams.queries import headings_to_write
from tests.access_addresses import address_of
from tests.access_table import Row, read_rows
from tests.browser.cycle_states import closing, conversation, cycles, meetings, of_templates, snags
from tests.browser.gathering_states import states_of_gatherings
from tests.browser.newcomers import TALL
from tests.browser.state import CPR, TOMORROW, YESTERDAY, State
from tests.browser.visit_after_states import after_visits, answers_after_visits, sharing_visits
from tests.browser.visit_booking_states import states_of_booking
from tests.browser.visit_calendar_states import calendars
from tests.browser.visit_lines_states import before_visits, during_visits
from tests.browser.visit_partner_states import observed_states, observer_states, partner_states
from tests.cycle_builders import shipped
from tests.world import (
    ADMINISTRATOR,
    LEARNING_PARTNER,
    MEMBER,
    NOT_SIGNED_IN,
    OWN,
    PART,
    RESOURCE_PERSON,
    SECTION_LEADER,
    UNIT_LEADER,
    WITHOUT_ROLES,
    Place,
    World,
    invitation_token,
)

# What is for programs, and a mail's own HTML, in whose frame no script runs. Nor are documents pages.
NOT_PAGES = {"notifications:livez", "notifications:readyz", "admin:jsi18n", "admin:autocomplete", "demo:mail_html"}
NOT_PAGES |= {"learningcycle:meeting_state", "observations:visit_run_state", "observations:visit_answers"}
NOT_PAGES |= {"calendars:feed"}


def states_of(role: str, world: World) -> list[State]:
    """Every page the table opens to the role, then its pages in other states."""
    opened = [State(address_of(row, world)) for row in read_rows() if _is_read_by(role, row)]
    return [*opened, *(OTHERS[role](world) if role in OTHERS else ())]


def _is_read_by(role: str, row: Row) -> bool:
    may = row.answers[role] == "yes" and "GET" in row.methods and row.relation in {"", OWN}
    return may and row.name not in NOT_PAGES and not row.name.endswith(("_pdf", "_docx"))


def _not_signed_in(world: World) -> Iterator[State]:
    login = reverse("account_login")
    yield State(login, {"login": "ukendt@example.org", "password": "forkert"})
    yield State(login, {"login": "", "password": ""})
    yield State(reverse("account_reset_password"), {"email": "ikke en adresse"})
    yield State(reverse("account_reset_password_from_key", args=["1", "forkert-nøgle"]))
    yield State("/findes-ikke/", status=404)
    yield State(reverse("accounts:invitation_open", args=["forkert"]))
    yield State(reverse("accounts:invitation_open", args=[invitation_token(world.places[OWN].team)]))
    yield State(reverse("accounts:invitation_accept"), {"password": "kort", "password_again": "andet"})


def _without_roles(world: World) -> Iterator[State]:
    yield State(reverse("dashboard:leader"), status=403)
    yield State(reverse("accounts:profile"), {"language": "fr"})
    yield State(reverse("account_change_password"), {"oldpassword": "x", "password1": "kort", "password2": "andet"})
    yield State(reverse("accounts:profile"), {"csrfmiddlewaretoken": "forkert"}, status=403)


def _member(world: World) -> Iterator[State]:
    place = world.places[OWN]
    yield State(reverse("dashboard:team_detail", args=[world.places["other unit"].team.pk]), status=404)
    yield State(reverse("dashboard:unit_detail", args=[place.unit.pk]), status=403)
    plan = reverse("learningcycle:meeting_plan", args=[place.team.pk])
    yield State(plan, {"on": YESTERDAY, "begins": "10:00", "ends": "11:00"})
    yield State(plan, {"on": "", "begins": "", "ends": ""})
    yield from meetings(place)
    move = reverse("learningcycle:meeting_move", args=[place.coming_meeting.pk])
    yield State(move, {"on": TOMORROW, "begins": "10:00", "ends": "11:00", "version": "99"})
    yield from _of_agreements(place)
    yield from snags(place)
    yield from observed_states(place)
    yield from calendars()
    say = reverse("teams:staircase_say", args=[place.team.pk, place.goal.pk])
    yield State(say, {"where_text": CPR, "next_text": "", "step": ""})
    yield State(reverse("teams:where_are_we_say", args=[place.team.pk, place.topic.pk]), {"text": ""})
    asked, answer = (reverse(f"teams:mandate_{page}", args=[place.mandate.pk]) for page in ("detail", "answer"))
    yield State(asked, {"text": CPR, "version": "0", "answer": "talk"}, sent_to=answer)
    yield State(asked, {"text": "Hvornår?", "version": "99", "answer": "talk"}, sent_to=answer)
    yield State(reverse("teams:mandate_detail", args=[place.question.pk]))
    yield State(reverse("teams:mandate_close", args=[place.mandate.pk]), {"text": CPR})
    yield State(reverse("teams:mandate_list") + "?state=withdrawn")
    rhythm = reverse("learningcycle:rhythm", args=[place.team.pk])
    yield State(rhythm, {"nth": "1", "weekday": "1", "begins": "11:00", "ends": "10:00"})
    yield from cycles(place)
    yield from closing(place)
    yield from _contract(world)
    yield from _grus(world)
    yield from conversation(place)
    yield from before_visits(place)
    yield from after_visits(place)
    yield from answers_after_visits(place)


def _contract(world: World) -> Iterator[State]:
    """A refused text, a colleague who was first, a line that is too long."""
    team = world.places[OWN].team
    section = headings_to_write(team)[0].key
    write = reverse("teams:contract_edit", args=[team.pk])
    yield State(write, {f"text_{section}": CPR})
    yield State(write, {f"text_{section}": "Mine ord.", f"was_{section}": "Det stod her før."})
    yield State(reverse("teams:contract_put_in_force", args=[team.pk]), {"first_line": "x" * 161})


def _of_agreements(place: Place) -> Iterator[State]:
    yield State(reverse("teams:agreement_list") + "?vis=faerdige")
    add = reverse("teams:agreement_add", args=[place.team.pk])
    yield State(add, {"text": "", "due_on": ""})
    yield State(add, {"text": CPR, "due_on": YESTERDAY})
    edit = reverse("teams:agreement_edit", args=[place.agreement.pk])
    yield State(edit, {"text": "Vi prøver igen.", "due_on": TOMORROW, "version": "99"})
    yield State(reverse("teams:agreement_drop", args=[place.agreement.pk]), {"reason": ""})
    yield State(reverse("teams:agreement_helped", args=[place.done_agreement.pk]), {"note": "Uden svar."})


def _grus(world: World) -> Iterator[State]:
    """A closed day, a refused text, a colleague who was first, and a GRUS without its leader."""
    place = world.places[OWN]
    yield State(reverse("teams:grus_detail", args=[place.planned_grus.pk]))
    yield State(reverse("teams:grus_detail", args=[place.proposed_grus.pk]))
    yield State(reverse("teams:grus_propose", args=[place.team.pk]), {"on": YESTERDAY, "ends": "10:00", "line": CPR})
    yield State(reverse("teams:grus_prepare", args=[place.planned_grus.pk]), {"text": CPR})
    questions = reverse("teams:grus_questions", args=[place.planned_grus.pk])
    themes = {f"theme_{number}": GrusTheme.WORK for number in range(1, MOST_QUESTIONS + 1)}
    yield State(questions, {**themes, "text_1": "Mine ord?", "was_1": "work|Det stod her før."})
    yield State(questions, {**themes, "text_1": CPR})
    hold = reverse("teams:grus_hold", args=[place.due_grus.pk])
    point = place.due_grus.points.get()
    mine = {"point_1": "Mine ord.", "key_1": point.pk, "stood_1": "|2026-11-01|Det stod her før."}
    note = place.due_grus.questions.get(position=1).pk
    yield State(hold, {**mine, f"notes_{note}": "Mine ord.", f"was_{note}": "Det stod her før."})
    yield State(hold, {"hold": "1", "point_2": "Vi spørger Løn.", "by_3": TOMORROW, "next_on": YESTERDAY})
    yield State(f"{hold}?raekker=7")


def _resource_person(world: World) -> Iterator[State]:
    place = world.places[OWN]
    ask = reverse("teams:support_ask", args=[place.unit.pk])
    yield State(ask, {"text": CPR})
    yield State(ask, {"text": ""})
    yield from after_visits(place)
    yield from sharing_visits(place)
    plan = reverse("observations:visit_book", args=[place.team.pk])
    yield State(plan, {"on": YESTERDAY, "begins": "10:00", "ends": "11:00"})
    move = reverse("observations:visit_move", args=[place.coming_visit.pk])
    yield State(move, {"on": TOMORROW, "begins": "10:00", "ends": "11:00", "version": "99"})
    yield from states_of_booking(place)
    yield from (State(path, form) for path, form in states_of_gatherings(place))
    yield from during_visits(place)
    yield from observer_states(place)


def _unit_leader(world: World) -> Iterator[State]:
    unit = world.places[OWN].unit
    earlier = (today().replace(day=1) - dt.timedelta(days=1)).strftime("%Y-%m")
    yield State(reverse("dashboard:leader") + f"?maaned={earlier}")
    yield State(reverse("dashboard:year_wheel", args=[unit.pk]) + f"?fra={today().year - 1}-08")
    yield State(reverse("dashboard:year_wheel_print", args=[unit.pk]) + "?papir=a3")
    yield State(reverse("teams:unit_terms", args=[unit.pk]), {"visit": "5"})
    place = world.places[OWN]
    yield State(reverse("teams:grus_plan", args=[place.team.pk]), {"on": YESTERDAY, "ends": "10:00"})
    yield State(reverse("teams:grus_move", args=[place.planned_grus.pk]), {"on": YESTERDAY, "version": "99"})
    yield State(reverse("teams:grus_cancel", args=[place.planned_grus.pk]), {"reason": ""})
    answer = reverse("teams:grus_answer", args=[place.proposed_grus.pk])
    yield State(answer, {"answer": "yes", "version": "99"})
    yield State(answer, {"on": YESTERDAY, "line": "Hellere den dag."})
    goal, step = world.places[OWN].goal, world.places[OWN].step
    yield State(reverse("teams:staircase_goal_add", args=[unit.pk]), {"title": "", "ends_on": YESTERDAY})
    edit = reverse("teams:staircase_goal_edit", args=[goal.pk])
    yield State(edit, {"title": "Vi lærer", "starts_on": TOMORROW, "ends_on": YESTERDAY, "version": "0"})
    yield State(reverse("teams:staircase_step_edit", args=[step.pk]), {"title": "Vi lærer", "version": "99"})
    own = world.places[OWN]
    asked, write = (reverse(f"teams:mandate_{page}", args=[own.question.pk]) for page in ("detail", "message"))
    yield State(asked)
    yield State(asked, {"text": "", "version": "0"}, sent_to=write)
    yield State(reverse("teams:mandate_detail", args=[own.finished.pk]))
    yield State(reverse("teams:mandate_detail", args=[own.personal.pk]))
    write = reverse("teams:mandate_write", args=[unit.pk])
    yield State(f"{write}?team={own.team.pk}", {"hours_per_month": "61", "due_on": YESTERDAY, "what": CPR})
    yield State(reverse("teams:mandate_edit", args=[own.mandate.pk]), {"version": "99"})
    yield State(reverse("teams:mandate_expectations", args=[own.question.pk]), {"agreed": "Nyt.", "version": "99"})
    yield State(reverse("teams:role_description_edit", args=[unit.pk]), {"text": "Nyt.", "version": "99"})
    yield State(reverse("teams:role_description", args=[world.places["part"].unit.pk]))
    yield from _people_of_a_team(world)
    yield from of_templates(own)


def _people_of_a_team(world: World) -> Iterator[State]:
    """A leader's pages about people: empty, searched in vain, and with what was typed wrong."""
    place = world.places[OWN]
    team, unit = place.team, place.unit
    add = reverse("teams:member_add", args=[team.pk])
    yield State(f"{add}?q=findes+ikke")
    yield State(f"{add}?q=010190-1234")
    yield State(add, {"person": place.invited.person_id, "starts_on": TOMORROW})
    yield State(reverse("teams:member_invite", args=[team.pk]), {"name": "", "email": "ikke en adresse"})
    yield State(reverse("teams:member_end", args=[place.invited.pk]), {"on": "2001-01-01"})
    yield State(reverse("teams:team_create", args=[unit.pk]), {"name": team.name, "kind": "partner_team"})
    yield State(reverse("teams:team_close", args=[team.pk]), {"on": YESTERDAY, "version": team.version})
    give = reverse("teams:stand_in_give", args=[unit.pk])
    yield State(give, {"person": "", "starts_on": TOMORROW, "last_day": YESTERDAY, "reason": CPR})
    yield State(reverse("teams:stand_in_list", args=[world.places[PART].unit.pk]))
    yield from _school_year(world)
    yield from _handover(world)


def _school_year(world: World) -> Iterator[State]:
    """The preview, with something of everything in it; the form with errors; what changed since it was looked at."""
    place = world.places[OWN]
    url = reverse("teams:school_year", args=[place.unit.pk])
    row = place.team.membership_rows.get(person=place.member)
    syd = world.places["same unit"].team.pk
    chosen = {
        "on": TOMORROW,
        f"team-{place.team.pk}-becomes": "copied",
        f"team-{place.team.pk}-name": "Nord og øst",
        f"member-{row.pk}": "new-1",
        f"team-{syd}-becomes": "ends",
        "new-1-name": "Vest",
    }
    yield State(url, chosen)
    yield State(url, {**chosen, "step": "confirm"})
    yield State(url, {**chosen, "on": YESTERDAY, "new-1-name": ""})
    yield State(url, {**chosen, f"member-{row.pk}": f"team-{syd}", f"team-{place.team.pk}-name": ""})


def _handover(world: World) -> Iterator[State]:
    place = world.places[OWN]
    url = reverse("teams:handover_resource_person", args=[place.service.pk])
    yield State(url, {"day": YESTERDAY})
    yield State(reverse("teams:handover_resource_person", args=[_ended_service(world).pk]))


def _ended_service(world: World) -> ResourcePerson:
    former = world.people[WITHOUT_ROLES]
    return ResourcePerson.objects.get(person=former)


def _learning_partner(world: World) -> Iterator[State]:
    yield State(reverse("dashboard:learning_partner") + "?q=findes+ikke")
    yield from partner_states(world.places[OWN])


def _section_leader(world: World) -> Iterator[State]:
    overview = reverse("dashboard:overview")
    yield State(f"{overview}?q=findes+ikke")
    yield State(f"{overview}?status=overdue&order=visit&kind=school")
    yield State(f"{overview}?q=010190-1234&on={TOMORROW}&status=x")
    yield State(f"{overview}?on={YESTERDAY}")
    yield State(reverse("teams:staircase_detail", args=[Unit.objects.get(name=TALL).pk]))


def _administrator(world: World) -> Iterator[State]:
    """A list and a row of each kind, and a form with errors."""
    yield State(reverse("learningcycle:template_edit", args=[shipped(DEFAULT_CYCLE).template_id]))
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield State(reverse(f"{name}_changelist"))
        row = model._default_manager.first()
        if row is not None:
            yield State(reverse(f"{name}_change", args=[row.pk]))
    yield State(reverse("admin:teams_team_add"), {"name": ""})
    yield State(reverse("admin:teams_unit_changelist") + "?q=findes+ikke")
    yield State(reverse("admin:teams_unit_history", args=[world.places[OWN].unit.pk]))
    yield State(reverse("admin:teams_unit_delete", args=[world.places[OWN].unit.pk]))


OTHERS: dict[str, Callable[[World], Iterator[State]]] = {
    NOT_SIGNED_IN: _not_signed_in,
    WITHOUT_ROLES: _without_roles,
    MEMBER: _member,
    RESOURCE_PERSON: _resource_person,
    UNIT_LEADER: _unit_leader,
    LEARNING_PARTNER: _learning_partner,
    SECTION_LEADER: _section_leader,
    ADMINISTRATOR: _administrator,
}
