"""An analysis as a report: one picture and one table, each number with the rows behind it."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.periods import Period, read_period
from repertory.reports.analysis.answers import Answer, value_of
from repertory.reports.analysis.catalogue import DIMENSIONS, NODE_DEPTHS, Dimension, Measure, Needs, Source
from repertory.reports.analysis.facts import Facts, Key
from repertory.reports.analysis.questions import Question
from repertory.reports.rendering.document import Document, Head, Kind, Picture, Row, Section, Table, Value
from repertory.reports.rendering.marks import mark_of
from repertory.sales.choices import STREAMS_OF
from repertory.sales.links import entries_url

MOST_DRAWN = 20
MOST_SERIES = 7
IN_TIME = frozenset({"month", "quarter", "year"})
OF_ENTRIES = frozenset({*IN_TIME, *NODE_DEPTHS, "product", "customer", "stream"})
"""Dimensions that the page of the ledger can narrow by."""


def document_of(*, actor: Actor, at: datetime, found: Answer, name: str = "analysis", title: str = "") -> Document:
    question = found.question
    notes = [_("条件：%(filters)s") % {"filters": filters_in_words(question)}] if question.filters else []
    if found.cut:
        notes.append(_("结果太多，只列出一部分；请增加条件或减少维度。"))
    section = Section(
        "analysis", title_of(question), notes=notes, picture=picture_of(found), table=table_of(found, actor)
    )
    return Document(
        name=name,
        title=title or title_of(question),
        period=question.period.name,
        node="",
        mark=mark_of(actor, at),
        sections=[section],
    )


def title_of(question: Question) -> str:
    measures = _("、").join(str(measure.label) for measure in question.measures)
    if not question.dimensions:
        return measures
    dimensions = _("、").join(str(dimension.label) for dimension in question.dimensions)
    return _("%(measures)s，按%(dimensions)s") % {"measures": measures, "dimensions": dimensions}


def filters_in_words(question: Question) -> str:
    return _("；").join(
        f"{question.needed[key].label} {_('、').join(values)}" for key, values in question.filters.items()
    )


def table_of(found: Answer, actor: Actor) -> Table:
    """Rows down; across the values of the column, each with every measure, and their sum."""
    question = found.question
    columns: list[Key] = found.ordered(question.columns) if question.columns else [()]
    heads = [Head(dimension.key, str(dimension.label)) for dimension in question.rows] or [Head("what", "")]
    heads += [_head(found, column, measure) for column in columns for measure in question.measures]
    sums = _sums_of_rows(found) if question.columns else {}
    added = [measure for measure in question.measures if question.columns and _adds_up(measure)]
    heads += [Head(f"sum_{measure.key}", _sum_label(measure, question), measure.kind) for measure in added]
    rows = []
    for key in found.ordered(question.rows) if question.rows else [()]:
        values: list[Value] = [found.label(one, value)[1] for one, value in zip(question.rows, key, strict=True)]
        urls: dict[str, str] = {}
        for column in columns:
            for measure in question.measures:
                values.append(found.value((*key, *column), measure))
                urls[_head_key(found, column, measure)] = behind(found, (*key, *column), measure)
        values += [value_of(sums.get(key, {}), measure) for measure in added]
        rows.append(Row(tuple(values) if question.rows else (_("合计"), *values), {k: u for k, u in urls.items() if u}))
    return Table(
        heads, rows, _total_row(found, columns, added), empty=_("这些条件下没有数据，请换一个期间或放宽条件。")
    )


def _total_row(found: Answer, columns: list[Key], added: list[Measure]) -> Row | None:
    """Of all rows; where a column splits them, of each of its values only what adds up."""
    question = found.question
    if not question.rows:
        return None
    values: list[Value] = [_("合计"), *([""] * (len(question.rows) - 1))]
    if not question.columns:
        return Row((*values, *(value_of(found.total, measure) for measure in question.measures)))
    width = len(question.rows)
    for column in columns:
        sums: dict[str, int] = {}
        for key, cell in found.cells.items():
            if key[width:] == column:
                for name, value in cell.items():
                    sums[name] = sums.get(name, 0) + value
        values += [value_of(sums, measure) if _adds_up(measure) else None for measure in question.measures]
    return Row((*values, *(value_of(found.total, measure) for measure in added)))


def _sums_of_rows(found: Answer) -> dict[Key, dict[str, int]]:
    width = len(found.question.rows)
    sums: dict[Key, dict[str, int]] = {}
    for key, cell in found.cells.items():
        row = sums.setdefault(key[:width], {})
        for name, value in cell.items():
            row[name] = row.get(name, 0) + value
    return sums


def _adds_up(measure: Measure) -> bool:
    return measure.column != "customers"


def _sum_label(measure: Measure, question: Question) -> str:
    return _("合计") if len(question.measures) == 1 else _("合计 %(measure)s") % {"measure": measure.label}


def _head(found: Answer, column: Key, measure: Measure) -> Head:
    if not column:
        return Head(measure.key, str(measure.label), measure.kind)
    label = found.label(found.question.columns[0], column[0])[1]
    text = label if len(found.question.measures) == 1 else f"{label} {measure.label}"
    return Head(_head_key(found, column, measure), text, measure.kind)


def _head_key(found: Answer, column: Key, measure: Measure) -> str:
    return f"{column[0] if column else ''}_{measure.key}" if column else measure.key


def picture_of(found: Answer) -> Picture | None:
    """Time along the bottom, else bars sideways, provinces on a map; of the first measure, or of all where they are of one kind."""
    question = found.question
    if not question.rows or not found.cells:
        return None
    measure = question.measures[0]
    first = question.rows[0]
    if first.key in IN_TIME or (question.columns and question.columns[0].key in IN_TIME):
        return _in_time(found, measure)
    on_map = first.key == "province"
    names = found.ordered((first,))[: None if on_map else MOST_DRAWN]
    sums = _by(found, first)
    values = [value_of(sums.get(key[0], {}), measure) for key in names]
    links = [_narrower(found, first, key[0]) for key in names]
    words = [found.label(first, key[0])[1] for key in names]
    places = [str(found.label(first, key[0])[0]) for key in names] if on_map else ()
    return Picture("bars", words, [(str(measure.label), values)], measure.kind, urls=links, places=places)


def _in_time(found: Answer, measure: Measure) -> Picture:
    """Months along the bottom; the values of the other dimension as layers, or one line."""
    question = found.question
    time = next(one for one in question.dimensions if one.key in IN_TIME)
    others = [one for one in question.dimensions if one is not time]
    moments = [key[0] for key in found.ordered((time,))]
    words = [found.label(time, moment)[1] for moment in moments]
    if not others:
        sums = _by(found, time)
        lines = [
            (str(one.label), [value_of(sums.get(moment, {}), one) for moment in moments])
            for one in question.measures
            if one.kind is measure.kind
        ]
        return Picture("lines", words, lines, measure.kind)
    places = question.dimensions.index(time), question.dimensions.index(others[0])
    layers = [key[0] for key in found.ordered((others[0],))]
    cells: Facts = {}
    for key, cell in found.cells.items():
        layer = key[places[1]] if key[places[1]] in layers[:MOST_SERIES] else None
        layered = cells.setdefault((key[places[0]], layer), {})
        for name, value in cell.items():
            layered[name] = layered.get(name, 0) + value
    series: list[tuple[str, list[Decimal | None]]] = [
        (found.label(others[0], layer)[1], [value_of(cells.get((moment, layer), {}), measure) for moment in moments])
        for layer in layers[:MOST_SERIES]
    ]
    if len(layers) > MOST_SERIES:
        series.append((_("其他"), [value_of(cells.get((moment, None), {}), measure) for moment in moments]))
    return Picture("lines" if measure.kind is Kind.SHARE else "stacked", words, series, measure.kind)


def _by(found: Answer, dimension: Dimension) -> dict[Any, dict[str, int]]:
    place = found.question.dimensions.index(dimension)
    sums: dict[Any, dict[str, int]] = {}
    for key, cell in found.cells.items():
        row = sums.setdefault(key[place], {})
        for name, value in cell.items():
            row[name] = row.get(name, 0) + value
    return sums


def behind(found: Answer, key: Key, measure: Measure) -> str:
    """The address of the rows that a number is made of: the ledger's where it can narrow as asked, else by customer."""
    question = found.question
    if key not in found.cells or measure.source is not Source.SALES:
        return ""
    words = {
        dimension.key: str(found.label(dimension, value)[0])
        for dimension, value in zip(question.dimensions, key, strict=True)
    }
    words |= {key: values[0] for key, values in question.filters.items() if key not in words and len(values) == 1}
    needed = set(question.needed)
    if "customer" in words:
        # What a customer is like holds for all rows of the customer.
        needed -= {name for name in needed if DIMENSIONS[name].needs is Needs.ATTRIBUTE}
    if any(not words.get(name, name) for name in needed):
        return ""
    if not needed <= OF_ENTRIES.intersection(words):
        return _by_customer(question, words)
    period = question.period
    for name in ("year", "quarter", "month"):
        period = read_period(words.pop(name)) if name in words else period
    node = next((words[name] for name in ("territory", "district", "region") if name in words), None)
    given = {name: words[name] for name in ("product", "customer", "stream") if name in words}
    basis = question.basis
    if "stream" in given:
        basis = next((one for one, streams in STREAMS_OF.items() if given["stream"] in streams), "")
    return entries_url(period=_inside(period, question.period), node=node, basis=basis, **given) if basis else ""


def _inside(period: Period, asked: Period) -> Period:
    """A year or quarter that is asked for in part only."""
    months = [month for month in period.months if asked.first <= month <= asked.last]
    return Period(months[0], len(months)) if months else period


def _by_customer(question: Question, words: dict[str, str]) -> str:
    """The same number by customer, from where the ledger is one step further."""
    if any(dimension.needs is Needs.CUSTOMER for dimension in question.dimensions):
        return ""
    filters = {key: value for key, value in words.items() if key not in IN_TIME}
    moment = next((words[name] for name in ("month", "quarter", "year") if name in words), "")
    changes = filters | ({"period": moment} if moment else {})
    return f"{reverse('reports:analysis')}?{urlencode(question.words(**changes) | {'rows': 'customer', 'columns': ''})}"


def _narrower(found: Answer, dimension: Dimension, value: Any) -> str:
    """The same question about one part of the picture."""
    short = str(found.label(dimension, value)[0])
    if not short or dimension.key in IN_TIME:
        return ""
    return f"{reverse('reports:analysis')}?{urlencode(found.question.words(**{dimension.key: short}))}"
