"""Addresses of import and export, below /exchange/."""

from django.urls import path

from repertory.platform.exchange.web import exporting, exports, importing, runs

app_name = "exchange"

urlpatterns = [
    path("<slug:kind>/import/", importing.upload, name="import"),
    path("<slug:kind>/template/", exporting.template, name="template"),
    path("<slug:kind>/export/", exporting.export, name="export"),
    path("exports/", exports.index, name="exports"),
    path("exports/<int:export_id>/", exports.show, name="export_run"),
    path("exports/<int:export_id>/progress/", exports.progress, name="export_progress"),
    path("exports/<int:export_id>/file/", exports.download, name="export_file"),
    path("exports/<int:export_id>/cancellation/", exports.cancel, name="cancel_export"),
    path("runs/<int:run_id>/", runs.show, name="run"),
    path("runs/<int:run_id>/progress/", runs.progress, name="progress"),
    path("runs/<int:run_id>/mapping/", importing.mapping, name="mapping"),
    path("runs/<int:run_id>/completion/", runs.complete, name="complete"),
    path("runs/<int:run_id>/corrections/", runs.corrections, name="corrections"),
]
