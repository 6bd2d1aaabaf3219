"""Import of people with their teams and roles."""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.common.dates import today
from slf_portal.common.tables import UnreadableTableError, read_table
from teams.enums import TeamKind, UnitLevel
from teams.importers import Outcome, Report, Saving, import_people
from teams.models import Membership, PortfolioUnit, ResourcePerson, Team, TeamLeader, Unit, UnitLeader
from tests.builders import SINCE, make_administrator, make_member, make_person, make_team, make_team_leader, make_unit

pytestmark = pytest.mark.django_db

HEADER = "enhed;team;navn;e-mail;rolle;fra;til\n"
FIRST = dt.date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def unit() -> Unit:
    return make_unit("Åby Skole", institution_number="751054")


def run(*rows: str, header: str = HEADER, saving: Saving = Saving.ALL_OR_NOTHING) -> Report:
    content = (header + "".join(f"{row}\n" for row in rows)).encode()
    return import_people(by=None, table=read_table(content, filename="folk.csv", max_bytes=2**20), saving=saving)


def outcomes(report: Report) -> dict[str, int]:
    return {outcome.value: number for outcome, number in report.counts.items() if number}


def reasons(report: Report) -> list[tuple[int, str, str]]:
    return [(row.number, reason.column, reason.text) for row in report.rows for reason in row.reasons]


def spans(model: Any, **where: Any) -> list[tuple[dt.date, dt.date | None]]:
    return list(model.objects.filter(**where).order_by("starts_on", "ends_on").values_list("starts_on", "ends_on"))


EVERY_ROLE = (
    "Åby Skole;Team Blå;Mette Medlem;Mette@Example.org;medlem;01-01-2026;",
    "Åby Skole;;Lone Leder;lone@example.org;leder;2026-01-01;",
    "Åby Skole;Team Blå;Tove Teamleder;tove@example.org;Leder;01.01.2026;31.12.2026",
    "751054;team blå;Rikke Ressource;rikke@example.org;ressourceperson;1/1/2026;",
    "Åby Skole;Team Grøn;Rikke Ressource;rikke@example.org;fagligt fyrtårn;01-01-2026;",
    "Åby Skole;;Lis Partner;lis@example.org;læringspartner;01-01-2026;",
    ";;Sara Sektion;sara@example.org;sektionsleder;01-01-2026;",
    ";;Pia Projekt;pia@example.org;projektmedarbejder;01-01-2026;",
    ";;Ada Admin;ada@example.org;administrator;01-01-2026;",
)


def test_every_role_twice(unit: Unit) -> None:
    assert [outcomes(run(*EVERY_ROLE)), outcomes(run(*EVERY_ROLE))] == [{"created": 9}, {"unchanged": 9}]
    assert spans(Membership, team__name="Team Blå", person__email="mette@example.org") == [(FIRST, None)]
    assert spans(UnitLeader, unit=unit, person__name="Lone Leder") == [(FIRST, None)]
    assert spans(TeamLeader, team__name="Team Blå") == [(FIRST, dt.date(2026, 12, 31))]
    assert spans(ResourcePerson, person__name="Rikke Ressource") == [(FIRST, None)] * 2
    assert spans(PortfolioUnit, unit=unit) == [(FIRST, None)]
    held = CentralRoleRow.objects.order_by("person__name").values_list("person__name", "role", "starts_on")
    assert list(held) == [
        ("Ada Admin", CentralRole.ADMINISTRATOR, FIRST),
        ("Lis Partner", CentralRole.LEARNING_PARTNER, FIRST),
        ("Pia Projekt", CentralRole.PROJECT_WORKER, FIRST),
        ("Sara Sektion", CentralRole.SECTION_LEADER, FIRST),
    ]


def test_people_can_make_their_password(unit: Unit) -> None:
    run("Åby Skole;Team Blå;Mette Medlem;Mette@Example.org;medlem;;")
    person = User.objects.get()
    address = EmailAddress.objects.get(user=person)
    assert (person.email, person.has_usable_password()) == ("mette@example.org", False)
    assert (address.email, address.verified, address.primary) == ("mette@example.org", True, True)


