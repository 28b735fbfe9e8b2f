from repertory.sales.actions.attributing import reattribute_month
from repertory.sales.actions.flow import exempt_chain, record_stock
from repertory.sales.actions.held import dismiss_rows, enter_waiting
from repertory.sales.actions.months import close_month
from repertory.sales.actions.names import learn_customer, learn_product, learn_unit
from repertory.sales.actions.posting import post_files
from repertory.sales.actions.strays import allow_area, decide_stray

__all__ = [
    "allow_area",
    "close_month",
    "decide_stray",
    "dismiss_rows",
    "enter_waiting",
    "exempt_chain",
    "learn_customer",
    "learn_product",
    "learn_unit",
    "post_files",
    "reattribute_month",
    "record_stock",
]
