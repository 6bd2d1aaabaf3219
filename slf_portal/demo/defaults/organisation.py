"""The demo organisation. HR og Organisation as its own page of 2020 tells; every other unit is made up.

The stories are written so that each status is found somewhere whatever day the demo is built.
"""

import datetime as dt

from learningcycle.enums import Nth, Weekday
from slf_portal.demo.defaults import personas
from slf_portal.demo.defaults.plan import RhythmPlan, ServicePlan, Story, TeamPlan, UnitPlan
from teams.enums import Promise, TeamKind, UnitKind, UnitLevel

DISTRICTS = ("Demo Nord", "Demo Sydvest")
LEARNING_PARTNERS = 16

RESOURCE_PERSONS = "Ressourcepersoner"
LEADERSHIP = "Ledergruppe"
OFFICE = "HR og Organisation"
SCHOOL = "Mågedalsskolen"
SECTION = "Stærkere Læringsfællesskaber (sektion)"
CHOSE_TODAY = "UngiAarhus Kysten"
NOT_AGREED = "Tranehegnskolen"


def _rhythm(nth: Nth, weekday: Weekday, starts: str, ends: str, *, in_own_calendar: bool = True) -> RhythmPlan:
    return RhythmPlan(nth, weekday, dt.time.fromisoformat(starts), dt.time.fromisoformat(ends), in_own_calendar)


_OFFICE_TEAMS = (
    TeamPlan(
        "Rekruttering",
        size=6,
        members=(personas.TEAM_MEMBER,),
        story=Story(
            rhythm=_rhythm(Nth.SECOND, Weekday.THURSDAY, "10:00", "11:00"), silent_months_ago=2,
            contract_due=190, grus_due=12, grus_proposed=9, visit_due=-75,
        ),
    ),
    TeamPlan(
        "Arbejdsmiljø",
        size=6,
        story=Story(
            rhythm=_rhythm(Nth.LAST, Weekday.THURSDAY, "13:00", "14:00", in_own_calendar=False),
            contract_due=12, grus_due=290, visit_due=40,
        ),
    ),
    TeamPlan(
        "Løn og data",
        size=5,
        story=Story(
            began_months_ago=8, meets_by_appointment=True, is_behind=True,
            contract_due=150, visit_due=9, visit_planned=0,
        ),
    ),
    TeamPlan(
        "Ledelse og udvikling",
        size=7,
        members=(personas.RESOURCE_PERSON,),
        story=Story(
            rhythm=_rhythm(Nth.FIRST, Weekday.TUESDAY, "09:00", "10:00"),
            contract_due=290, grus_due=22, visit_due=-3,
        ),
    ),
    TeamPlan(
        "Overenskomst og jura",
        size=5,
        story=Story(
            rhythm=_rhythm(Nth.THIRD, Weekday.WEDNESDAY, "10:30", "11:30"),
            contract_due=-35, grus_due=120, visit_due=6,
        ),
    ),
    TeamPlan(
        "MED og samarbejde",
        size=4,
        story=Story(
            began_months_ago=2, rhythm=_rhythm(Nth.THIRD, Weekday.MONDAY, "12:30", "13:30"),
            contract_due=340,
        ),
    ),
    TeamPlan("Kurser og kommunikation", size=4, story=Story(began_months_ago=None, has_contract_draft=True)),
    TeamPlan(RESOURCE_PERSONS, size=0, kind=TeamKind.RESOURCE_PERSONS),
    TeamPlan(LEADERSHIP, size=2, kind=TeamKind.LEADERSHIP),
)  # fmt: skip

_SECTION_TEAMS = (
    TeamPlan(
        "Læringspartnere Nord",
        size=6,
        members=(personas.LEARNING_PARTNER,),
        story=Story(
            rhythm=_rhythm(Nth.SECOND, Weekday.FRIDAY, "09:00", "10:00"),
            contract_due=150, grus_due=220, visit_due=50,
        ),
    ),
    TeamPlan(
        "Læringspartnere Sydvest",
        size=5,
        story=Story(
            rhythm=_rhythm(Nth.FOURTH, Weekday.FRIDAY, "09:00", "10:00"),
            contract_due=200, grus_due=260, visit_due=30,
        ),
    ),
    TeamPlan(
        "Læringsdage",
        size=5,
        story=Story(meets_by_appointment=True, contract_due=90, grus_due=80, visit_due=60),
    ),
)  # fmt: skip

