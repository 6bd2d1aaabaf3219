"""The request as views behind sign-in know it."""

from django.http import HttpRequest

from slf_portal.accounts.models import User


class PortalRequest(HttpRequest):
    """A request whose user is signed in; LoginRequiredMiddleware sees to it."""

    user: User
