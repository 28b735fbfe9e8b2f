"""Who may ask for analyses and reports; which rows they are made of is each domain's own question."""

from repertory.core.actor import Actor
from repertory.sales import access as sales


def may_analyse(actor: Actor) -> bool:
    """The academic side has nothing to do with sales (M-LAW-1)."""
    return sales.may_see(actor)
