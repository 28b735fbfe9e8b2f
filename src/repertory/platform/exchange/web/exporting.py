"""Files to take away: exports and templates."""

import tempfile
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import InvalidInput
from repertory.core.web.pages import page
from repertory.platform.exchange.exporting import export_rows, write_kind_template
from repertory.platform.exchange.web.rights import (
    exportable,
    importable,
    may_export_something,
    may_import_something,
)
from repertory.platform.spreadsheets.writing import FileFormat

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
ENDINGS = {FileFormat.XLSX: ".xlsx", FileFormat.CSV: ".csv", FileFormat.CSV_GB18030: ".csv"}


@page(allow=may_export_something)
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The rows that the list of the same address shows, `format` apart."""
    found = exportable(request.actor, kind)
    filters = request.GET.dict()
    file_format = _format(filters.pop("format", FileFormat.XLSX))
    at = time.now()
    name = f"{found.label}-{time.day_of(at)}{ENDINGS[file_format]}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        export_rows(
            actor=request.actor,
            at=at,
            kind=found,
            path=path,
            file_format=file_format,
            filters=filters,
            file_name=name,
        )
        return as_download(path, name)


def _format(wanted: str) -> FileFormat:
    if wanted not in FileFormat.values:
        raise InvalidInput(_("没有这种文件格式。"), field="format")
    return FileFormat(wanted)


@page(allow=may_import_something)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    found = importable(request.actor, kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_kind_template(actor=request.actor, kind=found, path=path)
        return as_download(path, _("%(label)s导入模板.xlsx") % {"label": found.label})


def as_download(path: Path, name: str) -> FileResponse:
    """The file under a name, saved and never shown inside our pages. It may be removed as soon as this returns."""
    content = path.open("rb")
    kind = CSV if name.endswith(".csv") else XLSX
    return FileResponse(content, as_attachment=True, filename=name, content_type=kind)
