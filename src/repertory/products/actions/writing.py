"""The shared steps of every write to a product: fields to columns, references by their codes, audit line, version."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from repertory.core.errors import InvalidInput, Stale
from repertory.organisation.models import User
from repertory.platform.audit_lines import Line
from repertory.platform.changes import Changes
from repertory.platform.unit import record
from repertory.products.models import Product, ProductLine
from repertory.products.search import search_text, sort_key

PRODUCT = "product"
LINE = "product_line"


def resolve_links(values: dict[str, Any]) -> dict[str, Any]:
    """Codes of lines and accounts of people, in place of which the rows come. InvalidInput for one that there is not."""
    resolved = dict(values)
    if values.get("line"):
        resolved["line"] = ProductLine.objects.filter(code=values["line"]).first()
        if resolved["line"] is None:
            message = _("没有编码为“%(code)s”的产品线，请先在“产品线”里建立。")
            raise InvalidInput(message % {"code": values["line"]}, code="unknown_line", field="line")
    if values.get("product_manager"):
        resolved["product_manager"] = _manager(values["product_manager"])
    return resolved


def _manager(username: str) -> User:
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None:
        message = _("没有账号“%(name)s”，或者已停用。") % {"name": username}
        raise InvalidInput(message, code="unknown_person", field="product_manager")
    return person


def save_product(product: Product, at: datetime, *, expected: int | None = None) -> None:
    """Write the row as the next version; Stale when somebody else was faster than `expected`."""
    if expected is not None and expected != product.version:
        raise Stale()
    derive(product)
    product.updated_at = at
    product.version += 1
    product.save()


def derive(product: Product) -> None:
    product.sort_key, product.search_text = sort_key(product), search_text(product)


def note(verb: str, product: Product, changes: Changes | None = None, *, reason: str = "") -> None:
    record(Line(verb, PRODUCT, product.pk, label=str(product), changes=changes or {}, reason=reason))
