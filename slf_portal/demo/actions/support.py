"""What units ask their learning partners for: some of it new, some taken, some met."""

import datetime as dt

from slf_portal.accounts.models import User
from slf_portal.common.dates import at
from slf_portal.demo.actions.past import write_past
from slf_portal.demo.actions.people import Cast, Teams, Units
from slf_portal.demo.defaults import personas
from slf_portal.demo.defaults.organisation import OFFICE
from teams.actions import ask_support, close_support, take_support
from teams.models import SupportRequest, Unit
from teams.queries import learning_partners


def write_requests(cast: Cast, units: Units, teams: Teams) -> None:
    partner = cast.play(personas.LEARNING_PARTNER)
    school, day_care = units["Mågedalsskolen"], units["Dagtilbuddet Regnskoven"]
    head = cast.play(personas.SCHOOL_LEADER)
    beacon = teams["Stjernekrogen", "Stjernekrogens team"].members[-1]
    met = _asked(
        cast, school, head, 40, "Vi vil gerne have sparring på, hvordan en ny ressourceperson kommer godt i gang."
    )
    take_support(by=partner, request=met)
    close_support(by=partner, request=met)
    taken = _asked(cast, day_care, beacon, 9, "Kan du være med, når vi evaluerer vores læringssamtale i Dråbehuset?")
    take_support(by=partner, request=taken)
    _asked(cast, school, head, 6, "Vi vil gerne have sparring på, hvordan læringssamtalen får plads i en travl uge.")
    _asked(cast, day_care, beacon, 3, "Vi vil gerne have sparring på at bringe data med til teammøder om aftenen.")
    ask_support(
        by=cast.play(personas.RESOURCE_PERSON),
        unit=units[OFFICE],
        text="Vi vil gerne have sparring på at lede en samtale, hvor vi er fagligt uenige.",
    )
    _ask_elsewhere(cast, units["Åkildeskolen"])


def _ask_elsewhere(cast: Cast, unit: Unit) -> None:
    """A request that another learning partner has taken."""
    leader = unit.leader_rows.in_force(cast.today).select_related("person")[0].person
    request = _asked(cast, unit, leader, 12, "Vi vil gerne have hjælp til at planlægge en lokal workshop.")
    take_support(by=learning_partners(unit, cast.today)[0], request=request)


def _asked(cast: Cast, unit: Unit, by: User, days_ago: int, text: str) -> SupportRequest:
    asked_at = at(cast.today - dt.timedelta(days=days_ago), dt.time(9, 20))
    return write_past(SupportRequest.objects, [SupportRequest(unit=unit, asked_by=by, asked_at=asked_at, text=text)])[0]
