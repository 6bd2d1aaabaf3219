"""The people of the demo: the personas by their own names, everyone else by the next free one."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from slf_portal.accounts.actions import create_people, create_person, give_central_role
from slf_portal.accounts.enums import CentralRole
from slf_portal.accounts.models import User
from slf_portal.common.dates import add_months
from slf_portal.demo.defaults import personas
from slf_portal.demo.defaults.names import email_of, fresh_names
from slf_portal.demo.defaults.personas import Persona
from teams.models import Team, Unit

YEARS_IN_PLACE = 4


@dataclass(slots=True)
class BuiltTeam:
    """A team with the people who have joined it."""

    team: Team
    members: list[User] = field(default_factory=list)
    visitor: User | None = None
    former_visitor: User | None = None
    visitor_since: dt.date | None = None

    def visitor_on(self, day: dt.date) -> User | None:
        """Who visits, or visited, the team on that day."""
        is_before = self.visitor_since is not None and day < self.visitor_since
        return self.former_visitor if is_before else self.visitor


Units = dict[str, Unit]
# By unit and name: the name "Ressourcepersoner" is used in several units.
Teams = dict[tuple[str, str], BuiltTeam]


@dataclass(slots=True)
class Cast:
    """Everyone on stage, and the day the demo is built."""

    today: dt.date
    administrator: User
    _names: Iterator[str]
    _personas: dict[str, User]

    @property
    def long_ago(self) -> dt.date:
        """The day those began who have been there as long as anyone remembers."""
        return add_months(self.today, -12 * YEARS_IN_PLACE)

    def anyone(self) -> User:
        """Someone new."""
        return self.several(1)[0]

    def several(self, count: int) -> list[User]:
        """So many new people."""
        people = [User(name=name, email=email_of(name)) for name in islice(self._names, count)]
        create_people(by=self.administrator, people=people)
        return people

    def play(self, persona: Persona) -> User:
        """The persona, the same person each time."""
        if persona.key not in self._personas:
            self._personas[persona.key] = create_person(by=self.administrator, email=persona.email, name=persona.name)
        return self._personas[persona.key]


def enter_cast(*, today: dt.date) -> Cast:
    """The first person is the administrator, and lets in all the others."""
    role = personas.ADMINISTRATOR
    administrator = create_person(by=None, email=role.email, name=role.name)
    cast = Cast(today, administrator, fresh_names(), {role.key: administrator})
    give_central_role(by=None, person=administrator, role=CentralRole.ADMINISTRATOR, starts_on=cast.long_ago)
    return cast