_SCHOOL_TEAMS = (
    TeamPlan(
        "0.-2. årgang",
        size=7,
        story=Story(
            rhythm=_rhythm(Nth.SECOND, Weekday.MONDAY, "14:15", "15:45"),
            contract_due=290, grus_due=400, visit_due=100,
        ),
    ),
    TeamPlan(
        "3.-4. årgang",
        size=6,
        story=Story(
            rhythm=_rhythm(Nth.THIRD, Weekday.TUESDAY, "14:15", "15:45"),
            contract_due=300, grus_due=25, grus_planned=18, visit_due=-5,
        ),
    ),
    TeamPlan(
        "5.-6. årgang",
        size=6,
        story=Story(
            rhythm=_rhythm(Nth.FIRST, Weekday.WEDNESDAY, "14:15", "15:45"),
            contract_due=-20, has_contract_draft=True, grus_due=420, visit_due=3, visit_to_note=-4,
        ),
    ),
    TeamPlan(
        "Udskolingen",
        size=7,
        story=Story(meets_by_appointment=True, is_behind=True, contract_due=8, grus_due=-40, visit_due=70),
    ),
    TeamPlan(
        "SFO-teamet",
        size=5,
        story=Story(
            rhythm=_rhythm(Nth.LAST, Weekday.TUESDAY, "09:00", "10:30"),
            contract_due=330, grus_due=380, visit_due=60,
        ),
    ),
    TeamPlan(RESOURCE_PERSONS, size=0, kind=TeamKind.RESOURCE_PERSONS),
    TeamPlan(LEADERSHIP, size=1, kind=TeamKind.LEADERSHIP),
)  # fmt: skip

_SECOND_SCHOOL_TEAMS = (
    TeamPlan("Indskoling", size=7, story=Story(meeting_due=20, contract_due=295, visit_due=55)),
    TeamPlan(
        "Mellemtrin",
        size=6,
        story=Story(meeting_due=6, meeting_planned=5, contract_due=305, visit_due=-4, visit_offered=True),
    ),
    TeamPlan(
        "Udskoling",
        size=6,
        story=Story(meeting_due=-12, contract_due=-10, visit_due=7, visit_planned=6, visitor_away=26),
    ),
    TeamPlan(RESOURCE_PERSONS, size=0, kind=TeamKind.RESOURCE_PERSONS),
)

