"""What differs between two texts, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slf_portal.common.differences import differences

TEXTS = st.text(alphabet=st.sampled_from("ab æø\n.-"), max_size=60)


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if not piece.is_added) == before
    assert "".join(piece.text for piece in pieces if not piece.is_removed) == after


@given(text=TEXTS)
def test_the_same_text_has_no_differences(text: str) -> None:
    assert [piece for piece in differences(text, text) if piece.is_added or piece.is_removed] == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Vi mødes hver uge.", "Vi mødes hver måned.", ["Vi mødes hver ", "-uge.", "+måned."]),
        ("", "Nyt", ["+Nyt"]),
        ("Væk", "", ["-Væk"]),
        ("Første\nAnden", "Første\nMidt\nAnden", ["Første\n", "+Midt\n", "Anden"]),
    ],
)
def test_what_was_removed_stands_before_what_came_instead(before: str, after: str, told: list[str]) -> None:
    signs = {(True, False): "+", (False, True): "-", (False, False): ""}
    assert [signs[piece.is_added, piece.is_removed] + piece.text for piece in differences(before, after)] == told
