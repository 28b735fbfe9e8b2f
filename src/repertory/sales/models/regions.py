"""The smallest sums of the ledger: what the whole company's home page and analyses by region are read from."""

from django.db import models
from django.db.models.functions import Coalesce

from repertory.products.models import Product
from repertory.sales.models.ledger import Summed


class RegionSale(Summed):
    """The sums of a month by product, region and stream: `MonthSale` rolled up to the nodes right below the root.

    region null: sales that no territory has; the root itself: those that hang at it.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("month", "product", Coalesce("territory", 0), "stream", name="region_sale_once"),
        ]
