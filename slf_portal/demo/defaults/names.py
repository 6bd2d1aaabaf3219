"""Names that are nobody's: ordinary first names with surnames nobody bears."""

import unicodedata
from collections.abc import Iterator
from itertools import cycle

DOMAIN = "demo.example"

FIRST_NAMES = (
    "Mette", "Søren", "Leyla", "Henrik", "Anja", "Kasper", "Birte", "Mustafa", "Nanna", "Ole",
    "Camilla", "Jens", "Thuy", "Rasmus", "Kirsten", "Emil", "Fatima", "Lars", "Ida", "Peter",
    "Pernille", "Asger", "Gitte", "Khalid", "Freja", "Mads", "Dorthe", "Anders", "Amina", "Jakob",
    "Karen", "Mikkel", "Cecilie", "Åse", "Christian", "Line", "Sanne", "Bent", "Maja", "Tina",
)  # fmt: skip

# 39 and 40 have no common factor: each first name meets each surname once before a name comes again.
SURNAMES = (
    "Havrevind", "Åkandemose", "Rimtoft", "Lyngsol", "Fjordglimt", "Snebærdal", "Birkevind", "Dugvang", "Ørneklit",
    "Skovtone", "Frostbakke", "Piletone", "Klitmåne", "Tidselvang", "Aftenskær", "Regnskær", "Mosegran", "Irisbæk",
    "Hyldebølge", "Nøddevang", "Solregn", "Ærtehegn", "Fuglesti", "Vinterlæ", "Muldskær", "Brombærdal", "Sivsanger",
    "Lærkedug", "Ribsegn", "Aaskygge", "Engtåge", "Bølgeklint", "Kastanjevind", "Stensolsort", "Blåmejse-Eng",
    "Månegrøft", "Tågehegn", "Kornmodbæk", "Granvejr",
)  # fmt: skip

_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "."})


def fresh_names() -> Iterator[str]:
    """Name after name, the same ones each time, none twice for 1,560 names."""
    return (f"{first} {last}" for first, last in zip(cycle(FIRST_NAMES), cycle(SURNAMES), strict=False))


def email_of(name: str) -> str:
    """The address of a name; its domain is reserved, so no mail ever reaches anyone (RFC 2606)."""
    plain = unicodedata.normalize("NFC", name).lower().translate(_PLAIN)
    return f"{plain}@{DOMAIN}"
