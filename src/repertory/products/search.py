"""What a product is found by. Products are few: the column is read through."""

from repertory.core.pinyin import romanise
from repertory.core.text import normalise
from repertory.products.models import Product

NAMES = ("generic_name", "trade_name")
TEXTS = ("english_name", "approval_number", "code", "manufacturer", "holder", "atc_code")
LONGEST_READINGS = 5


def search_text(product: Product) -> str:
    """Names, their pinyin and initials in every plausible reading, approval number, code, maker; a line each."""
    parts = [getattr(product, name) for name in (*NAMES, *TEXTS)]
    for name in NAMES:
        reading = romanise(getattr(product, name), person=False)
        parts += ["".join(full) for full in (reading.full, *reading.alternatives)[:LONGEST_READINGS]]
        parts += reading.all_initials
    return "\n".join(dict.fromkeys(filter(None, map(normalise, parts))))


def sort_key(product: Product) -> str:
    return (romanise(product.generic_name, person=False).spaced or product.generic_name)[:240]
