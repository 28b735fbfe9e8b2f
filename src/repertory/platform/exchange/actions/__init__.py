from repertory.platform.exchange.actions.exports import (
    begin_export,
    cancel_export,
    complete_export,
    fail_export,
    file_name,
    forget_old_exports,
    give_up_broken_exports,
    order_export,
)
from repertory.platform.exchange.actions.rows import record_export, rehearse, remember_mapping, write_checked
from repertory.platform.exchange.actions.runs import (
    begin_run,
    configure_run,
    finish_run,
    forget_old_runs,
    give_up_broken_runs,
    queue_run,
    start_run,
)

__all__ = [
    "begin_export",
    "begin_run",
    "cancel_export",
    "complete_export",
    "configure_run",
    "fail_export",
    "file_name",
    "finish_run",
    "forget_old_exports",
    "forget_old_runs",
    "give_up_broken_exports",
    "give_up_broken_runs",
    "order_export",
    "queue_run",
    "record_export",
    "rehearse",
    "remember_mapping",
    "start_run",
    "write_checked",
]
