"""The picture of a learning cycle. Load it with `{% load cycles %}`."""

from collections.abc import Sequence
from typing import Any

from django import template

from learningcycle.models import TemplateStep
from learningcycle.rules import ring

register = template.Library()


@register.inclusion_tag("learningcycle/_cycle_picture.html")
def cycle_picture(phases: Sequence[TemplateStep], current: TemplateStep) -> dict[str, Any]:
    """A ring with an arc for each phase, the current one filled."""
    return {"arcs": list(zip(ring(len(phases)), phases, strict=True)), "current": current, "count": len(phases)}
