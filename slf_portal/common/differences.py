"""What differs between two texts, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive words that were kept, added or removed; `text` with the spaces and line breaks between them."""

    text: str
    is_added: bool = False
    is_removed: bool = False


def differences(before: str, after: str) -> list[Piece]:
    """The text of both, in order: what was removed stands before what came in its place. Empty for two empty texts.

    The spaces between two changed words count as changed, so that a changed phrase is read as one.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    removed = added = ""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for (what, old_from, old_to, new_from, new_to), is_last in zip(codes, _is_last(codes), strict=True):
        kept = "".join(new[new_from:new_to]) if what == "equal" else None
        if kept is None or ((removed or added) and kept.isspace() and "\n" not in kept and not is_last):
            removed += "".join(old[old_from:old_to])
            added += "".join(new[new_from:new_to])
        else:
            pieces += [*_changed(removed, added), Piece(kept)]
            removed = added = ""
    return [*pieces, *_changed(removed, added)]


def _is_last(codes: Sequence[object]) -> list[bool]:
    return [number == len(codes) for number, _code in enumerate(codes, start=1)]


def _changed(removed: str, added: str) -> list[Piece]:
    pieces = (Piece(removed, is_removed=True), Piece(added, is_added=True))
    return [piece for piece in pieces if piece.text]
