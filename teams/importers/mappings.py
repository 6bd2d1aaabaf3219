"""What the portal can read: the columns of the files and the meaning of their words. The one place to look and change.

An absent column and an empty cell change nothing. A unit is known by institution number and name, without a number by
kind and name; a person by e-mail. Words and names of columns are compared without capitals.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from slf_portal.accounts.enums import CentralRole
from slf_portal.common.tables import Table, UnreadableTableError
from teams.enums import UnitKind, UnitLevel
from teams.importers.cells import folded, safe


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a type of unit is here. Kind None: as the unit it is a part of."""

    kind: UnitKind | None
    level: UnitLevel


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of file: its columns, by the file's name of each; which of ours it must have; what its types mean."""

    columns: Mapping[str, str]
    required: tuple[str, ...]
    types: Mapping[str, Meaning]

    def column_of(self, table: Table) -> dict[str, str]:
        """For each of our columns that the file has, the file's name of it. Raises UnreadableTableError."""
        found = {self.columns[column]: column for column in table.columns if column in self.columns}
        for ours in self.required:
            if ours not in found:
                missing = next(column for column, known_as in self.columns.items() if known_as == ours)
                reason = _("The column is missing. The file has: %(columns)s.") % {
                    "columns": ", ".join(safe(column) for column in table.columns)
                }
                raise UnreadableTableError(reason, row=table.header_row, column=missing)
        return found

    def unused(self, table: Table) -> tuple[str, ...]:
        return tuple(safe(column) for column in table.columns if column not in self.columns)


# Units ------------------------------------------------------------------------------------------------------------

SCHOOL, DAYCARE = Meaning(UnitKind.SCHOOL, UnitLevel.UNIT), Meaning(UnitKind.DAYCARE, UnitLevel.UNIT)
YOUTH, OFFICE = Meaning(UnitKind.YOUTH, UnitLevel.UNIT), Meaning(UnitKind.CENTRAL_OFFICE, UnitLevel.UNIT)

TYPES: dict[str, Meaning] = {
    "skole": SCHOOL,
    "folkeskole": SCHOOL,
    "specialskole": SCHOOL,
    "dagtilbud": DAYCARE,
    "specialdagtilbud": DAYCARE,
    "ungiaarhus": YOUTH,
    "fu-område": YOUTH,
    "fritidstilbud": YOUTH,
    "klub": YOUTH,
    "fællesfunktion": OFFICE,
    "fællesfunktioner": OFFICE,
    "forvaltning": OFFICE,
    "forvaltningsgren/afdeling": OFFICE,
    "kontor": OFFICE,
    "område": OFFICE,
    "sektion": Meaning(UnitKind.CENTRAL_OFFICE, UnitLevel.DEPARTMENT),
    "afdeling": Meaning(None, UnitLevel.DEPARTMENT),
    "matrikel": Meaning(None, UnitLevel.SITE),
}
LEVELS = {"enhed": UnitLevel.UNIT, "afdeling": UnitLevel.DEPARTMENT, "matrikel": UnitLevel.SITE}
DISTRICT_TYPE = "distrikt"

# Types that are left out, with the reason; so is everything that carries a year or is called a guarantee district.
NOT_UNITS: Mapping[str, StrPromise] = {
    "forkortelse": gettext_lazy("An abbreviation is not a unit."),
    "magistratsafdeling": gettext_lazy("The whole department is not a unit."),
}
HISTORICAL = re.compile(r"\b(19|20)\d\d\b|^garantidistrikt")

# A unit that something is a part of, and that is not known: nothing stands over the whole department, these are
# created, and any other is left open.
WHOLE_DEPARTMENT = {"børn og unge", "aarhus kommune"}
CREATED_WHEN_MISSING: tuple[tuple[re.Pattern[str], UnitKind], ...] = (
    (re.compile(r"^fællesfunktioner(ne)?$"), UnitKind.CENTRAL_OFFICE),
    (re.compile(r"^ungiaarhus$"), UnitKind.YOUTH),
    (re.compile(r"dagtilbud"), UnitKind.DAYCARE),
)

# Aarhus's schools: one row per site. Sites with the same school code are parts of one school, which is called what
# stands before the parenthesis and has the main site's address.
SCHOOL_SITES = Layout(
    columns={
        "matrikel_navn": "name",
        "matrikel_adresse": "address",
        "skolekode": "institution_number",
        "er_matrikel_hovedadresse": "is_main_site",
        "latitude": "latitude",
        "longitude": "longitude",
    },
    required=("name", "institution_number"),
    types={},
)
# Aarhus's day care: what a department is a part of is not said, and stays open.
DAYCARE_NAMES = Layout(
    columns={"navn": "name", "niveau": "type"},
    required=("name", "type"),
    types=TYPES | {"afdeling": Meaning(UnitKind.DAYCARE, UnitLevel.DEPARTMENT)},
)
# Our own format; Aarhus's organisation has the first, second and fourth of its columns.
UNITS = Layout(
    columns={
        "navn": "name",
        "type": "type",
        "niveau": "level",
        "overordnet": "parent",
        "institutionsnummer": "institution_number",
        "adresse": "address",
        "breddegrad": "latitude",
        "længdegrad": "longitude",
        "distrikt": "district",
    },
    required=("name", "type"),
    types=TYPES,
)


def units_layout(table: Table) -> Layout:
    """The layout that shares most columns with the file; the published ones win a tie."""
    return max((SCHOOL_SITES, DAYCARE_NAMES, UNITS), key=lambda layout: len(layout.columns.keys() & set(table.columns)))


def kind_of_missing(name: str) -> UnitKind | None:
    """The kind to create a missing unit with; None when it is to be left open."""
    return next((kind for pattern, kind in CREATED_WHEN_MISSING if pattern.search(folded(name))), None)


# People -----------------------------------------------------------------------------------------------------------


class TeamRole(Enum):
    """Roles whose place a file tells with unit and team. A leader without a team leads the unit."""

    MEMBER = auto()
    LEADER = auto()
    RESOURCE_PERSON = auto()


PEOPLE = Layout(
    columns={
        "enhed": "unit",
        "team": "team",
        "navn": "name",
        "e-mail": "email",
        "rolle": "role",
        "fra": "starts_on",
        "til": "ends_on",
        # Optional: ja makes the team an SLF partner team; the team a member leaves; a unit leader's title.
        "partnerteam": "is_partner_team",
        "flyttet fra": "moved_from",
        "titel": "title",
        # Other names of the same.
        "unit": "unit",
        "name": "name",
        "email": "email",
        "mail": "email",
        "role": "role",
        "from": "starts_on",
        "to": "ends_on",
    },
    required=("name", "email", "role"),
    types={},
)

ROLES: Mapping[str, TeamRole | CentralRole] = {
    "medlem": TeamRole.MEMBER,
    "teammedlem": TeamRole.MEMBER,
    "member": TeamRole.MEMBER,
    "leder": TeamRole.LEADER,
    "leader": TeamRole.LEADER,
    "ressourceperson": TeamRole.RESOURCE_PERSON,
    "fagligt fyrtårn": TeamRole.RESOURCE_PERSON,
    "resource person": TeamRole.RESOURCE_PERSON,
    "læringspartner": CentralRole.LEARNING_PARTNER,
    "learning partner": CentralRole.LEARNING_PARTNER,
    "sektionsleder": CentralRole.SECTION_LEADER,
    "section leader": CentralRole.SECTION_LEADER,
    "projektmedarbejder": CentralRole.PROJECT_WORKER,
    "project worker": CentralRole.PROJECT_WORKER,
    "administrator": CentralRole.ADMINISTRATOR,
}
