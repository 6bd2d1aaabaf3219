"""What leaders of the demo organisation have asked of teams and resource persons. Days count back from today."""

from collections.abc import Sequence
from dataclasses import dataclass

from slf_portal.demo.defaults.organisation import OFFICE
from teams.enums import MandateState, MandateStep

SCHOOL = "Mågedalsskolen"


@dataclass(frozen=True, slots=True)
class LinePlan:
    """A line in the thread, by the leader or by the one who was asked."""

    days_ago: int
    text: str
    step: MandateStep = MandateStep.SAID
    is_from_leader: bool = False


@dataclass(frozen=True, slots=True)
class MandatePlan:
    """A mandate to a team; with `to_visitor` to the resource person who serves it, without `about_team` about none."""

    unit: str
    team: str
    title: str
    what: str
    why: str
    expectation: str
    hours: str
    sent_days_ago: int
    due_in_days: int
    state: MandateState = MandateState.SENT
    to_visitor: bool = False
    about_team: bool = True
    agreed: str = ""
    lines: Sequence[LinePlan] = ()


MANDATES = (
    MandatePlan(
        OFFICE,
        "Løn og data",
        "Lærende møder",
        what="Hjælp Løn og data i gang med en læringssamtale hver måned. Vær mødeleder de to første gange.",
        why="Teamet er nyt og har mange driftsmøder. De savner et sted, hvor de kan tale om det, der driller.",
        expectation="At teamet har prøvet to gange og selv kan lede den tredje. Du skal ikke stå for referatet.",
        hours="6",
        sent_days_ago=8,
        due_in_days=60,
        state=MandateState.TALK,
        to_visitor=True,
        lines=(
            LinePlan(
                6,
                "Jeg vil gerne. Men jeg har tre andre teams i december. Kan det vente til januar?",
                MandateStep.TALK,
            ),
            LinePlan(5, "Det kan det. Hvor mange timer tænker du, der skal til?", is_from_leader=True),
            LinePlan(
                2,
                "Seks er fint, hvis du selv fortæller teamet, hvorfor vi gør det. Ellers er det min idé. Vil du det?",
            ),
        ),
    ),
    MandatePlan(
        OFFICE,
        "Arbejdsmiljø",
        "Fælles greb om evaluering",
        what="Saml jeres erfaringer med at evaluere læringssamtaler, og lav et forslag på én side til kontoret.",
        why="Vi gør det forskelligt i dag, og de nye ressourcepersoner spørger, hvordan man gør.",
        expectation="Et udkast, vi kan tale om. Det skal ikke være færdigt.",
        hours="4,5",
        sent_days_ago=40,
        due_in_days=21,
        state=MandateState.ACCEPTED,
        to_visitor=True,
        about_team=False,
        agreed="Vi taler om det på vores faste møde hver anden torsdag. Besøg hos teams går forud, når der er travlt.",
        lines=(LinePlan(37, "Det vil jeg gerne. Jeg spørger de andre på mandag.", MandateStep.ACCEPTED),),
    ),
    MandatePlan(
        OFFICE,
        "Rekruttering",
        "Data om vores stillingsopslag",
        what="Tag tal og eksempler fra de seneste ti opslag med til to læringssamtaler.",
        why="Skolerne siger, at opslagene ligner hinanden. Vi skal vide, hvad der virker, før vi laver dem om.",
        expectation="At I er nysgerrige på jeres egen andel. Ikke en rapport.",
        hours="3",
        sent_days_ago=1,
        due_in_days=75,
    ),
    MandatePlan(
        OFFICE,
        "Arbejdsmiljø",
        "En dagsorden, der virker",
        what="Prøv kontorets dagsorden for læringssamtaler af, og skriv, hvad I lavede om.",
        why="Den er skrevet til os alle, men ingen har prøvet den en hel gang igennem.",
        expectation="Tre samtaler efter dagsordenen.",
        hours="2",
        sent_days_ago=120,
        due_in_days=-30,
        state=MandateState.DONE,
        lines=(
            LinePlan(117, "", MandateStep.ACCEPTED),
            LinePlan(28, "Vi byttede om på punkt 3 og 4. Resten holdt.", MandateStep.DONE),
        ),
    ),
    MandatePlan(
        OFFICE,
        "Overenskomst og jura",
        "Temamøde om professionel uenighed",
        what="Hold et temamøde for kontoret om at være fagligt uenige.",
        why="I er gode til det, og vi andre kan lære af jer.",
        expectation="Halvanden time, hvor alle siger noget.",
        hours="5",
        sent_days_ago=30,
        due_in_days=14,
        state=MandateState.WITHDRAWN,
        lines=(
            LinePlan(27, "Vi er midt i overenskomsten. Kan et andet team tage den?", MandateStep.TALK),
            LinePlan(
                25,
                "Det har I ret i. Jeg trækker den tilbage og spørger igen til sommer.",
                MandateStep.WITHDRAWN,
                is_from_leader=True,
            ),
        ),
    ),
    MandatePlan(
        SCHOOL,
        "3.-4. årgang",
        "Læsning på tværs af årgangen",
        what="Brug tre læringssamtaler på, hvordan I arbejder med læsning i alle fag.",
        why="Vi har talt meget om læsning og lidt om, hvad vi selv gør i timerne.",
        expectation="To prøvehandlinger, som I har set på sammen bagefter.",
        hours="4",
        sent_days_ago=50,
        due_in_days=-4,
        state=MandateState.ACCEPTED,
        agreed="Jeg er med til den første samtale og bliver væk fra de to næste.",
        lines=(LinePlan(46, "Vi begynder efter efterårsferien.", MandateStep.ACCEPTED),),
    ),
    MandatePlan(
        SCHOOL,
        "Udskolingen",
        "Kollegial sparring i udskolingen",
        what="Find en form for sparring to og to, som udskolingen kan holde fast i.",
        why="Nye kolleger står alene med det svære, og de erfarne bliver ikke spurgt.",
        expectation="At alle har prøvet én gang inden vinterferien.",
        hours="7,5",
        sent_days_ago=5,
        due_in_days=90,
        state=MandateState.TALK,
        to_visitor=True,
        lines=(
            LinePlan(
                3,
                "Skal det ligge i teamtiden, eller giver du tid ved siden af? Det spørger de mig om som det første.",
                MandateStep.TALK,
            ),
        ),
    ),
)

ROLE = """En ressourceperson hos os

• er kollega først: hun kommer for at hjælpe teamet med at lære af sit eget arbejde
• leder læringssamtaler, når teamet beder om det, og besøger hvert partnerteam hver tredje måned
• leder evalueringen af samtalen bagefter og skriver ned sammen med teamet

Hun vurderer ikke kolleger, og hun bringer ikke noget fra teamet til ledelsen. Det gør teamet selv.

Tiden står i hendes bestillinger. Er der ikke tid nok, finder kontorchefen den eller siger, hvad der må vente."""
