"""The pages a person sees, in the states they can be in: full, empty, refused, with errors."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.urls import reverse

from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from tests.access_addresses import address_of
from tests.access_table import Row, read_rows
from tests.builders import (
    make_leader,
    make_learning_partner,
    make_member,
    make_resource_person,
    make_team,
    make_unit,
)
from tests.world import (
    ADMINISTRATOR,
    LEARNING_PARTNER,
    MEMBER,
    NOT_SIGNED_IN,
    OWN,
    RESOURCE_PERSON,
    SECTION_LEADER,
    UNIT_LEADER,
    WITHOUT_ROLES,
    World,
)

# What is for programs, and a mail's own HTML, in whose frame no script runs.
NOT_PAGES = {"notifications:livez", "notifications:readyz", "admin:jsi18n", "admin:autocomplete", "demo:mail_html"}
CPR = "Ring på 010190-1234."
YESTERDAY = (today() - dt.timedelta(days=1)).isoformat()
TOMORROW = (today() + dt.timedelta(days=1)).isoformat()


@dataclass(frozen=True)
class State:
    """A page as someone meets it; with `form` the page that comes when it is sent."""

    path: str
    form: dict[str, Any] = field(default_factory=dict)
    status: int = 200

    def __str__(self) -> str:
        return f"{self.path} {self.form or ''}".strip()


def states_of(role: str, world: World) -> list[State]:
    """Every page the table opens to the role, then its pages in other states."""
    opened = [State(address_of(row, world)) for row in read_rows() if _is_read_by(role, row)]
    return [*opened, *(OTHERS[role](world) if role in OTHERS else ())]


def _is_read_by(role: str, row: Row) -> bool:
    may = row.answers[role] == "yes" and "GET" in row.methods and row.relation in {"", OWN}
    return may and row.name not in NOT_PAGES


def make_newcomers() -> dict[str, User]:
    """People whose pages are empty, and one who chose English."""
    team, unit = make_team("Nyt team"), make_unit("Ny enhed")
    english = make_leader(make_team("English", unit=make_unit("Engelskskolen")).unit, name="Emily English")
    User.objects.filter(pk=english.pk).update(language="en")
    return {
        "new member": make_member(team),
        "new resource person": make_resource_person(team),
        "new leader": make_leader(unit),
        "new learning partner": make_learning_partner(),
        "leader in English": User.objects.get(pk=english.pk),
    }


def _not_signed_in(world: World) -> Iterator[State]:
    login = reverse("account_login")
    yield State(login, {"login": "ukendt@example.org", "password": "forkert"})
    yield State(login, {"login": "", "password": ""})
    yield State(reverse("account_reset_password"), {"email": "ikke en adresse"})
    yield State(reverse("account_reset_password_from_key", args=["1", "forkert-nøgle"]))
    yield State("/findes-ikke/", status=404)


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
    yield State(reverse("learningcycle:meeting_note", args=[place.team.pk]), {"on": TOMORROW, "begins": "10:00"})
    move = reverse("learningcycle:meeting_move", args=[place.coming_meeting.pk])
    yield State(move, {"on": TOMORROW, "begins": "10:00", "ends": "11:00", "version": "99"})
    rhythm = reverse("learningcycle:rhythm", args=[place.team.pk])
    yield State(rhythm, {"nth": "1", "weekday": "1", "begins": "11:00", "ends": "10:00"})


def _resource_person(world: World) -> Iterator[State]:
    place = world.places[OWN]
    ask = reverse("teams:support_ask", args=[place.unit.pk])
    yield State(ask, {"text": CPR})
    yield State(ask, {"text": ""})
    plan = reverse("observations:visit_plan", args=[place.team.pk])
    yield State(plan, {"on": YESTERDAY, "begins": "10:00", "ends": "11:00"})
    move = reverse("observations:visit_move", args=[place.coming_visit.pk])
    yield State(move, {"on": TOMORROW, "begins": "10:00", "ends": "11:00", "version": "99"})


def _unit_leader(world: World) -> Iterator[State]:
    unit = world.places[OWN].unit
    earlier = (today().replace(day=1) - dt.timedelta(days=1)).strftime("%Y-%m")
    yield State(reverse("dashboard:leader") + f"?maaned={earlier}")
    yield State(reverse("teams:unit_terms", args=[unit.pk]), {"visit": "5"})


def _learning_partner(world: World) -> Iterator[State]:
    yield State(reverse("dashboard:learning_partner") + "?q=findes+ikke")


def _section_leader(world: World) -> Iterator[State]:
    overview = reverse("dashboard:overview")
    yield State(f"{overview}?q=findes+ikke")
    yield State(f"{overview}?status=overdue&order=visit&kind=school")
    yield State(f"{overview}?q=010190-1234&on={TOMORROW}&status=x")
    yield State(f"{overview}?on={YESTERDAY}")


def _administrator(world: World) -> Iterator[State]:
    """A list and a row of each kind, and a form with errors."""
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

NEWCOMERS: dict[str, tuple[str, ...]] = {
    "new member": ("dashboard:member",),
    "new resource person": ("dashboard:resource_person",),
    "new leader": ("dashboard:leader", "dashboard:overview"),
    "new learning partner": ("dashboard:learning_partner",),
    "leader in English": ("dashboard:leader", "dashboard:overview", "accounts:profile"),
}


def states_of_newcomer(name: str) -> list[State]:
    return [State(reverse(page)) for page in NEWCOMERS[name]]
