"""The learning cycles of the demo's office and school. Days count back from the day the demo is built."""

from dataclasses import dataclass

from learningcycle.defaults import DEFAULT_CYCLE
from learningcycle.enums import DataKind, Decision, EntryKind
from slf_portal.demo.defaults.organisation import OFFICE, SCHOOL


@dataclass(frozen=True, slots=True)
class EntryPlan:
    """A line, written so many days after the cycle began. Only data has a kind, a period and a group."""

    kind: EntryKind
    text: str
    after: int
    data_kind: str = ""
    period: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class CyclePlan:
    """A cycle in its phase of that place, after the team's one before; `step`: of the unit's staircase, 0 none."""

    unit: str
    team: str
    title: str
    focus: str
    begun: int
    phase: int
    closed: int | None = None
    goal: str = ""
    step: int = 0
    entries: tuple[EntryPlan, ...] = ()
    evaluation: str = ""
    learning: str = ""
    decision: str = ""
    is_shared: bool = False
    template: str = DEFAULT_CYCLE
    # What is tried, agreed so many days after it began, to be looked at in so many from today (negative: it was done).
    trials: tuple[tuple[str, int, int], ...] = ()


def _data(text: str, after: int, kind: DataKind, period: str, group: str) -> EntryPlan:
    return EntryPlan(EntryKind.DATA, text, after, kind, period, group)


def _meaning(text: str, after: int) -> EntryPlan:
    return EntryPlan(EntryKind.INTERPRETATION, text, after)


def _sign(text: str, after: int) -> EntryPlan:
    return EntryPlan(EntryKind.SIGN, text, after)


def _log(text: str, after: int) -> EntryPlan:
    return EntryPlan(EntryKind.LOG, text, after)


