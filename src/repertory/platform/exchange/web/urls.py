"""Addresses of import and export, below /exchange/."""

from django.urls import path

from repertory.platform.exchange.web import exporting, importing, runs

app_name = "exchange"

urlpatterns = [
    path("<slug:kind>/import/", importing.upload, name="import"),
    path("<slug:kind>/template/", exporting.template, name="template"),
    path("<slug:kind>/export/", exporting.export, name="export"),
    path("runs/<int:run_id>/", runs.show, name="run"),
    path("runs/<int:run_id>/progress/", runs.progress, name="progress"),
    path("runs/<int:run_id>/mapping/", importing.mapping, name="mapping"),
    path("runs/<int:run_id>/completion/", runs.complete, name="complete"),
    path("runs/<int:run_id>/corrections/", runs.corrections, name="corrections"),
]
