"""A real object for each parameter of each address, and a form that is carried out where it may be."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db.models import Model
from django.urls import reverse

from slf_portal.common.dates import today
from slf_portal.demo.defaults.personas import LEADER
from teams.enums import GrusTheme
from teams.forms import SchoolYearForm
from teams.models import Team
from teams.models.grus import MOST_QUESTIONS
from teams.queries import grus_leaders, headings_to_write, teams_now
from tests import (
    cycle_addresses,
    visit_after_addresses,
    visit_booking_addresses,
    visit_calendar_addresses,
    visit_lines_addresses,
    visit_partner_addresses,
)
from tests.access_table import Row
from tests.builders import PASSWORD
from tests.world import (
    MEMBER,
    NOT_EXISTING,
    OWN,
    Place,
    World,
    invitation_token,
    open_day,
)

NOBODYS_NUMBER = 987654321
ANOTHER_PASSWORD = "en anden rigtig lang adgangskode"  # noqa: S105 - of people who do not exist

# The object, or the objects, whose numbers stand in the address.
OBJECTS: dict[str, Callable[[Place], Any]] = {
    "dashboard:team_detail": lambda place: place.team,
    "dashboard:unit_detail": lambda place: place.unit,
    "dashboard:year_wheel": lambda place: place.unit,
    "dashboard:year_wheel_print": lambda place: place.unit,
    "dashboard:year_wheel_pdf": lambda place: place.unit,
    "dashboard:handover_team": lambda place: place.team,
    "dashboard:handover_unit": lambda place: place.unit,
    "teams:unit_terms": lambda place: place.unit,
    "teams:school_year": lambda place: place.unit,
    "teams:handover_resource_person": lambda place: place.service,
    "teams:support_ask": lambda place: place.unit,
    "teams:support_take": lambda place: place.asked,
    "teams:support_close": lambda place: place.asked,
    "teams:contract_detail": lambda place: place.team,
    "teams:contract_edit": lambda place: place.team,
    "teams:contract_put_in_force": lambda place: place.team,
    "teams:contract_history": lambda place: place.team,
    "teams:contract_version": lambda place: place.contract,
    "teams:contract_print": lambda place: place.contract,
    "teams:contract_pdf": lambda place: place.contract,
    "teams:contract_yes": lambda place: place.contract,
    "teams:contract_seen": lambda place: place.contract,
    "teams:team_agreements": lambda place: place.team,
    "teams:agreement_add": lambda place: place.team,
    "teams:agreement_edit": lambda place: place.agreement,
    "teams:agreement_state": lambda place: place.agreement,
    "teams:agreement_drop": lambda place: place.agreement,
    "teams:agreement_helped": lambda place: place.done_agreement,
    "teams:agreement_share": lambda place: place.agreement,
    "teams:grus_list": lambda place: place.team,
    "teams:grus_plan": lambda place: place.team,
    "teams:grus_propose": lambda place: place.team,
    "teams:grus_answer": lambda place: place.proposed_grus,
    "teams:grus_move": lambda place: place.planned_grus,
    "teams:grus_cancel": lambda place: place.planned_grus,
    "teams:grus_detail": lambda place: place.held_grus,
    "teams:grus_questions": lambda place: place.planned_grus,
    "teams:grus_prepare": lambda place: place.planned_grus,
    "teams:grus_hold": lambda place: place.due_grus,
    "teams:grus_print": lambda place: place.held_grus,
    "teams:grus_pdf": lambda place: place.held_grus,
    "teams:grus_history": lambda place: place.held_grus,
    "teams:staircase_detail": lambda place: place.unit,
    "teams:staircase_history": lambda place: place.unit,
    "teams:staircase_goal_add": lambda place: place.unit,
    "teams:staircase_goal_edit": lambda place: place.goal,
    "teams:staircase_goal_move": lambda place: place.goal,
    "teams:staircase_step_add": lambda place: place.goal,
    "teams:staircase_step_edit": lambda place: place.step,
    "teams:staircase_step_move": lambda place: place.step,
    "teams:staircase_step_remove": lambda place: place.step,
    "teams:staircase_words": lambda place: place.team,
    "teams:staircase_say": lambda place: (place.team, place.goal),
    "teams:where_are_we": lambda place: place.team,
    "teams:where_are_we_topic": lambda place: (place.team, place.topic),
    "teams:where_are_we_say": lambda place: (place.team, place.topic),
    "teams:team_mandates": lambda place: place.team,
    "teams:mandate_write": lambda place: place.unit,
    "teams:mandate_detail": lambda place: place.mandate,
    "teams:mandate_edit": lambda place: place.mandate,
    "teams:mandate_answer": lambda place: place.mandate,
    "teams:mandate_message": lambda place: place.mandate,
    "teams:mandate_close": lambda place: place.mandate,
    "teams:mandate_expectations": lambda place: place.mandate,
    "teams:role_description": lambda place: place.unit,
    "teams:role_description_edit": lambda place: place.unit,
    "teams:team_people": lambda place: place.team,
    "teams:team_history": lambda place: place.team,
    "teams:member_add": lambda place: place.team,
    "teams:member_invite": lambda place: place.team,
    "teams:member_invite_again": lambda place: place.invited,
    "teams:member_end": lambda place: place.invited,
    "teams:resource_person_add": lambda place: place.team,
    "teams:resource_person_end": lambda place: place.visitor.resource_person_rows.get(),
    "teams:team_leader_name": lambda place: place.team,
    "teams:team_create": lambda place: place.unit,
    "teams:team_change": lambda place: place.team,
    "teams:team_close": lambda place: place.team,
    "teams:stand_in_list": lambda place: place.unit,
    "teams:stand_in_give": lambda place: place.unit,
    "teams:stand_in_end": lambda place: place.stand_in,
    "observations:visit_detail": lambda place: place.coming_visit,
    "observations:visit_held": lambda place: place.passed_visit,
    "observations:visit_reopen": lambda place: place.held_visit,
    **cycle_addresses.OBJECTS,
    **visit_lines_addresses.OBJECTS,
    **visit_partner_addresses.OBJECTS,
    **visit_after_addresses.OBJECTS,
    **visit_booking_addresses.OBJECTS,
}

_GRUS = {"on": open_day(50), "begins": "13:00", "ends": "14:30"}
_MANDATE = {
    "title": "Data på bordet",
    "what": "Tag jeres data med til to møder.",
    "why": "Så vi taler om det samme.",
    "expectation": "At I prøver, ikke at det lykkes.",
    "hours_per_month": "7,5",
    "due_on": today() + dt.timedelta(days=30),
}
_RHYTHM = {"nth": 1, "weekday": 3, "begins": "13:00", "ends": "14:00"}
_SERIES = {"kind": "other", "every": "2", "first_on": open_day(9), "begins": "13:00", "ends": "14:00"}

_AGREED = {"text": "Vi prøver en ny dagsorden.", "due_on": today() + dt.timedelta(days=9)}

FORMS: dict[str, Callable[[Place], dict[str, Any]]] = {
    "accounts:profile": lambda place: {"language": "en"},
    "teams:unit_terms": lambda place: {"meeting": 1, "contract": 12, "grus": 12, "visit": 6},
    "teams:school_year": lambda place: school_year_form(place.team),
    "teams:handover_resource_person": lambda place: {
        "services": [place.service.pk],
        "successor": place.member.pk,
        "day": today(),
        "with_plans": "on",
    },
    "teams:support_ask": lambda place: {"text": "Kom og lyt med til et møde."},
    "teams:contract_edit": lambda place: contract_form(place.team, "Vi lærer af hinanden."),
    "teams:contract_put_in_force": lambda place: {"first_line": "Vi lægger bøvlet på bordet."},
    "teams:agreement_add": lambda place: {**_AGREED, "owner": place.visitor.pk},
    "teams:agreement_edit": lambda place: {
        **_AGREED,
        "owner": place.visitor.pk,
        "version": place.agreement.version,
    },
    "teams:agreement_state": lambda place: {"state": "done", "version": place.agreement.version},
    "teams:agreement_drop": lambda place: {"reason": "Vi fandt en bedre vej.", "version": place.agreement.version},
    "teams:agreement_helped": lambda place: {"helped": "partly", "version": place.done_agreement.version},
    "teams:agreement_share": lambda place: {"is_shared": 1, "version": place.agreement.version},
    "teams:grus_plan": lambda place: _GRUS,
    "teams:grus_propose": lambda place: {**_GRUS, "line": "Den dag har vi alligevel møde."},
    "teams:grus_answer": lambda place: {"answer": "yes", "version": place.proposed_grus.version},
    "teams:grus_move": lambda place: {**_GRUS, "version": place.planned_grus.version},
    "teams:grus_cancel": lambda place: {"reason": "Vi er kun to den dag."},
    "teams:grus_questions": lambda place: {
        **{f"theme_{number}": GrusTheme.WORK for number in range(1, MOST_QUESTIONS + 1)},
        "text_5": "Hvad skal vi holde op med?",
    },
    "teams:grus_prepare": lambda place: {"text": "Jeg vil gerne tale om ro til forberedelse."},
    "teams:grus_hold": lambda place: {
        "hold": 1,
        "leader": next((leader.pk for leader in grus_leaders(place.team, today())), ""),
        "leader_present": "on",
    },
    "teams:staircase_goal_add": lambda place: goal_form("Vi bruger data sammen"),
    "teams:staircase_goal_edit": lambda place: {**goal_form("Vi lærer sammen"), "version": place.goal.version},
    "teams:staircase_goal_move": lambda place: {"to": 2},
    "teams:staircase_step_add": lambda place: {"title": "Vi ser hinanden arbejde"},
    "teams:staircase_step_edit": lambda place: {
        "title": "Vi fortæller hinanden om det",
        "activities": "Et punkt på hvert møde",
        "version": place.goal.version,
    },
    "teams:staircase_step_move": lambda place: {"to": 2},
    "teams:staircase_say": lambda place: {"where_text": "Vi er begyndt at se på det.", "step": place.step.pk},
    "teams:where_are_we_say": lambda place: {"text": "Vi spørger mere, end vi gjorde."},
    "teams:mandate_write": lambda place: {**_MANDATE, "team": place.team.pk, "recipient": place.visitor.pk},
    "teams:mandate_edit": lambda place: {**_MANDATE, "version": place.mandate.version},
    "teams:mandate_answer": lambda place: {"answer": "accepted", "version": place.mandate.version},
    "teams:mandate_message": lambda place: {"text": "Hvornår begynder vi?", "version": place.mandate.version},
    "teams:mandate_close": lambda place: {"outcome": "done"},
    "teams:mandate_expectations": lambda place: {"agreed": "Vi siger til.", "version": place.mandate.version},
    "teams:role_description_edit": lambda place: {"text": "Hun leder samtalen.", "version": 0},
    "teams:member_add": lambda place: {"person": place.visitor.pk, "starts_on": today()},
    "teams:member_invite": lambda place: {"name": "Rosa", "email": place.visitor.email, "starts_on": today()},
    "teams:member_end": lambda place: {"on": today()},
    "teams:resource_person_add": lambda place: {"person": place.invited.person_id, "starts_on": today()},
    "teams:resource_person_end": lambda place: {"on": today()},
    "teams:team_leader_name": lambda place: {"person": place.visitor.pk, "starts_on": today()},
    "teams:team_create": lambda place: {"name": "Nyt team", "kind": "partner_team", "starts_on": today()},
    "teams:team_change": lambda place: {
        "name": "Andet navn",
        "kind": "other",
        "starts_on": "",
        "version": place.team.version,
    },
    "teams:team_close": lambda place: {"on": today(), "version": place.team.version},
    "teams:stand_in_give": lambda place: {
        "person": place.visitor.pk,
        "tasks": ["planning"],
        "starts_on": today(),
        "last_day": today() + dt.timedelta(days=30),
    },
    "teams:stand_in_end": lambda place: {"on": today()},
    "observations:visit_held": lambda place: {"is_evaluated": 1},
    "demo:login": lambda place: {"persona": LEADER.key},
    "account_change_password": lambda place: {
        "oldpassword": PASSWORD,
        "password1": ANOTHER_PASSWORD,
        "password2": ANOTHER_PASSWORD,
    },
    **cycle_addresses.FORMS,
    **visit_lines_addresses.FORMS,
    **visit_partner_addresses.FORMS,
    **visit_after_addresses.FORMS,
    **visit_calendar_addresses.FORMS,
    **visit_booking_addresses.FORMS,
}


def goal_form(title: str) -> dict[str, Any]:
    """The page of a goal, filled in."""
    return {"title": title, "vision": "Fællesskab om læring", "starts_on": today(), "ends_on": ""}


def contract_form(team: Team, text: str) -> dict[str, Any]:
    """The page of the contract as it was opened, with `text` written in the first section."""
    headings = headings_to_write(team)
    opened = {f"{name}_{heading.key}": heading.text for heading in headings for name in ("text", "was")}
    return {**opened, f"text_{headings[0].key}": text}


def school_year_form(team: Team) -> dict[str, Any]:
    """The preview as it was looked at: the team ends, and a new one begins."""
    seal = SchoolYearForm(now=teams_now(team.unit, today())).seal()
    chosen = {f"team-{team.pk}-becomes": "ends", "new-1-name": "Nyt team"}
    return {"on": today() + dt.timedelta(days=30), **chosen, "seen": seal, "step": "confirm"}


def _reset_link(world: World) -> list[str]:
    member = world.people[MEMBER]
    assert member is not None
    return [user_pk_to_url_str(member), default_token_generator.make_token(member)]


# What stands in the other addresses with a parameter.
WORDS: dict[str, Callable[[World], list[Any]]] = {
    "account_reset_password_from_key": _reset_link,
    "accounts:invitation_open": lambda world: [invitation_token(world.places[OWN].team)],
    "calendars:feed": visit_calendar_addresses.feed_token,
    "admin:app_list": lambda world: ["teams"],
    "admin:teams_unit_import_preview": lambda world: ["never-chosen"],
    "admin:teams_membership_import_preview": lambda world: ["never-chosen"],
    "demo:mail_detail": lambda world: [MAIL],
    "demo:mail_html": lambda world: [MAIL],
}
QUERIES = {"admin:autocomplete": "?app_label=teams&model_name=team&field_name=unit&term=b"}
MAIL = "1.eml"
MAIL_CONTENT = """From: portal@example.org
To: mette@example.org
Subject: Påmindelse
Date: Tue, 24 Nov 2026 07:30:00 +0100
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=part

