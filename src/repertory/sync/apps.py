from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "repertory.sync"
    label = "sync"
