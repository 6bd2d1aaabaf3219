"""What was written at the demo's learning conversations, its own agenda, and what somebody found troublesome."""

from collections.abc import Mapping
from dataclasses import dataclass

from slf_portal.demo.defaults.organisation import OFFICE, SCHOOL
from teams.enums import UnitKind


@dataclass(frozen=True, slots=True)
class TalkPlan:
    """A conversation, item by item; `trial` is what the team agreed to try."""

    focus: str
    since_last: str
    focus_person: str
    data: str
    inquiry: str
    goal: str
    check_out: str
    trial: str
    learning: str = ""
    how_it_went: str = ""
    disagreement: str = ""
    check_in: str = "Vi begynder til tiden. Fokus for i dag står på tavlen."
    evaluation: str = (
        "Vi lyttede hinanden ud, også da det var svært. Næste gang bliver vi længere ved det, vi ser, før vi forklarer."
    )


# The oldest first, as the team's cycle goes.
OWN: Mapping[tuple[str, str], tuple[TalkPlan, ...]] = {
    (OFFICE, "Rekruttering"): (
        TalkPlan(
            "Hvad hørte vi, da vi ringede til de nye ledere?",
            "Vi har ringet til fem nye ledere før deres første dag.",
            "Jeg er i tvivl, om opkaldet hjælper dem eller mest os selv.",
            "Fire af fem spurgte om praktiske ting. To sagde, at de var lettede over at høre en stemme.",
            "Måske er det ikke svarene, men at nogen har tid.\n\n"
            "Vores egen andel: Mappen er skrevet til os selv. Den svarer på det, vi ved, og ikke på deres spørgsmål.",
            "Vi ringer til alle nye i to måneder. Tegn: færre spørgsmål om praktiske ting i den første uge.",
            "Vi blev ved spørgsmålet hele vejen. Det er nyt.",
            "Vi ringer til alle nye ledere ugen før deres første dag.",
            learning="De nye vil hellere spørge end læse.",
            how_it_went="God ro. Vi kom lidt sent til målet.",
        ),
        TalkPlan(
            "Hvad beholder vi fra den første uge?",
            "Opkaldene er blevet en vane. Mappen er nu på fire sider.",
            "Jeg vil gerne vide, om vi tør undvære mappen helt.",
            "Ingen af de seneste seks har spurgt efter den lange mappe. Tre har ringet tilbage til den, de talte med.",
            "De husker personen og ikke papiret. Nogle af os savner at kunne henvise til noget skrevet.",
            "Vi beholder opkaldet og de fire sider. Vi stopper den lange mappe.",
            "Vi lukker cirklen og deler det, vi lærte, på kontormødet.",
            "Vi fortæller på kontormødet, hvad opkaldene har lært os.",
            learning="Ti minutter i telefonen betyder mere end den lange mappe.",
            how_it_went="Alle kom til orde, før vi konkluderede.",
        ),
        TalkPlan(
            "Hvad ser vi i de seneste ti opslag?",
            "Den lange mappe er taget ned. Ingen har klaget.",
            "Skolerne siger, at opslagene ligner hinanden. Jeg vil forstå, om de har ret.",
            "Vi lagde ti opslag på bordet. I syv er det første afsnit næsten ens. To nævner noget, kun det sted har.",
            "Vi ville straks lave en ny skabelon og stoppede os selv. Hvad ved vi om, hvordan et opslag bliver til?",
            "Vi venter med målet, til vi har talt med dem, der skriver.",
            "Det var svært at lade være med at løse det. Godt, at mødelederen holdt os fast.",
            "Vi spørger tre ledere, hvordan de skrev deres seneste opslag.",
            learning="Vi hopper til løsningen, når problemet ligner et, vi kender.",
            how_it_went="Vi brugte tyve minutter på det, vi så. Det plejer vi ikke.",
        ),
        TalkPlan(
            "Hvordan kan det forstås, at opslagene ligner hinanden?",
            "Tre ledere er spurgt. To af os har prøvet at ringe i stedet for at sende skabelonen.",
            "Jeg havde regnet med, at lederne manglede tid. Det var ikke det, de sagde.",
            "De begynder med sidste opslag, fordi det er nemmest. Ingen af de tre har fået hjælp til at finde "
            "det særlige.",
            "Vi sender en skabelon og får en skabelon tilbage. Eller: De har ikke ord for det, før nogen spørger.\n\n"
            "Vores egen andel er, at skabelonen er det første, de møder fra os.",
            "Mål: En ansøger kan genfortælle, hvad der er særligt ved stedet. Tegn: to sætninger, der ikke kunne stå i "
            "et andet opslag.",
            "Vi prøver at stille tre spørgsmål, før vi sender noget.",
            "Vi stiller tre spørgsmål i telefonen, før vi sender en skabelon.",
            learning="Vores hjælp former svaret mere, end vi troede.",
            how_it_went="Livligt. Vi afbrød hinanden et par gange.",
            disagreement="Om der overhovedet skal være en skabelon.",
        ),
    ),
    (SCHOOL, "3.-4. årgang"): (
        TalkPlan(
            "Hvad har den fælles start på timen gjort?",
            "Vi har set hinandens start i tre timer.",
            "Jeg synes, der er mere ro. Jeg vil gerne vide, om det kun er mig.",
            "I otte timer gik der under fem minutter, i to gik der otte. I de to var tavlen tom.",
            "Det er ikke reglen, men at det er den samme regel. Når vi selv kommer sent fra pausen, falder det.",
            "Vi beholder den fælles start. Tegn: opgaven står der, når døren åbner.",
            "Vi lukker cirklen og viser det til 5.-6. årgang.",
            "Vi viser 5.-6. årgang, hvordan vi begynder timen.",
            learning="Den samme start hos os alle giver mest ro.",
            how_it_went="Kort og konkret.",
        ),
        TalkPlan(
            "Hvem taler i den faglige samtale?",
            "Den fælles start holder stadig.",
            "Jeg hører de samme stemmer hver gang, og jeg ved ikke, hvad jeg skal gøre ved det.",
            "I fem samtaler stod seks elever for to tredjedele af svarene. Cirka halvdelen sagde ikke noget.",
            "De tavse kan godt have tænkt det. Vi spørger tit om noget, der kun har ét svar. Vi vælger selv den, der "
            "plejer at kunne.",
            "Vi samler en uge mere, før vi sætter et mål.",
            "Vi fik skilt det, vi så, fra det, vi tror.",
            "Vi tæller stemmer i tre timer hver.",
            learning="Tavshed er ikke det samme som ikke at vide.",
            how_it_went="Vi lyttede godt. Tiden gik fra målet.",
        ),
        TalkPlan(
            "Hvad er vores egen andel i, at de fleste tier?",
            "Alle har talt stemmer i tre timer. Makkerlæsning er i gang i begge klasser.",
            "Da jeg ventede fem sekunder, kom der to nye hænder op. Det overraskede mig.",
            "Tiden mellem spørgsmål og svar er i snit under to sekunder. Med makkersnak først svarede omtrent dobbelt "
            "så mange.",
            "Vi er bange for stilheden og fylder den selv. Spørgsmålene kunne være mere åbne.",
            "Mål: Mere end halvdelen siger noget fagligt i en time. Tegn: svar, der bygger videre på en andens.",
            "Vi prøver et minuts makkersnak før svaret.",
            "Vi giver et minuts makkersnak, før nogen svarer.",
            learning="Fem sekunders ventetid er lang tid for os og kort tid for dem.",
            how_it_went="Vi holdt os til data og grinede undervejs.",
            disagreement="Om man må trække navne.",
        ),
    ),
}