def test_the_issues_own_columns_in_english(unit: Unit) -> None:
    header = "unit;team;name;e-mail;role;from;to\n"
    assert outcomes(run("Åby Skole;Team Blå;Mette;m@example.org;member;01-01-2026;", header=header)) == {"created": 1}


# Teams ---------------------------------------------------------------------------------------------------------------


def test_a_team_that_is_not_known_is_created_as_an_other_group(unit: Unit) -> None:
    report = run("Åby Skole;Team Blå;Mette;m@example.org;medlem;;", "Åby Skole;Team  blå;Bo;b@example.org;medlem;;")
    assert reasons(report) == [(2, "team", 'The team "Team Blå" was not known and is created.')]
    team = Team.objects.get()
    assert (team.kind, team.starts_on, team.membership_rows.count()) == (TeamKind.OTHER, None, 2)


def test_a_file_can_say_which_teams_are_partner_teams(unit: Unit) -> None:
    header = HEADER.replace("\n", ";partnerteam\n")
    row = "Åby Skole;Team Blå;Mette;m@example.org;medlem;;;"
    assert outcomes(run(row + "ja", header=header)) == {"created": 1}
    assert Team.objects.get().kind == TeamKind.PARTNER_TEAM
    assert outcomes(run(row, header=header)) == {"unchanged": 1}
    assert outcomes(run(row + "nej", header=header)) == {"changed": 1}
    assert Team.objects.get().kind == TeamKind.OTHER
    other = "Åby Skole;Team Blå;Bo;b@example.org;medlem;;;ja"
    assert (3, "partnerteam", "Row 2 says something else about the same team.") in reasons(
        run(row + "nej", other, header=header)
    )


# Ending and moving ---------------------------------------------------------------------------------------------------


def test_an_end_date_ends_the_row_that_holds(unit: Unit) -> None:
    make_member(make_team("Team Blå", unit=unit), person=make_person("Mette", email="m@example.org"))
    row = "Åby Skole;Team Blå;Mette;m@example.org;medlem;;01-02-2026"
    assert [outcomes(run(row)), outcomes(run(row))] == [{"changed": 1}, {"unchanged": 1}]
    assert spans(Membership) == [(SINCE, dt.date(2026, 2, 1))]


def test_another_team_is_a_second_membership(unit: Unit) -> None:
    make_member(make_team("Team Blå", unit=unit), person=make_person("Mette", email="m@example.org"))
    run("Åby Skole;Team Grøn;Mette;m@example.org;medlem;01-01-2026;")
    assert spans(Membership) == [(SINCE, None), (FIRST, None)]


def test_moving_ends_one_row_and_begins_another(unit: Unit) -> None:
    make_member(make_team("Team Blå", unit=unit), person=make_person("Mette", email="m@example.org"))
    header = HEADER.replace("\n", ";flyttet fra\n")
    row = "Åby Skole;Team Grøn;Mette;m@example.org;medlem;01-01-2026;;team blå"
    assert [outcomes(run(row, header=header)), outcomes(run(row, header=header))] == [{"created": 1}, {"unchanged": 1}]
    assert spans(Membership, team__name="Team Blå") == [(SINCE, FIRST)]
    assert spans(Membership, team__name="Team Grøn") == [(FIRST, None)]
    row = "Åby Skole;Team Rød;Mette;m@example.org;medlem;;;Team Gul"
    assert reasons(run(row, header=header)) == [(2, "flyttet fra", "The person has no such role in that team.")]


