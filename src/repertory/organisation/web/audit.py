"""The audit browser: filters, lines with what changed, export."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from repertory.core.actor import Actor, Door
from repertory.core.errors import InvalidInput
from repertory.core.time import COMPANY_ZONE, now, read_day
from repertory.core.web.pages import page
from repertory.organisation import access
from repertory.organisation.actions import record_audit_export
from repertory.organisation.queries.audit import AuditQuery, all_audit, chain_end, count_audit, list_audit
from repertory.platform import audit_words
from repertory.platform.models import AuditEntry
from repertory.platform.spreadsheets.marks import watermark
from repertory.platform.spreadsheets.writing import FileFormat, Value, write_table

MOST_EXPORTED = 500_000
SHOWN_AT_ONCE = 5
TEXT_FILTERS = ("text", "user", "verb", "object_type", "door")


@page(allow=access.may_audit)
def audit(request: HttpRequest) -> HttpResponse:
    query = _query(request.GET)
    found = list_audit(actor=request.actor, query=query)
    frame = {
        "entries": [_line(entry) for entry in found.items],
        "pager": {"count": None, "cursor": query.cursor, "next": found.next},
        "query": query,
        "address": request.GET.urlencode(),
        "verbs": sorted(audit_words.VERBS.items(), key=lambda pair: str(pair[1])),
        "types": audit_words.object_types().items(),
        "doors": Door.choices,
        "chain": chain_end(actor=request.actor),
    }
    return render(request, "organisation/audit.html", frame)


@page(allow=access.may_audit)
def audit_export(request: HttpRequest) -> HttpResponse:
    """All lines that the filters leave, as a workbook with a watermark; the export itself becomes a line."""
    query, actor, at = _query(request.GET), request.actor, now()
    if count_audit(actor=actor, query=query) > MOST_EXPORTED:
        raise InvalidInput(_("超过 500,000 行，请先按日期缩小范围。"), code="too_many_rows")
    labels = [
        _("时间"),
        _("账号"),
        _("入口"),
        _("网络地址"),
        _("动作"),
        _("对象"),
        _("编号"),
        _("名称"),
        _("变更"),
        _("事由"),
    ]
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    rows = write_table(
        Path(file.name),
        labels=labels,
        rows=_export_rows(actor, query),
        file_format=FileFormat.XLSX,
        sheet=_("审计日志"),
        watermark=watermark(user=actor.label, at=at.astimezone(COMPANY_ZONE)),
    )
    record_audit_export(actor=actor, at=at, rows=rows)
    return FileResponse(Path(file.name).open("rb"), as_attachment=True, filename=f"audit-{at:%Y%m%d-%H%M}.xlsx")


def _export_rows(actor: Actor, query: AuditQuery) -> Iterator[list[Value]]:
    for entry in all_audit(actor=actor, query=query):
        batch = entry.batch
        changes = _("；").join(f"{change['label']}: {change['old']} → {change['new']}" for change in _changes(entry))
        yield [
            batch.at.astimezone(COMPANY_ZONE),
            batch.user_label,
            batch.get_door_display(),
            batch.address,
            str(audit_words.verb_label(entry.verb)),
            str(audit_words.type_label(entry.object_type)),
            entry.object_id,
            entry.label,
            changes[:30_000],
            entry.reason,
        ]


def _line(entry: AuditEntry) -> dict[str, Any]:
    """What core/_timeline.html shows of an entry."""
    batch = entry.batch
    return {
        "at": batch.at,
        "title": audit_words.verb_label(entry.verb),
        "type": audit_words.type_label(entry.object_type),
        "label": entry.label,
        "url": audit_words.object_url(entry.object_type, entry.object_id),
        "who": batch.user_label,
        "door": batch.get_door_display(),
        "address": batch.address,
        "changes": _changes(entry),
        "long": len(entry.changes) > SHOWN_AT_ONCE,
        "note": entry.reason,
    }


def _changes(entry: AuditEntry) -> list[dict[str, Any]]:
    return [
        {
            "label": audit_words.field_label(entry.object_type, name),
            "old": audit_words.value_label(entry.object_type, name, _side(pair, 0)),
            "new": audit_words.value_label(entry.object_type, name, _side(pair, 1)),
        }
        for name, pair in entry.changes.items()
    ]


def _side(pair: Any, side: int) -> Any:
    """One side of [old, new]; a single value is something new."""
    if isinstance(pair, list) and len(pair) == 2:
        return pair[side]
    return pair if side else None


def _query(address: QueryDict) -> AuditQuery:
    """Raises InvalidInput for a day or a number that is none."""
    number = address.get("object_id", "")
    if number and not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise InvalidInput(_("编号要填数字。"), field="object_id")
    return AuditQuery(
        **{name: address.get(name, "").strip() for name in TEXT_FILTERS},
        object_id=int(number) if number else None,
        first=_day(address, "first"),
        last=_day(address, "last"),
        cursor=address.get("cursor", ""),
    )


def _day(address: QueryDict, name: str) -> date | None:
    try:
        return read_day(address[name]) if address.get(name) else None
    except ValueError:
        raise InvalidInput(_("日期请写成 2026-03-31 这样。"), field=name) from None
