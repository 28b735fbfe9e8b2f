"""The phone app's shell, and the page of what was not accepted."""

from django.urls import path

from repertory.sync.web import quarantine, shell

app_name = "sync"
urlpatterns = [
    path("m/", shell.shell, name="phone"),
    path("m/sw.js", shell.worker, name="worker"),
    path("sync/quarantine/", quarantine.quarantine, name="quarantine"),
    path("sync/quarantine/<uuid:uid>/retry/", quarantine.retry, name="retry"),
    path("sync/quarantine/<uuid:uid>/discard/", quarantine.discard, name="discard"),
]