UNITS = (
    UnitPlan("Fællesfunktionerne", UnitKind.CENTRAL_OFFICE),
    UnitPlan(
        OFFICE,
        UnitKind.CENTRAL_OFFICE,
        parent="Fællesfunktionerne",
        leader_title="Kontorchef",
        leader=personas.LEADER,
        teams=_OFFICE_TEAMS,
        services=(
            ServicePlan(
                "Ledelse og udvikling",
                ("Rekruttering", "Arbejdsmiljø", "Løn og data", "Overenskomst og jura"),
                personas.RESOURCE_PERSON,
            ),
            ServicePlan("Arbejdsmiljø", ("Ledelse og udvikling", "MED og samarbejde")),
            ServicePlan("Rekruttering", ("Kurser og kommunikation",)),
        ),
    ),
    UnitPlan(
        SECTION,
        UnitKind.CENTRAL_OFFICE,
        UnitLevel.DEPARTMENT,
        parent=OFFICE,
        leader_title="Sektionsleder",
        terms={Promise.MEETING: 1},
        pauses_this_month=(Promise.MEETING,),
        teams=_SECTION_TEAMS,
        services=(
            ServicePlan("Læringspartnere Nord", ("Læringspartnere Sydvest", "Læringsdage")),
            ServicePlan("Læringspartnere Sydvest", ("Læringspartnere Nord",)),
        ),
    ),
    UnitPlan(
        SCHOOL,
        UnitKind.SCHOOL,
        district="Demo Nord",
        institution_number="990001",
        address="Demovej 1, 8000 Aarhus C",
        leader_title="Skoleleder",
        leader=personas.SCHOOL_LEADER,
        leader_is_new=True,
        deputy_of=("0.-2. årgang", "SFO-teamet"),
        terms={Promise.MEETING: 1, Promise.CONTRACT: 12, Promise.GRUS: 24, Promise.VISIT: 6},
        teams=_SCHOOL_TEAMS,
        services=(
            ServicePlan("0.-2. årgang", ("3.-4. årgang", "5.-6. årgang")),
            ServicePlan("5.-6. årgang", ("0.-2. årgang", "Udskolingen", "SFO-teamet")),
        ),
    ),
    UnitPlan(
        "Åkildeskolen",
        UnitKind.SCHOOL,
        district="Demo Nord",
        former_district="Demo Sydvest",
        institution_number="990002",
        address="Demovej 20, 8000 Aarhus C",
        leader_title="Skoleleder",
        deputy_of=("Indskoling",),
        terms={Promise.MEETING: 2, Promise.CONTRACT: 12, Promise.VISIT: 4},
        agreed_years_ago=0,
        teams=_SECOND_SCHOOL_TEAMS,
        services=(
            ServicePlan("Indskoling", ("Mellemtrin", "Udskoling")),
            ServicePlan("Udskoling", ("Indskoling",)),
        ),
    ),
    UnitPlan(
        NOT_AGREED,
        UnitKind.SCHOOL,
        district="Demo Sydvest",
        institution_number="990003",
        address="Demovej 33, 8000 Aarhus C",
        leader_title="Skoleleder",
        leader=personas.NEW_SCHOOL_LEADER,
        teams=(
            TeamPlan("Indskolingsteam", size=6, story=Story(meets_by_appointment=True)),
            TeamPlan("Mellemtrinsteam", size=5, story=Story()),
            TeamPlan("Udskolingsteam", size=6, story=Story(contract_due=100)),
        ),
        services=(ServicePlan("Mellemtrinsteam", ("Indskolingsteam", "Udskolingsteam")),),
    ),
    UnitPlan(
        "Dagtilbuddet Regnskoven",
        UnitKind.DAYCARE,
        district="Demo Sydvest",
        institution_number="990004",
        address="Demovej 40, 8000 Aarhus C",
        leader_title="Dagtilbudsleder",
        terms={Promise.MEETING: 1, Promise.CONTRACT: 12, Promise.VISIT: 6},
        services=(
            ServicePlan("Dråbehusets team", ("Stjernekrogens team", "Muldvarpegangens team")),
            ServicePlan("Stjernekrogens team", ("Dråbehusets team",)),
        ),
    ),
    UnitPlan(
        "Dråbehuset",
        UnitKind.DAYCARE,
        UnitLevel.DEPARTMENT,
        parent="Dagtilbuddet Regnskoven",
        leader_title="Pædagogisk leder",
        teams=(
            TeamPlan(
                "Dråbehusets team",
                size=6,
                story=Story(
                    rhythm=_rhythm(Nth.FIRST, Weekday.MONDAY, "17:00", "18:30"), contract_due=170, visit_due=100
                ),
            ),
        ),
    ),
    UnitPlan(
        "Stjernekrogen",
        UnitKind.DAYCARE,
        UnitLevel.DEPARTMENT,
        parent="Dagtilbuddet Regnskoven",
        leader_title="Pædagogisk leder",
        teams=(
            TeamPlan(
                "Stjernekrogens team",
                size=5,
                story=Story(
                    rhythm=_rhythm(Nth.SECOND, Weekday.WEDNESDAY, "17:00", "18:30"), contract_due=11, visit_due=-2
                ),
            ),
        ),
    ),
    UnitPlan(
        "Muldvarpegangen",
        UnitKind.DAYCARE,
        UnitLevel.DEPARTMENT,
        parent="Dagtilbuddet Regnskoven",
        leader_title="Pædagogisk leder",
        # Its own agreement on top of the day care's: the visits wait while the house is rebuilt.
        terms={Promise.VISIT: 6},
        agreed_years_ago=0,
        pauses_this_month=(Promise.VISIT,),
        teams=(
            TeamPlan(
                "Muldvarpegangens team",
                size=4,
                story=Story(
                    rhythm=_rhythm(Nth.LAST, Weekday.MONDAY, "17:00", "18:30"), contract_due=120, visit_due=-25
                ),
            ),
        ),
    ),
    UnitPlan(
        CHOSE_TODAY,
        UnitKind.YOUTH,
        district="Demo Nord",
        leader_title="Områdeleder",
        terms={Promise.MEETING: 1, Promise.CONTRACT: 12, Promise.VISIT: 6},
        services=(ServicePlan("Team Nattevagten", ("Team Havnen",)),),
    ),
    UnitPlan(
        "Klub Havnefronten",
        UnitKind.YOUTH,
        UnitLevel.DEPARTMENT,
        parent=CHOSE_TODAY,
        address="Demovej 52, 8000 Aarhus C",
        leader_title="Afdelingsleder",
        teams=(
            TeamPlan(
                "Team Havnen",
                size=5,
                story=Story(rhythm=_rhythm(Nth.FOURTH, Weekday.THURSDAY, "11:00", "12:00"), contract_due=280),
            ),
        ),
    ),
    UnitPlan(
        "Ungdomshuset Nattevagten",
        UnitKind.YOUTH,
        UnitLevel.DEPARTMENT,
        parent=CHOSE_TODAY,
        address="Demovej 60, 8000 Aarhus C",
        leader_title="Afdelingsleder",
        teams=(TeamPlan("Team Nattevagten", size=4, story=Story(began_months_ago=14)),),
    ),
)

# The persona's portfolio; the other learning partners share all units between them.
PORTFOLIO = (SCHOOL, NOT_AGREED, "Dagtilbuddet Regnskoven", OFFICE)
