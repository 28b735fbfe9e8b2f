"""Months and files of the ledger, for those who keep it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import formats, time
from repertory.core.errors import RepertoryError
from repertory.core.periods import month_name, read_period
from repertory.core.web.pages import page
from repertory.core.web.responses import to_page
from repertory.core.web.tables import Table
from repertory.sales import access, actions
from repertory.sales.choices import RowState
from repertory.sales.models import SalesFile
from repertory.sales.queries import files
from repertory.sales.web import forms
from repertory.sales.web.columns import figure, file_columns, held_columns, state_tag
from repertory.sales.web.responses import part

MOST_FILES = 400
MOST_ROWS = 300
MOST_NAMED = 10


@page(allow=access.may_see_files)
def file_list(request: HttpRequest) -> HttpResponse:
    """Months with their state, and the files of the chosen one (?month=2026-03), else the newest ones of all."""
    chosen = read_period(request.GET["month"], field="month").first if request.GET.get("month") else None
    rows = list(files.current_files(actor=request.actor, month=chosen)[:MOST_FILES])
    table = Table(
        columns=file_columns(),
        rows=rows,
        caption=_("流向文件"),
        url=lambda row: reverse("sales:file", args=(row.pk,)),
    )
    frame = {
        "months": [_month(row) for row in files.months(actor=request.actor)],
        "chosen": month_name(chosen) if chosen else "",
        "table": table if rows else None,
        "names": files.waiting_counts(actor=request.actor),
        "may_keep": access.may_keep(request.actor),
        "empty": {
            "title": _("还没有导入流向"),
            "text": _("把商业公司每月的流向文件导入进来，系统会自动对应客户和产品，对不上的列出来等您确认。"),
            "icon": "upload",
            "url": reverse("exchange:import", args=("flow",)),
            "action": _("导入流向"),
        },
    }
    return render(request, "sales/files.html", frame)


def _month(row: files.Month) -> dict[str, Any]:
    return {
        "row": row,
        "name": month_name(row.month),
        "amount": formats.short_number(row.amount.quantize(1)),
        "late": _("、").join(row.late[:MOST_NAMED]) + (" …" if len(row.late) > MOST_NAMED else ""),
        "over": time.today() >= read_period(month_name(row.month)).days.end,
    }


@page(allow=access.may_see_files)
def file_page(request: HttpRequest, file_id: int) -> HttpResponse:
    """A version of a month of a seller: what it holds, what it changed, what did not go in."""
    file = access.get_file(request.actor, file_id)
    held = list(files.held_rows(actor=request.actor, file=file)[:MOST_ROWS])
    frame = {
        "file": file,
        "month": month_name(file.month),
        "state": state_tag(file),
        "quantity": figure(file.quantity),
        "amount": formats.number(file.amount, 2),
        "versions": files.versions(actor=request.actor, file=file),
        "differences": [_difference(row) for row in files.differences(file=file)[:MOST_ROWS]],
        "held": Table(columns=held_columns(), rows=held, caption=_("没有入账的行"), bulk="dismissal") if held else None,
        "may_keep": access.may_keep(request.actor),
        "open": any(row.state in (RowState.WAITING, RowState.REFUSED) for row in held),
    }
    return render(request, "sales/file.html", frame)


def _difference(row: Any) -> dict[str, Any]:
    return {
        "customer": row.customer.name,
        "product": str(row.product),
        "quantity": (figure(row.quantity_before), figure(row.quantity_after)),
        "amount": (formats.number(row.amount_before, 2), formats.number(row.amount_after, 2)),
        "change": formats.number(row.amount_after - row.amount_before, 2),
    }


@page(allow=access.may_keep, methods=("POST",))
def close(request: HttpRequest, month: str) -> HttpResponse:
    """月结"""
    return _for_month(request, month, actions.close_month, _("%(month)s 已月结。"))


@page(allow=access.may_keep, methods=("POST",))
def reattribute(request: HttpRequest, month: str) -> HttpResponse:
    """The month's sales by the coverage as it is known now."""
    return _for_month(request, month, actions.reattribute_month, _("%(month)s 已按现在的覆盖关系重新归属。"))


def _for_month(request: HttpRequest, month: str, act: Any, done: str) -> HttpResponse:
    number = read_period(month, field="month").first
    try:
        act(actor=request.actor, at=time.now(), month=number)
    except RepertoryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done % {"month": month_name(number)})
    return redirect(f"{reverse('sales:files')}?month={month_name(number)}")


@page(allow=access.may_keep, methods=("GET", "POST"))
def dismiss(request: HttpRequest, file_id: int) -> HttpResponse:
    """Put rows of a file aside; which ones, the check boxes say."""
    file: SalesFile = access.get_file(request.actor, file_id)
    keys = [key for key in request.GET.getlist("pk") or request.POST.getlist("rows") if key.isdecimal()]
    form = forms.DismissForm(request.POST or None, rows=keys)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.dismiss_rows(actor=request.actor, at=time.now(), data=data)
    ):
        return to_page(request, reverse("sales:file", args=(file.pk,)))
    context = {"form": form, "title": _("不入账"), "subject": _("%(count)s 行") % {"count": len(keys)}, "rows": keys}
    return part(request, "core/dialog.html", context, status=422 if form.errors else 200)
