from django.apps import AppConfig


class ServiceConfig(AppConfig):
    name = "repertory.service"
    label = "service"
