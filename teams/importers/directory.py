"""The people, teams and roles there are and those that an import adds. Loaded once, kept in memory, nothing saved."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from slf_portal.accounts.models import CentralRoleRow, User
from slf_portal.common.dated import DatedRow
from teams.actions.organisation import TEAM_ROLES
from teams.enums import TeamKind, UnitLevel
from teams.importers.cells import folded
from teams.importers.report import RefusedRowError
from teams.models import PortfolioUnit, Team, TeamLeader, Unit, UnitLeader

# A role's place: the team, the unit or, for a central role, the role's own name.
Place = Team | Unit | str
ROLE_MODELS: tuple[type[Any], ...] = (*TEAM_ROLES, UnitLeader, PortfolioUnit, CentralRoleRow)


class Directory:
    """Finds units, teams, people and their rows by what a file calls them."""

    def __init__(self, emails: Collection[str], on: dt.date) -> None:
        self.on = on
        self.people = {person.email: person for person in User.objects.filter(email__in=emails)}
        self._units: dict[str, list[Unit]] = defaultdict(list)
        for unit in Unit.objects.order_by("pk"):
            for called in {folded(unit.name), folded(unit.institution_number)} - {""}:
                self._units[called].append(unit)
        teams = {team.pk: team for team in Team.objects.order_by("pk")}
        active = (team for team in teams.values() if team.ends_on is None or team.ends_on > on)
        self._teams = {(team.unit_id, folded(team.name)): team for team in active}
        self._rows: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        self._load_rows(teams)

    def _load_rows(self, teams: Mapping[int, Team]) -> None:
        people = {person.pk: person for person in self.people.values()}
        for model in ROLE_MODELS:
            # Everyone's rows as a team's leader: there is one at a time, whoever it is.
            rows = model.objects.order_by("pk")
            rows = rows.select_related("person") if model is TeamLeader else rows.filter(person__in=people)
            for row in rows:
                row.person = people.get(row.person_id) or row.person
                if model in TEAM_ROLES:
                    row.team = teams[row.team_id]
                self.add_row(row)

    # Rows ---------------------------------------------------------------------------------------------------------

    def add_row(self, row: Any) -> None:
        model, place = type(row), _place_key(_place(row))
        for key in ((model, place, row.person.email), (model, row.person.email), (model, place)):
            self._rows[key].append(row)

    def rows(self, model: type[DatedRow], place: Place, person: User) -> list[Any]:
        """The person's rows in that role and place."""
        return self._rows[(model, _place_key(place), person.email)]

    def rows_of_person(self, model: type[DatedRow], person: User) -> list[Any]:
        return self._rows[(model, person.email)]

    def rivals(self, row: Any) -> list[Any]:
        """The other rows that must not hold on the same day as this one."""
        model, place = type(row), _place_key(_place(row))
        key = (model, place) if model is TeamLeader else (model, place, row.person.email)
        return [other for other in self._rows[key] if other is not row]

    # Units, teams, people ------------------------------------------------------------------------------------------

    def unit(self, called: str) -> Unit:
        """The unit with that name or institution number, a whole one before its parts. Raises RefusedRowError."""
        found = self._units[folded(called)]
        found = [unit for unit in found if unit.level == UnitLevel.UNIT] or found
        if not found:
            raise RefusedRowError(_("The unit is not known."), column="unit")
        if len(found) > 1:
            reason = _("Several units are called that. Write the institution number instead.")
            raise RefusedRowError(reason, column="unit")
        return found[0]

    def team(self, unit: Unit, name: str) -> Team:
        """The unit's team of that name; a new one, an other group, when there is none. Raises ValidationError."""
        key = (unit.pk, folded(name))
        if key not in self._teams:
            team = Team(unit=unit, name=name, kind=TeamKind.OTHER)
            team.clean_fields(exclude={"unit"})
            self._teams[key] = team
        return self._teams[key]

    def person(self, email: str, name: str) -> User:
        """The person with that e-mail, or a new one. Raises ValidationError."""
        if email not in self.people:
            person = User(email=email, name=name)
            person.clean_fields(exclude={"password"})
            self.people[email] = person
        return self.people[email]


def _place(row: Any) -> Place | int:
    """Where a role is held; of a unit its id is enough."""
    if isinstance(row, CentralRoleRow):
        return str(row.role)
    if isinstance(row, TEAM_ROLES):
        return row.team
    return int(row.unit_id)


def _place_key(place: Place | int) -> Any:
    """A new team has no id yet: it is known by the object itself."""
    if isinstance(place, Team):
        return place.pk or f"new {id(place)}"
    return place.pk if isinstance(place, Unit) else place
