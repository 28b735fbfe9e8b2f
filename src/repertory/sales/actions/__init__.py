from repertory.sales.actions.attributing import reattribute_month
from repertory.sales.actions.held import dismiss_rows, enter_waiting
from repertory.sales.actions.months import close_month
from repertory.sales.actions.names import learn_customer, learn_product, learn_unit
from repertory.sales.actions.posting import post_files

__all__ = [
    "close_month",
    "dismiss_rows",
    "enter_waiting",
    "learn_customer",
    "learn_product",
    "learn_unit",
    "post_files",
    "reattribute_month",
]
