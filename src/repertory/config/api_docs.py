"""The API explained on a page of ours, made from the same OpenAPI document that machines read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from repertory.core.web.pages import everyone, page


@page(allow=everyone)
def docs(request: HttpRequest) -> HttpResponse:
    from repertory.config.api import api  # slow import

    return render(request, "core/api_docs.html", {"groups": groups(api.get_openapi_schema())})


def groups(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Operations by tag, each with its parameters and the fields that it takes."""
    by_tag: dict[str, list[dict[str, Any]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            shown = {
                "method": method.upper(),
                "path": path,
                "summary": operation.get("summary", ""),
                "text": operation.get("description", ""),
                "parameters": operation.get("parameters", []),
                "fields": _fields(document, operation),
            }
            by_tag.setdefault(operation["tags"][0], []).append(shown)
    return [{"name": tag, "operations": operations} for tag, operations in by_tag.items()]


def _fields(document: dict[str, Any], operation: dict[str, Any]) -> list[dict[str, Any]]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    if not name:
        return []
    schema = document["components"]["schemas"][name]
    required = set(schema.get("required", ()))
    return [
        {"name": key, "required": key in required, "kind": _kind(value), "text": value.get("description", "")}
        for key, value in schema.get("properties", {}).items()
    ]


def _kind(value: dict[str, Any]) -> str:
    choices = value.get("anyOf") or [value]
    return " | ".join(
        part.get("type") or part.get("const") or part.get("$ref", "").rpartition("/")[2] or "" for part in choices
    )
