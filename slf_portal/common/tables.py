"""Reading an uploaded table: CSV in the encodings and dialects Danish authorities publish, and XLSX."""

import csv
import datetime as dt
import io
import re
import unicodedata
import zipfile
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from slf_portal.common.errors import RefusedError

DELIMITERS = (";", "\t", ",")
_BOMS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
# What a Danish spreadsheet writes when it does not write UTF; nothing else is guessed.
_SINGLE_BYTE = ["cp1252", "latin_1"]
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# A small workbook can unfold to gigabytes.
_LARGEST_UNFOLDING = 20
_NOT_A_WORKBOOK = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, KeyError, IndexError, ValueError, TypeError,
    AttributeError, OSError, EOFError,
)  # fmt: skip


class UnreadableTableError(RefusedError):
    """The file cannot be read as a table; the message says why, and where when that is known."""

    def __init__(self, reason: str, *, row: int | None = None, column: str = "") -> None:
        self.reason, self.row, self.column = reason, row, column
        super().__init__(": ".join(part for part in (self._place(), reason) if part))

    def _place(self) -> str:
        if self.row is None:
            return ""
        if not self.column:
            return _("Row %(row)d") % {"row": self.row}
        return _('Row %(row)d, column "%(column)s"') % {"row": self.row, "column": self.column}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, and its cells by column. `fault` says why it cannot be trusted."""

    number: int
    cells: Mapping[str, str]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns in lower case, in the file's order, and the rows that hold anything."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    header_row: int = 1


def read_table(content: bytes, *, filename: str, max_bytes: int) -> Table:
    """Read CSV (`;`, `,` or TAB) or the first sheet of an XLSX file. Raises UnreadableTableError."""
    if len(content) > max_bytes:
        raise UnreadableTableError(_("The file is too large: at most %(size)d MB.") % {"size": max_bytes // 2**20})
    if not content.strip():
        raise UnreadableTableError(_("The file is empty."))
    if content.startswith(_ZIP):
        return _table(_sheet_records(content, max_bytes))
    if content.startswith(_OLE) or filename.lower().endswith((".xlsx", ".xls")):
        raise UnreadableTableError(_("The file is not an XLSX workbook, or it has a password. Save it as XLSX or CSV."))
    return _table(_csv_records(_decoded(content)))


# From bytes to text -----------------------------------------------------------------------------------------------


def _decoded(content: bytes) -> str:
    """The text of the file: by its byte order mark, else UTF-8, else one of the single-byte encodings."""
    bom = next((encoding for mark, encoding in _BOMS.items() if content.startswith(mark)), None)
    try:
        text = content.decode(bom or "utf-8")
    except UnicodeDecodeError as error:
        guess = None if bom else from_bytes(content, cp_isolation=_SINGLE_BYTE).best()
        if guess is None:
            raise _wrong_encoding(content[: error.start].decode("latin-1")) from error
        text = str(guess)
    if control := _CONTROL.search(text):
        raise _wrong_encoding(text[: control.start()])
    # Saved again by another program, a file can have two marks.
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff"))


def _wrong_encoding(text_before: str) -> UnreadableTableError:
    """The refusal, with the row and column of the first sign that cannot be read."""
    text_before = _CONTROL.split(text_before, maxsplit=1)[0]
    lines = text_before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    delimiter = _delimiter(text_before)
    header, place = lines[0].lstrip("ï»¿").split(delimiter), lines[-1].count(delimiter)
    column = header[place].strip().lower() if len(lines) > 1 and place < len(header) else ""
    reason = _("The letters cannot be read. Save the file as CSV in UTF-8 or as XLSX.")
    return UnreadableTableError(reason, row=len(lines), column=column)


# From text or sheet to records ------------------------------------------------------------------------------------


def _csv_records(text: str) -> Iterator[Sequence[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):  # noqa: B007 - the number is for the refusal
            yield record
    except csv.Error as error:
        reason = _("A quotation mark is missing or stands in the wrong place, or a cell is far too long.")
        raise UnreadableTableError(reason, row=number + 1) from error


def _delimiter(text: str) -> str:
    """The one that splits the first line that holds anything into most columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda delimiter: len(next(csv.reader([first], delimiter=delimiter), [])))


def _sheet_records(content: bytes, max_bytes: int) -> list[list[str]]:
    """The first sheet's rows, all of one width: a workbook leaves out empty cells at the end."""
    try:
        unfolded = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(content)).infolist())
        if unfolded > max_bytes * _LARGEST_UNFOLDING:
            raise UnreadableTableError(_("The workbook is too large."))
        sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        sheet.reset_dimensions()
        records = [[_cell_text(value) for value in record] for record in sheet.iter_rows(values_only=True)]
    except _NOT_A_WORKBOOK as error:
        raise UnreadableTableError(_("The workbook is damaged and cannot be read.")) from error
    width = max((len(record) for record in records), default=0)
    return [record + [""] * (width - len(record)) for record in records]


def _cell_text(value: object) -> str:
    """What a spreadsheet's cell says, as a person would type it; a formula is its own text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time.min:
        return value.date().isoformat()
    return unicodedata.normalize("NFC", str(value))


# From records to a table ------------------------------------------------------------------------------------------


def _table(records: Iterable[Sequence[str]]) -> Table:
    numbered = ((number, [cell.strip() for cell in record]) for number, record in enumerate(records, start=1))
    filled = ((number, record) for number, record in numbered if any(record))
    header_row, header = next(filled, (0, []))
    if not header:
        raise UnreadableTableError(_("The file is empty."))
    columns = tuple(" ".join(name.split()).lower() for name in _without_empty_end(header))
    _refuse_bad_header(header_row, columns)
    rows = tuple(_row(number, record, columns) for number, record in filled)
    return Table(columns=columns, rows=rows, header_row=header_row)


def _without_empty_end(record: list[str]) -> list[str]:
    filled = [place for place, cell in enumerate(record, start=1) if cell]
    return record[: filled[-1]]


def _refuse_bad_header(number: int, columns: tuple[str, ...]) -> None:
    if "" in columns:
        reason = _("Column %(number)d has no name.") % {"number": columns.index("") + 1}
        raise UnreadableTableError(reason, row=number)
    name, times = Counter(columns).most_common(1)[0]
    if times > 1:
        raise UnreadableTableError(_("The column stands there twice."), row=number, column=name)


def _row(number: int, record: list[str], columns: tuple[str, ...]) -> Row:
    cells = dict(zip(columns, record, strict=False))
    if len(columns) <= len(record) and not any(record[len(columns) :]):
        return Row(number, cells)
    counts = {"found": len(record), "expected": len(columns)}
    return Row(number, cells, fault=_("The row has %(found)d cells, the header has %(expected)d.") % counts)
