"""Licences of organisations; one row each, known by customer, kind and number."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, RepertoryError
from repertory.core.inputs import read_input
from repertory.customers.access import of_visible, visible_customers
from repertory.customers.actions.licences import record_licence, record_licences, revise_licence
from repertory.customers.choices import PERSON_KINDS, LicenceKind
from repertory.customers.importing.belonging import CUSTOMER_COLUMNS, customer_of, keys_of
from repertory.customers.inputs import RecordLicence
from repertory.customers.models import Customer, Licence
from repertory.platform.bulk import one_of
from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.exchange.kinds import ImportPlan
from repertory.platform.exchange.rowwise import Outcome, RowwiseImporter, Values

COLUMNS = (
    *CUSTOMER_COLUMNS,
    Column(
        "kind",
        gettext_lazy("证照类型"),
        ColumnType.CHOICE,
        aliases=("类型", "证照"),
        required=True,
        choices=tuple(LicenceKind.choices),
    ),
    Column(
        "number", gettext_lazy("证号"), aliases=("编号", "证照编号", "许可证号"), required=True, example="苏AA0250123"
    ),
    Column("scope", gettext_lazy("许可范围"), aliases=("经营范围",)),
    Column("issuer", gettext_lazy("发证机关")),
    Column("issued_on", gettext_lazy("发证日期"), ColumnType.DATE),
    Column("expires_on", gettext_lazy("有效期至"), ColumnType.DATE, aliases=("到期日期", "有效期")),
    Column("revoked_on", gettext_lazy("吊销/作废日期"), ColumnType.DATE, imported=False),
)
_FACTS = ("scope", "issuer", "issued_on", "expires_on")


def columns(actor: Actor) -> Sequence[Column]:
    return COLUMNS


def importer(plan: ImportPlan) -> RowwiseImporter:
    return RowwiseImporter(plan, write_row, already_so, write_many)


def already_so(plan: ImportPlan, rows: list[Values]) -> list[bool]:
    """Rows whose licence is stored with all that they give."""
    codes = {row["customer"].strip() for row in rows if row.get("customer")}
    visible = visible_customers(plan.actor).filter(code__in=one_of(codes))
    names = ("customer__code", "kind", "number", *_FACTS)
    stored = {row[:3]: row[3:] for row in Licence.objects.filter(customer__in=visible).values_list(*names)}
    return [_says_only(row, stored.get(_key(row))) for row in rows]


def _key(row: Values) -> tuple[str, str, str]:
    return ((row.get("customer") or "").strip(), row.get("kind") or "", (row.get("number") or "").strip())


def _says_only(row: Values, known: tuple[Any, ...] | None) -> bool:
    if known is None:
        return False
    texts = {name: str(value or "") for name, value in zip(_FACTS, known, strict=True)}
    return all((row[name] or "").strip() == texts[name] for name in _FACTS if name in row)


def write_many(plan: ImportPlan, rows: list[Values]) -> list[Outcome | None]:
    """Together: new licences of organisations, each of them standing once in the batch."""
    customers = keys_of(plan.actor, rows)
    found = Customer.objects.filter(pk__in=set(customers.values()))
    organisations = set(found.exclude(kind__in=PERSON_KINDS).values_list("pk", flat=True))
    stored = set(Licence.objects.filter(customer_id__in=organisations).values_list("customer_id", "kind", "number"))
    often = Counter(map(_key, rows))
    wanted: list[tuple[int, RecordLicence] | None] = []
    for row in rows:
        code, kind, number = _key(row)
        key = customers.get(code)
        ordinary = key in organisations and often[code, kind, number] == 1 and (key, kind, number) not in stored
        data = _read(row, kind, number) if ordinary else None
        wanted.append((key, data) if key is not None and data is not None else None)
    record_licences(actor=plan.actor, at=plan.at, wanted=[one for one in wanted if one is not None])
    return [None if one is None else Outcome.CREATED for one in wanted]


def _read(row: Values, kind: str, number: str) -> RecordLicence | None:
    """None where something is wrong that the way one by one tells."""
    given = {name: "" if row[name] is None else row[name] for name in _FACTS if name in row}
    with suppress(RepertoryError):
        return read_input(RecordLicence, {"kind": kind, "number": number, **given})
    return None


def write_row(plan: ImportPlan, values: dict[str, Any]) -> Outcome:
    """Record a licence, or bring the one of that kind and number up to date."""
    customer_id = customer_of(plan.actor, values)
    for name, label in (("kind", _("证照类型")), ("number", _("证号"))):
        if not values.get(name):
            raise InvalidInput(_("“%(label)s”不能为空。") % {"label": label}, code="missing", field=name)
    number = values["number"].strip()
    known = Licence.objects.filter(customer_id=customer_id, kind=values["kind"], number=number).first()
    given = {name: "" if values[name] is None else values[name] for name in _FACTS if name in values}
    stored = {name: getattr(known, name) for name in _FACTS} if known else {}
    data = read_input(RecordLicence, {"kind": values["kind"], "number": number, **stored, **given})
    if known is None:
        record_licence(actor=plan.actor, at=plan.at, customer_id=customer_id, data=data)
        return Outcome.CREATED
    if all(getattr(data, name) == stored[name] for name in _FACTS):
        return Outcome.UNCHANGED
    revise_licence(actor=plan.actor, at=plan.at, licence_id=known.pk, data=data)
    return Outcome.UPDATED


def export(actor: Actor, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """The licences of visible customers."""
    names = ("kind", "number", *_FACTS, "revoked_on")
    rows = of_visible(actor, Licence.objects.all()).order_by("customer_id", "pk")
    for row in rows.values("customer__code", "customer__name", *names).iterator():
        yield {
            "customer": row["customer__code"],
            "customer_name": row["customer__name"],
            **{name: row[name] for name in names},
        }


def count(actor: Actor, filters: Mapping[str, str]) -> int:
    return of_visible(actor, Licence.objects.all()).count()
