"""Learning partners' visits on others' pages: who sees that they come, and who may open them."""

import datetime as dt

from django.test import Client
from django.urls import reverse

from observations.enums import VisitState
from observations.models import PartnerVisit
from observations.tests.conftest import School
from slf_portal.accounts.enums import CentralRole
from slf_portal.common.dates import today
from tests.builders import make_administrator, make_central, make_team_leader
from tests.visit_partner_world import make_partner_visit

DAY = dt.date(2026, 12, 8)


def seen_at(visit: PartnerVisit) -> str:
    return reverse("observations:partner_visit_detail", args=[visit.pk])


def test_the_unit_s_page_says_that_it_comes_and_only_some_may_open_it(client: Client, school: School) -> None:
    visit = make_partner_visit(school.unit, school.partner, DAY, about="En rolig start.")
    make_partner_visit(school.unit, school.partner, DAY, state=VisitState.CANCELLED, time=dt.time(13))
    unit_page = reverse("dashboard:unit_detail", args=[school.unit.pk])
    assert client.get(unit_page).context["partner_visits"] == [(visit, True)]

    client.force_login(make_central(CentralRole.SECTION_LEADER))
    response = client.get(unit_page)
    assert response.context["partner_visits"] == [(visit, False)]
    assert "En rolig start." not in response.content.decode()
    assert client.get(seen_at(visit)).status_code == 403


def test_who_takes_part_reads_it_while_she_has_a_role(client: Client, school: School) -> None:
    team_leader = make_team_leader(school.team)
    visit = make_partner_visit(school.unit, school.partner, DAY, team_leader)
    other = make_partner_visit(school.unit, school.partner, DAY, time=dt.time(13))
    client.force_login(team_leader)
    assert [client.get(seen_at(row)).status_code for row in (visit, other)] == [200, 403]
    team_leader.team_leader_rows.update(ends_on=today())
    assert client.get(seen_at(visit)).status_code == 404


def test_a_resource_person_sees_it_among_her_days(client: Client, school: School) -> None:
    visit = make_partner_visit(school.unit, school.partner, DAY, school.beacon)
    client.force_login(school.beacon)
    days = client.get(reverse("dashboard:resource_person")).context["days_coming"]
    assert [entry.url for day in days for entry in day.entries] == [seen_at(visit)]


def test_an_administrator_sees_when_it_is_and_not_what_it_is_about(client: Client, school: School) -> None:
    visit = make_partner_visit(school.unit, school.partner, DAY, about="En rolig start.", reason="Sygdom hos os.")
    client.force_login(make_administrator())
    for page in ("change", "history"):
        shown = client.get(reverse(f"admin:observations_partnervisit_{page}", args=[visit.pk])).content.decode()
        assert school.partner.name in shown
        assert [text for text in ("En rolig start.", "Sygdom hos os.") if text in shown] == []
    assert client.post(reverse("admin:observations_partnervisit_change", args=[visit.pk])).status_code == 403