# The other teams' conversations, by the kind of their unit.
USUAL: Mapping[UnitKind, tuple[TalkPlan, ...]] = {
    UnitKind.CENTRAL_OFFICE: (
        TalkPlan(
            "Hvad driller mest i vores opgaver lige nu?",
            "To af tre aftaler er gjort. Den sidste venter på svar udefra.",
            "Jeg får det samme spørgsmål hver uge og svarer på det hver uge.",
            "Af de seneste tyve henvendelser handlede ni om det samme punkt i vejledningen.",
            "Enten er punktet uklart, eller også er det nemmere at spørge os. Vi har vænnet dem til et hurtigt svar.",
            "Mål: Spørgsmålet bliver stillet halvt så tit. Tegn: De henviser selv til punktet.",
            "Vi skriver punktet om sammen med to, der spørger.",
            "Vi skriver punktet i vejledningen om sammen med to, der bruger den.",
            learning="Et hurtigt svar kan holde et problem i live.",
            how_it_went="Godt tempo.",
        ),
        TalkPlan(
            "Hvordan giver vi hinanden sparring i en travl uge?",
            "Vejledningen er skrevet om. Det er for tidligt at se en forskel.",
            "Jeg lader være med at spørge, når de andre ser optagne ud.",
            "I sidste uge bad tre af os om sparring. Alle tre gjorde det efter klokken tre.",
            "Vi venter, til det haster. Måske tror vi, at et spørgsmål skal være færdigt, før man må stille det.",
            "Mål: Vi spørger, mens der er tid. Tegn: Ufærdige udkast bliver vist frem.",
            "Vi prøver et kvarter to faste dage om ugen.",
            "Vi holder et kvarter åbent for sparring tirsdag og torsdag.",
            learning="Det er trygt at vise noget ufærdigt, når alle gør det.",
            how_it_went="Der var plads til at være i tvivl.",
            disagreement="Om kvarteret skal stå i kalenderen.",
        ),
        TalkPlan(
            "Hvad sker der, når vi er fagligt uenige?",
            "Kvarteret er brugt fem ud af otte gange.",
            "Jeg sagde ikke noget på det sidste møde og ærgrede mig bagefter.",
            "På to møder blev der truffet en beslutning, uden at nogen sagde noget imod.",
            "Vi læser stilhed som enighed. Den, der har sagen, vil gerne videre.",
            "Mål: Uenigheden bliver sagt, før vi beslutter. Tegn: Nogen siger mindst én ting imod.",
            "Vi tager en runde, før vi konkluderer.",
            "Vi spørger efter det, der taler imod, før vi beslutter.",
            learning="Stilhed er ikke et ja.",
            how_it_went="Modigt. Vi gik lidt over tiden.",
        ),
    ),
    UnitKind.SCHOOL: (
        TalkPlan(
            "Hvad hjælper gruppen i gang med en åben opgave?",
            "Vi har samlet opgaver fra to uger.",
            "Jeg forklarer mere og mere, og de spørger mere og mere.",
            "Efter ti minutter havde cirka en tredjedel ikke skrevet noget. De fleste ventede på hjælp.",
            "Opgaven er åben for os og uklar for dem. Vi går hen til den første, der rækker hånden op.",
            "Mål: Alle har skrevet noget efter fem minutter. Tegn: De spørger en makker, før de spørger os.",
            "Vi prøver et eksempel på tavlen og fem stille minutter.",
            "Vi viser ét eksempel og giver fem stille minutter, før vi hjælper.",
            learning="Mere forklaring giver ikke mere arbejde.",
            how_it_went="Vi havde gode data med.",
        ),
        TalkPlan(
            "Hvordan bruger vi de voksne, når vi er to?",
            "De fem stille minutter er prøvet i alle klasser.",
            "Når vi er to, laver vi begge det samme.",
            "I seks timer med to voksne stod begge ved tavlen eller hos de samme i over halvdelen af tiden.",
            "Vi har ikke aftalt, hvem der ser på hvad. Vi undgår at bestemme over hinanden.",
            "Mål: Vi har hver vores opgave. Tegn: Vi kan sige den, før timen begynder.",
            "Vi prøver to minutters aftale i døren.",
            "Vi aftaler i døren, hvem der ser på hvad.",
            learning="To voksne er ikke to, før de har aftalt det.",
            how_it_went="Ærligt og venligt.",
        ),
        TalkPlan(
            "Hvad ved vi om dem, der er stille?",
            "Aftalen i døren lykkes, når vi kommer til tiden.",
            "Jeg opdagede, at jeg ikke kunne sige noget om en hel gruppe i klassen.",
            "På en uge havde vi noteret noget fagligt om cirka to tredjedele. De sidste ligner hinanden: De er stille.",
            "Vi ser dem, der kalder. Vores noter følger uroen og ikke læringen.",
            "Mål: Vi kan sige noget om alle grupper hver måned. Tegn: Noterne er spredt på hele klassen.",
            "Vi begynder med dem, vi ved mindst om.",
            "Vi begynder hver observation hos dem, vi ved mindst om.",
            learning="Det, vi skriver ned, viser, hvor vi kigger.",
            how_it_went="Stille og koncentreret.",
            disagreement="Om vi skal bruge et fast skema.",
        ),
    ),
    UnitKind.DAYCARE: (
        TalkPlan(
            "Hvad sker der omkring garderoben?",
            "Vi har set på garderoben i tre dage hver.",
            "Jeg bliver selv stresset, og det kan de mærke.",
            "Mellem klokken ni og ti er der op til fjorten i garderoben. Ventetiden er mellem fem og tyve minutter.",
            "Vi går ud samlet, fordi vi plejer. De yngste venter længst.",
            "Mål: Højst seks i garderoben ad gangen. Tegn: Der er snak og ikke gråd.",
            "Vi går ud i små hold i to uger.",
            "Vi går ud i hold på højst seks.",
            learning="Det er rytmen og ikke tøjet, der larmer.",
            how_it_went="Godt, at alle havde set det samme.",
        ),
        TalkPlan(
            "Hvordan bliver måltidet til en samtale?",
            "De små hold virker. Det kræver en aftale om morgenen.",
            "Jeg er den, der rejser sig hele tiden.",
            "Under tre måltider rejste de voksne sig fra bordet mellem ni og fjorten gange.",
            "Vi dækker op, mens vi spiser. Samtalen holder, når en voksen bliver siddende.",
            "Mål: En voksen bliver siddende ved hvert bord. Tegn: De ældste fortæller videre på hinandens historier.",
            "Vi stiller alt frem, før vi sætter os.",
            "Vi stiller alt frem, før vi sætter os.",
            learning="Ro begynder med vores egne ben.",
            how_it_went="Varmt og konkret.",
        ),
        TalkPlan(
            "Hvem leger med hvem, og hvor er vi?",
            "Måltidet er roligere ved to af tre borde.",
            "Jeg vil gerne se på vores egen plads i legen.",
            "På legepladsen stod vi samlet i halvdelen af tiden. Cirka en fjerdedel af gruppen gik rundt i kanten.",
            "Vi holder øje, men vi er ikke med. De i kanten venter måske på en voksen, der begynder noget.",
            "Mål: En af os er altid med i en leg. Tegn: Færre går i kanten.",
            "Vi deler legepladsen i tre.",
            "Vi deler legepladsen i tre, og én begynder en leg.",
            learning="At se på er ikke det samme som at være der.",
            how_it_went="Vi talte om os selv. Det var godt.",
        ),
    ),
    UnitKind.YOUTH: (
        TalkPlan(
            "Hvad får nye til at komme igen?",
            "Vi har talt nye ansigter i tre uger.",
            "Jeg hilser på dem, jeg kender, og opdager først de nye bagefter.",
            "Af 21 nye kom cirka en tredjedel igen ugen efter. Flest af dem, der blev vist rundt.",
            "Det er let at være gammel her og svært at være ny. Vi står selv bag disken.",
            "Mål: Halvdelen kommer igen. Tegn: De nye kender to voksne ved navn.",
            "Vi prøver en vært ved døren.",
            "Vi skiftes til at være vært ved døren.",
            learning="Den første halve time afgør den næste uge.",
            how_it_went="Sjovt og lidt rodet.",
        ),
        TalkPlan(
            "Hvem bestemmer, hvad vi laver?",
            "Værten ved døren er prøvet fire aftener.",
            "Jeg planlægger for dem og bliver skuffet, når de ikke kommer.",
            "Af ti aktiviteter var otte foreslået af os. De to andre havde flest deltagere.",
            "Vi spørger for sent, når planen er lagt. Vi er bange for, at der ikke kommer noget.",
            "Mål: Hver anden aktivitet er deres idé. Tegn: Der står forslag på tavlen.",
            "Vi lader en uge stå tom.",
            "Vi lader en uge i næste måned stå tom til deres forslag.",
            learning="En tom uge er også en plan.",
            how_it_went="Åbent. Alle bidrog.",
            disagreement="Hvor tom ugen må være.",
        ),
    ),
}

# Meetings to come that somebody has begun to prepare, and the question of the day.
PREPARED: Mapping[tuple[str, str], str] = {
    (OFFICE, "Rekruttering"): "Hvad skete der, da vi stillede tre spørgsmål først?",
    (OFFICE, "Ledelse og udvikling"): "Skal vi justere cirklen eller lukke den?",
    (SCHOOL, "3.-4. årgang"): "Hvad gjorde et minuts makkersnak ved samtalen?",
}

# The office's own agenda: first as it was copied, then with two items changed about and a question of its own.
OWN_AGENDA = "Kontorets læringssamtale"
OWN_AGENDA_WHEN = "Til vores månedlige partnerteammøder. Vi begynder med data, før fokuspersonen fortæller."
OWN_QUESTION = "Hvad ser og hører vi i vores egne opgaver? Beskriv, før I forklarer."
COPIED_DAYS_AGO, CHANGED_DAYS_AGO = 125, 28

# What the member of Rekruttering has noted for himself, so many days ago.
SNAGS = (
    (2, "Vi får svar fra lønsystemet dagen efter, at vi har brugt dem."),
    (9, "Jeg ved ikke, hvem der beslutter teksten, når skolen og vi er uenige."),
)
