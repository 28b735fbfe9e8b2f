"""The door for a WSGI server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "repertory.config.settings")
application = get_wsgi_application()

# What is loaded now stays for ever: the collector need not walk it again and again, and has less reason to run at all.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
