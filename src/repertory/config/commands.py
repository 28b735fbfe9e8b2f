"""What the command line does, on top of actions and queries."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from repertory.core.actor import Actor, Door, system_actor
from repertory.core.errors import InvalidInput, NotFound, RepertoryError
from repertory.core.periods import read_period
from repertory.core.time import day_of, now, read_day, today
from repertory.customers.actions.card import turn_dates
from repertory.customers.actions.coverage import turn_coverage
from repertory.organisation.actions import issue_token
from repertory.organisation.choices import Role
from repertory.organisation.inputs import IssueToken
from repertory.organisation.models import User
from repertory.organisation.queries.chain import assignments_on
from repertory.plans.queries.asking import node_named
from repertory.platform.exchange import commands as exchange
from repertory.platform.exchange.results import ImportResult
from repertory.platform.spreadsheets.reader import Table
from repertory.platform.unit import action
from repertory.reports.actions import take_out
from repertory.reports.standard.making import CONTENT_TYPES, file_of, make
from repertory.reports.standard.orders import Order
from repertory.visits.access import led_people
from repertory.visits.actions import propose_plan, turn_next_contacts
from repertory.visits.inputs import ProposePlan
from repertory.visits.models import VisitPlan


def actor_named(username: str | None, door: Door = Door.COMMAND) -> Actor:
    """The person to act as, or the system itself."""
    if username is None:
        return system_actor(door)
    return Actor(user=person_named(username), door=door)


def person_named(username: str) -> User:
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NotFound(_("没有账号“%(name)s”，或者已停用。") % {"name": username})
    return user


def issue(username: str, *, days: int, name: str, read_only: bool) -> str:
    owner = person_named(username)
    data = IssueToken(name=name, scope="read" if read_only else "write", valid_days=days)
    _token, secret = issue_token(actor=system_actor(), at=now(), data=data, owner=owner)
    return secret


def import_kind(
    kind: str, file: Path, *, user: str | None, as_json: bool, options: dict[str, Any], begun: Table | None
) -> int:
    """Exit code: 0 all is in (or would be), 1 nothing was written because of errors."""
    try:
        result = exchange.import_file(
            actor=actor_named(user, Door.IMPORT),
            at=now(),
            kind_name=kind,
            path=file,
            columns=exchange.pairs(options["columns"], option="--map"),
            fixed=exchange.pairs(options["fixed"], option="--set"),
            key=options["key"],
            sheet=options["sheet"],
            dry_run=options["dry_run"],
            begun=begun,
        )
    except RepertoryError as error:
        if not as_json:
            raise
        # A program gets the answer that it knows, also of a file that can't be used at all.
        fault = {"row": 0, "column": error.field, "code": error.code, "message": str(error)}
        result = ImportResult(errors=[fault])
    report = result.as_dict()
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else in_words(report))
    return 1 if report["errors"] else 0


SHOWN = 20


def in_words(report: dict[str, Any]) -> str:
    counts = _(
        "共 %(rows)s 行：新增 %(created)s，更新 %(updated)s，未变 %(unchanged)s，空行 %(skipped_blank)s；用时 %(seconds)s 秒"
    )
    lines = [counts % report]
    for name, title in (("errors", _("错误")), ("warnings", _("提醒")), ("duplicates", _("可能重复"))):
        rows = report.get(name) or []
        if rows:
            lines.append(f"{title} {len(rows)}:")
            lines += [f"  {json.dumps(row, ensure_ascii=False)}" for row in rows[:SHOWN]]
    return "\n".join(lines)


def export_kind(kind: str, file: Path, *, user: str | None) -> str:
    count = exchange.export_file(actor=actor_named(user), at=now(), kind_name=kind, path=file)
    return _("已导出 %(count)s 行到 %(file)s") % {"count": count, "file": file}


def write_report(name: str, file: Path, *, period: str, node: str, file_format: str | None, user: str | None) -> str:
    """The format is that of the file's name where none is given."""
    actor, at = actor_named(user), now()
    wanted = file_format or file.suffix.lstrip(".").lower()
    if wanted not in CONTENT_TYPES:
        raise InvalidInput(_("格式可以选 xlsx、pdf、json。"), field="format")
    order = Order(actor, at, read_period(period), node_named(actor=actor, code=node))
    document = make(name, order)
    content = file_of(document, wanted)
    take_out(actor=actor, at=at, document=document, file_name=file.name, filters={"period": period, "node": node})
    file.write_bytes(content)
    return _("已写入 %(file)s") % {"file": file}


def turn_day() -> str:
    coverages, dates = turn_all(actor=system_actor(Door.JOB), at=now())
    return _("覆盖 %(coverages)s 条、日期 %(dates)s 条已更新到今天") % {"coverages": coverages, "dates": dates}


@action
def turn_all(*, actor: Actor, at: datetime) -> tuple[int, int]:
    """A new day began: what started or ended with it."""
    turned = turn_coverage(today=day_of(at)), turn_dates(today=day_of(at))
    turn_next_contacts(actor=actor, at=at)
    return turned


def plan_cycle(month: str, *, user: str | None) -> str:
    """Propose the plan of a month (YYYY-MM): a rep's own, as a superior those of the team, as the system everybody's."""
    first, actor = _month(month), actor_named(user)
    reps = _in_the_field(today())
    if user:
        led = set(led_people(actor).values_list("pk", flat=True))
        reps = [rep for rep in reps if rep.pk in led or rep.username == user]
    told = [
        _told(propose_plan(actor=actor, at=now(), data=ProposePlan(month=first, username=rep.username))) for rep in reps
    ]
    return "\n".join(told) or _("没有可以排计划的代表。")


def _in_the_field(day: date) -> list[User]:
    held = assignments_on(day).filter(role=Role.REP)
    return list(User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("username"))


def _told(plan: VisitPlan) -> str:
    values = {"person": plan.user.name, "month": f"{plan.month:%Y-%m}", "visits": plan.visits.count()}
    line = _("%(person)s %(month)s：%(visits)s 次拜访") % values
    missing = sum(row["missing"] for row in plan.shortfalls)
    return line + (_("，%(missing)s 次排不下") % {"missing": missing} if missing else "")


def _month(text: str) -> date:
    try:
        return read_day(f"{text}-01")
    except ValueError:
        raise InvalidInput(_("月份请写成 2026-03 这样。"), field="month") from None
