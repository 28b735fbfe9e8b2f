"""Connects the domains once all of them are loaded."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "repertory.config"

    def ready(self) -> None:
        from repertory import wiring  # app loading

        wiring.connect()
