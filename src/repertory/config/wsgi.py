"""The door for a WSGI server."""

import os

from repertory.core.loading import quick_loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "repertory.config.settings")
with quick_loading():
    from django.core.wsgi import get_wsgi_application  # slow import
    from django.urls import get_resolver  # slow import

    application = get_wsgi_application()
    # The addresses too, and with them all pages and the API: the first page asks for them anyway.
    _addresses = get_resolver().url_patterns
