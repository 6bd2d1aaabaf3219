"""The Danish catalogue is made from the source, keeps its translations and says what is wrong with them."""

import gettext
import os
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from django.utils import translation

from slf_portal.common import catalogue

CODE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, npgettext, pgettext_lazy

a = _("plain")
b = gettext_lazy(
    "in two "
    "parts"
)
c = ngettext("%(count)d day", "%(count)d days", n) % {"count": n}
d = pgettext_lazy("of a book", "Leaf")
e = npgettext("of a tree", "leaf", "leaves", n)
f = "not for people"
"""
PAGE = """{% load i18n %}
{# It's only a remark with an odd quotation mark: " #}
<h1 title="{% translate 'in an attribute' %}">{% translate "Leaf" context "of a tree" %}</h1>
    {% include "x.html" with label=_("in an argument") %}
        {{ name|default:_("in a filter") }}
{% if it %}Don't{% endif %}
{% blocktranslate trimmed with name=person.name %}
    Hello {{ name }},
    100 % sure
{% endblocktranslate %}
{% blocktranslate count counter=teams|length %}{{ counter }} team{% plural %}{{ counter }} teams{% endblocktranslate %}
{% blocktranslate context "a mail" asvar subject %}Subject{% endblocktranslate %}
"""


def stored(text: str) -> Catalog:
    """The catalogue of a file with these entries."""
    path = Path("django.po")
    path.write_text(catalogue._HEADER + text, encoding="utf-8")
    return catalogue.read(path)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def texts(source: str, name: str = "page.html") -> Catalog:
    path = Path(name)
    path.write_text(source, encoding="utf-8")
    return catalogue.texts_of([path])


def entries(found: Catalog) -> set[tuple[str | None, Any]]:
    return {(text.context, text.id) for text in catalogue._messages(found)}


def test_texts_of_code() -> None:
    assert entries(texts(CODE, "code.py")) == {
        (None, "plain"),
        (None, "in two parts"),
        (None, ("%(count)d day", "%(count)d days")),
        ("of a book", "Leaf"),
        ("of a tree", ("leaf", "leaves")),
    }


def test_texts_of_a_template() -> None:
    assert entries(texts(PAGE)) == {
        (None, "in an attribute"),
        ("of a tree", "Leaf"),
        (None, "in an argument"),
        (None, "in a filter"),
        (None, "Hello %(name)s, 100 %% sure"),
        (None, ("%(counter)s team", "%(counter)s teams")),
        ("a mail", "Subject"),
    }


def test_the_project_s_own_sources() -> None:
    found = {"/".join(catalogue._parts(path)) for path in catalogue.sources()}
    assert {"slf_portal/settings.py", "teams/models/roles.py", "templates/base.html"} <= found
    assert not [path for path in found if {"tests", "migrations", "site-packages"} & set(path.split("/"))]


OLD = r"""
msgid "kept"
msgstr "bevaret"

msgctxt "of a book"
msgid "kept"
msgstr "blad"

msgid "gone"
msgstr "væk"

#, fuzzy
msgid "doubted"
msgstr "tvivl"
"""


def test_an_update_keeps_translations_and_says_the_same_twice() -> None:
    source = '_("new"); _("kept"); pgettext("of a book", "kept"); _("doubted"); ngettext("%(n)d a", "%(n)d b", n)'
    path = Path("django.po")
    catalogue.write(path, catalogue.merged(texts(source, "code.py"), stored(OLD)))
    first = path.read_text(encoding="utf-8")
    assert first == (
        catalogue._HEADER
        + r"""#, python-format
msgid "%(n)d a"
msgid_plural "%(n)d b"
msgstr[0] ""
msgstr[1] ""

#, fuzzy
msgid "doubted"
msgstr "tvivl"

msgid "kept"
msgstr "bevaret"

msgctxt "of a book"
msgid "kept"
msgstr "blad"

msgid "new"
msgstr ""

"""
    )
    catalogue.write(path, catalogue.merged(texts(source, "code.py"), catalogue.read(path)))
    assert path.read_text(encoding="utf-8") == first


@pytest.mark.parametrize(
    ("source", "translated", "problem"),
    [
        ('_("a")', 'msgid "a"\nmsgstr "b"', []),
        ('_("a")', "", ["missing: 'a'"]),
        ('pgettext("c", "a")', 'msgid "a"\nmsgstr "b"', ["missing: 'a' (c)", "obsolete: 'a'"]),
        ('_("a")', 'msgid "a"\nmsgstr ""', ["not translated: 'a'"]),
        ('_("a")', '#, fuzzy\nmsgid "a"\nmsgstr "b"', ["fuzzy: 'a'"]),
        ("", 'msgid "a"\nmsgstr "b"', ["obsolete: 'a'"]),
        ('_("%(a)s")', 'msgid "%(a)s"\nmsgstr "%(b)s"', ["other placeholders: '%(a)s'"]),
        ('_("%(a)s")', 'msgid "%(a)s"\nmsgstr "%(a)"', ["other placeholders: '%(a)s'"]),
        ('_("%(a)s")', 'msgid "%(a)s"\nmsgstr "100 %% %(a)s"', []),
        ('_("{a}")', 'msgid "{a}"\nmsgstr "a"', ["other placeholders: '{a}'"]),
        (
            'ngettext("%(n)d a", "%(n)d b", n)',
            'msgid "%(n)d a"\nmsgid_plural "%(n)d b"\nmsgstr[0] "en"\nmsgstr[1] "%(n)d"',
            [],
        ),
        (
            'ngettext("%(n)d a", "%(n)d b", n)',
            'msgid "%(n)d a"\nmsgid_plural "%(n)d b"\nmsgstr[0] "%(n)d"\nmsgstr[1] "flere"',
            ["other placeholders: '%(n)d a'"],
        ),
        (
            'ngettext("a", "b", n)',
            'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "en"\nmsgstr[1] ""',
            ["not translated: 'a'"],
        ),
        ('ngettext("a", "b", n)', 'msgid "a"\nmsgstr "en"', ["missing: 'a'"]),
    ],
)
def test_problems(source: str, translated: str, problem: list[str]) -> None:
    assert catalogue.problems(texts(source, "code.py"), stored(translated)) == problem


def compiled(path: Path) -> gettext.GNUTranslations:
    with path.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_compiled_when_older() -> None:
    path = Path("django.po")
    stored(OLD)
    catalogue.compile_when_older(path)
    danish = compiled(path)
    assert (danish.gettext("kept"), danish.pgettext("of a book", "kept")) == ("bevaret", "blad")
    assert danish.gettext("doubted") == "doubted"

    stored('msgid "kept"\nmsgstr "ny"')
    os.utime(path, ns=(0, 0))
    catalogue.compile_when_older(path)
    assert compiled(path).gettext("kept") == "bevaret"

    os.utime(path)
    os.utime(path.with_suffix(".mo"), ns=(0, 0))
    catalogue.compile_when_older(path)
    assert compiled(path).gettext("kept") == "ny"


def test_plural_forms_of_danish() -> None:
    stored('msgid "%(n)d team"\nmsgid_plural "%(n)d teams"\nmsgstr[0] "%(n)d hold"\nmsgstr[1] "%(n)d holdene"')
    catalogue.compile_when_older(Path("django.po"))
    danish = compiled(Path("django.po"))
    forms = [danish.ngettext("%(n)d team", "%(n)d teams", n) % {"n": n} for n in (0, 1, 2)]
    assert forms == ["0 holdene", "1 hold", "2 holdene"]


def test_english_needs_no_catalogue() -> None:
    with translation.override("en"):
        assert translation.gettext("The file is empty.") == "The file is empty."
        forms = [translation.ngettext("%(n)d odd thing", "%(n)d odd things", n) % {"n": n} for n in (0, 1, 2)]
    assert forms == ["0 odd things", "1 odd thing", "2 odd things"]
