from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "repertory.sales"
    label = "sales"