--part
Content-Type: text/plain; charset=utf-8

Kære Mette
--part
Content-Type: text/html; charset=utf-8

<!DOCTYPE html><html lang="da"><title>Påmindelse</title><p>Kære Mette</html>
--part--
"""


def receive_a_mail() -> None:
    """Put a mail where the demo's sink would."""
    (settings.DEMO_MAIL_DIR / MAIL).write_text(MAIL_CONTENT, encoding="utf-8")


def address_of(row: Row, world: World) -> str:
    """The address with a real object in it, or one that is nobody's."""
    if row.name not in OBJECTS:
        return reverse(row.name, args=WORDS[row.name](world) if row.name in WORDS else []) + QUERIES.get(row.name, "")
    found = OBJECTS[row.name](world.places[OWN if row.relation == NOT_EXISTING else row.relation])
    numbers = [thing.pk for thing in (found if isinstance(found, tuple) else (found,))]
    if row.relation == NOT_EXISTING:
        numbers = [NOBODYS_NUMBER for _ in numbers]
    return reverse(row.name, args=numbers)


def form_of(row: Row, world: World) -> dict[str, Any]:
    """What a person fills in; empty where a button is the whole form."""
    if row.name in {"account_login", "account_reset_password"}:
        member = world.people[MEMBER]
        assert member is not None
        return {"login": member.email, "email": member.email, "password": PASSWORD}
    place = world.places.get(row.relation, world.places[OWN])
    return FORMS[row.name](place) if row.name in FORMS else {}


def administration_of(row: Model) -> dict[str, str]:
    """The addresses of one row in the administration, and of one that is not there, by name."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
    pages = {f"{name}_{page}": reverse(f"{name}_{page}") for page in ("changelist", "add")}
    for page in ("history", "delete", "change"):
        pages[f"{name}_{page}"] = reverse(f"{name}_{page}", args=[row.pk])
        pages[f"{name}_{page} of nothing"] = reverse(f"{name}_{page}", args=[NOBODYS_NUMBER])
    return pages
