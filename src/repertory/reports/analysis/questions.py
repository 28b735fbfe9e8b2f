"""A question in the words of an address: measure=amount,target&rows=product&columns=month&filter=region:E;tier:A,B."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from repertory.core.errors import InvalidInput
from repertory.core.periods import Period, between, month_number, read_period, shifted
from repertory.reports.analysis.catalogue import DIMENSIONS, MEASURES, Dimension, Measure, Source
from repertory.sales.choices import Basis

MOST_MEASURES, MOST_ROWS, MOST_COLUMNS, MOST_VALUES = 4, 3, 1, 50
MOST_MONTHS = 60
USUAL_MONTHS = 12
PERIOD, BASIS = "period", "basis"
"""Filters that are no dimensions: 2026, 2026-Q3, 2026-03 or 2025-01..2026-03; terminal or shipped."""


@dataclass(frozen=True)
class Question:
    """filters: dimension → values as they stand in the address."""

    measures: tuple[Measure, ...]
    rows: tuple[Dimension, ...]
    columns: tuple[Dimension, ...]
    period: Period
    basis: str = Basis.TERMINAL
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        return (*self.rows, *self.columns)

    @property
    def needed(self) -> dict[str, Dimension]:
        """What the tables must know: what is grouped and filtered by."""
        named = {key: DIMENSIONS[key] for key in self.filters}
        return {dimension.key: dimension for dimension in self.dimensions} | named

    @property
    def base_measures(self) -> tuple[Measure, ...]:
        """What has to be counted; a share needs its two parts."""
        keys = [key for measure in self.measures for key in (measure.of or (measure.key,))]
        return tuple(MEASURES[key] for key in dict.fromkeys(keys))

    def words(self, **changes: str) -> dict[str, str]:
        """Back into an address. changes: filters that are set to a value, or taken away by an empty one."""
        filters = {PERIOD: period_words(self.period), **{key: ",".join(values) for key, values in self.filters.items()}}
        if self.basis != Basis.TERMINAL:
            filters[BASIS] = self.basis
        filters = {key: value for key, value in (filters | changes).items() if value}
        return {
            "measure": ",".join(measure.key for measure in self.measures),
            "rows": ",".join(dimension.key for dimension in self.rows),
            "columns": ",".join(dimension.key for dimension in self.columns),
            "filter": ";".join(f"{key}:{value}" for key, value in filters.items()),
        }


def read_question(words: Mapping[str, str], *, today: date) -> Question:
    """Raises InvalidInput that names the field: measure, rows, columns or filter."""
    measures = _known(words.get("measure") or "amount", MEASURES, field="measure", most=MOST_MEASURES)
    rows = _known(words.get("rows", ""), DIMENSIONS, field="rows", most=MOST_ROWS)
    columns = _known(words.get("columns", ""), DIMENSIONS, field="columns", most=MOST_COLUMNS)
    if set(rows) & set(columns):
        raise InvalidInput(_("同一个维度不能既放行又放列。"), field="columns")
    filters = _filters(words.get("filter", ""))
    period = _period(filters.pop(PERIOD, ()), today)
    basis = (filters.pop(BASIS, ()) or (Basis.TERMINAL,))[0]
    if basis not in Basis.values:
        raise InvalidInput(_("口径可以选：%(options)s。") % {"options": _("、").join(Basis.values)}, field="filter")
    question = Question(measures, rows, columns, period, basis, filters)
    _check(question)
    return question


def period_words(period: Period) -> str:
    name = period.name
    return name.replace("–", "..")


def _known(text: str, table: Mapping, *, field: str, most: int) -> tuple:
    keys = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = next((key for key in keys if key not in table), None)
    if unknown is not None:
        raise InvalidInput(
            _("没有“%(key)s”，可以选：%(options)s。") % {"key": unknown[:40], "options": _("、").join(table)},
            field=field,
        )
    if len(keys) > most:
        raise InvalidInput(_("这里最多选 %(most)s 个。") % {"most": most}, field=field)
    return tuple(table[key] for key in keys)


def _filters(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        key, colon, values = part.partition(":")
        if not colon or key not in {*DIMENSIONS, PERIOD, BASIS}:
            raise InvalidInput(
                _("筛选“%(text)s”看不懂，请写成 维度:值,值，多个条件用分号隔开。") % {"text": part[:60]}, field="filter"
            )
        found[key] = tuple(value.strip() for value in values.split(",") if value.strip())
        if len(found[key]) > MOST_VALUES:
            raise InvalidInput(_("这里最多选 %(most)s 个。") % {"most": MOST_VALUES}, field="filter")
    return {key: values for key, values in found.items() if values}


def _period(values: tuple[str, ...], today: date) -> Period:
    """The last twelve months with the present one where nothing is said."""
    if not values:
        return Period(shifted(month_number(today), 1 - USUAL_MONTHS), USUAL_MONTHS)
    first, dots, last = values[0].partition("..")
    begin = read_period(first, field="filter")
    end = read_period(last, field="filter") if dots else begin
    if end.last < begin.first or between(begin.first, end.last).count > MOST_MONTHS:
        raise InvalidInput(_("期间最多 60 个月，开始不能晚于结束。"), field="filter")
    return between(begin.first, end.last)


def _check(question: Question) -> None:
    """Every measure must be able to be split and narrowed as asked."""
    for measure in question.base_measures:
        for dimension in question.needed.values():
            if measure.source not in dimension.sources:
                raise InvalidInput(
                    _("“%(measure)s”不能按“%(dimension)s”看，请去掉其中一个。")
                    % {"measure": measure.label, "dimension": dimension.label},
                    field="measure",
                )


def sources(question: Question) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(measure.source for measure in question.base_measures))