CYCLES = (
    CyclePlan(
        OFFICE, "Rekruttering", "En bedre første uge",
        "Hvad møder en ny leder i sin første uge, og hvad er vores andel i det?",
        begun=270, phase=6, closed=88, step=1,
        goal="Nye ledere ved efter den første uge, hvem de kan spørge.",
        entries=(
            _data("Syv nye ledere fortæller, hvad de brugte de første fem dage på.", 12,
                  DataKind.INTERVIEW, "Et halvt år", "Syv nye ledere"),
            _data("Velkomstmappen er på 46 sider. Tre af syv har åbnet den.", 14,
                  DataKind.PLAN, "Sidste udgave", "Syv nye ledere"),
            _meaning("Vi sender det, vi selv er glade for at have skrevet.", 40),
            _meaning("De har brug for et menneske, før de har brug for en mappe.", 40),
            _sign("De nye nævner en kollega ved navn, når de bliver spurgt, hvem der hjælper.", 42),
            _sign("Færre end fem spørgsmål om praktiske ting i den første uge.", 42),
            _log("Vi har ringet til fem nye ledere før deres første dag. Samtalerne tog ti minutter.", 90),
            _log("Mappen er skåret ned til fire sider. Resten ligger på intranettet.", 120),
        ),
        evaluation=(
            "Opkaldet virkede. De nye spurgte om det samme som før, men de spurgte før den første dag. "
            "Mappen savner ingen."
        ),
        learning="Ti minutter i telefonen før den første dag betyder mere end den lange velkomstmappe.",
        decision=Decision.KEEP, is_shared=True,
    ),
    CyclePlan(
        OFFICE, "Rekruttering", "Opslag, der siger noget",
        "Hvorfor ligner vores stillingsopslag hinanden?",
        begun=80, phase=3, step=2,
        goal="En ansøger kan genfortælle, hvad der er særligt ved stedet.",
        entries=(
            _data("I 7 af de seneste 10 opslag er det første afsnit næsten ens.", 20,
                  DataKind.PRODUCT, "De seneste ti opslag", "Skoler og dagtilbud"),
            _data("Tre ledere fortæller, at de begynder med sidste opslag, fordi det er nemmest.", 34,
                  DataKind.INTERVIEW, "Denne måned", "Tre ledere"),
            _meaning("Vi sender en skabelon og får en skabelon tilbage.", 55),
            _meaning("Lederne har ikke ord for det særlige, før nogen spørger.", 55),
            _sign("Mindst to sætninger i hvert nyt opslag kunne ikke stå i et andet.", 56),
            _sign("Ansøgerne nævner stedet i deres første afsnit.", 56),
            _log("To af os ringede til en leder i stedet for at sende skabelonen. Det tog et kvarter.", 62),
        ),
    ),
    CyclePlan(
        OFFICE, "Arbejdsmiljø", "Målingen som samtale",
        "Hvad skal der til, for at en måling bliver til en samtale på stedet?",
        begun=240, phase=6, closed=60,
        goal="Lederne begynder med ét spørgsmål og ikke med hele rapporten.",
        entries=(
            _data("Fem ledere viste, hvad de havde vist deres medarbejdere. Fire viste alle sider.", 25,
                  DataKind.OBSERVATION, "Efter sidste måling", "Fem ledere"),
            _meaning("Rapporten svarer på alt på én gang.", 50),
            _meaning("Vi har aldrig selv vist, hvordan man vælger.", 50),
            _sign("Der er ét spørgsmål på tavlen, når mødet begynder.", 52),
            _log("Vi har lavet et ark med tre spørgsmål at vælge imellem.", 80),
        ),
        evaluation="Arket bliver brugt. Samtalerne tager en halv time mindre.",
        learning="Det hjælper at vælge ét tal fra og ikke et tal til.",
        decision=Decision.CHANGE,
    ),
    CyclePlan(
        OFFICE, "Arbejdsmiljø", "Når samtalen går i stå",
        "Hvad gør vi, når en gruppe ikke vil tale om det, målingen viser?",
        begun=50, phase=5, step=3,
        goal="Vi bliver i stilheden lidt længere, før vi selv taler.",
        entries=(
            _data("I fire samtaler talte konsulenten over halvdelen af tiden.", 8,
                  DataKind.OBSERVATION, "Den seneste måned", "Fire samtaler"),
            _meaning("Vi bliver selv utrygge, når der er stille.", 20),
            _meaning("Gruppen venter på, at vi siger det, de ikke selv vil sige.", 20),
            _sign("Vi taler under en tredjedel af tiden.", 22),
            _log("Prøvet én gang med to minutters stille skrivning. Alle havde noget på papiret.", 35),
        ),
        trials=(
            ("Vi begynder med to minutters stille skrivning.", 24, -12),
            ("Vi tæller til ti, før vi selv siger noget.", 24, 11),
        ),
    ),
    CyclePlan(
        OFFICE, "Ledelse og udvikling", "Spørgsmål før råd",
        "Hvornår giver vi råd, som ingen har bedt om?",
        begun=213, phase=4, step=2,
        goal="Den, der har spørgsmålet, finder selv det næste skridt.",
        entries=(
            _data("I seks samtaler kom det første råd inden for fem minutter.", 30,
                  DataKind.OBSERVATION, "To måneder", "Seks samtaler med ledere"),
            _meaning("Vi tror, at vi bliver målt på vores svar.", 61),
            _meaning("Lederne spørger efter råd, fordi det er det, vi plejer at give.", 61),
            _sign("Der går ti minutter, før nogen foreslår noget.", 63),
        ),
        trials=(("Vi stiller tre spørgsmål, før den første foreslår noget.", 150, 14),),
    ),
    CyclePlan(
        OFFICE, "Overenskomst og jura", "Svar, der bliver forstået",
        "Hvilke af vores svar fører til et nyt spørgsmål?",
        begun=45, phase=2, template="pdsa",
        goal="Færre ringer igen, fordi de ikke forstod svaret.",
        entries=(
            _sign("Lederen kan sige svaret med egne ord.", 10),
            _log("Vi tror, at en kort konklusion øverst halverer opkaldene.", 12),
        ),
    ),
    CyclePlan(
        OFFICE, "MED og samarbejde", "Et møde, man vil forberede sig til",
        "Hvorfor kommer dagsordenen først, når mødet er begyndt?",
        begun=20, phase=1,
    ),
    CyclePlan(
        SCHOOL, "3.-4. årgang", "En rolig start på timen",
        "Hvad sker der i de første fem minutter af timen?",
        begun=260, phase=6, closed=80, step=2,
        goal="Undervisningen er i gang inden for fem minutter.",
        entries=(
            _data("I 12 timer gik der mellem fire og elleve minutter, før undervisningen begyndte.", 15,
                  DataKind.OBSERVATION, "To uger", "3. og 4. årgang"),
            _meaning("Vi giver beskeder, mens de finder plads.", 40),
            _meaning("Starten er forskellig fra lærer til lærer.", 40),
            _sign("Opgaven står på tavlen, når døren åbner.", 44),
            _log("Vi har set hinandens start i tre timer. Samme opgave på tavlen i begge klasser.", 100),
        ),
        evaluation="Timerne begynder roligere i begge klasser. Det kræver, at tavlen er skrevet i pausen før.",
        learning="Den samme start hos os alle giver mere ro end den bedste start hos én.",
        decision=Decision.KEEP, is_shared=True,
    ),
    CyclePlan(
        SCHOOL, "3.-4. årgang", "Flere med i den faglige samtale",
        "Hvem taler i den faglige samtale, og hvad gør vi, når de fleste tier?",
        begun=70, phase=3, step=2,
        goal="Mere end halvdelen af klassen siger noget fagligt i løbet af en time.",
        entries=(
            _data("I fem samtaler på klassen stod seks elever for to tredjedele af svarene.", 14,
                  DataKind.OBSERVATION, "En uge", "3. årgang"),
            _data("Cirka halvdelen skriver i trivselsmålingen, at de helst ikke siger noget højt.", 20,
                  DataKind.WELLBEING, "Seneste måling", "4. årgang"),
            _meaning("Vi spørger om det, der kun har ét rigtigt svar.", 40),
            _meaning("Der er for kort tid mellem spørgsmål og svar.", 40),
            _sign("Der er hænder oppe hos flere end halvdelen.", 42),
            _sign("Svarene bygger på det, en anden har sagt.", 42),
            _log("Makkersnak i et minut før svaret. Vi glemte det i den sidste time.", 55),
        ),
    ),
    CyclePlan(
        SCHOOL, "0.-2. årgang", "Gode overgange i løbet af dagen",
        "Hvad koster skiftene mellem aktiviteter, og kan vi gøre dem færre?",
        begun=215, phase=5, step=3,
        goal="Højst fire skift på en dag.",
        entries=(
            _data("På tre dage var der mellem syv og ni skift fra klokken otte til tolv.", 20,
                  DataKind.OBSERVATION, "Tre dage", "1. årgang"),
            _meaning("Skiftene følger vores skema og ikke opgaven.", 50),
            _meaning("Vi har hver vores måde at slutte af på.", 50),
            _sign("De yngste ved uden at spørge, hvad der kommer nu.", 52),
            _log("To skift er slået sammen om onsdagen.", 120),
        ),
        trials=(("Vi slår to skift sammen om onsdagen.", 80, -60), ("Vi slutter alle af med den samme sang.", 130, 9)),
    ),
    CyclePlan(
        SCHOOL, "5.-6. årgang", "I gang med opgaven",
        "Hvad hjælper klassen i gang, når opgaven er åben?",
        begun=60, phase=2, template="fire-faser",
        entries=(
            _data("Efter ti minutter havde cirka en tredjedel ikke skrevet noget.", 14,
                  DataKind.PRODUCT, "To uger", "5. årgang"),
        ),
    ),
    CyclePlan(
        SCHOOL, "SFO-teamet", "Pladsen til dem, der vil have ro",
        "Hvor går man hen, når man er færdig med at lege?",
        begun=40, phase=4, template="fem-trin",
        goal="Der er et roligt sted i huset hele eftermiddagen.",
        entries=(
            _data("Mellem klokken tre og fire var alle fire rum i brug til larmende leg.", 6,
                  DataKind.OBSERVATION, "En uge", "SFO, hele gruppen"),
            _sign("Nogen bruger rummet af sig selv.", 18),
            _log("Biblioteket er åbent fra klokken tre om tirsdagen.", 28),
        ),
        trials=(("Vi holder biblioteket åbent fra klokken tre.", 22, 6),),
    ),
)  # fmt: skip
