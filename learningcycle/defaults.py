"""The templates the portal begins with. Our proposals, to be copied and changed, not the programme's official ones."""

from typing import Any

from learningcycle.enums import AgendaPart, PhaseRule, TemplateKind

# A learning loop: a cycle that has run longer is asked about.
LOOP_MONTHS = 6
# The agendas that meetings begin with where a team has not chosen another.
DEFAULT_CYCLE, DEFAULT_AGENDA = "laeringscirklen", "laeringssamtale-60"
# For so long a team remembers who was at a meeting.
MONTHS_NAMES_ARE_KEPT = 12
# A whole agenda takes at least a short talk and at most half a working day.
LEAST_MINUTES, MOST_AGENDA_MINUTES = 5, 240
# The item under which notes of something troublesome come to a meeting.
SNAGS_TITLE, SNAGS_MINUTES = "Bøvlet på bordet", 5

# key, title, description, whose idea, phases: title, question, what is written, rule.
_CYCLES: tuple[tuple[str, str, str, str, tuple[tuple[str, str, str, str], ...]], ...] = (
    (
        DEFAULT_CYCLE,
        "Læringscirklen",
        "Vores forslag til en hel læringscirkel over nogle uger eller måneder. Brug den, hvis I ikke har jeres egen.",
        "Portalens forslag, ikke programmets officielle faser",
        (
            (
                "Fokusér",
                "Hvad undrer vi os over, og hvilket mål hænger det sammen med?",
                "Fokus i én sætning.",
                PhaseRule.FOCUS,
            ),
            (
                "Observér",
                "Hvad ved vi, og hvor ved vi det fra?",
                "Data med periode og gruppe, beskrevet uden at vurdere.",
                PhaseRule.DATA,
            ),
            (
                "Reflektér og sæt mål",
                "Hvordan kan det forstås, og hvad er vores egen andel? Hvad vil vi opnå?",
                "Mere end én fortolkning, et mål og de tegn, vi vil kigge efter.",
                PhaseRule.GOAL_AND_SIGN,
            ),
            (
                "Planlæg",
                "Hvad prøver vi, i hvor lille en skala, og hvad forventer vi sker?",
                "En prøvehandling med ansvarlig og dato.",
                PhaseRule.ACTION,
            ),
            (
                "Afprøv",
                "Hvad gjorde vi, og hvad lagde vi mærke til?",
                "Korte linjer i loggen.",
                PhaseRule.ACTIONS_SETTLED,
            ),
            (
                "Evaluér og justér",
                "Hvad lærte vi, og hvad beholder, ændrer eller stopper vi?",
                "Det, vi lærte, og hvad der skal ske nu.",
                PhaseRule.LEARNING,
            ),
        ),
    ),
    (
        "fire-faser",
        "Didaktisk samtale i fire faser",
        "God, når én har noget med fra sin praksis, og I undersøger det sammen.",
        "Efter KL og Skolelederforeningen",
        (
            ("Grøn", "Hvordan ser fokuspersonen på det?", "Spørgsmålet, med fokuspersonens ord.", PhaseRule.FOCUS),
            ("Gul", "Hvad viser data, fortalt neutralt?", "Det, I ser og hører, uden at vurdere.", PhaseRule.DATA),
            (
                "Rød",
                "Hvad kan ligge bag? Grav i data eller i det, vi plejer at tro virker.",
                "Flere fortolkninger og et mål.",
                PhaseRule.GOAL_AND_SIGN,
            ),
            (
                "Blå",
                "Hvad lærte vi, og hvad er det næste skridt? Fokuspersonen har ordet.",
                "Det næste skridt og det, I lærte.",
                PhaseRule.ACTION,
            ),
        ),
    ),
    (
        "undersoegelsesspiral",
        "Undersøgelsesspiralen",
        "God, når I vil se bredt, før I vælger. Det første trin må gerne tage en måned.",
        "Efter spiral of inquiry (Timperley, Kaser og Halbert)",
        (
            ("Se efter", "Hvad sker der for dem, det handler om? Hvordan ved vi det?", "Det, I ser.", PhaseRule.DATA),
            ("Vælg fokus", "Hvad betyder mest lige nu?", "Ét fokus eller to.", PhaseRule.FOCUS),
            ("Find en formodning", "Hvad er vores egen andel i det?", "Flere bud på, hvorfor det er sådan.", ""),
            ("Lær nyt", "Hvad har vi brug for at vide og kunne?", "Et mål og tegn.", PhaseRule.GOAL_AND_SIGN),
            ("Prøv af", "Hvad gør vi anderledes?", "Prøvehandlinger med dato.", PhaseRule.ACTION),
            ("Tjek", "Gjorde det en forskel, der er stor nok?", "Det, I lærte.", PhaseRule.LEARNING),
        ),
    ),
    (
        "pdsa",
        "Forbedringscirklen (PDSA)",
        "God til at prøve noget lille: én gang, ét sted, én kollega. Skriv, hvad I tror der sker, før I prøver.",
        "Efter Deming",
        (
            (
                "Planlæg",
                "Hvad vil vi opnå, hvordan ser vi det, og hvad tror vi der sker?",
                "Mål, tegn og en forudsigelse.",
                PhaseRule.GOAL_AND_SIGN,
            ),
            ("Gør", "Hvad prøvede vi i lille skala?", "Hvad I gjorde, kort.", PhaseRule.ACTION),
            ("Undersøg", "Gik det, som vi troede?", "Forskellen på det, I troede, og det, der skete.", PhaseRule.DATA),
            ("Handl", "Beholder, tilpasser eller dropper vi det?", "Det, I lærte.", PhaseRule.LEARNING),
        ),
    ),
    (
        "aktionslaering",
        "Aktionslæring",
        "God, når I vil prøve noget af og se på hinandens praksis undervejs.",
        "Efter Helle Plauborg m.fl.",
        (
            ("Formulér spørgsmålet", "Hvad vil vi blive klogere på?", "Spørgsmålet i én sætning.", PhaseRule.FOCUS),
            ("Sæt aktioner i gang", "Hvad prøver vi?", "Prøvehandlinger med dato.", PhaseRule.ACTION),
            ("Se på aktionerne", "Hvad så og hørte vi?", "Beskrivelser uden at vurdere.", PhaseRule.DATA),
            ("Tal om det", "Hvordan kan det forstås?", "Flere fortolkninger.", PhaseRule.GOAL_AND_SIGN),
            ("Bearbejd erfaringerne", "Hvad tager vi med os?", "Det, I lærte.", PhaseRule.LEARNING),
        ),
    ),
    (
        "fem-trin",
        "Fem trin",
        "God, når målet er kendt: observér, sæt mål, planlæg, udfør og evaluér.",
        "Efter et forløb i en enhed i Aarhus",
        (
            ("Observér", "Hvad ser vi, og hvad er det næste lille skridt?", "Data uden vurdering.", PhaseRule.DATA),
            ("Reflektér og sæt mål", "Hvad vil vi opnå sammen?", "Mål og tegn.", PhaseRule.GOAL_AND_SIGN),
            ("Planlæg", "Hvem gør hvad hvornår?", "Handlinger med ansvarlig og dato.", PhaseRule.ACTION),
            ("Udfør handlinger", "Hvad gjorde vi?", "Korte linjer i loggen.", PhaseRule.ACTIONS_SETTLED),
            ("Evaluér og justér", "Hvad virkede, og hvad ændrer vi?", "Det, I lærte.", PhaseRule.LEARNING),
        ),
    ),
    (
        "fire-spoergsmaal",
        "De fire spørgsmål",
        "God som en fast ramme om det, børn og unge skal lære.",
        "Efter professional learning communities (DuFour)",
        (
            ("Hvad skal de lære?", "Hvad er det vigtigste lige nu?", "Fokus og mål.", PhaseRule.FOCUS),
            ("Hvordan ved vi, at de lærer det?", "Hvilke tegn kigger vi efter?", "Tegn.", PhaseRule.GOAL_AND_SIGN),
            ("Hvad gør vi, når det ikke lykkes?", "Hvad kan vi selv ændre?", "Prøvehandlinger.", PhaseRule.ACTION),
            ("Hvad gør vi, når de kan det?", "Hvordan kommer de videre?", "Det, I lærte.", PhaseRule.LEARNING),
        ),
    ),
)

