"""Danish alphabetical order."""

import pytest

from slf_portal.common.sorting import danish_sort_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["Zebra", "Æble", "Ørn", "Åby"],
        ["Aby", "Abyhøj", "Åby", "Aabyhøj"],
        ["Ørum", "Aabenraa", "Åbo", "Aarhus"],  # aa is å wherever it stands
        ["bager", "Baner", "banker", "Bås"],  # capitals make no difference
        ["2. klasse", "3. klasse", "Abe"],
        ["Skole", "Skole A", "Skole B", "Skolen"],  # word by word
        ["Mus", "Müller", "Mynte"],  # ü sorts as y
        ["Mörk", "Mørke"],
    ],
)
def test_order(ordered: list[str]) -> None:
    keys = [danish_sort_key(name) for name in ordered]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Åby", "Aaby"),
        ("ÅBY", "aaby"),
        ("Åby", "A\u030aby"),  # the letter and its ring written apart
        ("Café", "cafe"),
        ("Ærø", "Ärö"),
        ("  To   ord ", "to ord"),
        ("Straße", "strasse"),
        ("Þór", "Thor"),
        ("Łódź", "Lodz"),
    ],
)
def test_same_place(one: str, other: str) -> None:
    assert danish_sort_key(one) == danish_sort_key(other)


def test_the_key_is_ascii() -> None:
    assert danish_sort_key("Ærø Åbyhøj Señor ĳ 東").isascii()
