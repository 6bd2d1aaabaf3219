"""What the demo's teams have agreed on. Days count from the day the demo is built."""

from dataclasses import dataclass
from enum import Enum, auto

from slf_portal.demo.defaults.organisation import OFFICE
from teams.enums import AgreementSource, AgreementState, Helped

GRUS, MEETING, VISIT = AgreementSource.GRUS, AgreementSource.MEETING, AgreementSource.VISIT
UNDER_WAY, DONE, DROPPED = AgreementState.UNDER_WAY, AgreementState.DONE, AgreementState.DROPPED


class Who(Enum):
    """Who does it."""

    TEAM = auto()
    FIRST = auto()
    SECOND = auto()
    VISITOR = auto()
    LEADER = auto()
    FORMER = auto()


@dataclass(frozen=True, slots=True)
class AgreementPlan:
    """Agreed so many days ago, due in so many (negative: since); `settled`: done so many days ago."""

    text: str
    agreed: int
    due: int
    who: Who = Who.TEAM
    source: AgreementSource = AgreementSource.TEAM
    state: AgreementState = AgreementState.OPEN
    settled: int = 0
    is_shared: bool = False
    reason: str = ""
    helped: Helped | None = None
    note: str = ""


_RECRUITMENT = (
    AgreementPlan("Jeg sender de tre spørgsmål, vi åbner samtalen med, ud inden mødet.", 20, 2, Who.FIRST, MEETING),
    AgreementPlan("Jeg spørger to nye kolleger, hvordan de oplevede deres første uge.", 34, -4, Who.FIRST, MEETING),
    AgreementPlan("Vi prøver en runde, hvor alle taler, før vi konkluderer.", 20, 9, source=MEETING, state=UNDER_WAY),
    AgreementPlan("Vi lægger tid ind i ugen til at give hinanden feedback på stillingsopslag.", 340, 30, source=GRUS),
    AgreementPlan("Jeg finder to metoder til at åbne en samtale om uenighed.", 25, 1, Who.VISITOR, VISIT),
    AgreementPlan("Jeg finder en fast time om ugen, hvor teamet kan fordybe sig.", 340, 12, Who.LEADER, GRUS),
    AgreementPlan("Jeg samler erfaringerne fra sidste rekruttering i en halv side.", 90, -30, Who.FORMER, MEETING),
    AgreementPlan(
        "Vi begynder hvert møde med det, der er svært lige nu.", 75, -45, Who.TEAM, MEETING, DONE, settled=40,
    ),
    AgreementPlan(
        "Jeg beder Løn og data om tallene opdelt på kvartaler.", 80, -50, Who.FIRST, MEETING, DONE, settled=44,
    ),
    AgreementPlan(
        "Vi skriver to gode spørgsmål på tavlen før hver samtale.", 110, -60, Who.TEAM, VISIT, DONE, settled=65,
        helped=Helped.PARTLY, note="Vi kommer hurtigere i gang, men glemmer tavlen, når vi har travlt.",
    ),
    AgreementPlan(
        "Vi laver et fælles årshjul.", 60, -10, state=DROPPED, reason="Kontoret har fået ét årshjul for alle teams.",
    ),
)  # fmt: skip

PLANS: dict[tuple[str, str], tuple[AgreementPlan, ...]] = {
    (OFFICE, "Rekruttering"): _RECRUITMENT,
    (OFFICE, "Arbejdsmiljø"): (
        AgreementPlan("Vi prøver at starte mødet med data og slutte med én handling.", 26, 5, source=MEETING),
        AgreementPlan("Jeg spørger tre ledere, hvad de bruger målingen til.", 26, 16, Who.SECOND, MEETING, UNDER_WAY),
        AgreementPlan("Vi fortæller kontorchefen, hvad vi har lært af målingen.", 12, 20, is_shared=True),
        AgreementPlan("Jeg samler op efter besøget og sender det til teamet.", 40, 3, Who.VISITOR, VISIT),
        AgreementPlan("Vi bytter mødeleder hver gang.", 70, -20, Who.TEAM, GRUS, DONE, settled=33),
    ),
    (OFFICE, "Løn og data"): (
        AgreementPlan("Jeg sender metoden til teamet.", 14, 0, Who.VISITOR),
        AgreementPlan("Vi viser hinanden, hvordan vi bygger en rapport.", 30, 15, source=MEETING),
    ),
    (OFFICE, "Ledelse og udvikling"): (
        AgreementPlan("Jeg øver mig i at stille ét spørgsmål ad gangen.", 18, 13, Who.FIRST, MEETING, UNDER_WAY),
        AgreementPlan("Vi inviterer et andet team med til en samtale.", 18, 25, source=MEETING, is_shared=True),
        AgreementPlan("Vi deler vores målsætningstrappe med kontoret.", 300, -2, Who.LEADER, GRUS),
    ),
    (OFFICE, "Overenskomst og jura"): (
        AgreementPlan("Vi tager en svær sag med til hver samtale, uden navne.", 35, 8, source=MEETING),
        AgreementPlan("Jeg booker et lokale med en stor tavle.", 35, -6, Who.FIRST, MEETING, DONE, settled=8),
    ),
    ("Mågedalsskolen", "3.-4. årgang"): (
        AgreementPlan("Vi prøver makkerlæsning i begge klasser hver uge.", 21, 7, source=MEETING, state=UNDER_WAY),
        AgreementPlan("Jeg finder tre læsestrategier, vi kan vælge imellem.", 21, 4, Who.SECOND, MEETING),
        AgreementPlan("Vi planlægger overgangen fra 2. til 3. klasse sammen med SFO'en.", 330, 40, source=GRUS),
        AgreementPlan(
            "Vi observerer hinandens opstart af timen.", 95, -50, Who.TEAM, VISIT, DONE, settled=48,
            helped=Helped.YES, note="Timerne begynder roligere i begge klasser.",
        ),
    ),
    ("Mågedalsskolen", "5.-6. årgang"): (
        AgreementPlan("Vi spørger eleverne, hvad der hjælper dem i gang.", 28, 6, Who.FIRST, MEETING),
        AgreementPlan("Vi samler ideer til bevægelse i timerne.", 60, -14, source=MEETING, state=DROPPED,
                      reason="Idrætsteamet er allerede i gang med det."),
    ),
}  # fmt: skip
