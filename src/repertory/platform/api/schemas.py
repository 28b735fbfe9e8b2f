"""Output shapes that all domains share."""

from typing import Any

from ninja import Schema


class Problem(Schema):
    """Every error: a stable code, a sentence for the person, the field that is wrong, more for machines."""

    code: str
    message: str
    field: str
    details: dict[str, Any]


# Declared on every operation, so that the OpenAPI document says what a caller must be ready for.
PROBLEMS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


class Done(Schema):
    """An operation that has nothing to return but that it is done, and to how many."""

    done: bool = True
    count: int = 1
