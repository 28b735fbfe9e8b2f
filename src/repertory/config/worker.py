"""The background worker: tasks from the queue, and what is due every night."""

import logging

from huey import crontab

from repertory.config.backup import daily_backup
from repertory.config.commands import turn_day
from repertory.core.time import now
from repertory.platform.queue import huey

logging.getLogger("huey").setLevel(logging.WARNING)


@huey.periodic_task(crontab(minute="5", hour="16"))  # 00:05 in China; the queue counts in UTC
def turn_day_nightly() -> None:
    turn_day()


@huey.periodic_task(crontab(minute="30", hour="17"))
def back_up_nightly() -> None:
    daily_backup(at=now())


def work() -> None:
    """Run until stopped."""
    huey.create_consumer(workers=2, periodic=True).run()
