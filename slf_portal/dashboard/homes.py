"""Which front pages a person has: one for each kind of role she holds today."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from teams.standing import Standing


class Home(NamedTuple):
    """A front page: the name of its URL, its label, and for whom it is."""

    name: str
    label: Any
    is_for: Callable[[Standing], bool]


HOMES = (
    Home("leader", _("Leader"), lambda here: here.is_leader),
    Home("resource_person", _("Resource person"), lambda here: bool(here.serves)),
    Home(
        "learning_partner",
        _("Learning partner"),
        lambda here: here.is_learning_partner,
    ),
    Home("member", _("My teams"), lambda here: bool(here.member_of)),
    Home("administrator", _("Administration"), lambda here: here.is_administrator),
)


def homes_of(standing: Standing) -> list[Home]:
    """The person's front pages, the most specific role first."""
    return [home for home in HOMES if home.is_for(standing)]
