"""Mails about visits: what has just happened, to everyone it concerns."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from observations.enums import OfferState
from observations.models import Visit, VisitOffer
from observations.queries import members_on, people_who_answer
from slf_portal.accounts.models import User
from slf_portal.common.dates import today
from slf_portal.notifications.actions import enqueue
from slf_portal.notifications.enums import ReminderKind
from slf_portal.notifications.queries import invited_to


def tell_visit(visit: Visit, *, kind: ReminderKind, also: Iterable[int] = ()) -> None:
    """Tell the visitor, the team's members and `also`; each step of the visit's sequence is told once.

    Whoever was invited and no longer belongs to it is told that, so that it leaves her calendar.
    """
    asked = {visit.visitor_id, *members_on(visit.team, visit.on), *also}
    tell_of_visit(visit, kind=kind, to=asked)
    left = invited_to(f"visit:{visit.pk}") - asked
    tell_of_visit(visit, kind=kind if kind == ReminderKind.VISIT_CANCELLED else ReminderKind.VISIT_LEFT, to=left)


def tell_of_visit(visit: Visit, *, kind: ReminderKind, to: Iterable[int]) -> None:
    """Tell these people of the visit, and nobody else."""
    enqueue(
        kind=kind,
        step=visit.sequence + 1,
        subject=f"visit:{visit.pk}",
        recipients=to,
        team_name=visit.team.name,
        about_on=visit.on,
        path=reverse("observations:visit_detail", args=[visit.pk]),
    )


def tell_offer(
    offer: VisitOffer,
    *,
    kind: ReminderKind,
    about_on: dt.date,
    but: User | None = None,
    also: Iterable[int] = (),
    only_visitor: bool = False,
) -> None:
    """Tell of times that are offered, answered or taken back: the visitor and who may answer, not who did it."""
    told = {offer.visitor_id, *also}
    if offer.state != OfferState.DECLINED and not only_visitor:
        told |= people_who_answer(offer.team, today())
    enqueue(
        kind=kind,
        step=offer.version,
        subject=f"offer:{offer.pk}",
        recipients=told - {but.pk if but else None},
        team_name=offer.team.name,
        about_on=about_on,
        path=reverse("observations:offer_detail", args=[offer.pk]),
    )
