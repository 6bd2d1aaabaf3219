"""Danish alphabetical order, the same in every PostgreSQL.

The embedded server has no ICU, so the order is computed here and stored beside the name in a column with the
byte-wise "C" collation. æ ø å come last in that order, and aa counts as å (Retskrivningsordbogen §3).
"""

import unicodedata
from typing import Any

from django.db import models

# The three characters after "z" in ASCII stand for æ, ø and å; foreign letters sort where Danish dictionaries put them.
_LETTERS = str.maketrans(
    {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "œ": "|", "å": "}", "ü": "y", "ð": "d", "þ": "th", "ł": "l", "đ": "d"}
)


def danish_sort_key(text: str) -> str:
    """Return an ASCII key whose byte order is the Danish alphabetical order of `text`."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("aa", "å").translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return " ".join(plain.split())


class SortKeyField(models.CharField[str, str]):
    """The Danish sort key of another column of the same row, renewed whenever the row is saved."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        kwargs.setdefault("max_length", 300)
        kwargs.setdefault("db_collation", "C")
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 - Django's signature
        key = danish_sort_key(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key
