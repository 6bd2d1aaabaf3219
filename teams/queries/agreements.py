"""What teams have agreed on: their lists, each person's own, where it was agreed, and how much there is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When
from django.utils.translation import ngettext

from slf_portal.accounts.models import User
from slf_portal.common.dated import in_force
from slf_portal.common.dates import add_months
from teams.defaults import MONTHS_ASKED, MONTHS_SHOWN_WHEN_SETTLED
from teams.enums import SETTLED, AgreementSource, AgreementState, Whose
from teams.models import Agreement, Membership, ResourcePerson, Team, TeamLeader, UnitLeader
from teams.querysets import AgreementQuerySet, of_led_team
from teams.standing import Standing


@dataclass(frozen=True, slots=True)
class SourceLabel:
    """Where something was agreed, in words that follow "agreed at" ("GRUS 14. sep."), and its page; empty: none."""

    text: str
    url: str


# By the ids of meetings, visits and the like. The rooms above, which know them, fill it in AppConfig.ready.
SOURCE_LABELS: dict[AgreementSource, Callable[[Collection[int]], Mapping[int, SourceLabel]]] = {}


@dataclass(frozen=True, slots=True)
class AgreementCounts:
    """How much a team has agreed on that the reader may not read. What was dropped is nobody else's to wonder about."""

    open: int
    under_way: int
    done: int

    @property
    def in_words(self) -> str:
        """As "4 åbne, 2 gjort"; empty when there is nothing."""
        told = (
            (self.open, ngettext("%(count)d open", "%(count)d open", self.open)),
            (self.under_way, ngettext("%(count)d under way", "%(count)d under way", self.under_way)),
            (self.done, ngettext("%(count)d done", "%(count)d done", self.done)),
        )
        return ", ".join(words % {"count": count} for count, words in told if count)


# A team's ------------------------------------------------------------------------------------------------------------


def open_agreements(team: Team) -> AgreementQuerySet:
    """What the team has agreed on and not settled, what is due first first."""
    return team.agreements.unsettled().select_related("owner").order_by("due_on", "pk")


def agreements_of_source(source: AgreementSource, source_id: int) -> AgreementQuerySet:
    """What was agreed at that GRUS, meeting or visit, the oldest first."""
    rows = Agreement.objects.filter(source=source, source_id=source_id)
    return rows.select_related("owner", "team").order_by("pk")


def agreements_to_read(standing: Standing, team: Team, on: dt.date) -> QuerySet[Agreement]:
    """What the person may read of the team's: the open by date, then the settled, the latest first."""
    found = _with_owner(team.agreements.visible_to(standing), on)
    return found.order_by(F("settled_on").desc(nulls_first=True), "due_on", "pk")


def counts_beside(standing: Standing, team: Team, on: dt.date) -> AgreementCounts:
    """How much the team has that the person may not read, settled long ago left out. One query."""
    readable = team.agreements.visible_to(standing).values("pk")
    rest = team.agreements.exclude(pk__in=readable).filter(_lately_or_open(on))
    return AgreementCounts(
        **rest.aggregate(
            open=Count("pk", filter=Q(state=AgreementState.OPEN)),
            under_way=Count("pk", filter=Q(state=AgreementState.UNDER_WAY)),
            done=Count("pk", filter=Q(state=AgreementState.DONE)),
        )
    )


def possible_owners(team: Team, on: dt.date, also: User | None = None) -> QuerySet[User]:
    """Who in the team can do something: its members and resource persons that day, and `also`, in Danish order."""
    members, serving = (
        model.objects.in_force(on).filter(team=team).values("person_id") for model in (Membership, ResourcePerson)
    )
    allowed = Q(is_active=True) & (Q(pk__in=members) | Q(pk__in=serving))
    if also is not None:
        allowed |= Q(pk=also.pk)
    return User.objects.filter(allowed).order_by("sort_key", "pk")


# A person's ----------------------------------------------------------------------------------------------------------