_SINCE_LAST = (
    "Siden sidst",
    "Hvad gjorde vi, og hvad skete der?",
    AgendaPart.SINCE_LAST,
)
_DATA = ("Data på bordet", "Hvad ser og hører vi? Beskriv, før I forklarer.", AgendaPart.DATA)
_INQUIRY = (
    "Fælles undersøgelse",
    "Hvordan kan det forstås, og hvad er vores egen andel? Hvad er vi ikke enige om?",
    AgendaPart.INQUIRY,
)
_GOAL = ("Mål, tegn og prøvehandling", "Hvad vil vi opnå, hvad kigger vi efter, og hvad prøver vi?", AgendaPart.GOAL)
_CHECK_OUT = ("Tjek ud", "Hvad lærte vi, hvordan gik samtalen, og hvornår mødes vi?", AgendaPart.CHECK_OUT)
_CHECK_IN = ("Tjek ind", "Hvem har hvilken rolle, og hvad er fokus i dag?", AgendaPart.CHECK_IN)
_FOCUS_PERSON = (
    "Fokuspersonens perspektiv",
    "Hvad er du optaget af, og hvad vil du gerne have hjælp til at forstå?",
    AgendaPart.FOCUS_PERSON,
)
_EVALUATION = (
    "Evaluering af samtalen",
    "Hvad gjorde vi, som hjalp os med at lære? Hvad vil vi gøre anderledes næste gang?",
    AgendaPart.EVALUATION,
)

