from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "repertory.products"
    label = "products"
