"""Lists by cursor over the key, for objects that need no other order."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from repertory.core.errors import InvalidInput

Row = TypeVar("Row", bound=Model)
MOST = 200


class PageQuery(Schema):
    cursor: str = Field("", max_length=400)
    limit: int = Field(50, ge=1, le=MOST)


def page_by_key(rows: QuerySet[Row], query: PageQuery) -> dict[str, Any]:
    """{"items": rows, "count": n, "next": cursor or None}, oldest first."""
    behind = rows.order_by("pk")
    if query.cursor:
        if not query.cursor.isascii() or not query.cursor.isdigit() or len(query.cursor) > 18:
            raise InvalidInput(_("翻页标记不对，请从第一页开始。"), field="cursor")
        behind = behind.filter(pk__gt=int(query.cursor))
    found = list(behind[: query.limit + 1])
    items = found[: query.limit]
    following = str(items[-1].pk) if len(found) > query.limit else None
    return {"items": items, "count": rows.order_by().count(), "next": following}
