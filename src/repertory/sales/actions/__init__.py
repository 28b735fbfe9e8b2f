from repertory.sales.actions.months import close_month
from repertory.sales.actions.posting import post_files

__all__ = ["close_month", "post_files"]
