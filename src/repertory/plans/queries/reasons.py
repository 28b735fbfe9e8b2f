"""Why is my number this: from the whole down to the rows, each step into the part that is furthest behind."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from repertory.core.actor import Actor
from repertory.organisation.access import visible_territories
from repertory.plans.queries.attainment import Ask, Group, Line, Standing, attainment

STEPS = (Group.NODE, Group.NODE, Group.NODE, Group.PRODUCT, Group.CUSTOMER)


@dataclass(frozen=True)
class Step:
    """The part that explains most, what it was chosen from, and the question that its own parts answer."""

    group: Group
    line: Line
    parts: int
    ask: Ask


def reasons(*, actor: Actor, ask: Ask, today: date) -> list[Step]:
    """Down the tree, then into product and customer. Without targets the loss against last year decides; the last step's
    question is the one that the rows of the ledger answer."""
    path: list[Step] = []
    for group in STEPS:
        if group is Group.PRODUCT and ask.where.products is not None and len(ask.where.products) == 1:
            continue
        if group is Group.CUSTOMER and ask.where.customers is not None:
            continue
        found = attainment(actor=actor, ask=replace(ask, group=group), today=today)
        lines = [line for line in found.lines if line.key]
        if not lines:
            continue
        worst = max(lines, key=lambda line: (lag(line.standing), line.key))
        narrowed = _narrowed(actor, ask, group, worst)
        if narrowed is None:
            continue
        ask = narrowed
        path.append(Step(group, worst, len(found.lines), ask))
    return path


def lag(standing: Standing) -> Decimal:
    """What is missing: to the target's part of the time gone, else to last year's."""
    behind = standing.behind
    return behind if behind is not None else standing.last_year_so_far - standing.actual


def _narrowed(actor: Actor, ask: Ask, group: Group, line: Line) -> Ask | None:
    """None where the step leads no further down."""
    if group is Group.PRODUCT:
        return replace(ask, where=replace(ask.where, products=(int(line.key),)))
    if group is Group.CUSTOMER:
        return replace(ask, where=replace(ask.where, customers=(int(line.key),)))
    node = visible_territories(actor).filter(code=line.key).first()
    if node is None or (ask.where.node is not None and ask.where.node.pk == node.pk):
        return None
    return replace(ask, where=replace(ask.where, node=node))
