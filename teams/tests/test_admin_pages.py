"""Every page of the administration opens for an administrator, in the same number of queries however many rows."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learningcycle.models import Meeting, Rhythm
from observations.models import EvaluationQuestion, PartnerVisit, Visit
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, Invitation, User
from slf_portal.audit.models import TextOverride
from slf_portal.notifications.enums import LedgerState, ReminderKind
from slf_portal.notifications.models import Envelope, Heartbeat, LedgerEntry
from teams import models as teams
from teams.enums import GrusTheme, Promise, TopicKind
from tests import builders
from tests.visit_partner_world import make_partner_visit

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 2)


def _unit(number: int) -> teams.Unit:
    parent = builders.make_unit(f"Område {number}")
    return builders.make_unit(f"Skole {number}", parent=parent, district=builders.make_district(f"Distrikt {number}"))


def _team(number: int) -> teams.Team:
    return builders.make_team(f"Team {number}", unit=_unit(number))


def _envelope(number: int) -> Envelope:
    now = timezone.now()
    return Envelope.objects.create(
        recipient=builders.make_person(f"Modtager {number}"), day=DAY, message_id=f"<{number}@x>", next_attempt_at=now,
        state=LedgerState.SENT, sent_at=now, subject="To påmindelser", body_text="Kære du",
    )  # fmt: skip


def _entry(number: int) -> LedgerEntry:
    envelope = _envelope(number)
    return LedgerEntry.objects.create(
        kind=ReminderKind.VISIT_DUE, subject=f"team:{number}", recipient=envelope.recipient, due_on=DAY,
        team_name=f"Team {number}", about_on=DAY, path="/", envelope=envelope, state=LedgerState.SENT,
    )  # fmt: skip


def _support(number: int) -> teams.SupportRequest:
    asked_by, taken_by = builders.make_person(f"Leder {number}"), builders.make_person(f"Partner {number}")
    return teams.SupportRequest.objects.create(
        unit=_unit(number), asked_by=asked_by, text="Hjælp os", taken_by=taken_by, taken_at=timezone.now()
    )


def _central_role(number: int) -> CentralRoleRow:
    return builders.make_central(CentralRole.PROJECT_WORKER, f"Person {number}").central_role_rows.get()


def _contract_section(number: int) -> teams.ContractTemplateSection:
    return teams.ContractTemplateSection.objects.create(title=f"Afsnit {number}")


def _grus_question(number: int) -> teams.GrusQuestionTemplate:
    return teams.GrusQuestionTemplate.objects.create(theme=GrusTheme.WORK, text=f"Hvad nu? {number}")


def _topic(number: int) -> teams.PracticeTopic:
    return teams.PracticeTopic.objects.create(kind=TopicKind.MARKER, title=f"Pejlemærke {number}")


MAKERS: dict[type[models.Model], Callable[[int], Any]] = {
    User: lambda number: builders.make_central(CentralRole.SECTION_LEADER, f"Person {number}"),
    CentralRoleRow: _central_role,
    Invitation: lambda number: builders.make_invitation(builders.make_person(f"Ny {number}"), token=f"kode {number}"),
    teams.District: lambda number: builders.make_district(f"Distrikt {number}"),
    teams.Unit: _unit,
    teams.UnitDistrict: lambda number: _unit(number).district_rows.get(),
    teams.Team: _team,
    teams.Closure: lambda number: builders.make_closure(DAY, DAY + dt.timedelta(days=7), unit=_unit(number)),
    teams.UnitLeader: lambda number: builders.make_leader(_unit(number)).unit_leader_rows.get(),
    teams.TeamLeader: lambda number: builders.make_team_leader(_team(number)).team_leader_rows.get(),
    teams.Membership: lambda number: builders.make_member(_team(number)).membership_rows.get(),
    teams.ResourcePerson: lambda number: builders.make_resource_person(_team(number)).resource_person_rows.get(),
    teams.PortfolioUnit: lambda number: builders.make_learning_partner(_unit(number)).portfolio_rows.get(),
    teams.PromiseTerms: lambda number: builders.make_terms(Promise.MEETING, unit=_unit(number)),
    teams.ContractTemplateSection: _contract_section,
    teams.PracticeTopic: _topic,
    teams.TeamContract: lambda number: builders.make_contract(_team(number), DAY),
    teams.ExpectationQuestion: lambda number: teams.ExpectationQuestion.objects.create(text=f"Spørgsmål {number}?"),
    teams.Grus: lambda number: builders.make_grus(_team(number), DAY, leader=builders.make_person()),
    teams.GrusQuestionTemplate: _grus_question,
    teams.SupportRequest: _support,
    teams.StandIn: lambda number: builders.make_stand_in(_unit(number)),
    Rhythm: lambda number: builders.make_rhythm(_team(number)),
    Meeting: lambda number: builders.make_meeting(_team(number), DAY),
    EvaluationQuestion: lambda number: EvaluationQuestion.objects.create(text=f"Hvad lærte I {number}?"),
    Visit: lambda number: builders.make_visit(_team(number), builders.make_person(), DAY),
    PartnerVisit: lambda number: make_partner_visit(_unit(number), builders.make_person(), DAY),
    Envelope: _envelope,
    LedgerEntry: _entry,
    Heartbeat: lambda number: Heartbeat.objects.create(part=f"del {number}", heard_at=timezone.now()),
    TextOverride: lambda number: TextOverride.objects.create(person=builders.make_person(), place="et sted"),
}
READ_ONLY = {
    Invitation, teams.StandIn, teams.SupportRequest, PartnerVisit, Envelope, LedgerEntry, Heartbeat, TextOverride,
}  # fmt: skip
every_model = pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.model_name)


def address(model: type[models.Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(builders.make_administrator())
    return client


def test_every_model_of_the_administration_is_in_this_test() -> None:
    assert set(admin.site._registry) == set(MAKERS)


@every_model
def test_list_takes_the_same_queries_with_one_and_three_rows(model: type[models.Model], administrator: Client) -> None:
    counts = []
    for numbers in ([1], [2, 3]):
        for number in numbers:
            MAKERS[model](number)
        with CaptureQueriesContext(connection) as queries:
            assert administrator.get(address(model, "changelist")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@every_model
def test_pages_of_a_row_open(model: type[models.Model], administrator: Client) -> None:
    row = MAKERS[model](1)
    for page in ("change", "history"):
        assert administrator.get(address(model, page, row.pk)).status_code == 200


@every_model
def test_rows_are_added_where_people_may_add(model: type[models.Model], administrator: Client) -> None:
    expected = 403 if model in READ_ONLY else 200
    assert administrator.get(address(model, "add")).status_code == expected


@every_model
def test_only_mistakes_are_removed(model: type[models.Model], administrator: Client) -> None:
    removable = {teams.District, teams.Unit, teams.Team, teams.Closure, teams.TeamContract, teams.Grus}
    expected = 200 if model in removable else 403
    assert administrator.get(address(model, "delete", MAKERS[model](1).pk)).status_code == expected


@every_model
def test_search_understands_danish_words(model: type[models.Model], administrator: Client) -> None:
    MAKERS[model](1)
    assert administrator.get(address(model, "changelist"), {"q": "Aase Øster 1"}).status_code == 200


def test_nobody_else_enters(client: Client) -> None:
    assert client.get(reverse("admin:index")).status_code == 302
    client.force_login(builders.make_leader(builders.make_unit()))
    assert client.get(reverse("admin:index")).status_code == 403


def test_front_page_offers_the_imports(administrator: Client) -> None:
    page = administrator.get(reverse("admin:index")).content.decode()
    assert [reverse("admin:teams_unit_import") in page, reverse("admin:teams_membership_import") in page] == [
        True,
        True,
    ]
