"""A customer's sales as a part of its page."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from repertory.core import formats, time
from repertory.core.periods import Period, month_name, month_number, shifted
from repertory.core.web.pages import page
from repertory.customers.access import get_visible
from repertory.products.models import Product
from repertory.sales import access
from repertory.sales.links import entries_url
from repertory.sales.queries.totals import Where, totals
from repertory.sales.web.responses import part

MONTHS = 13


@page(allow=access.may_see)
def of_customer(request: HttpRequest, customer_id: int) -> HttpResponse:
    """The last thirteen months, and of which products."""
    customer = get_visible(request.actor, customer_id)
    last = month_number(time.today())
    period = Period(shifted(last, 1 - MONTHS), MONTHS)
    where = Where(customers=[customer.pk])
    by_month = {total.key[0]: total for total in totals(actor=request.actor, period=period, by=("month",), where=where)}
    by_product = totals(actor=request.actor, period=period, by=("product_id",), where=where)
    context = {
        "customer": customer,
        "chart": _chart(customer.pk, period, by_month) if by_month else None,
        "products": _products(customer.pk, period, by_product),
        "all_url": entries_url(period=period, customer=customer.pk),
    }
    return part(request, "sales/_of_customer.html", context)


def _chart(customer: int, period: Period, by_month: dict[int, Any]) -> dict[str, Any]:
    amounts = [by_month[month].amount if month in by_month else Decimal(0) for month in period.months]
    links = [entries_url(period=Period(month, 1), customer=customer) for month in period.months]
    names = [month_name(month) for month in period.months]
    return {
        "key": "customer-sales",
        "data_id": "data-customer-sales",
        "title": _("最近一年每月销售（元）"),
        "heads": [_("月份"), _("金额（元）"), _("数量")],
        "rows": [
            {
                "label": name,
                "cells": [
                    {"text": formats.number(amount, 2), "url": link},
                    {"text": f"{by_month[month].quantity.normalize():,f}" if month in by_month else "0"},
                ],
            }
            for month, name, amount, link in zip(period.months, names, amounts, links, strict=True)
        ],
        "data": {
            "kind": "bar",
            "categories": names,
            "series": [{"name": _("金额（元）"), "data": [float(amount) for amount in amounts]}],
            "links": links,
        },
    }


def _products(customer: int, period: Period, found: list[Any]) -> list[dict[str, Any]]:
    names = {row.pk: str(row) for row in Product.objects.filter(pk__in=[total.key[0] for total in found])}
    whole = sum((total.amount for total in found), Decimal(0))
    return [
        {
            "name": names[total.key[0]],
            "amount": formats.number(total.amount, 2),
            "share": formats.percent(total.amount / whole) if whole > 0 else "",
            "url": entries_url(period=period, customer=customer, product=total.key[0]),
        }
        for total in sorted(found, key=lambda total: (-total.amount, total.key[0]))
    ]
