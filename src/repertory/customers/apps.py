from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "repertory.customers"
    label = "customers"
