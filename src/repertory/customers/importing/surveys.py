"""What a third party says of our customers: each filled cell waits for a person, nothing is written into the archive."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.customers import fields
from repertory.customers.access import of_visible
from repertory.customers.actions.facts import ASKED, receive_survey
from repertory.customers.choices import FactState, Source
from repertory.customers.importing.belonging import CUSTOMER_COLUMNS, customer_of
from repertory.customers.models import ProposedFact
from repertory.platform.exchange.columns import Column
from repertory.platform.exchange.fields import type_of
from repertory.platform.exchange.kinds import ImportPlan
from repertory.platform.exchange.rowwise import Outcome, RowwiseImporter, Values


def columns(actor: Actor) -> Sequence[Column]:
    source = Column("source_note", _("调查来源"), aliases=("调查机构", "来源"), example="某咨询公司 2026 年医院调查")
    return (*CUSTOMER_COLUMNS, source, *map(_column_of, ASKED))


def _column_of(name: str) -> Column:
    field = fields.model_field(name)
    return Column(name, fields.label(name), type_of(field), choices=tuple(field.choices or ()))


def importer(plan: ImportPlan) -> RowwiseImporter:
    return RowwiseImporter(plan, write_row)


def write_row(plan: ImportPlan, values: Values) -> Outcome:
    """Propose what differs from the archive and does not wait already."""
    customer_id = customer_of(plan.actor, values)
    said = {name: str(values[name]) for name in ASKED if values.get(name) not in (None, "")}
    note = values.get("source_note") or ""
    count = receive_survey(actor=plan.actor, at=plan.at, customer_id=customer_id, values=said, source_note=note)
    return Outcome.CREATED if count else Outcome.UNCHANGED


def export(actor: Actor, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """What waits, one row for each fact."""
    rows = (
        _waiting(actor)
        .order_by("customer_id", "pk")
        .values("customer__code", "customer__name", "source_note", "field", "value")
    )
    for row in rows.iterator():
        yield {
            "customer": row["customer__code"],
            "customer_name": row["customer__name"],
            "source_note": row["source_note"],
            row["field"]: row["value"],
        }


def count(actor: Actor, filters: Mapping[str, str]) -> int:
    return _waiting(actor).count()


def _waiting(actor: Actor) -> QuerySet[ProposedFact]:
    return of_visible(actor, ProposedFact.objects.filter(state=FactState.WAITING, source=Source.SURVEY))
