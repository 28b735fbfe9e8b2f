"""All addresses: pages of each domain, the API, sign-in."""

from django.urls import include, path

urlpatterns: list = [
    path("accounts/", include("allauth.urls")),
]
