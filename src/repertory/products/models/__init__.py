from repertory.products.models.lines import LineTeam, ProductLine
from repertory.products.models.messages import KeyMessage, MessageVersion
from repertory.products.models.packs import Pack
from repertory.products.models.product import Product, ProductStageChange

__all__ = ["KeyMessage", "LineTeam", "MessageVersion", "Pack", "Product", "ProductLine", "ProductStageChange"]
