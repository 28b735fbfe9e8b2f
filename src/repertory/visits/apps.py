from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "repertory.visits"
    label = "visits"
