from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "repertory.platform"
    label = "platform"
