"""The project package and the platform under the portal's apps."""

from slf_portal.celery import app as celery_app

__all__ = ["celery_app"]