# key, title, description, items with their minutes. The largest share goes to the joint inquiry, as KL advises.
_AGENDAS: tuple[tuple[str, str, str, tuple[tuple[tuple[str, str, str], int], ...]], ...] = (
    (
        DEFAULT_AGENDA,
        "Teamets læringssamtale, 60 minutter",
        "Vores forslag til en hel samtale.",
        (
            (_CHECK_IN, 4),
            (_SINCE_LAST, 8),
            (_FOCUS_PERSON, 6),
            (_DATA, 8),
            (_INQUIRY, 20),
            (_GOAL, 9),
            (_CHECK_OUT, 5),
        ),
    ),
    (
        "laeringssamtale-30",
        "Kort læringssamtale, 30 minutter",
        "Til en travl måned: det vigtigste, og ikke mere.",
        ((_SINCE_LAST, 5), (_DATA, 6), (_INQUIRY, 11), (_GOAL, 5), (_CHECK_OUT, 3)),
    ),
    (
        "laeringssamtale-besoeg",
        "Læringssamtale med besøg, 75 minutter",
        "Når en ressourceperson er med og observerer. Til sidst evaluerer I samtalen sammen.",
        (
            (_CHECK_IN, 4),
            (_SINCE_LAST, 8),
            (_FOCUS_PERSON, 6),
            (_DATA, 8),
            (_INQUIRY, 20),
            (_GOAL, 9),
            (_CHECK_OUT, 5),
            (_EVALUATION, 15),
        ),
    ),
)


def ensure_templates(template_model: Any, version_model: Any, step_model: Any) -> None:
    """Create each template that the portal ships with and that is not there; safe to call again."""
    for position, (key, title, description, source, phases) in enumerate(_CYCLES, start=1):
        steps: list[dict[str, Any]] = [
            {"title": name, "question": question, "to_write": to_write, "rule": rule}
            for name, question, to_write, rule in phases
        ]
        words = {"title": title, "description": description, "source": source}
        _ensure(template_model, version_model, step_model, TemplateKind.CYCLE, key, position, words, steps)
    for position, (key, title, description, items) in enumerate(_AGENDAS, start=1):
        steps = [
            {"title": name, "question": question, "part": part, "minutes": minutes}
            for (name, question, part), minutes in items
        ]
        words = {"title": title, "description": description}
        _ensure(template_model, version_model, step_model, TemplateKind.AGENDA, key, position, words, steps)


def _ensure(
    template_model: Any,
    version_model: Any,
    step_model: Any,
    kind: TemplateKind,
    key: str,
    position: int,
    words: dict[str, str],
    steps: list[dict[str, Any]],
) -> None:
    template, is_new = template_model.objects.get_or_create(key=key, defaults={"kind": kind, "position": position})
    if is_new:
        version = version_model.objects.create(template=template, number=1, **words)
        step_model.objects.bulk_create(
            step_model(version=version, position=place, **step) for place, step in enumerate(steps, start=1)
        )
