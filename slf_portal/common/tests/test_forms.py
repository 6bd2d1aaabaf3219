"""The habits every form has: once, not stale, no CPR number."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.test import SimpleTestCase
from django.utils import translation

from slf_portal.common.errors import AlreadyDoneError, RefusedError, StaleFormError
from slf_portal.common.fields import FreeTextField, FreeTextFormField
from slf_portal.common.forms import ClockField, ClockSpanForm, DayField, PortalForm, SearchField, TimesForm

CPR = "Ring til 010170-1234 i morgen"


class NoteForm(PortalForm):
    text = FreeTextFormField(max_length=100)
    days = DayField(required=False)


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def sent(form: type[PortalForm] = NoteForm, *, shown_version: int | None = None, **data: str) -> Any:
    return form(QueryDict("&".join(f"{name}={value}" for name, value in data.items())), shown_version=shown_version)


def test_each_page_gets_a_token_of_its_own() -> None:
    first, second = (uuid.UUID(NoteForm()["token"].value()) for _ in range(2))
    assert first != second


def test_the_token_comes_back_as_it_was_sent() -> None:
    token = uuid.uuid4()
    form = sent(text="Hej", token=str(token))
    assert form.is_valid()
    assert form.cleaned_data["token"] == token
    assert form["token"].value() == str(token)


def test_a_text_without_a_cpr_number_is_taken() -> None:
    form = sent(text="Vi talte om læsning.")
    assert form.is_valid()
    assert form.cpr_overridden is False
    assert form["not_cpr"].is_hidden


def test_a_cpr_number_is_refused_and_the_text_kept() -> None:
    form = sent(text=CPR)
    assert form.errors == {
        "text": ["The text seems to contain a CPR number. Remove it: the portal must never hold one."]
    }
    assert form["text"].value() == CPR
    assert not form["not_cpr"].is_hidden
    assert list(form.fields)[-1] == "not_cpr"


def test_digits_confirmed_as_something_else_are_taken() -> None:
    form = sent(text=CPR, not_cpr="on")
    assert form.is_valid()
    assert form.cpr_overridden is True
    assert form.cleaned_data["text"] == CPR


def test_a_confirmation_that_was_not_needed_overrides_nothing() -> None:
    form = sent(text="Hej", not_cpr="on")
    assert form.is_valid()
    assert form.cpr_overridden is False


def test_a_confirmation_stays_ticked_beside_another_mistake() -> None:
    form = sent(text=CPR, not_cpr="on", days="i morgen")
    assert form.errors.keys() == {"days"}
    assert not form["not_cpr"].is_hidden
    SimpleTestCase().assertInHTML(
        '<input type="checkbox" name="not_cpr" id="id_not_cpr" checked>', str(form["not_cpr"])
    )


def test_only_a_form_with_free_text_asks_about_cpr_numbers() -> None:
    assert list(TimesForm().fields) == ["on", "begins", "ends", "token"]


def test_a_form_without_a_version_has_no_field_for_it() -> None:
    assert "version" not in NoteForm().fields


def test_the_version_shown_is_sent_back_and_needed() -> None:
    assert NoteForm(shown_version=3)["version"].value() == 3
    assert sent(shown_version=3, text="Hej", version="3").is_valid()
    assert sent(shown_version=3, text="Hej").errors == {"version": ["This field is required."]}


def raising(error: Exception) -> Callable[[], None]:
    def act() -> None:
        raise error

    return act


def test_carried_out() -> None:
    form, done = sent(text="Hej"), []
    assert form.is_valid()
    assert form.carried_out(lambda: done.append("it")) is True
    assert done == ["it"]


def test_a_form_sent_twice_counts_as_carried_out() -> None:
    form = sent(text="Hej")
    assert form.is_valid()
    assert form.carried_out(raising(AlreadyDoneError())) is True
    assert form.errors == {}


def test_a_refusal_is_told_and_the_text_kept() -> None:
    form = sent(text="Hej")
    assert form.is_valid()
    assert form.carried_out(raising(RefusedError("The day has passed."))) is False
    assert form.non_field_errors() == ["The day has passed."]
    assert form["text"].value() == "Hej"


def test_a_stale_form_can_be_sent_again_on_the_version_that_stands_now() -> None:
    form = sent(shown_version=3, text="Hej", version="3")
    assert form.is_valid()
    assert form.carried_out(raising(StaleFormError(stored=7))) is False
    assert form.non_field_errors() == [
        "Someone changed this while you had it open. Look at the new values and save again."
    ]
    assert (form["version"].value(), form["text"].value()) == (7, "Hej")


def test_another_error_is_nobody_s_to_hide() -> None:
    form = sent(text="Hej")
    assert form.is_valid()
    with pytest.raises(ZeroDivisionError):
        form.carried_out(raising(ZeroDivisionError()))


@pytest.mark.parametrize("typed", ["2026-11-24", "24-11-2026", "24.11.2026", "24/11/2026"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_days(typed: str, language: str) -> None:
    with translation.override(language):
        assert DayField().clean(typed) == dt.date(2026, 11, 24)


@pytest.mark.parametrize("typed", ["10:05", "10.05", "10:05:00"])
def test_clock(typed: str) -> None:
    assert ClockField().clean(typed) == dt.time(10, 5)


@pytest.mark.parametrize(("ends", "errors"), [("10:01", {}), ("10:00", {"ends": ["It ends before it begins."]})])
def test_a_span_ends_after_it_begins(ends: str, errors: dict[str, list[str]]) -> None:
    assert sent(ClockSpanForm, begins="10:00", ends=ends).errors == errors


def test_moments_are_in_copenhagen() -> None:
    form = sent(TimesForm, on="2026-11-24", begins="10:00", ends="11:30")
    assert form.is_valid()
    assert form.moments() == {
        "starts_at": dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC),
        "ends_at": dt.datetime(2026, 11, 24, 10, 30, tzinfo=dt.UTC),
    }


def test_nobody_searches_for_a_cpr_number() -> None:
    assert SearchField().clean("Åby Skole") == "Åby Skole"
    with pytest.raises(ValidationError, match="CPR number"):
        SearchField().clean("010170-1234")


def refusals(field: models.Field[Any, Any], text: str) -> list[str]:
    try:
        field.run_validators(text)
    except ValidationError as error:
        return [one.code or "" for one in error.error_list]
    return []


@pytest.mark.parametrize(("text", "codes"), [("x" * 20, []), ("x" * 21, ["max_length"]), ("010170-1234", ["cpr"])])
def test_a_stored_free_text_has_the_same_limits(text: str, codes: list[str]) -> None:
    field = FreeTextField("note", max_length=20)
    assert refusals(field, text) == codes
    assert isinstance(field.formfield(), FreeTextFormField)
