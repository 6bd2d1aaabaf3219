"""The words of templates. Load it with `{% load templates %}`."""

from django import template

from learningcycle.enums import AgendaPart, PhaseRule

register = template.Library()


@register.filter
def phase_rule(value: str) -> str:
    """What should be written before the phase is left, in words."""
    return str(PhaseRule(value).label)


@register.filter
def agenda_part(value: str) -> str:
    """What of the portal stands beside the item, in words."""
    return str(AgendaPart(value).label)
