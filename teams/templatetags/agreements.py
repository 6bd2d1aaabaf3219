"""What was agreed on, line by line. Load it with `{% load agreements %}`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template

from slf_portal.common.dates import today
from teams.models import Agreement
from teams.permissions import can_change_agreement, can_settle_agreement
from teams.queries import SourceLabel, source_labels

register = template.Library()


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """Something agreed, where it was, and what the reader may do with it."""

    agreement: Agreement
    source: SourceLabel | None
    may_settle: bool
    may_change: bool


@register.inclusion_tag("teams/_agreement_lines.html", takes_context=True)
def agreement_lines(
    context: template.Context, agreements: Iterable[Agreement], *, show_team: bool = False, show_owner: bool = False
) -> dict[str, Any]:
    """A list of `agreements`, as `queries` gives them. One lookup for each kind of place where they were agreed."""
    request, agreements = context["request"], list(agreements)
    labels = source_labels(agreements)
    lines = [
        AgreementLine(
            agreement=agreement,
            source=labels.get(agreement.pk),
            may_settle=can_settle_agreement(request.standing, agreement),
            may_change=can_change_agreement(request.standing, agreement),
        )
        for agreement in agreements
    ]
    return {
        "lines": lines,
        "today": today(),
        "here": request.get_full_path(),
        "show_team": show_team,
        "show_owner": show_owner,
    }
