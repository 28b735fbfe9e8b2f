"""How sales stand and where they are heading."""

from django.urls import path

from repertory.plans.web import attainment

app_name = "figures"
urlpatterns = [
    path("attainment/", attainment.attainment_page, name="attainment"),
    path("attainment/outlook/", attainment.outlook_panel, name="outlook"),
    path("attainment/reasons/", attainment.reasons_panel, name="reasons"),
]
