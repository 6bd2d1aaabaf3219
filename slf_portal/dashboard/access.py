"""Who may open which front page."""

from collections.abc import Callable

from slf_portal.accounts.http import PortalRequest
from teams.access import require, standing
from teams.standing import Standing


def require_role(request: PortalRequest, holds: Callable[[Standing], bool]) -> Standing:
    """The person's standing, when she holds the role the page is for; 403 otherwise."""
    here = standing(request)
    require(holds(here))
    return here
