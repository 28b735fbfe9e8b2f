"""The builder of analyses: measures, rows, columns and conditions in the address, picture, table and files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core import time
from repertory.core.errors import InvalidInput
from repertory.core.periods import month_name
from repertory.core.web.forms import InputForm, text, tick
from repertory.core.web.pages import page
from repertory.core.web.responses import part, to_page
from repertory.organisation.queries.territories import open_territories
from repertory.products.access import visible_products
from repertory.reports import access
from repertory.reports.actions import delete_analysis, save_analysis
from repertory.reports.analysis.answers import answer
from repertory.reports.analysis.catalogue import DIMENSIONS, MEASURES, NODE_DEPTHS
from repertory.reports.analysis.documents import document_of
from repertory.reports.analysis.questions import Question, read_question
from repertory.reports.inputs import SaveAnalysis
from repertory.reports.rendering.document import Document
from repertory.reports.web import showing
from repertory.reports.web.files import answer_file
from repertory.sales.choices import Basis

WORDS = ("measure", "rows", "columns", "filter")
FIRST = {"measure": "amount", "rows": "product", "columns": "month"}
ROWS_OFFERED = 2


@page(allow=access.may_analyse)
def analysis_page(request: HttpRequest) -> HttpResponse:
    """What was asked stays in the form, also where it can't be answered."""
    words, problem, document = _words(request), None, None
    try:
        question = read_question(words, today=time.today())
        document = _document(request, question)
    except InvalidInput as error:
        problem, question = error, read_question(FIRST, today=time.today())
    query = urlencode({key: value for key, value in words.items() if value})
    context = {
        "problem": problem,
        "sections": showing.sections(document) if document else [],
        "notes": document.sections[0].notes if document else [],
        "query": query,
        "map_url": f"?{urlencode(question.words() | {'rows': 'province', 'columns': ''})}",
        "may_take_out": access.may_take_out(request.actor),
        "may_save": access.may_write_reports(request.actor),
        "saved": _saved(request, query),
        **_form(request, question),
    }
    return render(request, "reports/analysis.html", context, status=422 if problem else 200)


def _document(request: HttpRequest, question: Question) -> Document:
    found = answer(actor=request.actor, question=question)
    return document_of(actor=request.actor, at=time.now(), found=found)


def _words(request: HttpRequest) -> dict[str, str]:
    """The address as the API has it; what the form asks field by field is put together."""
    address = request.GET
    words = {name: ",".join(filter(None, address.getlist(name))) for name in WORDS if name != "filter"}
    asked = [value for value in address.getlist("filter") if value]
    first, last = address.get("from", ""), address.get("to", "")
    if first and last:
        asked.append(f"period:{first}..{last}")
    asked += [f"{name}:{address[name]}" for name in ("product", "basis") if address.get(name)]
    if address.get("node"):
        code, _dot, level = address["node"].rpartition("@")
        asked.append(f"{level}:{code}")
    words["filter"] = ";".join(asked)
    return words if any(words.values()) else dict(FIRST) | {"filter": ""}


def _form(request: HttpRequest, question: Question) -> dict[str, Any]:
    rows = [dimension.key for dimension in question.rows]
    levels = {name: depth for depth, name in ((depth, name) for name, depth in NODE_DEPTHS.items())}
    chosen_node = next((f"{question.filters[name][0]}@{name}" for name in levels if name in question.filters), "")
    asked = ("product", *NODE_DEPTHS)
    kept = {key: ",".join(values) for key, values in question.filters.items() if key not in asked}
    return {
        "measures": [(one.key, one.label, one in question.measures) for one in MEASURES.values()],
        "dimensions": [(one.key, one.label) for one in DIMENSIONS.values()],
        "row_fields": [rows[at] if at < len(rows) else "" for at in range(ROWS_OFFERED)],
        "column": question.columns[0].key if question.columns else "",
        "first": month_name(question.period.first),
        "last": month_name(question.period.last),
        "bases": [(code, label, code == question.basis) for code, label in Basis.choices],
        "products": [(str(row.pk), str(row)) for row in visible_products(request.actor).order_by("sort_key", "pk")],
        "product": (question.filters.get("product") or ("",))[0],
        "nodes": _nodes(request),
        "node": chosen_node,
        "kept": ";".join(f"{key}:{value}" for key, value in kept.items()),
        "kept_words": [
            (DIMENSIONS[key].label, value, f"?{urlencode(question.words(**{key: ''}))}") for key, value in kept.items()
        ],
    }


def _nodes(request: HttpRequest) -> list[tuple[str, str]]:
    """code@dimension, by how far the name is indented."""
    levels = {depth: name for name, depth in NODE_DEPTHS.items()}
    found = []
    for code, name in open_territories(actor=request.actor):
        depth = len(name) - len(name.lstrip("　")) + 1
        if depth in levels:
            found.append((f"{code}@{levels[depth]}", name))
    return found


def _saved(request: HttpRequest, query: str) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "url": f"?{one.query}", "current": one.query == query, "count": None}
        for one in access.visible_analyses(request.actor)
    ]


@page(allow=access.may_take_out)
def analysis_file(request: HttpRequest, file_format: str) -> HttpResponse:
    words = _words(request)
    document = _document(request, read_question(words, today=time.today()))
    return answer_file(request, document, file_format, words)


class SaveForm(InputForm):
    input_class = SaveAnalysis
    name = text(gettext_lazy("分析名称"), required=True)
    shared = tick(gettext_lazy("所有人可用（各人只看到自己范围内的数）"))

    def __init__(self, data: object = None, *, query: str) -> None:
        super().__init__(data)
        self.query = query

    def given(self) -> dict:
        return super().given() | {"query": self.query}


@page(allow=access.may_write_reports, methods=("GET", "POST"))
def save(request: HttpRequest) -> HttpResponse:
    """Keep the present question; the dialog also lists one's own to delete."""
    query = request.GET.urlencode() or urlencode(FIRST)
    form = SaveForm(request.POST or None, query=query)
    if request.method == "POST" and form.carry_out(
        lambda data: save_analysis(actor=request.actor, at=time.now(), data=data)
    ):
        return to_page(request, f"{reverse('reports:analysis')}?{query}")
    own = [
        {"name": one.name, "deletion": reverse("reports:delete_analysis", args=[one.pk])}
        for one in access.visible_analyses(request.actor)
        if one.user_id == request.actor.user_id
    ]
    action = f"{reverse('reports:save_analysis')}?{query}"
    context = {"form": form, "own": own, "action": action, "title": _("保存这个分析")}
    return part(request, "reports/_save.html", context, frame="reports/part.html", status=422 if form.errors else 200)


@page(allow=access.may_write_reports, methods=("POST",))
def delete(request: HttpRequest, analysis_id: int) -> HttpResponse:
    delete_analysis(actor=request.actor, at=time.now(), analysis_id=analysis_id)
    return redirect("reports:analysis")
