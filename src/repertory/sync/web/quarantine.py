"""What phones sent and could not be accepted: shown to whom it belongs and to the superior, settled by either."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.web.forms import InputForm, long_text
from repertory.core.web.pages import page
from repertory.core.web.responses import page_changed, part
from repertory.platform.audit_words import object_url
from repertory.sync import access
from repertory.sync.actions import discard_item, retry_item
from repertory.sync.choices import WAITING
from repertory.sync.commands import label_of, title_of
from repertory.sync.inputs import DiscardItem, RetryItem
from repertory.sync.models import PushedItem
from repertory.sync.queries import items as queries

SETTLED_DAYS = 30


class DiscardForm(InputForm):
    input_class = DiscardItem
    reason = long_text(_("为什么放弃"), required=True)


@page(allow=access.may_see)
def quarantine(request: HttpRequest) -> HttpResponse:
    rows = queries.quarantined(actor=request.actor)
    since = time.now() - timedelta(days=SETTLED_DAYS)
    settled = queries.settled(actor=request.actor, since=since)[: queries.MOST]
    context = {
        "waiting": [_shown(item) for item in rows[: queries.MOST]],
        "settled": [_shown(item) for item in settled],
        "may_settle": access.may_send(request.actor),
    }
    return render(request, "sync/quarantine.html", context)


def _shown(item: PushedItem) -> dict[str, Any]:
    """For the template: the item, its name for people, its content, both values of a conflict."""
    details = item.answer.get("details", {})
    theirs, yours = details.get("theirs") or {}, details.get("yours") or {}
    return {
        "item": item,
        "label": label_of(item.command),
        "title": title_of(item.command, item.payload),
        "facts": queries.facts_of(item.payload),
        "both": [(name, yours.get(name, ""), theirs.get(name, "")) for name in sorted({*yours, *theirs})],
        "message": item.answer.get("message", ""),
        "url": object_url(item.object_type, item.object_id or 0),
    }


@page(allow=access.may_send, methods=("POST",))
def retry(request: HttpRequest, uid: UUID) -> HttpResponse:
    item = retry_item(actor=request.actor, at=time.now(), uid=uid, data=RetryItem())
    if item.status in WAITING:
        messages.error(request, _("还是没有被接受：%(why)s") % {"why": item.answer["message"]})
    else:
        messages.success(request, _("已入库。"))
    return redirect("sync:quarantine")


@page(allow=access.may_send, methods=("GET", "POST"))
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    item = access.get_visible(request.actor, uid)
    form = DiscardForm(request.POST or None)
    if request.method == "POST" and form.carry_out(
        lambda data: discard_item(actor=request.actor, at=time.now(), uid=uid, data=data)
    ):
        return page_changed(request, reverse("sync:quarantine"), _("已放弃，内容仍留底。"))
    context = {"form": form, "title": _("放弃这条记录"), "label": label_of(item.command), "item": item}
    status = 422 if form.errors else 200
    return part(request, "sync/_discard.html", context, frame="sync/part.html", status=status)
