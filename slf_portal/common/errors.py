"""Why an action did not do what was asked. The message is for the person who asked."""

from django.utils.translation import gettext as _


class RefusedError(Exception):
    """The action cannot be carried out as asked. Where one thing of it cannot be, `field` names that."""

    field: str | None = None


class StaleFormError(RefusedError):
    """Someone else changed the row after this form was opened; `stored` is the version that stands now."""

    def __init__(self, stored: int) -> None:
        super().__init__(_("Someone changed this while you had it open. Look at the new values and save again."))
        self.stored = stored


class AlreadyDoneError(Exception):
    """The same form was sent twice; the first time did it."""
