"""Addresses of approvals: /approvals/."""

from django.urls import path

from repertory.platform.approvals.web import settings, shown, views
from repertory.platform.web.lists import list_paths

app_name = "approvals"

urlpatterns = [
    path("", views.request_list, name="list"),
    *list_paths(shown.LIST),
    path("deputies/", settings.deputy_list, name="deputies"),
    path("deputies/new/", settings.new_deputy, name="new_deputy"),
    path("deputies/<int:deputy_id>/end/", settings.end_deputy, name="end_deputy"),
    path("routes/", settings.route_list, name="routes"),
    path("routes/<slug:kind>/", settings.edit_route, name="edit_route"),
    path("<int:request_id>/", views.request_page, name="page"),
    path("<int:request_id>/<slug:name>/", views.request_step, name="step"),
]
