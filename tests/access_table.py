"""docs/access.md as the tests read it."""

from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "access.md"

SAFE_METHODS = ("GET", "HEAD")
METHODS = (*SAFE_METHODS, "OPTIONS", "POST", "PUT", "PATCH", "DELETE")

# What an answer is called when it comes; `not answered` is 405.
PAGE_SHOWN, ONWARD, REFUSED, HIDDEN, SIGN_IN, NOT_ANSWERED = "page", "onward", "no", "hidden", "sign in", "not answered"


@dataclass(frozen=True)
class Row:
    """What one line says of one address: which methods it answers, and each role's answer."""

    name: str
    relation: str
    methods: frozenset[str]
    answers: dict[str, str]

    @property
    def is_administration(self) -> bool:
        return self.name.startswith("admin:")

    def agreed(self, role: str, method: str) -> set[str]:
        """The answers that keep to the line."""
        word = self.answers[role]
        if word == SIGN_IN or (self.is_administration and word == REFUSED):
            return {word}
        if self.is_administration:
            return self._agreed_for_administrator(word, method)
        if method not in self.methods:
            return {NOT_ANSWERED}
        if word == "yes":
            return {PAGE_SHOWN} if method in SAFE_METHODS else {ONWARD}
        return {word}

    def _agreed_for_administrator(self, word: str, method: str) -> set[str]:
        """Django's admin decides itself what it does with the other methods; it must not break."""
        if method not in self.methods:
            return {PAGE_SHOWN, ONWARD, REFUSED, HIDDEN, NOT_ANSWERED}
        return {PAGE_SHOWN, ONWARD} if word == "yes" else {word}


def read_rows() -> list[Row]:
    """The lines of every table whose first column is *address*, one for each name in it."""
    rows: list[Row] = []
    for header, lines in _tables():
        if header[0] == "address":
            rows += _rows_of(header, lines)
    return rows


def read_rights() -> dict[str, dict[str, bool]]:
    """What an administrator may do with the rows of each model: see, add, change, delete."""
    (rights,) = ((header, lines) for header, lines in _tables() if header[0] == "rows")
    header, lines = rights
    verbs = header[2:]
    return {
        model.strip("`"): {verb: cell == "yes" for verb, cell in zip(verbs, cells, strict=True)}
        for model, _, *cells in lines
    }


def _tables() -> list[tuple[list[str], list[list[str]]]]:
    blocks = PAGE.read_text(encoding="utf-8").split("\n\n")
    tables = [[_cells(line) for line in block.strip().splitlines()] for block in blocks if block.startswith("|")]
    return [(header, lines) for header, _, *lines in tables]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]


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
