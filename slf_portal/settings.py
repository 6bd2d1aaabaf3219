"""Settings of the portal.

One file. What differs between machines is an environment variable, read with its type; a missing or
malformed one stops the start and says which. Every variable is listed in .env.example.
"""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
# `make run` leaves the addresses of its servers here, so that any other command finds the same ones. What the
# environment itself says goes first.
env.read_env(env.str("PORTAL_ENV_FILE", str(BASE_DIR / ".portal" / "env")), recurse=False)

DEBUG = env.bool("DEBUG", False)
PORTAL_DEMO = env.bool("PORTAL_DEMO", False)
if PORTAL_DEMO and not DEBUG:
    raise ImproperlyConfigured("PORTAL_DEMO opens sign-in without a password: it is refused when DEBUG is off.")

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
# The address people open, without a trailing slash: links in mails begin with it.
PORTAL_URL = env.str("PORTAL_URL", "http://127.0.0.1:8000").rstrip("/")
# Ends the name of every event in people's calendars. A new one puts every event there twice: keep it when the address
# changes.
CALENDAR_HOST = env.str("CALENDAR_HOST", urlsplit(PORTAL_URL).hostname or "localhost")
# The programme's name will change before the method does.
PROGRAMME_NAME = env.str("PROGRAMME_NAME", "Stærkere Læringsfællesskaber")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", "")

INSTALLED_APPS = [
    "slf_portal.demo",
    "slf_portal.dashboard",
    "slf_portal.calendars",
    "slf_portal.fundament",
    "observations",
    "learningcycle",
    "teams",
    "slf_portal.accounts",
    "slf_portal.notifications",
    "slf_portal.audit",
    "slf_portal.common",
    "slf_portal.administration.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "pgtrigger",
    "pghistory",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "slf_portal.accounts.middleware.ChosenLanguageMiddleware",
    "slf_portal.accounts.middleware.PrivatePagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "slf_portal.urls"
WSGI_APPLICATION = "slf_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "slf_portal.dashboard.context.portal",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database, queue, mail -------------------------------------------------------------------------------------------

# Without cursors on the server: they would ask three times for a short list of choices.
DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_URL", conn_max_age=600, conn_health_checks=True, disable_server_side_cursors=True
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL")

# Sign-in counts its attempts here. In the database, so that the limits hold across processes and sign-in
# works while the queue is down; the table is made by a migration of accounts.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}}

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900}
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_QUEUE", "portal")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Copenhagen"
# Every tick is harmless when it comes twice or not at all: the tasks ask the database what is to be done.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "plan-meetings": {"task": "learningcycle.plan_meetings", "schedule": timedelta(seconds=60)},
    "follow-members": {"task": "observations.follow_members", "schedule": timedelta(minutes=5)},
    "forget-observations": {"task": "observations.forget", "schedule": timedelta(hours=1)},
    "plan-reminders": {"task": "fundament.plan_reminders", "schedule": timedelta(seconds=60)},
    "check-reminders": {"task": "fundament.check_reminders", "schedule": timedelta(minutes=15)},
    "read-busy-times": {"task": "observations.read_busy_times", "schedule": timedelta(seconds=60)},
    "relay-mail": {"task": "notifications.relay_mail", "schedule": timedelta(seconds=15)},
    "heartbeat": {"task": "notifications.heartbeat", "schedule": timedelta(seconds=15)},
}
# What nobody fetched within its own interval is not run later: while workers are away the ticks do not pile up.
for _tick in CELERY_BEAT_SCHEDULE.values():
    _tick["options"] = {"expires": _tick["schedule"].total_seconds()}
CELERY_BEAT_SCHEDULER = "slf_portal.notifications.beat.HeardScheduler"

_email = env.dj_email_url("EMAIL_URL", "smtp://127.0.0.1:25")
EMAIL_HOST = _email["EMAIL_HOST"]
EMAIL_PORT = _email["EMAIL_PORT"]
EMAIL_HOST_USER = _email["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _email["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _email["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "SLF-portalen <portal@localhost>")

# Language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
FORMAT_MODULE_PATH = ["slf_portal.formats"]

# Sign-in ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["slf_portal.accounts.backends.PortalBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard:home"
ACCOUNT_ADAPTER = "slf_portal.accounts.adapters.PortalAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# A municipality comes from one address: the limit per account stays, the one per address is raised.
ACCOUNT_RATE_LIMITS = {
    "login": "3000/m/ip",
    "login_failed": "3000/m/ip,5/5m/key",
    "reset_password": "3000/m/ip,5/m/key",
    # Each for one person: how often a leader sends invitations, and how often a link's passwords are tried.
    "invite": "100/h/user,5/h/key",
    "accept_invitation": "3000/m/ip,10/5m/key",
    # How often a person lets the portal fetch a calendar from an address that she writes.
    "busy_address": "20/h/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)

# Hardening -------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "slf_portal.accounts.views.csrf_failure"
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

# Static files ----------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", BASE_DIR / "node_modules" / "bootstrap" / "dist" / "css"),
    ("source-sans", BASE_DIR / "node_modules" / "@fontsource-variable" / "source-sans-3" / "files"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# Looks and sizes -------------------------------------------------------------------------------------------------

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
PAGE_SIZE = 50
# The page "new school year" has a field for each member of a unit: more than Django's thousand in the largest.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
IMPORT_MAX_BYTES = 5 * 1024 * 1024

# What the portal's own machinery counts with: our defaults, changed here or by an administrator's rows ------------

PLANNED_MONTHS_AHEAD = 3
# How long the link of an invitation works.
INVITATION_DAYS = 14
REMINDER_HOUR = 7
REMINDER_MINUTE = 30
# No mail about a unit on a day it is closed; a demonstration shows its mails on a Sunday as well.
REMIND_ON_CLOSED_DAYS = env.bool("REMIND_ON_CLOSED_DAYS", PORTAL_DEMO)
# What a visitor needs to get from one unit to another between two visits.
VISIT_TRAVEL_MINUTES = env.int("VISIT_TRAVEL_MINUTES", 15)
# So long after a visit is closed what its visitor wrote is deleted.
VISIT_LINES_DAYS = env.int("VISIT_LINES_DAYS", 30)
# And so long after a visit that nobody closes.
VISIT_OPEN_LINES_DAYS = env.int("VISIT_OPEN_LINES_DAYS", 180)
# How long a mail belongs to the sender that took it: longer than EMAIL_TIMEOUT.
MAIL_LEASE_SECONDS = env.int("MAIL_LEASE_SECONDS", 60)
# Shorter than its beat, so that mail never takes every worker.
MAIL_RUN_SECONDS = 12
MAIL_PAUSE_SECONDS = 30
MAIL_MAX_ATTEMPTS = 12
DEMO_MAIL_DIR = env.path("DEMO_MAIL_DIR", BASE_DIR / ".portal" / "mail")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Tells of every step of every document.
    "loggers": {name: {"level": "WARNING"} for name in ("weasyprint", "fontTools")},
    "root": {"handlers": ["console"], "level": env.log_level("LOG_LEVEL", logging.INFO)},
}
