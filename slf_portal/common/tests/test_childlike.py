"""The soft hint about words that may point to one child: what it finds, and what it leaves alone."""

import pytest

from slf_portal.common.childlike import childlike_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vi så eleven Sofie hjælpe.", ["eleven Sofie"]),
        ("Barnet Emil var ked af det.", ["Barnet Emil"]),
        ("Vi talte om barnet A. igen.", ["barnet A"]),
        ("Pigen Åse og drengen Bo.", ["Pigen Åse", "drengen Bo"]),
        ("Vi mødte Emil barn for barn.", ["Emil barn"]),
        ("En elev på 8 år spurgte.", ["på 8 år"]),
        ("Hun er på 17 år.", ["på 17 år"]),
        ("eleven Sofie og barnet på 8 år, og eleven Sofie", ["eleven Sofie", "på 8 år"]),
        ("barnet\u00a0Ida", ["barnet\u00a0Ida"]),
    ],
)
def test_it_finds(text: str, found: list[str]) -> None:
    assert childlike_words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Barnet er i centrum. Vi spørger mere.",
        "Vi ser på det enkelte barn. Sofie tager referat.",
        "Hver elev skal have en stemme.",
        "Ingen elev er alene.",
        "- Et barn ad gangen",
        "Vi spurgte:\nHvilken elev tænker højt?",
        "Vi så på eleven\nDerefter talte vi om os selv.",
        "Det er den elev I har talt om.",
        "Børnene i Nord og eleverne på Birkeskolen",
        "Hver elev SFO har ansvar for",
        "På 2 år er vi nået langt.",
        "på 18 år, på 60 år og på 8 årgange",
        "Elevrådet og Børnehuset",
        "Skolebørn. Emil",
    ],
)
def test_it_leaves_alone(text: str) -> None:
    assert childlike_words(text) == []


@pytest.mark.parametrize(
    "text", ["A" * 20_000, "A-" * 10_000, "\n" * 10_000 + " x Anna barn" * 20, "elev" + " " * 20_000]
)
def test_long_runs_are_read_once(text: str) -> None:
    assert childlike_words(text) == (["Anna barn"] if "Anna" in text else [])
