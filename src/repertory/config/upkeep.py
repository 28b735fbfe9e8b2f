"""Creating and upgrading an installation."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from repertory.core.crypto import create_keys


def initialise() -> None:
    """Bring keys and database to what this version needs; does nothing where they are."""
    create_keys(settings.FIELD_KEYS_FILE)
    call_command("migrate", interactive=False, verbosity=0)
    for folder in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize=0x10002")