def test_a_new_responsible_leader_may_stand_before_the_old_ones_end(unit: Unit) -> None:
    old = make_team_leader(make_team("Team Blå", unit=unit), "Tove")
    new = "Åby Skole;Team Blå;Nina;n@example.org;leder;01-01-2026;"
    assert reasons(run(new)) == [(2, "fra", "Tove has this role already from 1 Jan 2020.")]
    report = run(new, f"Åby Skole;Team Blå;Tove;{old.email};leder;;01-01-2026")
    assert outcomes(report) == {"created": 1, "changed": 1}
    assert spans(TeamLeader) == [(SINCE, FIRST), (FIRST, None)]


def test_a_learning_partner_of_before_is_none_today(unit: Unit) -> None:
    run("Åby Skole;;Lis;lis@example.org;læringspartner;01-01-2020;01-01-2022")
    assert User.objects.get().central_roles == frozenset()
    run("Åby Skole;;Lis;lis@example.org;læringspartner;01-01-2023;")
    assert User.objects.get().central_roles == {CentralRole.LEARNING_PARTNER}


# Who people are ------------------------------------------------------------------------------------------------------


def test_a_new_name_is_the_persons_name(unit: Unit) -> None:
    make_member(make_team("Team Blå", unit=unit), person=make_person("Mette Hansen", email="m@example.org"))
    assert outcomes(run("Åby Skole;Team Blå;Mette Aaberg;m@example.org;medlem;;")) == {"changed": 1}
    person = User.objects.get()
    assert (person.name, person.sort_key) == ("Mette Aaberg", "mette }berg")


def test_a_deactivated_person_is_skipped(unit: Unit) -> None:
    make_person("Mette", email="m@example.org", is_active=False)
    report = run("Åby Skole;Team Blå;Mette;m@example.org;medlem;;")
    assert reasons(report) == [(2, "e-mail", "The person is deactivated and stays so.")]
    assert (outcomes(report), Team.objects.count()) == ({"skipped": 1}, 0)


def test_the_last_administrator_stays() -> None:
    person = make_administrator("Ada")
    report = run(f";;Ada;{person.email};administrator;;01-01-2026")
    assert reasons(report) == [(2, "til", "This is the last administrator. Appoint another one first.")]
    assert (report.is_saved, spans(CentralRoleRow)) == (False, [(SINCE, None)])


# Refusals ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("Ukendt;Team;A;a@example.org;medlem;;", "enhed", "The unit is not known."),
        ("Spiren;Team;A;a@example.org;medlem;;", "enhed",
         "Several units are called that. Write the institution number instead."),
        (";Team;A;a@example.org;medlem;;", "enhed", "The cell is empty."),
        ("Åby Skole;;A;a@example.org;medlem;;", "team", "The cell is empty."),
        ("Åby Skole;Team;;a@example.org;medlem;;", "navn", "The cell is empty."),
        ("Åby Skole;Team;A;;medlem;;", "e-mail", "The cell is empty."),
        ("Åby Skole;Team;A;ikke en adresse;medlem;;", "e-mail", "Enter a valid email address."),
        ("Åby Skole;Team;A;a@example.org;medlem;32-01-2026;", "fra",
         "The date cannot be read. Write it like 31-12-2026."),
        ("Åby Skole;Team;A;a@example.org;medlem;01-01-0026;", "fra",
         "The date cannot be read. Write it like 31-12-2026."),
        ("Åby Skole;Team;A;a@example.org;medlem;01-02-2026;01-01-2026", "til",
         "The end date lies before the start date."),
        ("Åby Skole;Team;A;a@example.org;medlem;;01-01-2026", "fra", "It has ended already: say when it began."),
        ("Åby Skole;Team;A 010190-1234;a@example.org;medlem;;", "navn",
         "The cell seems to contain a CPR number. Remove it."),
        ("Åby Skole;Team;A;a@example.org;medlem;;;0101901234", "",
         "The row has 8 cells, the header has 7."),
    ],
)  # fmt: skip
def test_reasons(unit: Unit, row: str, column: str, reason: str) -> None:
    for _number in range(2):
        make_unit("Spiren", parent=make_unit(), level=UnitLevel.DEPARTMENT, institution_number=f"{_number}1")
    report = run(row)
    assert reasons(report) == [(2, column, reason)]
    assert (User.objects.count(), Team.objects.count()) == (0, 0)


