"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class PortalAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: people are imported or created by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
