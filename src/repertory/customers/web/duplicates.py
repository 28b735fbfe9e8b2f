"""Probable duplicates: the list, the comparison, merging and undoing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.web.pages import page
from repertory.customers import access, fields
from repertory.customers.actions.duplicates import declare_distinct, find_duplicates
from repertory.customers.actions.merging import merge_customers, undo_merge
from repertory.customers.models import Customer, DuplicatePair
from repertory.customers.queries.work import duplicate_pair, duplicate_pairs, recent_merges
from repertory.customers.web.forms import MergeForm
from repertory.customers.web.reasons import alike_in_words
from repertory.customers.web.sections import shown_value, stored

MOST = 200
NOT_TAKEN = frozenset({"code", "kind"}) | fields.PRIVATE


@page(allow=access.may_lead)
def duplicates(request: HttpRequest) -> HttpResponse:
    pairs = duplicate_pairs(actor=request.actor)
    rows = [{"pair": pair, "reasons": alike_in_words(pair.reasons)} for pair in pairs[:MOST]]
    empty = {
        "title": _("没有待处理的疑似重复"),
        "text": _("点“查找重复”，系统按名称、读音、电话、机构和地址比对全部客户，列出像同一个的。"),
        "icon": "git-merge",
    }
    merges = recent_merges(actor=request.actor)
    return render(request, "customers/duplicates.html", {"rows": rows, "empty": empty, "merges": merges})


@page(allow=access.may_lead, methods=("POST",))
def search_duplicates(request: HttpRequest) -> HttpResponse:
    find_duplicates(actor=request.actor, at=time.now())
    messages.success(request, _("查找完成。"))
    return redirect("customers:duplicates")


@page(allow=access.may_lead, methods=("GET", "POST"))
def compare(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Side by side; the person says which one stays and which values come from the other."""
    pair = duplicate_pair(actor=request.actor, pair_id=pair_id)
    kept, gone = _sides(pair, request.GET.get("kept", ""))
    names = tuple(name for name in fields.WRITABLE if name not in NOT_TAKEN)
    form = MergeForm(request.POST or None, takeable=names)
    if request.method == "POST" and form.carry_out(
        lambda data: merge_customers(actor=request.actor, at=time.now(), data=data)
    ):
        messages.success(request, _("已合并。需要时可在“疑似重复”页撤销。"))
        return redirect("customers:card", kept.pk)
    context = {"pair": pair, "kept": kept, "gone": gone, "form": form, "rows": _rows(kept, gone, names)}
    context["reasons"] = alike_in_words(pair.reasons)
    return render(request, "customers/compare.html", context, status=422 if form.errors else 200)


def _sides(pair: DuplicatePair, wanted: str) -> tuple[Customer, Customer]:
    """Which stays: the one asked for, else the more complete one."""
    first, second = pair.first, pair.second
    if wanted == str(second.pk) or (not wanted and second.completeness > first.completeness):
        return second, first
    return first, second


def _rows(kept: Customer, gone: Customer, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Fields that at least one of the two has. fills: the kept one's is empty, so the other's is taken anyway."""
    rows = []
    for name in ("code", "kind", *names):
        mine, other = stored(kept, name), stored(gone, name)
        if mine in (None, "") and other in (None, ""):
            continue
        differs = mine != other
        rows.append(
            {
                "name": name,
                "label": fields.label(name),
                "kept": shown_value(kept, name, mine),
                "gone": shown_value(gone, name, other),
                "differs": differs,
                "fills": differs and mine in (None, ""),
                "takeable": differs and name in names and mine not in (None, "") and other not in (None, ""),
            }
        )
    return rows


@page(allow=access.may_lead, methods=("POST",))
def distinct(request: HttpRequest, pair_id: int) -> HttpResponse:
    declare_distinct(actor=request.actor, at=time.now(), pair_id=pair_id)
    messages.success(request, _("已记下：不是同一个。"))
    return redirect("customers:duplicates")


@page(allow=access.may_lead, methods=("POST",))
def undo(request: HttpRequest, merge_id: int) -> HttpResponse:
    merge = undo_merge(actor=request.actor, at=time.now(), merge_id=merge_id)
    messages.success(request, _("合并已撤销。"))
    return redirect("customers:card", merge.kept_id)
