"""Finding words in free text that may point to one child. A soft hint for whoever writes, never a refusal.

Looked for is a word for one child beside a word with a capital letter ("eleven Sofie", "barnet A."), and an age written
as "på 8 år". There is no list of names, and what is found is neither kept nor logged.
"""

import re

# One child, in the forms that are followed by a name; several children are a group.
_CHILD = r"(?:elev|barn|dreng|pige)(?:en|et|n)?s?"
_IN_NAME = r"\w'\u2019-"
_NAME = rf"[A-ZÆØÅÉÖÜ][{_IN_NAME}]*"
_GAP = r"[ \t\u00a0]+"
_CHILD_THEN_NAME = re.compile(rf"\b(?i:{_CHILD}){_GAP}(?P<name>{_NAME})")
# From the beginning of a word only: tried from every letter, a long run of capitals would take seconds.
_NAME_THEN_CHILD = re.compile(rf"(?<![{_IN_NAME}])(?P<name>{_NAME}){_GAP}{_CHILD}\b")
# From a small child to the oldest pupil; a figure at the beginning of a sentence ("På 2 år ...") is a span of time.
_AGE = re.compile(r"\bpå[ \t\u00a0]+(?:[1-9]|1[0-7])[ \t\u00a0]+år\b")
# What has a capital letter in any sentence, and names nobody.
_PRONOUNS = {"I", "De", "Dem", "Deres"}
_ABBREVIATION = re.compile(r"[A-ZÆØÅ]{3,}")
_BEFORE_SENTENCE = frozenset('.!?:;\n\u2022\u2013*-"\u201d\u00bb(')


def childlike_words(text: str) -> list[str]:
    """The places in `text` that may point to one child, as they are written there, each once, in their order."""
    found = [match for match in _CHILD_THEN_NAME.finditer(text) if _can_be_name(match["name"])]
    found += [
        match
        for match in _NAME_THEN_CHILD.finditer(text)
        if _can_be_name(match["name"]) and not _begins_sentence(text, match.start())
    ]
    found += _AGE.finditer(text)
    return list(dict.fromkeys(match[0] for match in sorted(found, key=lambda match: match.start())))


def _begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence or a line begins at that place."""
    while at and text[at - 1].isspace() and text[at - 1] != "\n":
        at -= 1
    return at == 0 or text[at - 1] in _BEFORE_SENTENCE


def _can_be_name(word: str) -> bool:
    return word not in _PRONOUNS and not _ABBREVIATION.match(word)
