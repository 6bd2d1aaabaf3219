"""The portal's settings, plus one page that does nothing: what everything else is compared with."""

from slf_portal.settings import *  # noqa: F403 - the benchmark measures the portal as it is

ROOT_URLCONF = "slf_portal.local.bench_urls"
SILENCED_SYSTEM_CHECKS = ["portal.E002"]  # the bare page is nobody's to open
