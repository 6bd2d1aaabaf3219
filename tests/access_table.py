"""docs/access.md as the tests read it."""

from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "access.md"

STATUS = {"yes": 200, "onward": 302, "no": 403, "hidden": 404, "sign in": 302}
SAFE_METHODS = ("GET", "HEAD")
METHODS = (*SAFE_METHODS, "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Row:
    """What one line says of one address: which methods it answers, and each role's answer."""

    name: str
    relation: str
    methods: frozenset[str]
    answers: dict[str, str]

    def status(self, role: str, method: str) -> int:
        """The status the line promises."""
        answer = self.answers[role]
        if answer != "sign in" and method not in self.methods:
            return 405
        if answer == "yes" and method not in SAFE_METHODS:
            return 302
        return STATUS[answer]


def read_rows() -> list[Row]:
    """The lines of every table whose first column is *address*, one for each name in it."""
    rows: list[Row] = []
    for header, lines in _tables():
        if header[0] == "address":
            rows += _rows_of(header, lines)
    return rows


def _tables() -> list[tuple[list[str], list[list[str]]]]:
    blocks = PAGE.read_text(encoding="utf-8").split("\n\n")
    tables = [[_cells(line) for line in block.splitlines()] for block in blocks if block.startswith("|")]
    return [(header, lines) for header, _, *lines in tables]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _rows_of(header: list[str], lines: list[list[str]]) -> list[Row]:
    """A line without an address goes on with the one above it."""
    rows: list[Row] = []
    names = methods = ""
    for line in lines:
        cells = dict(zip(header, line, strict=True))
        names, methods = cells.pop("address") or names, cells.pop("methods") or methods
        relation = cells.pop("object", "")
        rows += [Row(name, relation, frozenset(methods.split()), cells) for name in names.replace("`", "").split()]
    return rows
