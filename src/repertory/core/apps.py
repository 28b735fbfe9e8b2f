from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "repertory.core"
    label = "core"
