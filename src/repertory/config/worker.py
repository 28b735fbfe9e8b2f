"""The background worker: tasks from the queue, and what is due every night."""

import logging
from datetime import timedelta

from django.db import connection
from huey import crontab

from repertory.config.backup import daily_backup
from repertory.config.commands import turn_day
from repertory.core.time import now
from repertory.customers.jobs import index_imported
from repertory.platform.exchange import jobs as exchange
from repertory.platform.exchange.actions.runs import LONGEST
from repertory.platform.queue import huey
from repertory.platform.reminders import jobs as reminders
from repertory.reports import jobs as reports
from repertory.service import jobs as service
from repertory.visits import jobs as visits

logging.getLogger("huey").setLevel(logging.WARNING)


@huey.periodic_task(crontab(minute="5", hour="16"))  # 00:05 in China; the queue counts in UTC
def turn_day_nightly() -> None:
    turn_day()


@huey.periodic_task(crontab(minute="30", hour="17"))
def back_up_nightly() -> None:
    daily_backup(at=now())


@huey.periodic_task(crontab(minute="40", hour="16"))
def tidy_up_nightly() -> None:
    exchange.tidy_up()


@huey.periodic_task(crontab(minute="10", hour="16"))
def hand_over_cases_nightly() -> None:
    """After the day was turned: whoever lost a customer overnight."""
    service.hand_over()


@huey.periodic_task(crontab(minute="20", hour="16"))
def remind_nightly() -> None:
    """After the day was turned and open work went over to others."""
    reminders.refresh_all()


@huey.periodic_task(crontab(minute="50", hour="16"))
def issue_reports_nightly() -> None:
    """After the day was turned: reports on schedule, each as its receiver sees things now."""
    reports.issue_due_reports()


@huey.periodic_task(crontab(minute="*/5"))
def send_what_waits() -> None:
    reminders.send_waiting()
    visits.send_emails()


@huey.periodic_task(crontab(minute="*/10"))
def escalate_late_cases() -> None:
    service.escalate()


@huey.periodic_task(crontab(minute="*/10"))
def index_what_waits() -> None:
    """Imports on the command line leave this to the worker too."""
    index_imported.call_local()


def work() -> None:
    """Run until stopped."""
    # Beside SQLite there is one worker: what is marked as running now lost it. On PostgreSQL another may be at it.
    exchange.tidy_up(running_for=timedelta(0) if connection.vendor == "sqlite" else LONGEST)
    huey.create_consumer(workers=2, periodic=True).run()
