"""The Danish catalogue: the texts of the source, their translations, and what is wrong with either.

Read and written by Babel, so that no machine needs the gettext programs.
"""

import io
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

DANISH: Path = settings.BASE_DIR / "locale" / "da" / "LC_MESSAGES" / "django.po"

# No dates: they would change the file when nothing else did.
_HEADER = r"""msgid ""
msgstr ""
"Language: da\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
_CONTEXT_FIRST = (1, "c")
_CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (_CONTEXT_FIRST, 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (_CONTEXT_FIRST, 2, 3)),
}
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdif]|\{\w*\}")


def sources() -> list[Path]:
    """The Python files of the project's apps and rooms without their tests and migrations, and every template."""
    parts = (_parts(Path(app.path)) for app in apps.get_app_configs())
    rooms = {settings.BASE_DIR / path[0] for path in parts if path and "site-packages" not in path}
    code = [path for room in rooms for path in room.rglob("*.py")]
    pages = [path for root in {settings.BASE_DIR, *rooms} for path in (root / "templates").rglob("*.*")]
    return sorted(path for path in [*code, *pages] if not {"tests", "migrations"} & set(_parts(path)))


def texts_of(paths: Iterable[Path]) -> Catalog:
    """Every text for people in the Python files and templates, not translated yet."""
    catalogue = Catalog(locale="da")
    for path in paths:
        for _line, text, comments, context in _extracted(path):
            catalogue.add(text, context=context, auto_comments=comments)
    return catalogue


def read(path: Path) -> Catalog:
    """What stands in a catalogue's file, nothing where there is none. Raises PoFileError."""
    content = path.read_bytes() if path.exists() else _HEADER.encode()
    return read_po(io.BytesIO(content), locale="da", abort_invalid=True)


def write(path: Path, catalogue: Catalog) -> None:
    """The same texts and translations always give the same file."""
    body = io.BytesIO()
    write_po(body, catalogue, width=120, no_location=True, omit_header=True, sort_output=True)
    _write(path, _HEADER.encode() + body.getvalue())


def merged(texts: Catalog, stored: Catalog) -> Catalog:
    """The texts with the translations that are stored for them; a translation of another text is never guessed at."""
    for text in _messages(texts):
        known = stored.get(text.id, text.context)
        if known is not None and known.pluralizable == text.pluralizable:
            text.string, text.user_comments = known.string, known.user_comments
            text.flags |= known.flags & {"fuzzy"}
    return texts


def compile_when_older(path: Path) -> None:
    """Write the file Django reads beside the catalogue's, unless it is the newer one."""
    compiled = path.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns > path.stat().st_mtime_ns:
        return
    body = io.BytesIO()
    write_mo(body, read(path))
    _write(compiled, body.getvalue())


def problems(texts: Catalog, stored: Catalog) -> list[str]:
    """A line for each text that is missing, not translated, translated wrongly, or no longer in the source."""
    found = [(_problem(text, stored.get(text.id, text.context)), text) for text in _messages(texts)]
    gone = [("obsolete", text) for text in _messages(stored) if texts.get(text.id, text.context) is None]
    return sorted(f"{problem}: {_name(text)}" for problem, text in [*found, *gone] if problem)


def _parts(path: Path) -> tuple[str, ...]:
    """The folders from the project's root; none for a path outside it."""
    return path.relative_to(settings.BASE_DIR).parts if path.is_relative_to(settings.BASE_DIR) else ()


def _extracted(path: Path) -> Iterable[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django turns a template into calls of gettext; without indentation the rest is Python to the tokenizer.
        source = re.sub(r"^[^\S\n]+", "", templatize(source, origin=str(path)), flags=re.MULTILINE)
    return extract("python", io.BytesIO(source.encode()), _CALLS, ["Translators:"], strip_comment_tags=True)


def _messages(catalogue: Catalog) -> Iterator[Message]:
    """The entries without the header, which is the one without a text."""
    return (message for message in catalogue if message.id)


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """The text, or its singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def _problem(text: Message, stored: Message | None) -> str:
    if stored is None or stored.pluralizable != text.pluralizable:
        return "missing"
    if not all(_forms(stored.string)) or not stored.string:
        return "not translated"
    if stored.fuzzy:
        return "fuzzy"
    if not _placeholders_fit(_forms(text.id), _forms(stored.string)):
        return "other placeholders"
    return ""


def _placeholders_fit(originals: tuple[str, ...], translations: tuple[str, ...]) -> bool:
    """The same placeholders in each form; only a singular may leave one out, as "one team" does."""
    singular, *plurals = translations
    if plurals and _placeholders(singular) < _placeholders(originals[0]):
        return _placeholders(plurals[-1]) == _placeholders(originals[-1])
    return [*map(_placeholders, originals)] == [*map(_placeholders, translations)]


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text.replace("%%", "")))


def _name(text: Message) -> str:
    return repr(_forms(text.id)[0]) + (f" ({text.context})" if text.context else "")


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: the processes of a test run may do it at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    draft.write_bytes(content)
    draft.replace(path)
