"""What visits begin with where nobody has chosen otherwise. Our proposals, not the programme's."""

from typing import Any

# Words that judge rather than describe. A small list on purpose: a hint that is mostly wrong is not read twice.
JUDGING_WORDS = (
    "dårlig", "dårligt", "dårlige", "dårligere",
    "god", "gode", "godt", "bedre", "bedst", "bedste",
    "flot", "flotte", "fantastisk", "fantastiske", "perfekt", "perfekte", "elendig", "elendigt", "elendige",
    "svag", "svagt", "svage", "kedelig", "kedeligt", "kedelige", "rodet", "rodede", "sjusket", "sjuskede",
    "uprofessionel", "uprofessionelt", "uprofessionelle", "uforberedt", "uforberedte", "useriøs", "useriøst",
    "doven", "dovne", "uengageret", "uengagerede", "irriterende", "forkert", "forkerte",
    "burde", "desværre", "heldigvis",
)  # fmt: skip

# What each member is asked about the conversation, on her own phone. Rows are made of them once; then they are the
# administrator's.
EVALUATION_QUESTIONS = ("Hvad gjorde samtalen godt?", "Hvad vil vi prøve anderledes næste gang?")
# The answers are read once so many members have answered. They appear within seconds on a screen that the room looks
# at: with one or two of them everybody would see whose they are. The pages say the number in words.
FEWEST_ANSWERS = 3
# The team's next steps after a visit: few enough to be taken.
MOST_STEPS = 2


def ensure_evaluation_questions(questions: Any) -> None:
    """Make the rows where there are none; `questions` is the model, or the one of a migration."""
    if not questions.objects.exists():
        for position, text in enumerate(EVALUATION_QUESTIONS, start=1):
            questions.objects.create(text=text, position=position)
