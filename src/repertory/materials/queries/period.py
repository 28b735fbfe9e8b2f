"""How many packs a customer had in a period; asked by the limit under its lock, and by the pages."""

from datetime import date

from django.db.models import Q, Sum

from repertory.customers.models import Customer
from repertory.materials import rules
from repertory.materials.models import SampleMove
from repertory.products.models import Product


def of_customer(customer: Customer) -> Q:
    """What the customer, or an archive that became part of it, has got. By keys, so that both databases use the index."""
    merged = Customer.objects.filter(merged_into=customer).values_list("pk", flat=True)
    return Q(customer_id__in=[customer.pk, *merged])


def packs_in_period(customer: Customer, product: Product, day: date) -> int:
    """Packs of the product that the customer got in the period around a day; reversed ones do not count."""
    period = rules.sample_period(day)
    rows = SampleMove.objects.filter(of_customer(customer), lot__pack__product=product)
    rows = rows.filter(on__gte=period.start, on__lt=period.end)
    return -(rows.aggregate(sum=Sum("quantity"))["sum"] or 0)
