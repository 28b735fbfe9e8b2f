from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "repertory.organisation"
    label = "organisation"
