"""The map that sales by province are drawn on."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from repertory.core.errors import NotFound
from repertory.core.web.assets import asset_file
from repertory.core.web.pages import page
from repertory.reports import access

OWN_MAP = "map.json"
"""A company's own map in the data folder, such as one with a map approval number, instead of the built one."""


@page(allow=access.may_analyse)
def map_file(request: HttpRequest) -> HttpResponse:
    """GeoJSON of the provinces, with their GB/T 2260 code as `adcode` or `id`."""
    for file in (settings.HOME / OWN_MAP, asset_file("china.json")):
        if file.is_file():
            return HttpResponse(file.read_bytes(), content_type="application/geo+json")
    raise NotFound()
