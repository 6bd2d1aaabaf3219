"""The portal's addresses and the bare page of the benchmark."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def bare(request: HttpRequest) -> HttpResponse:
    """The least a page for signed-in people costs: every middleware, the session, the person."""
    return HttpResponse(str(request.user))


urlpatterns = [path("bare/", bare), path("", include("slf_portal.urls"))]
