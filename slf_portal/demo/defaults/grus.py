"""What the demo's teams said in their last GRUS. Nobody has said it: it is written for the demo."""

from dataclasses import dataclass

from teams.enums import GrusTheme


@dataclass(frozen=True, slots=True)
class Point:
    """A development point, due so many weeks after the GRUS; done by the team as a whole or by one of it."""

    text: str
    weeks: int
    is_the_teams: bool = True


@dataclass(frozen=True, slots=True)
class TalkPlan:
    """Questions with their theme and what was noted, and what was agreed on."""

    notes: tuple[tuple[GrusTheme, str, str], ...]
    points: tuple[Point, ...]


TALKS = (
    TalkPlan(
        notes=(
            (
                GrusTheme.YEAR_PASSED,
                "Hvad er vi lykkedes med sammen i det år, der gik, og hvad gjorde, at det lykkedes?",
                "Læringssamtalen er blevet en del af vores møder. Det lykkedes, fordi vi holdt fast i den samme dag.",
            ),
            (
                GrusTheme.WORK,
                "Hvordan har vi det i teamet, og hvordan arbejder vi sammen?",
                "Vi taler ordentligt sammen, også når vi er uenige. De nye har meget at spørge om.",
            ),
            (
                GrusTheme.YEAR_TO_COME,
                "Hvad har vi som gruppe brug for at blive bedre til, og hvem kan hjælpe os?",
                "At bruge data, før vi vælger løsning. Ressourcepersonen kan gå foran i to samtaler.",
            ),
        ),
        points=(
            Point("Vi laver en velkomst til nye i teamet: en side om møderne og to samtaler den første måned.", 6),
            Point("Vi begynder hver anden læringssamtale med data, som en af os har med.", 16, is_the_teams=False),
            Point("Vi beder om to timer i foråret til at se på vores arbejdsgange.", 40),
        ),
    ),
    TalkPlan(
        notes=(
            (
                GrusTheme.YEAR_PASSED,
                "Hvad blev sværere, end vi havde regnet med, og hvad lærte vi af det?",
                "Forberedelsen til møderne gled i de travle uger. Korte punkter virkede bedre end lange oplæg.",
            ),
            (
                GrusTheme.WORK,
                "Hvornår har vi det bedst sammen om opgaven?",
                "Når vi planlægger to og to. Der er for lidt ro til det, når der er mange afbud.",
            ),
            (
                GrusTheme.YEAR_TO_COME,
                "Hvilke opgaver venter os i det kommende år, og hvad vil vi gerne lykkes med?",
                "Overgangen mellem årgangene. Vi vil gerne kende hinandens praksis bedre.",
            ),
        ),
        points=(
            Point("Vi besøger hinanden i par en gang inden vinterferien og taler om, hvad vi så.", 12),
            Point("Vi aftaler med lederen, hvad der kan vente i uger med mange afbud.", 4, is_the_teams=False),
        ),
    ),
)
