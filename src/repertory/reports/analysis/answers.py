"""The answer to a question: its cells with their words, in order, and the sums of all of them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from repertory.core.actor import Actor
from repertory.core.exact import from_units
from repertory.reports.analysis.catalogue import MEASURES, Dimension, Measure
from repertory.reports.analysis.facts import MOST_CELLS, Facts, Key, facts_of
from repertory.reports.analysis.labels import Label, labels_of
from repertory.reports.analysis.questions import Question, sources
from repertory.reports.rendering.document import Kind

IN_ORDER = frozenset({"month", "quarter", "year", "tier"})
"""Dimensions whose values have an order of their own; the others come by size."""
SCALED = frozenset({Kind.MONEY, Kind.QUANTITY})


@dataclass(frozen=True)
class Answer:
    """cells: key → measure → number in units; labels: dimension → key → words. cut: there were more cells than MOST_CELLS."""

    question: Question
    cells: Facts
    labels: dict[str, dict[Any, Label]]
    total: dict[str, int]
    cut: bool

    def value(self, key: Key, measure: Measure) -> Decimal | None:
        return value_of(self.cells.get(key, {}), measure)

    def ordered(self, dimensions: tuple[Dimension, ...]) -> list[Key]:
        """The keys of some of the dimensions that occur: by the order of the first one's values, then of the next's."""
        places = [self.question.dimensions.index(dimension) for dimension in dimensions]
        ranks = [self._ranks(dimension, place) for dimension, place in zip(dimensions, places, strict=True)]
        whole = len(dimensions) == len(self.question.dimensions)
        found = self.cells if whole else {tuple([key[place] for place in places]) for key in self.cells}
        return sorted(found, key=lambda part: [rank[value] for rank, value in zip(ranks, part, strict=True)])

    def _ranks(self, dimension: Dimension, place: int) -> dict[Any, int]:
        """Times and steps of a scale in their order, everything else by size; what is not filled in comes last."""
        first = self.question.base_measures[0].key
        sizes: dict[Any, int] = {}
        for key, cell in self.cells.items():
            sizes[key[place]] = sizes.get(key[place], 0) + cell.get(first, 0)
        if dimension.key in IN_ORDER:
            values = sorted(sizes, key=lambda value: (value in (None, ""), value or 0))
        else:
            values = sorted(sizes, key=lambda value: (value in (None, ""), -sizes[value], str(value)))
        return {value: rank for rank, value in enumerate(values)}

    def label(self, dimension: Dimension, value: Any) -> Label:
        return self.labels[dimension.key][value]


def answer(*, actor: Actor, question: Question) -> Answer:
    """One statement a source, and one more for the total where it is no sum of the cells."""
    cells: Facts = {}
    total: dict[str, int] = {}
    cut = False
    for source in sources(question):
        found = facts_of(actor=actor, question=question, source=source)
        cut = cut or len(found) > MOST_CELLS
        for key, sums in list(found.items())[:MOST_CELLS]:
            cells.setdefault(key, {}).update(sums)
        total |= _total(actor, question, source, found)
    labels = {
        dimension.key: labels_of(actor=actor, dimension=dimension, keys={key[at] for key in cells})
        for at, dimension in enumerate(question.dimensions)
    }
    return Answer(question, cells, labels, total, cut)


def _total(actor: Actor, question: Question, source: Any, found: Facts) -> dict[str, int]:
    """Customers who stand in several cells count once."""
    wanted = [measure for measure in question.base_measures if measure.source is source]
    if any(measure.column == "customers" for measure in wanted) or len(found) > MOST_CELLS:
        return facts_of(actor=actor, question=question, source=source, total=True)[()]
    return {measure.key: sum(sums[measure.key] for sums in found.values()) for measure in wanted}


def value_of(sums: dict[str, int], measure: Measure) -> Decimal | None:
    """The number of a measure; None for a share of nothing."""
    if measure.of is not None:
        part, whole = (value_of(sums, MEASURES[key]) or Decimal(0) for key in measure.of)
        return part / whole if whole else None
    units = sums.get(measure.key, 0)
    return from_units(units) if measure.kind in SCALED else Decimal(units)


def exact_text(sums: dict[str, int], measure: Measure) -> str | None:
    """The number without going through a Decimal: answers have thousands of them."""
    if measure.of is not None:
        found = value_of(sums, measure)
        return None if found is None else f"{found:.4f}"
    units = sums.get(measure.key, 0)
    if measure.kind not in SCALED:
        return str(units)
    whole, rest = divmod(abs(units), 100_000)
    text = f"{whole}.{rest:05d}".rstrip("0").rstrip(".") if rest else str(whole)
    return f"-{text}" if units < 0 else text
