from repertory.products.models.feedback import DevelopmentNote, ProductSuggestion
from repertory.products.models.lines import LineTeam, ProductLine
from repertory.products.models.messages import KeyMessage, MessageVersion
from repertory.products.models.packs import Pack
from repertory.products.models.prices import Price, PriceList
from repertory.products.models.product import Product, ProductStageChange

__all__ = [
    "DevelopmentNote",
    "KeyMessage",
    "LineTeam",
    "MessageVersion",
    "Pack",
    "Price",
    "PriceList",
    "Product",
    "ProductLine",
    "ProductStageChange",
    "ProductSuggestion",
]
