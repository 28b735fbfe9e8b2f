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
    "begin_run",
    "configure_run",
    "finish_run",
    "forget_old_runs",
    "give_up_broken_runs",
    "queue_run",
    "record_export",
    "rehearse",
    "remember_mapping",
    "start_run",
    "write_checked",
]
