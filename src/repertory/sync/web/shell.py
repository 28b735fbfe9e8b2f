"""The phone app's shell: the same bytes for everybody, so that a phone without a network can start from what it kept."""

from collections.abc import Callable
from pathlib import Path

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse

from repertory.core.web.pages import public

PHONE = Path(__file__).resolve().parent.parent / "static" / "built" / "phone"
ADDRESS = "/m/"
POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "blob:", "data:"],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "worker-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}


def same_for_everybody(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. An answer that varies by cookie is not found again in the phone's cache by a request without one; the
    shell varies by nothing, though the session was looked at on the way."""

    def run(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if request.path.startswith(ADDRESS):
            for name in ("Vary", "Content-Language"):
                response.headers.pop(name, None)
        return response

    return run


@public()
@csp_replace(POLICY)
def shell(request: HttpRequest) -> HttpResponse:
    return _built("index.html", "text/html; charset=utf-8")


@public()
@csp_replace(POLICY)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; it stands here because a worker rules only what lies below its own address."""
    return _built("sw.js", "text/javascript; charset=utf-8")


def _built(name: str, content_type: str) -> HttpResponse:
    file = PHONE / name
    if not file.is_file():
        raise Http404(name)
    return HttpResponse(file.read_bytes(), content_type=content_type)
