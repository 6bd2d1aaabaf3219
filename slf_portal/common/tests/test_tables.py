"""The reader of uploaded tables."""

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from openpyxl import Workbook

from slf_portal.common.tables import Table, UnreadableTableError, read_table

SPECTRUM = settings.BASE_DIR.parent / "shared" / "data" / "nasty" / "csv_spectrum"
DANISH = "navn;adresse\nÅby Skole;Åbyvej 80\nSkolen på Grønløkke;Æblevej 3, 2. sal\n"


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def read(content: bytes, filename: str = "fil.csv") -> Table:
    return read_table(content, filename=filename, max_bytes=2**20)


def refusal(content: bytes, filename: str = "fil.csv") -> str:
    with pytest.raises(UnreadableTableError) as caught:
        read(content, filename)
    return str(caught.value)


def workbook(*rows: list[Any]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("name", sorted(path.stem for path in SPECTRUM.glob("csvs/*.csv")) or ["absent"])
def test_csv_spectrum(name: str) -> None:
    if name == "absent":
        pytest.skip("the folder of CSV edge cases is not beside the project")
    table = read((SPECTRUM / "csvs" / f"{name}.csv").read_bytes())
    expected = json.loads((SPECTRUM / "json" / f"{name}.json").read_text("utf-8"))
    expected = expected if isinstance(expected, list) else [expected]
    if name == "location_coordinates":
        expected[0]["Contact Phone Number"] = "2095257564"  # the published JSON has another number than its CSV
    found = [{column: _unified(value) for column, value in row.cells.items()} for row in table.rows]
    assert found == [{column.lower(): _unified(value) for column, value in row.items()} for row in expected]


def _unified(value: str) -> str:
    """Line breaks inside cells are kept as they are; the expected files are not of one mind about them."""
    return value.strip().replace("\r\n", "\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    delimiter = "," if delimiter == "|" else delimiter
    text = DANISH.replace(", 2", " 2").replace(";", delimiter)
    table = read(text.encode(encoding))
    assert table.columns == ("navn", "adresse")
    assert [row.cells["navn"] for row in table.rows] == ["Åby Skole", "Skolen på Grønløkke"]


def test_utf16_big_endian() -> None:
    assert read(b"\xfe\xff" + DANISH.encode("utf-16-be")).rows[0].cells["navn"] == "Åby Skole"
    assert read(("\ufeff" + DANISH).encode("utf-8-sig")).rows[0].cells["navn"] == "Åby Skole"


def test_a_comma_in_a_cell_is_not_a_delimiter() -> None:
    assert read(DANISH.encode()).rows[1].cells["adresse"] == "Æblevej 3, 2. sal"


def test_letters_written_in_two_parts_are_joined() -> None:
    assert read("navn\nA\u030aby Skole\n".encode()).rows[0].cells["navn"] == "Åby Skole"


def test_rows_keep_their_number_in_the_file() -> None:
    table = read(b'\nnavn;by\n\nA;"x\ny"\n;\nB;z\n')
    assert (table.header_row, [(row.number, row.cells["navn"]) for row in table.rows]) == (2, [(4, "A"), (6, "B")])


def test_headers_are_compared_in_lower_case_without_spaces_around() -> None:
    assert read(b" Navn ; E-mail  adresse;\nA;b;\n").columns == ("navn", "e-mail adresse")


def test_rows_of_another_length_are_marked() -> None:
    rows = read(b"a;b\n1\n1;2;3\n1;2;\n1;2\n").rows
    assert [row.fault for row in rows] == [
        "The row has 1 cells, the header has 2.", "The row has 3 cells, the header has 2.", "", "",
    ]  # fmt: skip


def test_workbook() -> None:
    table = read(
        workbook(["Navn", "Nummer", "Fra", "Aktiv", "Sum"], ["Åby Skole", 751054.0, dt.date(2026, 8, 1), True, "=1+1"],
                 [], ["Ørnereden"]),
        "fil.xlsx",
    )  # fmt: skip
    assert table.columns == ("navn", "nummer", "fra", "aktiv", "sum")
    assert [(row.number, list(row.cells.values())) for row in table.rows] == [
        (2, ["Åby Skole", "751054", "2026-08-01", "1", "=1+1"]),
        (4, ["Ørnereden", "", "", "", ""]),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b" \n;;\n", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (b"navn;navn\nA;B\n", 'Row 1, column "navn": The column stands there twice.'),
        (b"navn;;by\nA;B;C\n", "Row 1: Column 2 has no name."),
        (
            b'navn;by\nA;"B\n',
            "Row 2: A quotation mark is missing or stands in the wrong place, or a cell is far too long.",
        ),
        (b"a" * 2**20 + b"b", "The file is too large: at most 1 MB."),
    ],
)
def test_refusals(content: bytes, reason: str) -> None:
    assert refusal(content) == reason


@pytest.mark.parametrize("encoding", ["mac_roman", "cp865", "utf-16-le"])
def test_other_encodings_are_refused_with_row_and_column(encoding: str) -> None:
    text = "navn;adresse\nElev Skole;Elevvej 1\nHårup Skole;Salonikivej 14\nÅby Skole;Åbyvej 80\n"
    expected = 'Row 3, column "navn"' if encoding != "utf-16-le" else "Row 1"
    message = "The letters cannot be read. Save the file as CSV in UTF-8 or as XLSX."
    assert refusal(text.encode(encoding)) == f"{expected}: {message}"


def test_a_binary_file_is_refused() -> None:
    assert refusal(bytes(range(256))) == (
        "Row 1: The letters cannot be read. Save the file as CSV in UTF-8 or as XLSX."
    )


@pytest.mark.parametrize("content", [b"PK\x03\x04 and then nothing", workbook(["navn"])[:-200]])
def test_a_damaged_workbook_is_refused(content: bytes) -> None:
    assert refusal(content, "fil.xlsx") == "The workbook is damaged and cannot be read."


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0 old", b"navn;by\n"])
def test_what_only_calls_itself_a_workbook_is_refused(content: bytes) -> None:
    assert refusal(content, "fil.xlsx") == (
        "The file is not an XLSX workbook, or it has a password. Save it as XLSX or CSV."
    )
