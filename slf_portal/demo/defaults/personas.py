"""The people one can be in the demo. Everyone else is made of `names`."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from slf_portal.demo.defaults.names import email_of


@dataclass(frozen=True, slots=True)
class Persona:
    """Someone to be: the word the sign-in form sends, her name, what she is and what to try as her."""

    key: str
    name: str
    role: Any
    to_try: Any

    @property
    def email(self) -> str:
        return email_of(self.name)


LEADER = Persona(
    "leader",
    "Birgitte Ahornlys",
    _("Head of office, HR og Organisation"),
    _("See all the teams' promises on one line each, and what waits for you."),
)
RESOURCE_PERSON = Persona(
    "resource-person",
    "Jonas Egeskumring",
    _("Resource person for four partner teams in HR og Organisation"),
    _("Mark the planned visit evaluated, and find a time with the team that has waited longest."),
)
LEARNING_PARTNER = Persona(
    "learning-partner",
    "Signe Morgenklit",
    _("Learning partner for two schools, a day care and an office"),
    _("Take a request for sparring, then look through your units."),
)
TEAM_MEMBER = Persona(
    "team-member",
    "Yusuf Kløverhegn",
    _("Member of the team Rekruttering"),
    _("See when the team meets next, note a meeting and move one."),
)
ADMINISTRATOR = Persona(
    "administrator",
    "Ellen Tusmørk",
    _("Administrator"),
    _("Import units and people, look people up and see that the machinery is well."),
)
SCHOOL_LEADER = Persona(
    "school-leader",
    "Torben Stormeng",
    _("Head teacher, Mågedalsskolen: a school that has chosen its own rhythm"),
    _("Compare the school's own agreements with the office's, and change one."),
)
NEW_SCHOOL_LEADER = Persona(
    "school-leader-not-agreed",
    "Lone Vildrosedal",
    _("Head teacher, Tranehegnskolen: a school that has agreed on nothing yet"),
    _("See that nothing is asked of the teams, and choose a rhythm."),
)

PERSONAS = (
    LEADER,
    RESOURCE_PERSON,
    LEARNING_PARTNER,
    TEAM_MEMBER,
    ADMINISTRATOR,
    SCHOOL_LEADER,
    NEW_SCHOOL_LEADER,
)
