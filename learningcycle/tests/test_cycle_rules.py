"""What a learning cycle still lacks, and its picture, counted by hand."""

import datetime as dt
from dataclasses import replace

import pytest

from learningcycle.enums import Ground, PhaseRule
from learningcycle.rules import Written, ground_lacking, is_met, is_on_way_to_action, is_to_be_looked_at, ring

OURS = ["focus", "data", "goal_and_sign", "action", "actions_settled", "learning"]
NOTHING = Written()
GROUNDED = Written(focus=True, data=1, interpretations=2, goal=True, signs=1)


@pytest.mark.parametrize(
    ("rule", "unmet", "met"),
    [
        (PhaseRule.FOCUS, NOTHING, Written(focus=True)),
        (PhaseRule.DATA, NOTHING, Written(data=1)),
        (PhaseRule.GOAL_AND_SIGN, Written(goal=True), Written(goal=True, signs=1)),
        (PhaseRule.GOAL_AND_SIGN, Written(signs=2), Written(goal=True, signs=2)),
        (PhaseRule.ACTION, Written(actions=1, tried=0), Written(actions=1, tried=1)),
        (PhaseRule.ACTIONS_SETTLED, Written(actions=2, tried=2, unsettled=1), Written(actions=2, tried=1)),
        (PhaseRule.ACTIONS_SETTLED, NOTHING, Written(actions=1)),
        (PhaseRule.LEARNING, NOTHING, Written(learning=True)),
    ],
)
def test_a_rule_is_met_when_it_is_written(rule: PhaseRule, unmet: Written, met: Written) -> None:
    assert (is_met(rule, unmet), is_met(rule, met)) == (False, True)


def test_a_phase_without_a_rule_asks_for_nothing() -> None:
    assert is_met("", NOTHING)


@pytest.mark.parametrize(("here", "on_way"), [(0, False), (2, False), (3, True), (5, True)])
def test_the_phase_of_action_and_those_after_it_are_on_the_way(here: int, on_way: bool) -> None:  # noqa: FBT001 - expected
    assert is_on_way_to_action(NOTHING, OURS, here) is on_way


def test_something_to_try_is_on_the_way_in_any_phase() -> None:
    assert is_on_way_to_action(Written(actions=1, tried=1), OURS, 0)
    assert not is_on_way_to_action(Written(actions=1, tried=0), OURS, 0)


@pytest.mark.parametrize(
    ("written", "lacking"),
    [
        (NOTHING, ["data", "interpretations", "goal", "sign"]),
        (GROUNDED, []),
        (replace(GROUNDED, data=0), ["data"]),
        (replace(GROUNDED, interpretations=1), ["interpretations"]),
        (replace(GROUNDED, goal=False), ["goal"]),
        (replace(GROUNDED, signs=0), ["sign"]),
    ],
)
def test_what_is_not_there_to_act_on(written: Written, lacking: list[Ground]) -> None:
    assert ground_lacking(written, OURS) == lacking


def test_what_a_template_puts_after_its_action_is_not_asked_for() -> None:
    assert ground_lacking(NOTHING, ["goal_and_sign", "action", "data", "learning"]) == ["goal", "sign"]
    assert ground_lacking(NOTHING, ["focus", "action", "data", "goal_and_sign", "learning"]) == []
    assert ground_lacking(NOTHING, ["focus", "", "learning"]) == ["data", "interpretations", "goal", "sign"]


@pytest.mark.parametrize(
    ("looked_at", "on", "asks"),
    [
        (None, dt.date(2027, 2, 27), False),
        (None, dt.date(2027, 2, 28), True),
        (dt.date(2026, 12, 1), dt.date(2027, 5, 31), False),
        (dt.date(2026, 12, 1), dt.date(2027, 6, 1), True),
    ],
)
def test_it_is_looked_at_after_six_months(looked_at: dt.date | None, on: dt.date, asks: bool) -> None:  # noqa: FBT001
    assert is_to_be_looked_at(dt.date(2026, 8, 31), looked_at, on) is asks


@pytest.mark.parametrize("count", range(1, 13))
def test_the_ring_has_an_arc_for_each_phase(count: int) -> None:
    assert len({arc.path for arc in ring(count)}) == count


def test_the_ring_goes_with_the_clock_from_the_top() -> None:
    assert [(arc.x, arc.y) for arc in ring(4)] == [(78.28, 21.72), (78.28, 78.28), (21.72, 78.28), (21.72, 21.72)]
    assert ring(4)[0].path == "M 51.85 1.03 A 49 49 0 0 1 98.97 48.15 L 80.98 48.83 A 31 31 0 0 0 51.17 19.02 Z"
