"""A visit at which somebody has begun to write does not change hands, and what is left of a cancelled one goes."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from observations.actions import cancel_visit, forget_lines, hand_over_visits, move_visit
from observations.actions.visits import VisitRefusedError
from observations.enums import RecordState, VisitState
from observations.models import PrivateNote, Visit, VisitLine
from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_resource_person, make_visit
from tests.visit_after_world import make_record

DAYS = dt.timedelta(days=30)


@pytest.fixture
def visit(team: Team, visitor: User, tuesday: dt.date) -> Visit:
    """Today's, with a line and a private note, and not held yet."""
    visit = make_visit(team, visitor, tuesday)
    VisitLine.objects.create(visit=visit, author=visitor, text="Rammesætningen tog 12 minutter.")
    PrivateNote.objects.create(visit=visit, author=visitor, text="Kun til mig.")
    return visit


@pytest.fixture
def colleague(team: Team) -> User:
    return make_resource_person(team, name="Ruth Ressource")


def test_a_colleague_cannot_make_it_hers(client: Client, visit: Visit, colleague: User) -> None:
    client.force_login(colleague)
    url = reverse("observations:visit_hand_over", args=[visit.pk])
    response = client.post(url, {"visitor": colleague.pk, "version": visit.version})
    assert response.context["form"].errors
    run = client.get(reverse("observations:visit_run", args=[visit.pk]))
    visit.refresh_from_db()
    assert (visit.visitor == colleague, run.status_code) == (False, 403)


def test_nor_by_moving_it_or_with_the_role(visit: Visit, visitor: User, colleague: User, team: Team) -> None:
    with pytest.raises(VisitRefusedError):
        move_visit(
            by=colleague,
            visit=visit,
            visitor=colleague,
            starts_at=visit.starts_at,
            ends_at=visit.ends_at,
            version=visit.version,
        )
    hand_over_visits(by=None, teams=[team], leaver=visitor, successor=colleague, on=visit.on)
    visit.refresh_from_db()
    assert visit.visitor == visitor


def test_of_a_cancelled_visit_nothing_is_left_after_thirty_days(visit: Visit, visitor: User) -> None:
    cancel_visit(by=visitor, visit=visit, reason="Sygdom.")
    forget_lines(now=timezone.now() + DAYS - dt.timedelta(hours=1))
    assert visit.lines.exists()
    forget_lines(now=timezone.now() + DAYS)
    assert (visit.lines.count(), visit.private_notes.count()) == (0, 0)


def test_the_tick_of_a_closed_visit_stays(client: Client, visit: Visit) -> None:
    Visit.objects.filter(pk=visit.pk).update(state=VisitState.HELD, is_evaluated=True)
    make_record(visit, RecordState.CLOSED)
    client.post(reverse("observations:visit_held", args=[visit.pk]))
    visit.refresh_from_db()
    assert visit.is_evaluated
