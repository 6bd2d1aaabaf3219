"""The rows the portal begins with. Defaults to be changed by an administrator, not facts."""

import datetime as dt
from typing import Any

from teams.enums import GrusTheme, Promise, TopicKind, TopicLineKind, UnitKind

# When something agreed is done, the team is asked whether it helped: a month later there has been a meeting to see it
# at, and it is not forgotten. Ours, as the two below.
MONTHS_UNTIL_ASKED = 1
# Nobody is asked for longer than this: an unanswered question must not become a heap.
MONTHS_ASKED = 2
# What was settled longer ago than a learning loop no longer stands on a person's own list.
MONTHS_SHOWN_WHEN_SETTLED = 6

# The fundament is HR og Organisation's of 2020: in force from the start for Fællesfunktioner, and only there.
# From the source: monthly, every third month, a contract, a GRUS. Ours: 12 months, July, the days before "soon".
FUNDAMENT_SINCE = dt.date(2020, 1, 1)
JULY = 7
# What the page "new school year" proposes; the leader chooses the day. The year is nobody's.
SCHOOL_YEAR_BEGINS = dt.date(2000, 8, 1)

_TERMS: dict[Promise, dict[str, Any]] = {
    Promise.MEETING: {"interval_months": 1, "first_due_months": 1, "soon_days": 14, "pause_months": [JULY]},
    Promise.CONTRACT: {"interval_months": 12, "first_due_months": 1, "soon_days": 14, "pause_months": []},
    Promise.GRUS: {"interval_months": 12, "first_due_months": 12, "soon_days": 30, "pause_months": [JULY]},
    Promise.VISIT: {"interval_months": 3, "first_due_months": 3, "soon_days": 14, "pause_months": [JULY]},
}


# What Danish and Norwegian templates of team contracts share, with HR og Organisation's own two of 2020: disagreement
# and trust. The questions are ours.
CONTRACT_SECTIONS: tuple[tuple[str, str], ...] = (
    (
        "Formål og mål",
        "Hvorfor er vi et team? Hvad vil vi nå på kort og på langt sigt, og hvad får børn og unge ud af det?",
    ),
    ("Hvem er vi", "Hvad er godt for de andre at vide om mig, når vi arbejder sammen?"),
    ("Roller", "Hvilke roller har vi, de aftalte og de uskrevne? Hvornår bytter vi?"),
    ("Møder", "Hvornår mødes vi, hvordan forbereder vi os, og hvordan er et godt møde hos os?"),
    ("Beslutninger", "Hvad kan hver af os beslutte alene, hvad beslutter vi sammen, og hvad er lederens?"),
    ("Kommunikation og feedback", "Hvordan bakker vi hinandens arbejde op, og hvordan giver vi hinanden feedback?"),
    ("Uenighed", "Hvordan får vi bøvlet på bordet? Hvad gør vi, når vi er fagligt uenige?"),
    ("Tryghed", "Hvad skal der til, for at alle tør sige noget, også det svære?"),
    ("Læringstid", "Hvornår er der tid og ro til vores egen læring?"),
    (
        "Opfølgning",
        "Hvor tit ser vi på vores samarbejde, hvem sætter det på dagsordenen, og hvad tager vi med til lederen?",
    ),
)

# The five pillars of "Stærkere Læringsfællesskaber" (after Thomas R. S. Albrechtsen), in our own words.
PILLARS: tuple[tuple[str, str], ...] = (
    (
        "Fælles værdier og visioner",
        "Vi vil det samme for børn og unge: at de lærer og trives. Det mål kan vi genkende i det, vi gør til hverdag.",
    ),
    (
        "Fokus på børn og unges læring og udvikling",
        "Vi samler viden om, hvad børn og unge får ud af vores arbejde, undersøger den sammen og følger op.",
    ),
    (
        "Reflekterende dialoger",
        "Vi tænker højt sammen om vores praksis og tager fælles ansvar, før vi vælger, hvad vi gør.",
    ),
    (
        "Udvikling af professionel dømmekraft",
        "Vi viser hinanden, hvordan vi arbejder, prøver nye måder af og retter dem til, så vi vurderer klogere.",
    ),
    (
        "En professionel samarbejdskultur",
        "Vi holder fast i at lære sammen. Det forpligter, også når der er travlt, eller vi er uenige.",
    ),
)

