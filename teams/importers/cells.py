"""What the cells of a file say: dates, numbers and yes or no, refused with the column's name."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from slf_portal.common.cpr import contains_cpr
from slf_portal.common.tables import Row
from teams.importers.report import RefusedRowError

_DATE_FORMATS = ("%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")
_YEARS = range(1970, 2101)
_DEGREE = Decimal("0.000001")
_YES, _NO = {"ja", "j", "x", "1", "yes"}, {"nej", "n", "0", "no"}
# What becomes of Danish letters that are read in the wrong encoding: pairs that begin with A-tilde or A-circumflex
# (UTF-8 as cp1252), daggers, angle quotes and fractions beside letters (DOS and Mac as cp1252), and U+FFFD.
_ODD = "\u2020\u2021\u2030\u2039\u203a\u0152\u00b6\u00bc-\u00bf"
_LOST_LETTERS = re.compile(
    rf"\ufffd|[\u00c2\u00c3][\u0080-\u00bf\u2020\u2026\u2030\u02dc]|[A-Za-zÆØÅæøå][{_ODD}]|[{_ODD}][A-Za-zÆØÅæøå]"
)


def refuse_bad_row(row: Row) -> None:
    """Refuse a row of the wrong length, one with lost letters, and one with what may be a CPR number, unrepeated."""
    if row.fault:
        raise RefusedRowError(row.fault)
    for column, cell in row.cells.items():
        if contains_cpr(cell):
            raise RefusedRowError(_("The cell seems to contain a CPR number. Remove it."), column=safe(column))
        if _LOST_LETTERS.search(cell):
            raise RefusedRowError(_("Letters have been lost: the file was saved in another encoding."), column=column)


def safe(text: str) -> str:
    """The text as a report may repeat it."""
    return "" if contains_cpr(text) else text


def words(cell: str) -> str:
    """The cell with single spaces."""
    return " ".join(cell.split())


def folded(cell: str) -> str:
    """The cell as names are compared: single spaces, no capitals."""
    return words(cell).casefold()


def required(cells: Mapping[str, str], column: str) -> str:
    if cell := words(cells.get(column, "")):
        return cell
    raise RefusedRowError(_("The cell is empty."), column=column)


def date_in(cells: Mapping[str, str], column: str) -> dt.date | None:
    """The date, written 31-12-2026, 31.12.2026, 31/12/2026 or 2026-12-31; None when the cell is empty or absent."""
    cell = cells.get(column, "")
    if not cell:
        return None
    for form in _DATE_FORMATS:
        try:
            day = dt.datetime.strptime(cell, form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
        if day.year in _YEARS:
            return day
    raise RefusedRowError(_("The date cannot be read. Write it like 31-12-2026."), column=column)


def degrees_in(cells: Mapping[str, str], column: str, most: int) -> Decimal | None:
    """Degrees between -`most` and `most`, with a comma or a point; None when the cell is empty or absent."""
    cell = cells.get(column, "")
    if not cell:
        return None
    try:
        degrees = Decimal(cell.replace(",", ".")).quantize(_DEGREE)
    except InvalidOperation:
        raise RefusedRowError(_("The number cannot be read. Write degrees like 56.153000."), column=column) from None
    if not degrees.is_finite() or abs(degrees) > most:
        raise RefusedRowError(_("Degrees lie between -%(most)d and %(most)d.") % {"most": most}, column=column)
    return degrees


def yes_or_no_in(cells: Mapping[str, str], column: str) -> bool | None:
    """True or False; None when the cell is empty or absent."""
    cell = folded(cells.get(column, ""))
    if cell in _YES or cell in _NO or not cell:
        return None if not cell else cell in _YES
    raise RefusedRowError(_("Write yes or no."), column=column)
