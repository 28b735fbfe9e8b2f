"""The smallest sums of the ledger: what the whole company's home page and analyses by region are read from."""

from django.db import models
from django.db.models.functions import Coalesce

from repertory.core.exact import ExactField
from repertory.organisation.models import Territory
from repertory.products.models import Product
from repertory.sales.choices import Stream


class RegionSale(models.Model):
    """The sums of a month by product, region and stream: `MonthSale` rolled up to the nodes right below the root.

    region null: sales that no territory has; the root itself: those that hang at it.
    """

    month = models.PositiveIntegerField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    territory = models.ForeignKey(Territory, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    stream = models.CharField(max_length=8, choices=Stream.choices)
    rows = models.IntegerField()
    quantity = ExactField()
    amount = ExactField()

    class Meta:
        constraints = [
            models.UniqueConstraint("month", "product", Coalesce("territory", 0), "stream", name="region_sale_once"),
        ]
