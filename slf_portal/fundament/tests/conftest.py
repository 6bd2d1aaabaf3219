from slf_portal.notifications.tests.conftest import clock, mail_server

__all__ = ["clock", "mail_server"]
