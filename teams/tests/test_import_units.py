"""Import of units: the published files as they are, and our own format."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from slf_portal.common.dates import today
from slf_portal.common.tables import UnreadableTableError, read_table
from teams.enums import UnitKind, UnitLevel
from teams.importers import Outcome, Report, Saving, import_units
from teams.models import District, Unit
from tests.builders import SINCE, make_district, make_unit

pytestmark = pytest.mark.django_db

PUBLISHED = settings.BASE_DIR.parent / "shared" / "data" / "units"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def run(content: bytes | str, saving: Saving = Saving.ALL_OR_NOTHING) -> Report:
    content = content.encode() if isinstance(content, str) else content
    table = read_table(content, filename="enheder.csv", max_bytes=2**20)
    return import_units(by=None, table=table, saving=saving)


def outcomes(report: Report) -> dict[str, int]:
    return {outcome.value: number for outcome, number in report.counts.items() if number}


def reasons(report: Report) -> list[tuple[int, str, str]]:
    return [(row.number, reason.column, reason.text) for row in report.rows for reason in row.reasons]


def published(name: str) -> bytes:
    file = PUBLISHED / f"aarhus_{name}.csv"
    if not file.exists():
        pytest.skip("the published lists of units are not beside the project")
    return Path(file).read_bytes()


def _above(unit: Unit) -> list[str]:
    """What the unit is a part of, nearest first."""
    return [unit.parent.name, *_above(unit.parent)] if unit.parent else []


# The published files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "first", "again"),
    [
        ("schools", {"created": 56}, {"unchanged": 56}),
        ("daycare", {"created": 150}, {"unchanged": 150}),
        ("organisation", {"created": 27, "skipped": 10}, {"unchanged": 27, "skipped": 10}),
    ],
)
def test_a_published_file_twice(name: str, first: dict[str, int], again: dict[str, int]) -> None:
    assert [outcomes(run(published(name))), outcomes(run(published(name)))] == [first, again]


def test_published_files_in_any_order_agree() -> None:
    for name in ("daycare", "organisation", "schools"):
        run(published(name))
    report = run(published("daycare"))
    department = Unit.objects.get(name="Vuggestuen Kløvervangen")
    assert (outcomes(report), str(department.parent)) == ({"unchanged": 150}, "Skødstrup Dagtilbud")


def test_sites_that_share_a_number_are_parts_of_one_school() -> None:
    run(published("schools"))
    school = Unit.objects.get(institution_number="751020", level=UnitLevel.UNIT)
    assert (school.name, school.address, str(school.latitude)) == (
        "Kaløvigskolen", "Sanatorievej 38, 8541 Skødstrup", "56.260172",
    )  # fmt: skip
    parts = school.parts.values_list("name", "level", "institution_number")
    assert list(parts) == [
        ("Kaløvigskolen (Bredevej)", "site", "751020"),
        ("Kaløvigskolen (Sanatorievej)", "site", "751020"),
        ("Kaløvigskolen (Skovager)", "site", "751020"),
    ]
    assert Unit.objects.filter(parent=None, kind=UnitKind.SCHOOL).count() == 50


def test_a_school_with_one_site_is_one_unit() -> None:
    run(published("schools"))
    school = Unit.objects.get(name="Bavnehøj Skole")
    assert (school.level, school.parent, school.address) == ("unit", None, "Koltvej 19, 21, 8361 Hasselager")


def test_the_organisation_becomes_a_tree() -> None:
    run(published("organisation"))
    section = Unit.objects.get(name="Stærkere Læringsfællesskaber (sektion)")
    assert section.parent
    assert _above(section) == [
        "HR og Organisation",
        "Fællesfunktionerne",
    ]
    youth = Unit.objects.get(name="UngiAarhus")
    assert (youth.kind, youth.parent, youth.parts.count()) == (UnitKind.YOUTH, None, 5)
    department = Unit.objects.get(name="Børnehaven Bakkehuset")
    assert (department.kind, department.level) == (UnitKind.DAYCARE, UnitLevel.DEPARTMENT)
    assert [str(district) for district in District.objects.all()] == ["Distrikt Syd"]


def test_what_is_no_unit_is_skipped_with_the_reason() -> None:
    report = run(published("organisation"))
    skipped = {row.what: row.reasons[0].text for row in report.rows if row.outcome is Outcome.SKIPPED}
    assert skipped["Børn og Unge"] == "The whole department is not a unit."
    assert skipped["PUF"] == "An abbreviation is not a unit."
    assert skipped["MBU-Planlægning"] == skipped["Grenåvej Øst"] == "A historical name is not imported."


@pytest.mark.parametrize("name", ["schools", "daycare", "organisation"])
def test_published_files_in_other_encodings_say_the_same(name: str) -> None:
    text = published(name).decode("utf-8-sig")
    reports = [run(text.encode(encoding), Saving.NOTHING) for encoding in ("utf-8", "utf-16", "cp1252")]
    assert reports[0] == reports[1] == reports[2]


def test_an_unchanged_file_takes_few_queries() -> None:
    run(published("daycare"))
    with CaptureQueriesContext(connection) as queries:
        run(published("daycare"))
    assert len(queries) < 10


# Our own format ------------------------------------------------------------------------------------------------------

OWN = (
    "navn;type;niveau;overordnet;institutionsnummer;adresse;breddegrad;længdegrad;distrikt\n"
    "Nord;distrikt;;;;;;;\n"
    "Åby Skole;skole;enhed;;751054;Åbyvej 80;56,150634;10,164975;Nord\n"
    "Åby Skole (indskoling);matrikel;;Åby Skole;751054;;;;\n"
)


def test_our_own_format() -> None:
    assert [outcomes(run(OWN)), outcomes(run(OWN))] == [{"created": 3}, {"unchanged": 3}]
    school = Unit.objects.get(name="Åby Skole")
    row = school.district_rows.get()
    assert (school.kind, str(school.longitude), row.district.name, row.starts_on) == (
        UnitKind.SCHOOL, "10.164975", "Nord", today(),
    )  # fmt: skip
    site = school.parts.get()
    assert (site.kind, site.level, site.institution_number) == (UnitKind.SCHOOL, UnitLevel.SITE, "751054")


def test_another_district_ends_one_row_and_begins_another() -> None:
    north, south = make_district("Nord"), make_district("Syd")
    unit = make_unit("Åby Skole", district=north)
    content = "navn;type;distrikt\nÅby Skole;skole;Distrikt Syd\n"
    assert [outcomes(run(content)), outcomes(run(content))] == [{"changed": 1}, {"unchanged": 1}]
    rows = unit.district_rows.order_by("starts_on").values_list("district", "starts_on", "ends_on")
    assert list(rows) == [(north.pk, SINCE, today()), (south.pk, today(), None)]


def test_absent_columns_and_empty_cells_change_nothing() -> None:
    parent = make_unit("Skødstrup Dagtilbud", kind=UnitKind.DAYCARE)
    unit = make_unit("Spiren", kind=UnitKind.DAYCARE, parent=parent, address="Spirevej 1")
    for content in ("navn;niveau\nSpiren;afdeling\n", "navn;type;overordnet;adresse\nSpiren;dagtilbud;;\n"):
        assert outcomes(run(content)) == {"unchanged": 1}
    unit.refresh_from_db()
    assert (unit.parent, unit.address, unit.level) == (parent, "Spirevej 1", UnitLevel.DEPARTMENT)


def test_a_number_that_comes_later_finds_the_unit() -> None:
    unit = make_unit("Åby Skole")
    assert outcomes(run("navn;type;institutionsnummer\nÅby Skole;skole;751054\n")) == {"changed": 1}
    unit.refresh_from_db()
    assert unit.institution_number == "751054"


def test_the_same_name_in_two_kinds_is_two_units() -> None:
    make_unit("Elverhøj", kind=UnitKind.SCHOOL)
    assert outcomes(run("navn;type\nElverhøj;dagtilbud\n")) == {"created": 1}


def test_rows_may_stand_before_what_they_are_parts_of() -> None:
    rows = ("Stue 1;afdeling;Spiren", "Spiren;afdeling;Nyt Dagtilbud", "Nyt Dagtilbud;dagtilbud;Børn og Unge")
    run("\n".join(("navn;type;overordnet", *rows)))
    room = Unit.objects.get(name="Stue 1")
    assert room.parent
    assert (room.kind, _above(room)) == (UnitKind.DAYCARE, ["Spiren", "Nyt Dagtilbud"])


def test_what_is_missing_above_is_created_or_left_open() -> None:
    report = run("navn;type;overordnet\nSpiren;afdeling;Nyt Dagtilbud\nKontoret;kontor;Et ukendt sted\n")
    assert reasons(report) == [
        (2, "overordnet", '"Nyt Dagtilbud" was not known and is created as well.'),
        (3, "overordnet", '"Et ukendt sted" is not known; what this is a part of is left open.'),
    ]
    assert set(Unit.objects.values_list("name", "parent__name")) == {
        ("Nyt Dagtilbud", None), ("Spiren", "Nyt Dagtilbud"), ("Kontoret", None),
    }  # fmt: skip


# Refusals ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("navn;type\n;skole\n", (2, "navn", "The cell is empty.")),
        ("navn;type\nA;skole;for meget\n", (2, "", "The row has 3 cells, the header has 2.")),
        ("navn;type\nA\n", (2, "", "The row has 1 cells, the header has 2.")),
        ("navn;type;distrikt\nA;skole;Nord\n",
         (2, "distrikt", "The district is not known. Give it a row of its own with the type distrikt.")),
        ("navn;type;niveau\nA;skole;etage\n",
         (2, "niveau", "The level is not known. Known levels: enhed, afdeling, matrikel.")),
        ("navn;type;breddegrad;længdegrad\nA;skole;nord;10\n",
         (2, "breddegrad", "The number cannot be read. Write degrees like 56.153000.")),
        ("navn;type;breddegrad;længdegrad\nA;skole;91;10\n", (2, "breddegrad", "Degrees lie between -90 and 90.")),
        ("navn;type;breddegrad;længdegrad\nA;skole;56;\n",
         (2, "længdegrad", "Give both latitude and longitude, in degrees.")),
        ("navn;type;overordnet\nA;afdeling;Ukendt\n",
         (2, "overordnet", "Say what it is a part of: that decides its kind, and no such unit is known.")),
        ("navn;type;overordnet\nA;skole;A\n",
         (2, "overordnet", "A unit cannot be a part of itself or of one of its own parts.")),
        ("navn;type\nA;skole\nA;skole\n", (3, "", "The same unit stands in row 2.")),
        ("navn;type\n0101901234;skole\n", (2, "navn", "The cell seems to contain a CPR number. Remove it.")),
        ("navn;type\nM\u00c3\u00a5rslet;skole\n",
         (2, "navn", "Letters have been lost: the file was saved in another encoding.")),
        ("navn;type\nGr\ufffdnl\ufffdkke;skole\n",
         (2, "navn", "Letters have been lost: the file was saved in another encoding.")),
    ],
)  # fmt: skip
def test_reasons(content: str, expected: tuple[int, str, str]) -> None:
    assert expected in reasons(run(content))


def test_a_long_name_is_refused_with_its_column() -> None:
    [(row, column, _text)] = reasons(run(f"navn;type\n{'a' * 151};skole\n"))
    assert (row, column) == (2, "navn")


def test_a_cpr_number_is_not_repeated() -> None:
    report = run("navn;type\n010190-1234;skole\n")
    assert "1234" not in repr(report)


def test_units_are_no_parts_of_each_other_in_a_circle() -> None:
    report = run("navn;type;overordnet\nA;skole;B\nB;skole;A\n")
    assert [row.outcome for row in report.rows] == [Outcome.REFUSED, Outcome.REFUSED]
    make_unit("Del", parent=make_unit("Helhed"))
    report = run("navn;type;overordnet\nHelhed;skole;Del\n")
    assert reasons(report) == [(2, "", "A unit cannot be a part of itself or of one of its own parts.")]


def test_a_chain_of_many_rows_is_refused() -> None:
    rows = "".join(f"Enhed {number};skole;Enhed {number + 1}\n" for number in range(3000))
    report = run(f"navn;type;overordnet\n{rows}")
    assert report.has_refused


def test_a_broken_row_saves_nothing_unless_asked() -> None:
    content = "navn;type\nA;skole\n;skole\nB;hest\n"
    report = run(content)
    assert (outcomes(report), report.is_saved, Unit.objects.count()) == ({"created": 1, "refused": 2}, False, 0)
    report = run(content, Saving.ACCEPTED_ROWS)
    assert (report.is_saved, list(Unit.objects.values_list("name", flat=True))) == (True, ["A"])


def test_a_refused_row_leaves_nothing_behind() -> None:
    run("navn;type;overordnet;distrikt\nA;afdeling;Nyt Dagtilbud;Ukendt\n", Saving.ACCEPTED_ROWS)
    assert Unit.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("matrikel_navn;latitude\nA;56\n", 'Row 1, column "skolekode": The column is missing.'),
        ("navn;adresse\nA;Vej 1\n", 'Row 1, column "type": The column is missing.'),
        ("overordnet;type\nA;skole\n", 'Row 1, column "navn": The column is missing.'),
        ("noget;andet\nA;B\n", "Row 1, column"),
    ],
)
def test_a_missing_column_refuses_the_file(content: str, told: str) -> None:
    with pytest.raises(UnreadableTableError, match=told):
        run(content)


# The command ---------------------------------------------------------------------------------------------------------


def command(tmp_path: Path, content: bytes, *arguments: str, **options: Any) -> str:
    file, told = tmp_path / "enheder.csv", io.StringIO()
    file.write_bytes(content)
    call_command("import_units", str(file), *arguments, stdout=told, **options)
    return told.getvalue()


def test_the_command_imports_and_tells(tmp_path: Path) -> None:
    assert command(tmp_path, OWN.encode()) == "created: 3, changed: 0, unchanged: 0, skipped: 0, refused: 0. Saved.\n"
    assert command(tmp_path, OWN.encode()) == (
        "created: 0, changed: 0, unchanged: 3, skipped: 0, refused: 0. There was nothing new to save.\n"
    )


def test_a_dry_run_saves_nothing(tmp_path: Path) -> None:
    told = command(tmp_path, OWN.encode(), "--dry-run")
    assert told == "created: 3, changed: 0, unchanged: 0, skipped: 0, refused: 0. Nothing was saved.\n"
    assert Unit.objects.count() == 0


def test_the_command_refuses_with_row_column_and_reason(tmp_path: Path) -> None:
    content = b"navn;type\nA;skole\n;skole\n"
    with pytest.raises(CommandError, match="Nothing was saved, because rows were refused"):
        command(tmp_path, content)
    told = command(tmp_path, content, "--skip-refused")
    assert told.splitlines()[0] == "Row 3 · refused · navn · The cell is empty."


def test_the_command_refuses_a_wrong_encoding(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match='Row 3, column "navn": The letters cannot be read'):
        command(tmp_path, "navn;type\nElev Skole;skole\nHårup Skole;skole\nÅby Skole;skole\n".encode("mac_roman"))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("import_units", str(tmp_path / "ingen.csv"))
