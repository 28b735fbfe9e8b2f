"""What of a customer the full-text index holds."""

from collections.abc import Mapping
from typing import Any

from repertory.core import fulltext
from repertory.core.pinyin import romanise
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.models import Customer

EXTRA = ("alias", "code", "phone", "uscc")
INDEX = fulltext.FullTextIndex("customers_search")


def document_of(customer: Customer) -> str:
    """Name, former names, all readings, initials, office phone and codes. Private fields are never in it."""
    return document_of_values({name: getattr(customer, name) for name in ("name", "kind", *EXTRA)})


def document_of_values(row: Mapping[str, Any]) -> str:
    """As document_of, from columns by name; those of EXTRA may be missing."""
    reading = romanise(row["name"], person=row["kind"] in PERSON_KINDS)
    return fulltext.document_of(row["name"], reading, [row[name] for name in EXTRA if row.get(name)])
