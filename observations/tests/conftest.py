"""A team to be visited, on a Tuesday in November."""

from learningcycle.tests.conftest import (
    as_leader,
    as_member,
    as_stranger,
    leader,
    member,
    on_a_tuesday,
    resource_person,
    team,
)

__all__ = ["as_leader", "as_member", "as_stranger", "leader", "member", "on_a_tuesday", "resource_person", "team"]
