"""Price lists: all of them, one with its prices, the dialogs that change it, and what somebody pays."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as T

from repertory.core import formats, regions, time
from repertory.core.errors import NotFound
from repertory.core.states import may_move
from repertory.core.web.forms import InputForm
from repertory.core.web.pages import page
from repertory.core.web.responses import to_page
from repertory.core.web.tables import Column, Table, tag
from repertory.platform.approvals.queries import last_of
from repertory.products import access, actions
from repertory.products.choices import PRICE_LIST_TRANSITIONS, Audience, PriceListState
from repertory.products.models import Price, PriceList
from repertory.products.months import months_of, season_in_words
from repertory.products.queries import prices as queries
from repertory.products.web import price_forms as forms
from repertory.products.web.responses import part

TONES = {
    PriceListState.DRAFT: "",
    PriceListState.SUBMITTED: "note",
    PriceListState.APPROVED: "good",
    PriceListState.WITHDRAWN: "warn",
}
FORM = "products/price_form.html"
OPEN = (PriceListState.DRAFT, PriceListState.SUBMITTED)


def state_tag(found: PriceList) -> Any:
    return tag(PriceListState(found.state).label, TONES[PriceListState(found.state)])


def validity(found: PriceList) -> str:
    """2026-01-01 起, 2026-01-01 至 2026-07-01（不含）; of a draft what is planned."""
    begins = found.in_force_from or found.starts_on
    if found.ended_on is None:
        return _("%(day)s 起") % {"day": begins}
    return _("%(first)s 至 %(end)s（不含）") % {"first": begins, "end": found.ended_on}


@page(allow=access.may_see_prices)
def price_lists(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    rows = list(queries.price_lists(actor=request.actor, state=state if state in PriceListState.values else ""))
    columns = [
        Column("name", _("名称"), str, title=True),
        Column("code", _("编码"), lambda row: row.code),
        Column("state", _("状态"), state_tag),
        Column("validity", _("有效期"), validity, css="nowrap"),
        Column("prices", _("价格数"), lambda row: formats.number(row.price_count), css="num"),
        Column("author", _("制作人"), lambda row: row.author.name if row.author else _("系统")),
    ]
    views = [("", _("全部")), *PriceListState.choices]
    may_write = access.may_write_prices(request.actor)
    frame = {
        "table": Table(columns, rows, _("价格表"), url=lambda row: reverse("products:price_list", args=[row.pk])),
        "views": [
            {"name": name, "url": f"?state={code}" if code else "?", "current": state == code, "count": None}
            for code, name in views
        ],
        "pager": {"count": len(rows), "cursor": "", "next": None},
        "may_write": may_write,
        "may_export": access.may_export_prices(request.actor),
        "empty": {
            "title": _("还没有价格表"),
            "text": _("按客户类型、等级、省份、月份和数量定价，经审批后生效，低于底价的报价会被拒绝。"),
            "icon": "receipt",
            "url": reverse("products:new_price_list") if may_write else "",
            "action": _("新建价格表"),
        },
    }
    return render(request, "products/price_lists.html", frame)


@page(allow=access.may_see_prices)
def price_list(request: HttpRequest, list_id: int) -> HttpResponse:
    found = queries.price_list(actor=request.actor, list_id=list_id)
    text = request.GET.get("q", "")
    rows = queries.prices_of(actor=request.actor, found=found, text=text)
    count, shown = rows.count(), list(rows[: queries.PAGE])
    editable = access.may_write_prices(request.actor) and found.state == PriceListState.DRAFT
    asked = last_of(kind="price_list", object_id=found.pk)
    frame = {
        "found": found,
        "state": state_tag(found),
        "validity": validity(found),
        "table": Table([*_columns(), *([_edit_column()] if editable else [])], shown, _("价格")),
        "editable": editable,
        "count": count,
        "more": count > len(shown),
        "may_write": access.may_write_prices(request.actor),
        "may": {name: _possible(request, found, dialog) for name, dialog in DIALOGS.items()},
        "may_export": access.may_export_prices(request.actor),
        "approval": asked,
    }
    return render(request, "products/price_list.html", frame)


def _columns() -> list[Column]:
    provinces = dict(regions.provinces())
    return [
        Column("product", _("产品"), lambda row: str(row.pack.product), title=True, css="clip"),
        Column("pack", _("规格"), lambda row: f"{row.pack} · {row.pack.code}"),
        Column("kind", _("客户类型"), lambda row: row.get_customer_kind_display() or _("全部")),
        Column("tier", _("客户等级"), lambda row: row.tier or _("全部")),
        Column("province", _("省份"), lambda row: provinces.get(row.province, row.province) or _("全国")),
        Column("season", _("月份"), lambda row: season_in_words(row.season) or _("全年")),
        Column("quantity", _("起订量"), lambda row: formats.number(row.from_quantity), css="num"),
        Column("price", _("单价"), lambda row: amount(row.price_cny), css="num"),
        Column("floor", _("底价"), lambda row: amount(row.floor_cny), css="num"),
        Column("days", _("有效期"), days_of, css="nowrap"),
    ]


def _edit_column() -> Column:
    pattern = '<button type="button" class="btn btn-s" hx-get="{}" hx-target="#dialog" aria-label="{}">{}</button>'

    def button(row: Price) -> str:
        url = reverse("products:edit_price", args=[row.pk])
        return format_html(pattern, url, _("修改价格 %(name)s") % {"name": row}, _("修改"))

    return Column("edit", "", button, css="row-actions")


def amount(value: Any) -> str:
    """¥32.50; with more places where there are more."""
    plain = value.normalize()
    places = max(2, -plain.as_tuple().exponent)
    return f"¥{formats.number(plain, places)}"


def days_of(row: Price) -> str:
    if row.ends_on is None:
        return _("%(day)s 起") % {"day": row.starts_on}
    return _("%(first)s 至 %(end)s（不含）") % {"first": row.starts_on, "end": row.ends_on}


@dataclass(frozen=True)
class Dialog:
    """A form in a dialog and the action behind it; `to`: the state it leads to, "" where the list must be a draft."""

    title: str | Promise
    form: Callable[[HttpRequest, PriceList], InputForm]
    act: Callable[..., Any]
    states: tuple[str, ...]
    to: str = ""


def _price_form(request: HttpRequest, found: PriceList) -> InputForm:
    return forms.PriceForm(request.POST or None, packs=queries.pack_options(actor=request.actor))


def _revise_form(request: HttpRequest, found: PriceList) -> InputForm:
    initial = {name: getattr(found, name) for name in ("name", "starts_on", "note", "version")}
    return forms.RevisePriceListForm(request.POST or None, initial=initial)


DECIDED = (PriceListState.APPROVED, PriceListState.WITHDRAWN)
DIALOGS: dict[str, Dialog] = {
    "price": Dialog(T("添加价格"), _price_form, actions.add_price, (PriceListState.DRAFT,)),
    "edit": Dialog(T("修改价格表"), _revise_form, actions.revise_price_list, (PriceListState.DRAFT,)),
    "submission": Dialog(
        T("提交审批"),
        lambda request, found: forms.SubmitForm(request.POST or None),
        actions.submit_price_list,
        (PriceListState.DRAFT,),
        PriceListState.SUBMITTED,
    ),
    "version": Dialog(
        T("建新版本"),
        lambda request, found: forms.NextPriceListForm(request.POST or None, initial={"starts_on": time.today()}),
        actions.draft_next_price_list,
        DECIDED,
    ),
    "withdrawal": Dialog(
        T("撤下价格表"),
        lambda request, found: forms.WithdrawPriceListForm(request.POST or None),
        actions.withdraw_price_list,
        (PriceListState.APPROVED,),
        PriceListState.WITHDRAWN,
    ),
}


def _possible(request: HttpRequest, found: PriceList, dialog: Dialog) -> bool:
    if not access.may_write_prices(request.actor) or found.state not in dialog.states:
        return False
    return not dialog.to or may_move(PRICE_LIST_TRANSITIONS, found.state, dialog.to)


@page(allow=access.may_write_prices, methods=("GET", "POST"))
def list_dialog(request: HttpRequest, list_id: int, name: str) -> HttpResponse:
    """Show one of DIALOGS for a list, and carry it out."""
    found = queries.price_list(actor=request.actor, list_id=list_id)
    if name not in DIALOGS:
        raise NotFound()
    dialog = DIALOGS[name]
    form = dialog.form(request, found)
    if request.method == "POST" and form.carry_out(
        lambda data: dialog.act(actor=request.actor, at=time.now(), list_id=list_id, data=data)
    ):
        landing = form.result.pk if isinstance(form.result, PriceList) else list_id
        return to_page(request, reverse("products:price_list", args=[landing]))
    context = {"form": form, "title": dialog.title, "product": found}
    return part(request, "products/_dialog.html", context, status=422 if form.errors else 200)


@page(allow=access.may_write_prices, methods=("GET", "POST"))
def edit_price(request: HttpRequest, price_id: int) -> HttpResponse:
    row = queries.price(actor=request.actor, price_id=price_id)
    names = ("customer_kind", "tier", "province", "from_quantity", "starts_on", "ends_on")
    initial = {name: getattr(row, name) for name in names} | {"pack": row.pack.code}
    initial |= {name: f"{getattr(row, name).normalize():f}" for name in ("price_cny", "floor_cny")}
    initial["months"] = season_in_words(row.season) if months_of(row.season) else ""
    packs = queries.pack_options(actor=request.actor)
    form = forms.PriceForm(request.POST or None, packs=packs, initial=initial)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.revise_price(actor=request.actor, at=time.now(), price_id=price_id, data=data)
    ):
        return to_page(request, reverse("products:price_list", args=[row.price_list_id]))
    context = {"form": form, "title": _("修改价格"), "product": row.price_list, "price": row}
    return part(request, "products/_price_dialog.html", context, status=422 if form.errors else 200)


@page(allow=access.may_write_prices, methods=("POST",))
def remove_price(request: HttpRequest, price_id: int) -> HttpResponse:
    row = queries.price(actor=request.actor, price_id=price_id)
    actions.remove_price(actor=request.actor, at=time.now(), price_id=price_id)
    return redirect("products:price_list", row.price_list_id)


@page(allow=access.may_write_prices, methods=("POST",))
def take_back(request: HttpRequest, list_id: int) -> HttpResponse:
    actions.take_back_price_list(actor=request.actor, at=time.now(), list_id=list_id)
    return redirect("products:price_list", list_id)


@page(allow=access.may_write_prices, methods=("POST",))
def discard(request: HttpRequest, list_id: int) -> HttpResponse:
    actions.discard_price_list(actor=request.actor, at=time.now(), list_id=list_id)
    return redirect("products:price_lists")


@page(allow=access.may_write_prices, methods=("GET", "POST"))
def new_price_list(request: HttpRequest) -> HttpResponse:
    form = forms.PriceListForm(request.POST or None, initial={"starts_on": time.today()})
    if request.method == "POST" and form.carry_out(
        lambda data: actions.draft_price_list(actor=request.actor, at=time.now(), data=data)
    ):
        return redirect("products:price_list", form.result.pk)
    frame = {"form": form, "title": _("新建价格表"), "back": reverse("products:price_lists"), "parent": _("价格表")}
    return render(request, FORM, frame, status=422 if form.errors else 200)


@page(allow=access.may_see_prices)
def lookup(request: HttpRequest) -> HttpResponse:
    """What somebody pays for a pack on a day, and which other prices would come after."""
    asked = {name: request.GET.get(name, "").strip() for name in ("pack", "customer_kind", "tier", "province")}
    quantity = request.GET.get("quantity", "").strip() or "1"
    usable = quantity.isascii() and quantity.isdecimal() and 0 < len(quantity) < 10
    try:
        on = time.read_day(request.GET.get("on", "")) if request.GET.get("on") else time.today()
    except ValueError:
        on, usable = time.today(), False
    ranked: list[Price] = []
    if asked["pack"] and usable:
        pack = queries.pack_by_code(actor=request.actor, code=asked.pop("pack"))
        ranked = queries.prices_for(actor=request.actor, pack_id=pack.pk, on=on, quantity=int(quantity), **asked)
    columns = [*_columns()[2:], Column("list", _("价格表"), lambda row: str(row.price_list))]
    frame = {
        "price": ranked[0] if ranked else None,
        "amount": amount(ranked[0].price_cny) if ranked else "",
        "floor": amount(ranked[0].floor_cny) if ranked else "",
        "table": Table(columns, ranked, _("适用的价格")),
        "packs": queries.pack_options(actor=request.actor),
        "kinds": Audience.choices,
        "provinces": regions.provinces(),
        "on": on,
        "quantity": quantity,
        "problem": "" if usable else _("数量请填整数，日期请写成 2026-03-31 这样。"),
    }
    return render(request, "products/price_lookup.html", frame, status=200 if usable else 422)
