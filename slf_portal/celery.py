"""The Celery application. Celery only wakes the work: the database is the truth and the queue may be lost."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slf_portal.settings")

app = Celery("slf_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