def test_an_unknown_role_tells_the_known_ones(unit: Unit) -> None:
    [(row, column, text)] = reasons(run("Åby Skole;Team;A;a@example.org;hest;;"))
    assert (row, column, "fagligt fyrtårn" in text) == (2, "rolle", True)


def test_a_cpr_number_is_not_repeated(unit: Unit) -> None:
    header = HEADER.replace("\n", ";cpr\n")
    report = run("Åby Skole;Team;A;a@example.org;medlem;;;0101901234", header=header)
    assert (reasons(report)[0][1], "1234" in repr(report)) == ("cpr", False)


def test_two_rows_about_one_role(unit: Unit) -> None:
    row = "Åby Skole;Team Blå;Mette;m@example.org;medlem;01-01-2026;"
    report = run(row, row)
    assert reasons(report)[1:] == [(3, "", "Row 2 says the same.")]
    assert outcomes(report) == {"created": 1, "skipped": 1}
    report = run(row, row + "01-03-2026")
    assert reasons(report) == [(3, "til", "Row 2 says something else about the same role.")]
    report = run(row.replace("01-01", "01-02"))
    assert reasons(report) == [(2, "fra", "Mette has this role already from 1 Jan 2026.")]


def test_one_email_with_two_names(unit: Unit) -> None:
    report = run("Åby Skole;A;Mette;m@example.org;medlem;;", "Åby Skole;B;Mona;m@example.org;medlem;;")
    assert (3, "e-mail", "Row 2 gives this e-mail another name.") in reasons(report)


def test_a_broken_row_saves_nothing_unless_asked(unit: Unit) -> None:
    rows = ("Åby Skole;A;Mette;m@example.org;medlem;;", "Åby Skole;B;Bo;ingen;medlem;;")
    report = run(*rows)
    assert (report.is_saved, outcomes(report), User.objects.count()) == (False, {"created": 1, "refused": 1}, 0)
    run(*rows, saving=Saving.ACCEPTED_ROWS)
    assert (list(User.objects.values_list("name", flat=True)), Team.objects.count()) == (["Mette"], 1)


def test_a_missing_column_refuses_the_file() -> None:
    with pytest.raises(UnreadableTableError, match='Row 1, column "e-mail": The column is missing'):
        run("A", header="navn;rolle\n")


def test_queries_do_not_grow_with_the_rows(unit: Unit) -> None:
    counts = []
    for start, many in ((0, 3), (10, 30)):
        rows = [f"Åby Skole;Team {n};P {n};p{n}@example.org;medlem;01-01-2026;" for n in range(start, start + many)]
        with CaptureQueriesContext(connection) as queries:
            assert outcomes(run(*rows)) == {"created": many}
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_command(unit: Unit, tmp_path: Path) -> None:
    file, told = tmp_path / "folk.csv", io.StringIO()
    file.write_bytes((HEADER + "\n".join(EVERY_ROLE)).encode("cp1252"))
    call_command("import_people", str(file), "--dry-run", stdout=told)
    assert User.objects.count() == 0
    call_command("import_people", str(file), stdout=told)
    assert [line for line in told.getvalue().splitlines() if line.startswith("created")] == [
        "created: 9, changed: 0, unchanged: 0, skipped: 0, refused: 0. Nothing was saved.",
        "created: 9, changed: 0, unchanged: 0, skipped: 0, refused: 0. Saved.",
    ]
    file.write_bytes(b"navn;rolle\n")
    with pytest.raises(CommandError, match="The column is missing"):
        call_command("import_people", str(file), stdout=told)
    assert str(Outcome.CREATED.label) == "created"


def test_without_a_first_day_it_begins_today(unit: Unit) -> None:
    run("Åby Skole;Team Blå;Mette;m@example.org;medlem;;")
    assert spans(Membership) == [(today(), None)]
