"""The fast fundament and the slow reference agree over random histories, on any day."""

import datetime as dt
from collections import Counter
from dataclasses import astuple
from itertools import product
from random import Random

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from learningcycle.models import Meeting
from observations.models import Visit
from slf_portal.fundament.queries import fundament
from slf_portal.fundament.tests.histories import random_organisation, telling_days
from slf_portal.fundament.tests.reference import Answer, Organisation
from teams.enums import Promise, Status, TeamKind
from teams.models import Grus, PromiseTerms, Team, TeamContract, Unit
from tests.builders import make_person

DAYS_IN_EACH = 8
# The same histories every time. Shrinking a seed would not make a history smaller.
RUN = settings(max_examples=150, deadline=None, derandomize=True, database=None, phases=[Phase.generate])


def store(organisation: Organisation) -> None:
    PromiseTerms.objects.all().delete()
    Unit.objects.bulk_create(organisation.units)
    Team.objects.bulk_create(organisation.teams)
    PromiseTerms.objects.bulk_create(organisation.terms)
    Meeting.objects.bulk_create(organisation.meetings)
    Visit.objects.bulk_create(organisation.visits)
    TeamContract.objects.bulk_create(organisation.contracts)
    Grus.objects.bulk_create(organisation.grus)


def fast(teams: list[Team], as_of: dt.date) -> dict[tuple[int, Promise], Answer]:
    answers = fundament(teams, as_of)
    return {(pk, promise): astuple(found) for pk, line in answers.items() for promise, found in line.items()}


def slow(organisation: Organisation, as_of: dt.date) -> dict[tuple[int, Promise], Answer]:
    partners = [team for team in organisation.teams if team.kind == TeamKind.PARTNER_TEAM]
    return {
        (team.pk, promise): organisation.answer(team, promise, as_of) for team, promise in product(partners, Promise)
    }


@pytest.mark.django_db
def test_the_fast_fundament_agrees_with_the_slow_one_over_random_histories() -> None:
    visitor = make_person()
    seen: Counter[tuple[Promise, Status]] = Counter()

    @RUN
    @given(st.randoms(use_true_random=True))
    def agree(random: Random) -> None:
        organisation = random_organisation(random, visitor_id=visitor.pk)
        with transaction.atomic():
            store(organisation)
            for as_of in telling_days(random, organisation, DAYS_IN_EACH):
                expected = slow(organisation, as_of)
                assert fast(organisation.teams, as_of) == expected, as_of
                seen.update((promise, answer[0]) for (_, promise), answer in expected.items())
            transaction.set_rollback(True)

    agree()
    # The histories reach every status of every promise; a contract is never arranged beforehand.
    assert set(seen) == set(product(Promise, Status)) - {(Promise.CONTRACT, Status.PLANNED)}
