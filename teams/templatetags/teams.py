"""Words of the organisation in templates. Load it with `{% load teams %}`."""

from django import template

from teams import enums

register = template.Library()


@register.filter
def every_months(months: int) -> str:
    """As "hver 3. måned": `{{ terms.interval_months|every_months }}`."""
    return enums.every_months(months)
