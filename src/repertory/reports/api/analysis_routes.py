"""Analyses over the API."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.errors import NotFound
from repertory.core.time import today
from repertory.platform.api.writing import respond
from repertory.reports.access import may_analyse
from repertory.reports.analysis.answers import Answer, answer, exact_text
from repertory.reports.analysis.catalogue import DIMENSIONS, MEASURES
from repertory.reports.analysis.questions import period_words, read_question

router = Router(tags=["figures"])


class AnalysisQuery(Schema):
    """Lists with commas. filter: dimension:value,value with semicolons between; also period:2025-01..2026-03 and
    basis:terminal or shipped."""

    measure: str = Field("amount", max_length=200)
    rows: str = Field("", max_length=200)
    columns: str = Field("", max_length=200)
    filter: str = Field("", max_length=2000)


class AnalysisAnswer(Schema):
    """items: one for each combination that occurs, {dimension: key, measure: exact number as text}; labels: the words for
    the keys; cut: there are more than could be given."""

    period: str
    measures: list[str]
    rows: list[str]
    columns: list[str]
    labels: dict[str, dict[str, str]]
    items: list[dict[str, Any]]
    total: dict[str, str | None]
    cut: bool


class Choice(Schema):
    key: str
    label: str


class Catalogue(Schema):
    measures: list[Choice]
    dimensions: list[Choice]


@router.get("/analysis", response={200: AnalysisAnswer}, operation_id="analysis")
def get_analysis(request: HttpRequest, query: Query[AnalysisQuery]) -> HttpResponse:
    """Sums of the rows in sight by the dimensions asked for."""
    _allowed(request)
    question = read_question(query.dict(), today=today())
    found = answer(actor=request.actor, question=question)
    head = json.dumps(_shown(found), ensure_ascii=False)
    return HttpResponse(f'{head[:-1]}, "items": {_items(found)}}}', content_type="application/json")


@router.get("/analysis/catalogue", response={200: Catalogue}, operation_id="analysis_catalogue")
def get_catalogue(request: HttpRequest) -> HttpResponse:
    """What can be asked for."""
    _allowed(request)
    tables = {"measures": MEASURES, "dimensions": DIMENSIONS}
    return respond(
        {name: [{"key": one.key, "label": str(one.label)} for one in table.values()] for name, table in tables.items()}
    )


def _allowed(request: HttpRequest) -> None:
    if not may_analyse(request.actor):
        raise NotFound()


def _shown(found: Answer) -> dict[str, Any]:
    """All but the items."""
    question = found.question
    names = [dimension.key for dimension in question.dimensions]
    return {
        "period": period_words(question.period),
        "measures": [measure.key for measure in question.measures],
        "rows": [dimension.key for dimension in question.rows],
        "columns": [dimension.key for dimension in question.columns],
        "labels": {name: {str(short): text for short, text in found.labels[name].values()} for name in names},
        "total": {measure.key: exact_text(found.total, measure) for measure in question.measures},
        "cut": found.cut,
    }


def _items(found: Answer) -> str:
    """The items as JSON, put together from parts that are encoded once: an answer may have twenty thousand of them."""
    dimensions, measures = found.question.dimensions, found.question.measures
    parts = [
        {key: f"{json.dumps(one.key)}: {json.dumps(label[0])}, " for key, label in found.labels[one.key].items()}
        for one in dimensions
    ]
    # Numbers hold nothing that JSON would have to escape.
    numbers = [(f'"{measure.key}": ', measure) for measure in measures]
    items = []
    for key in found.ordered(dimensions):
        sums = found.cells[key]
        words = "".join([table[value] for table, value in zip(parts, key, strict=True)])
        values = ", ".join([name + _quoted(exact_text(sums, measure)) for name, measure in numbers])
        items.append(f"{{{words}{values}}}")
    return f"[{', '.join(items)}]"


def _quoted(text: str | None) -> str:
    return "null" if text is None else f'"{text}"'
