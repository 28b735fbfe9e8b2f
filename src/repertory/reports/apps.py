from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "repertory.reports"
    label = "reports"
