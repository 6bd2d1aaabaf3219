"""Lists by the page."""

from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def paged(request: HttpRequest, things: Any) -> Page[Any]:
    """The page of a list that the address asks for; the nearest one when there is no such page."""
    return Paginator(things, settings.PAGE_SIZE).get_page(request.GET.get("page"))
