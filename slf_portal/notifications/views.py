"""What a supervisor asks: is the process up, and is everything there that it needs?"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from slf_portal.notifications.queries import readiness

NOT_READY = 503


@login_not_required
@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"alive": True})


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Every check with its answer; 503 when one fails."""
    checks = readiness(timezone.now())
    return JsonResponse(checks, status=200 if all(checks.values()) else NOT_READY)