# The wording of the four pejlemærker is not published. These are the four "veje" of the programme's own leaflet; the
# actions and signs under them are ours, to be replaced in the administration.
MARKERS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "Læringsramme for teamsamtaler",
        "Møder med et fælles fokus, en tydelig ramme og et arbejde, der vender tilbage til det, vi prøvede.",
        ("Vi bruger læringscirklen i teamets læringssamtale.", "Vi fordeler roller og tid, før vi går i gang."),
        (
            "Vi begynder med at se på det, vi aftalte sidst.",
            "Det meste af tiden går med at undersøge, ikke med at orientere.",
        ),
    ),
    (
        "Datainformerede læringssamtaler",
        "En nysgerrig og systematisk måde at tale om data på, i teamet, med ressourcepersonen og med lederen.",
        (
            "Vi har data med til samtalen og beskriver dem, før vi fortolker.",
            "Vi leder efter mere end én forklaring, også vores egen andel.",
        ),
        ("Vi kan sige, hvor vi ved det fra.", "Data har fået os til at ændre noget i vores praksis."),
    ),
    (
        "Fokuseret observation og feedback",
        "Nogen ser med på noget, vi selv har valgt, og vi bruger det, de så, til at lære sammen.",
        (
            "Vi aftaler fokus, før nogen besøger os.",
            "Vi taler om det, der blev set, og aftaler et næste skridt.",
        ),
        ("Vi beder selv om at blive set.", "Feedback handler om fokus og om det, der skete, ikke om personer."),
    ),
    (
        "Fokus på læringsprogression",
        "Viden om, hvordan børn og unge udvikler sig over tid, og hvad gruppen som helhed har brug for.",
        ("Vi sætter mål og siger, hvilke tegn vi kigger efter.", "Vi vender tilbage til tegnene efter en aftalt tid."),
        (
            "Vi kan fortælle, hvad der har flyttet sig for gruppen siden sidst.",
            "Det, vi lærer om gruppen, afgør, hvad vi prøver næste gang.",
        ),
    ),
)


# The three themes of a GRUS are what Danish guides share, as are four to five questions at most; the wording is ours.
GRUS_QUESTIONS: tuple[tuple[GrusTheme, str], ...] = (
    (GrusTheme.YEAR_PASSED, "Hvad er vi lykkedes med sammen i det år, der gik, og hvad gjorde, at det lykkedes?"),
    (GrusTheme.YEAR_PASSED, "Hvad blev sværere, end vi havde regnet med, og hvad lærte vi af det?"),
    (GrusTheme.WORK, "Hvordan har vi det i teamet, og hvordan arbejder vi sammen?"),
    (GrusTheme.YEAR_TO_COME, "Hvilke opgaver venter os i det kommende år, og hvad vil vi gerne lykkes med?"),
    (GrusTheme.YEAR_TO_COME, "Hvad har vi som gruppe brug for at blive bedre til, og hvem kan hjælpe os?"),
)

# Three questions on what the two sides expect of each other, after VIA's "Ledelse gennem ressourcepersoner": what is
# expected, the role's legitimacy among colleagues, and time. The wording is ours.
EXPECTATION_QUESTIONS: tuple[str, ...] = (
    "Hvad forventer vi af hinanden undervejs, og hvad forventer vi ikke?",
    "Hvad skal kollegerne vide om opgaven, og hvem fortæller dem det?",
    "Hvor kommer tiden fra, og hvad må vente imens?",
)


def default_terms(promise: Promise) -> dict[str, Any]:
    """The columns of `PromiseTerms` that a promise begins with, without kind, unit and days."""
    return dict(_TERMS[promise])


def ensure_default_terms(terms_model: Any) -> None:
    """Create the terms of Fællesfunktioner where that kind has none at all; safe to call again."""
    for promise in Promise:
        if not terms_model.objects.filter(promise=promise, kind=UnitKind.CENTRAL_OFFICE).exists():
            terms_model.objects.create(
                promise=promise, kind=UnitKind.CENTRAL_OFFICE, starts_on=FUNDAMENT_SINCE, **default_terms(promise)
            )


def ensure_contract_sections(section_model: Any) -> None:
    """Create the sections that a contract is offered where there are none at all; safe to call again."""
    if not section_model.objects.exists():
        for position, (title, help_text) in enumerate(CONTRACT_SECTIONS, start=1):
            section_model.objects.create(title=title, help_text=help_text, position=position)


def ensure_grus_questions(template_model: Any) -> None:
    """Create the questions that a GRUS is offered where there are none at all; safe to call again."""
    if not template_model.objects.exists():
        for position, (theme, text) in enumerate(GRUS_QUESTIONS, start=1):
            template_model.objects.create(theme=theme, text=text, position=position)


def ensure_topics(topic_model: Any, line_model: Any) -> None:
    """Create the pillars and the guiding markers where there are none at all; safe to call again."""
    if topic_model.objects.exists():
        return
    pillars = ((TopicKind.PILLAR, title, description, (), ()) for title, description in PILLARS)
    markers = ((TopicKind.MARKER, *marker) for marker in MARKERS)
    for position, (kind, title, description, actions, signs) in enumerate((*pillars, *markers), start=1):
        topic = topic_model.objects.create(kind=kind, title=title, description=description, position=position)
        texts = [(TopicLineKind.ACTION, text) for text in actions] + [(TopicLineKind.SIGN, text) for text in signs]
        for place, (line_kind, text) in enumerate(texts, start=1):
            line_model.objects.create(topic=topic, kind=line_kind, text=text, position=place)


def ensure_expectation_questions(question_model: Any) -> None:
    """Create the questions on mutual expectations where there are none at all; safe to call again."""
    if not question_model.objects.exists():
        for position, text in enumerate(EXPECTATION_QUESTIONS, start=1):
            question_model.objects.create(text=text, position=position)
