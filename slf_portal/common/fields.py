"""The one field that takes prose from people."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from slf_portal.common.cpr import contains_cpr

CPR_REFUSAL = ValidationError(
    _("The text seems to contain a CPR number. Remove it: the portal must never hold one."), code="cpr"
)


def refuse_cpr(text: str) -> None:
    """Raise ValidationError with the code `cpr` when `text` seems to hold a CPR number; the digits are not repeated."""
    if contains_cpr(text):
        raise CPR_REFUSAL


# What ends a line or paragraph in text from Word and other programs, as one kind of line break.
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Neither text nor a break: left out. The null character is refused by the field itself.
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f\x7f\ufeff]")


def plain_lines(text: str) -> str:
    """The text with every line break as \\n and without control characters, whatever program it came from."""
    return _CONTROLS.sub("", _LINE_BREAKS.sub("\n", text))


class FreeTextFormField(forms.CharField):
    """Plain text with line breaks and a limit; `PortalForm` refuses a CPR number in it that nobody has explained."""

    def __init__(self, *args: Any, max_length: int, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(*args, max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        return plain_lines(super().to_python(value) or "")


class FreeTextField(models.TextField[str, str]):
    """Plain text written by people, with a limit, and refused while it holds a CPR number.

    `PortalForm` lets the writer confirm that the digits are something else; the override is logged without them.
    """

    def __init__(self, verbose_name: Any = None, *, max_length: int = 2000, **kwargs: Any) -> None:
        super().__init__(verbose_name, max_length=max_length, **kwargs)
        # Added here, as CharField does, so that they stay out of the migrations.
        self.validators += [MaxLengthValidator(max_length), refuse_cpr]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": FreeTextFormField, **kwargs})
