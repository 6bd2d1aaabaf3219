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
from tests.access_table import Row
from tests.builders import PASSWORD
from tests.world import MEMBER, NOT_EXISTING, OWN, Place, World

NOBODYS_NUMBER = 987654321
ANOTHER_PASSWORD = "en anden rigtig lang adgangskode"  # noqa: S105 - of people who do not exist

# The object whose number stands in the address.
OBJECTS: dict[str, Callable[[Place], Any]] = {
    "dashboard:team_detail": lambda place: place.team,
    "dashboard:unit_detail": lambda place: place.unit,
    "teams:unit_terms": lambda place: place.unit,
    "teams:support_ask": lambda place: place.unit,
    "teams:support_take": lambda place: place.asked,
    "teams:support_close": lambda place: place.asked,
    "learningcycle:meeting_plan": lambda place: place.team,
    "learningcycle:meeting_note": lambda place: place.team,
    "learningcycle:rhythm": lambda place: place.team,
    "learningcycle:rhythm_end": lambda place: place.team,
    "learningcycle:meeting_move": lambda place: place.coming_meeting,
    "learningcycle:meeting_cancel": lambda place: place.coming_meeting,
    "learningcycle:meeting_held": lambda place: place.passed_meeting,
    "learningcycle:meeting_reopen": lambda place: place.held_meeting,
    "observations:visit_plan": lambda place: place.team,
    "observations:visit_move": lambda place: place.coming_visit,
    "observations:visit_cancel": lambda place: place.coming_visit,
    "observations:visit_held": lambda place: place.passed_visit,
    "observations:visit_reopen": lambda place: place.held_visit,
}

_TIMES = {"on": today() + dt.timedelta(days=9), "begins": "13:00", "ends": "14:00"}
_RHYTHM = {"nth": 1, "weekday": 3, "begins": "13:00", "ends": "14:00"}

FORMS: dict[str, Callable[[Place], dict[str, Any]]] = {
    "accounts:profile": lambda place: {"language": "en"},
    "teams:unit_terms": lambda place: {"meeting": 1, "contract": 12, "grus": 12, "visit": 6},
    "teams:support_ask": lambda place: {"text": "Kom og lyt med til et møde."},
    "learningcycle:meeting_plan": lambda place: _TIMES,
    "learningcycle:meeting_move": lambda place: {**_TIMES, "version": place.coming_meeting.version},
    "learningcycle:meeting_note": lambda place: {"on": today() - dt.timedelta(days=3), "begins": "13:00"},
    "learningcycle:meeting_held": lambda place: {"with_learning_cycle": 1},
    "learningcycle:rhythm": lambda place: _RHYTHM,
    "observations:visit_plan": lambda place: {**_TIMES, "visitor": place.visitor.pk},
    "observations:visit_move": lambda place: {
        **_TIMES,
        "visitor": place.visitor.pk,
        "version": place.coming_visit.version,
    },
    "observations:visit_held": lambda place: {"is_evaluated": 1},
    "demo:login": lambda place: {"persona": LEADER.key},
    "account_change_password": lambda place: {
        "oldpassword": PASSWORD,
        "password1": ANOTHER_PASSWORD,
        "password2": ANOTHER_PASSWORD,
    },
}


def _reset_link(world: World) -> list[str]:
    member = world.people[MEMBER]
    assert member is not None
    return [user_pk_to_url_str(member), default_token_generator.make_token(member)]


# What stands in the other addresses with a parameter.
WORDS: dict[str, Callable[[World], list[Any]]] = {
    "account_reset_password_from_key": _reset_link,
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
    if row.relation == NOT_EXISTING:
        return reverse(row.name, args=[NOBODYS_NUMBER])
    return reverse(row.name, args=[OBJECTS[row.name](world.places[row.relation]).pk])


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
