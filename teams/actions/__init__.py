"""The only places that change the organisation and what is promised."""

from teams.actions.organisation import (
    MisplacedUnitError,
    change_team,
    change_unit,
    create_team,
    create_unit,
    end_team,
    move_unit,
)
from teams.actions.promises import choose_terms
from teams.actions.roles import begin_role, change_role, end_role, move_role
from teams.actions.rows import add_row, change_row, end_row, remove_row
from teams.actions.support import SupportRefusedError, ask_support, close_support, take_support

__all__ = [
    "MisplacedUnitError",
    "SupportRefusedError",
    "add_row",
    "ask_support",
    "begin_role",
    "change_role",
    "change_row",
    "change_team",
    "change_unit",
    "choose_terms",
    "close_support",
    "create_team",
    "create_unit",
    "end_role",
    "end_row",
    "end_team",
    "move_role",
    "move_unit",
    "remove_row",
    "take_support",
]
