"""What the search index has yet to take up."""

from django.db import models


class SearchWaiting(models.Model):
    """A customer opened in bulk that the full-text index does not hold yet. Searches look at these rows themselves until
    a job has indexed them, in short transactions: an import need not hold everybody up for it."""

    customer_id = models.BigIntegerField(primary_key=True)
