"""All addresses: pages of each domain, the API, sign-in."""

from django.urls import include, path

from repertory.config.api_docs import docs
from repertory.config.api_door import api_door

urlpatterns: list = [
    path("accounts/", include("repertory.organisation.web.accounts")),
    path("exchange/", include("repertory.platform.exchange.web.urls")),
    path("", include("repertory.platform.reminders.web.urls")),
    path("approvals/", include("repertory.platform.approvals.web.urls")),
    path("customers/", include("repertory.customers.web.urls")),
    path("products/", include("repertory.products.web.urls")),
    path("visits/", include("repertory.visits.web.urls")),
    path("materials/", include("repertory.materials.web.urls")),
    path("", include("repertory.service.web.urls")),
    path("sales/", include("repertory.sales.web.urls")),
    path("", include("repertory.plans.web.urls")),
    path("api/v1/docs/", docs, name="api_docs"),
    path("api/v1/<path:rest>", api_door, name="api"),
    path("", include("repertory.plans.web.figures_urls")),
    path("", include("repertory.sync.web.urls")),
    path("", include("repertory.reports.web.urls")),
    path("", include("repertory.organisation.web.urls")),
]
handler400 = "repertory.config.unknown.bad_request"
handler404 = "repertory.config.unknown.not_found"
