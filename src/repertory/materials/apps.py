from django.apps import AppConfig


class MaterialsConfig(AppConfig):
    name = "repertory.materials"
    label = "materials"
