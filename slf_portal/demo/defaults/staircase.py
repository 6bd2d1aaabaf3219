"""Two staircases, and what teams have said. The office's goal follows its page of 2020; the words are made up."""

from dataclasses import dataclass

from slf_portal.demo.defaults.organisation import OFFICE


@dataclass(frozen=True, slots=True)
class StepPlan:
    title: str
    looks_like: str
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandPlan:
    """What a team said so many days ago, of the step with that place (0: none)."""

    team: str
    days_ago: int
    place: int
    where: str
    next: str = ""


@dataclass(frozen=True, slots=True)
class GoalPlan:
    unit: str
    title: str
    vision: str
    began_months_ago: int
    steps: tuple[StepPlan, ...]
    stands: tuple[StandPlan, ...] = ()


GOALS = (
    GoalPlan(
        OFFICE,
        "Vi løser opgaverne som ét lærende kontor",
        "God ledelse og et arbejdsmiljø med høj social kapital, til gavn for børn og unges læring og trivsel.",
        14,
        (
            StepPlan(
                "Vi har en fast ramme",
                "Alle partnerteams har en teamkontrakt og mødes hver måned om en læringssamtale.",
                ("Mødedatoer for et halvt år ad gangen", "En guide til læringssamtalen ligger fremme på mødet"),
            ),
            StepPlan(
                "Vi tænker højt sammen",
                "Vi bruger læringscirklen på egne opgaver og tager os tid til at forstå, før vi vælger en løsning.",
                ("En fokusperson på hvert møde", "Bøvlet kommer på bordet som det første punkt"),
            ),
            StepPlan(
                "Vi lader andre se med",
                "Ressourcepersonen observerer, vi evaluerer samtalen sammen, og vi kan være fagligt uenige.",
                ("Besøg hver tredje måned med et fokus, vi selv vælger", "En kontordag om feedback"),
            ),
            StepPlan(
                "Det kan mærkes hos dem, vi arbejder for",
                "Lederne ude fortæller, at vi hænger sammen på tværs, og at opgaver og roller er klare.",
                ("Vi spørger tre ledere hvert halve år", "Vi deler, hvad vi lærte, på et temamøde"),
            ),
        ),
        (
            StandPlan(
                "Rekruttering", 250, 1,
                "Vi mødes fast nu, men vi orienterer mere, end vi undersøger.",
                "At begynde med en fokusperson og ikke med orientering.",
            ),
            StandPlan(
                "Rekruttering", 70, 2,
                "Vi tager vores eget bøvl med. Sidst fandt vi et svar, ingen af os havde på forhånd.",
                "At sige til, når vi er uenige, mens vi sidder der.",
            ),
            StandPlan("Arbejdsmiljø", 35, 3, "Vi valgte selv fokus for besøget. Feedbacken fylder stadig lidt."),
            StandPlan(
                "Løn og data", 100, 0,
                "Rammen er på plads på papiret. Travle måneder vælter den.",
                "At holde den korte samtale i de travle måneder.",
            ),
        ),
    ),
    GoalPlan(
        "Mågedalsskolen",
        "Vi følger alle elevers læring og handler på det, vi ser",
        "En skole, hvor alle oplever at blive dygtigere og at høre til.",
        5,
        (
            StepPlan(
                "Vi har data med",
                "Hvert teammøde begynder med noget, vi har set eller samlet, på gruppeniveau.",
                ("Dataholder på skift", "Elevprodukter fra to uger ligger på bordet"),
            ),
            StepPlan(
                "Vi forstår dem sammen",
                "Vi leder efter flere forklaringer og taler om vores egen andel.",
                ("Den røde fase får mest tid",),
            ),
            StepPlan(
                "Vi prøver noget og ser efter",
                "Vi sætter tegn på en prøvehandling og vender tilbage til dem på aftalt tid.",
                ("Højst én prøvehandling ad gangen", "Tegnene står i referatet"),
            ),
        ),
        (
            StandPlan(
                "3.-4. årgang", 45, 1,
                "Vi har data med de fleste gange. Vi springer tit til, hvad vi skal gøre.",
                "At blive fem minutter længere ved, hvad vi ser.",
            ),
            StandPlan("0.-2. årgang", 20, 3, "Vores tegn var for store. Med mindre tegn kunne vi se en forskel."),
        ),
    ),
)  # fmt: skip

# A team's words about a pillar or a marker, so many days ago. Topics are named by their titles.
TALKS = (
    (
        "Rekruttering", "Reflekterende dialoger", 280,
        "Vi er hurtige til at give hinanden gode råd. Spørgsmålene kommer bagefter, hvis der er tid.",
    ),
    (
        "Rekruttering", "Reflekterende dialoger", 120,
        "Vi holder os til spørgsmål i den første halvdel. Det føles langsomt, og vi finder på mere.",
    ),
    (
        "Rekruttering", "Reflekterende dialoger", 30,
        "Vi opdager selv, når vi hopper til løsningen. To gange har en ny forklaring ændret opgaven.",
    ),
    (
        "Rekruttering", "Fokuseret observation og feedback", 60,
        "Vi glæder os mere til besøg nu. Vi vil gerne vælge et smallere fokus næste gang.",
    ),
    (
        "Arbejdsmiljø", "Udvikling af professionel dømmekraft", 90,
        "Vi viser hinanden udkast, før de er færdige. Det var svært de første gange.",
    ),
)  # fmt: skip
