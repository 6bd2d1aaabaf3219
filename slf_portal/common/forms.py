"""The one form every page builds on."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from slf_portal.common.cpr import contains_cpr
from slf_portal.common.dates import at, is_within_a_year, today
from slf_portal.common.errors import AlreadyDoneError, RefusedError, StaleFormError
from slf_portal.common.fields import CPR_REFUSAL, FreeTextFormField, refuse_cpr


class PortalForm(forms.Form):
    """A form with the portal's look and its three habits.

    `token` makes a double click one; `version` (where `shown_version` is given) catches a page that was opened before
    someone else's change; and text that seems to hold a CPR number is refused until the writer removes it or
    confirms that it is something else (`cpr_overridden` is then true, for the log).
    """

    submit_label: Any = _("Save")

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    not_cpr = forms.BooleanField(label=_("The digits are not a CPR number."), required=False)

    def __init__(self, *args: Any, shown_version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4
        if shown_version is None:
            del self.fields["version"]
        else:
            self.fields["version"].required = True
            self.fields["version"].initial = shown_version
        self.cpr_overridden = False
        self.outcome: Any = None
        self._place_not_cpr()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        suspicious = [name for name in self._free_texts() if self.asks_about(cleaned.get(name, ""))]
        if suspicious and cleaned.get("not_cpr"):
            self.cpr_overridden = True
        elif suspicious:
            self.fields["not_cpr"].widget = forms.CheckboxInput()
            for name in suspicious:
                self.add_error(name, CPR_REFUSAL)
        return cleaned

    def asks_about(self, text: str) -> bool:
        """Whether the writer must say that digits in the text are something else than a CPR number."""
        return contains_cpr(text)

    def carried_out(self, act: Callable[[], object], *, refused_at: str | None = None) -> bool:
        """Do it, and say whether it is done; a refusal becomes an error of the form, with everything typed kept.

        The error stands at the field `refused_at`, or at the one that the refusal itself names. What was done is
        answered in `outcome`; a form that is sent a second time has none.
        """
        try:
            self.outcome = act()
        except AlreadyDoneError:
            return True
        except StaleFormError as error:
            self._show_version(error.stored)
            self.add_error(None, str(error))
            return False
        except RefusedError as error:
            self.add_error(refused_at or (error.field if error.field in self.fields else None), str(error))
            return False
        return True

    def _place_not_cpr(self) -> None:
        """Last, and out of sight until it is asked; nowhere in a form without free text."""
        not_cpr = self.fields.pop("not_cpr", None) or deepcopy(self.base_fields["not_cpr"])
        if self._free_texts():
            self.fields["not_cpr"] = not_cpr
            if not self.data.get(self.add_prefix("not_cpr")):
                not_cpr.widget = forms.HiddenInput()

    def _show_version(self, version: int) -> None:
        renewed: MultiValueDict[str, Any] = MultiValueDict()
        renewed.update(self.data)
        renewed[self.add_prefix("version")] = version
        self.data = renewed

    def _free_texts(self) -> list[str]:
        return [name for name, field in self.fields.items() if isinstance(field, FreeTextFormField)]


class DayField(forms.DateField):
    """A day, chosen with the browser's own calendar or typed the Danish way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y"])
        super().__init__(*args, **kwargs)


class ComingDayField(DayField):
    """Today or a day within the coming year."""

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value is not None and value < today():
            raise forms.ValidationError(_("The day has passed. Choose today or a day to come."))
        if value is not None and not is_within_a_year(value, today()):
            raise forms.ValidationError(_("The day is more than a year ahead. Choose an earlier one."))


class ClockField(forms.TimeField):
    """A time of day; 10.00 and 10:00 are both understood."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
        kwargs.setdefault("input_formats", ["%H:%M", "%H.%M", "%H:%M:%S"])
        super().__init__(*args, **kwargs)


class FilterForm(forms.Form):
    """What a list is filtered by, shown by components/filter_bar.html. Everything in it may be left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            field.widget.attrs["class"] = "form-select" if isinstance(field.widget, forms.Select) else "form-control"


class SearchField(forms.CharField):
    """Words to look for; never a CPR number, which would end up in addresses and logs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("validators", [refuse_cpr])
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "search"}))
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 100)
        super().__init__(*args, **kwargs)


class ClockSpanForm(PortalForm):
    """From one time of day to a later one."""

    begins = ClockField(label=_("Begins"))
    ends = ClockField(label=_("Ends"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("It ends before it begins."))
        return cleaned


class TimesForm(ClockSpanForm):
    """A day and a span of it."""

    on = DayField(label=_("Day"))

    field_order: Iterable[str] | None = ("on", "begins", "ends")

    def moments(self) -> dict[str, dt.datetime]:
        """`starts_at` and `ends_at`, aware, as the actions take them."""
        on, begins, ends = (self.cleaned_data[name] for name in ("on", "begins", "ends"))
        return {"starts_at": at(on, begins), "ends_at": at(on, ends)}
