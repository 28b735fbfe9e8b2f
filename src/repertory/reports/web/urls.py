"""The home page and its panels."""

from django.urls import path

from repertory.reports.web import home

app_name = "reports"
urlpatterns = [
    path("", home.home, name="home"),
    path("home/frame/", home.frame, name="frame"),
    path("home/figures/", home.figures, name="figures"),
    path("home/waiting/", home.waiting, name="waiting"),
    path("home/dates/", home.dates, name="dates"),
    path("home/nodes/", home.nodes, name="nodes"),
]
