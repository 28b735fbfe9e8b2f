"""Rows that hang at customers, as far as a person may see every customer that they name."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from repertory.core.actor import Actor
from repertory.customers import access
from repertory.customers.models import Customer

Row = TypeVar("Row", bound=Model)


def visible_rows(actor: Actor, model: type[Row], condition: Q | None = None) -> QuerySet[Row]:
    """Rows of the model of which every referenced customer is in scope; a merge shows with the one that was kept."""
    rows: QuerySet[Row] = model._default_manager.all()
    if condition is not None:
        rows = rows.filter(condition)
    return access.of_visible(actor, rows, *_references(model))


def _references(model: type[Model]) -> list[str]:
    found = [field.name for field in model._meta.concrete_fields if field.related_model is Customer]
    return [name for name in found if name != "gone"]
