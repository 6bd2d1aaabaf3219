"""The WSGI entry point that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "slf_portal.settings")

application = get_wsgi_application()

# What is loaded now stays for good; looking it over for garbage again and again stops a page for 50 ms.
gc.collect()
gc.freeze()
