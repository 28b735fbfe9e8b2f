from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "repertory.plans"
    label = "plans"
