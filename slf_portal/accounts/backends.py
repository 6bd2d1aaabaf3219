"""Who may sign in."""

from allauth.account.auth_backends import AuthenticationBackend


class PortalBackend(AuthenticationBackend):
    """allauth's sign-in by e-mail and password. Rights come from dated roles, never from stored permissions."""