def tasks_of(standing: Standing, on: dt.date) -> QuerySet[Any]:
    """What is open for a person, each with `whose`: her own, her teams', and from GRUS with teams she leads."""
    found: QuerySet[Any] = _for_person(standing, on).unsettled()
    return found.order_by("whose", "due_on", "pk")


def settled_tasks_of(standing: Standing, on: dt.date) -> QuerySet[Any]:
    """The same, settled in the last months, the latest first."""
    found: QuerySet[Any] = _for_person(standing, on).settled()
    return found.filter(_lately_or_open(on)).order_by("-settled_on", "-pk")


def tasks_to_ask_about(standing: Standing, on: dt.date) -> QuerySet[Any]:
    """Her own and her teams' that were done some time ago, and of which nobody has said whether it helped."""
    done: QuerySet[Any] = _for_person(standing, on).filter(state=AgreementState.DONE, helped="", whose__lt=Whose.LED)
    return done.filter(check_on__lte=on, check_on__gt=add_months(on, -MONTHS_ASKED)).order_by("check_on", "pk")


def own_tasks(standing: Standing, on: dt.date, until: dt.date) -> QuerySet[Any]:
    """What she has to do herself by that day or should have done, the oldest first."""
    return tasks_of(standing, on).filter(whose=Whose.OWN, due_on__lte=until)


def _for_person(standing: Standing, on: dt.date) -> Any:
    """What may stand on a person's own list, with `team` and `whose`: not what colleagues have taken on."""
    whose = Case(
        When(owner_id=standing.person_id, then=Whose.OWN),
        When(owner__isnull=True, team_id__in=standing.member_of | standing.serves, then=Whose.TEAM),
        When(of_led_team(standing), source=AgreementSource.GRUS, then=Whose.LED),
    )
    active = Q(team__ends_on__isnull=True) | Q(team__ends_on__gt=on)
    found = Agreement.objects.visible_to(standing).filter(active)
    return _with_owner(found, on).select_related("team").annotate(whose=whose).filter(whose__isnull=False)


# Both ----------------------------------------------------------------------------------------------------------------


def source_labels(agreements: Iterable[Agreement]) -> dict[int, SourceLabel]:
    """For each agreement's id where it was agreed; none for what the team agreed by itself. One lookup a kind."""
    places: dict[int, tuple[AgreementSource, int]] = {
        agreement.pk: (AgreementSource(agreement.source), agreement.source_id)
        for agreement in agreements
        if agreement.source_id is not None
    }
    ids: defaultdict[AgreementSource, set[int]] = defaultdict(set)
    for source, source_id in places.values():
        ids[source].add(source_id)
    found = {source: SOURCE_LABELS[source](of_source) for source, of_source in ids.items() if source in SOURCE_LABELS}
    return {
        pk: found.get(source, {}).get(source_id) or SourceLabel(str(source.label), "")
        for pk, (source, source_id) in places.items()
    }


def _lately_or_open(on: dt.date) -> Q:
    return ~Q(state__in=SETTLED) | Q(settled_on__gt=add_months(on, -MONTHS_SHOWN_WHEN_SETTLED))


def _with_owner(agreements: AgreementQuerySet, on: dt.date) -> AgreementQuerySet:
    """With `owner`, and `owner_has_left`: she is no longer of the team, nor among its leaders."""
    of_team = {"person_id": OuterRef("owner_id"), "team_id": OuterRef("team_id")}
    # The team's unit, and those it is a part of.
    of_line = Q(unit=OuterRef("team__unit")) | Q(unit=OuterRef("team__unit__parent"))
    of_line |= Q(unit=OuterRef("team__unit__parent__parent"))
    holds = in_force(on)
    stands_there = (
        Exists(Membership.objects.filter(holds, **of_team))
        | Exists(ResourcePerson.objects.filter(holds, **of_team))
        | Exists(TeamLeader.objects.filter(holds, **of_team))
        | Exists(UnitLeader.objects.filter(holds, of_line, person_id=OuterRef("owner_id")))
    )
    has_left = Q(owner__is_active=False) | ~stands_there
    return agreements.select_related("owner").annotate(
        owner_has_left=Case(When(owner__isnull=True, then=False), When(has_left, then=True), default=False)
    )
