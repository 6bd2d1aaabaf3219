"""The soft hint when a visit is closed or shared."""

import datetime as dt

from observations.queries import lines_that_judge
from slf_portal.accounts.models import User
from teams.models import Team
from tests.builders import make_visit
from tests.visit_lines_world import make_line


def test_lines_that_judge_or_point_to_one_child(tuesday: dt.date, team: Team, visitor: User) -> None:
    visit = make_visit(team, visitor, tuesday)
    make_line(visit, "Rammesætningen tog 12 minutter.", minute=1)
    judging = make_line(visit, "Opsamlingen var dårlig.", minute=3)
    child = make_line(visit, "De talte om eleven Sofie.", minute=2)
    found = [(hint.line, hint.judging, hint.childlike) for hint in lines_that_judge(visit)]
    assert found == [(child, [], ["eleven Sofie"]), (judging, ["dårlig"], [])]
