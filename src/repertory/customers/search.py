"""What of a customer the full-text index holds."""

from repertory.core import fulltext
from repertory.core.pinyin import romanise
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.models import Customer

INDEX = fulltext.FullTextIndex("customers_search")


def document_of(customer: Customer) -> str:
    """Name, former names, all readings, initials, office phone and codes. Private fields are never in it."""
    reading = romanise(customer.name, person=customer.kind in PERSON_KINDS)
    extra = [customer.alias, customer.code, customer.phone, customer.uscc]
    return fulltext.document_of(customer.name, reading, [text for text in extra if text])
