"""Files of sales for tests, brought in by the command's own way."""

import csv
from datetime import datetime
from pathlib import Path

from repertory.core.actor import Actor, Door, system_actor
from repertory.customers.models import Customer
from repertory.platform.exchange.commands import import_file
from repertory.platform.exchange.results import ImportResult
from tests.factories.archive import open_archive

HEAD = ["日期", "客户名称", "产品名称", "数量", "金额"]
SELLER = "国药控股南京有限公司"


def open_seller(*, at: datetime, name: str = SELLER, territory: str | None = "E1A") -> Customer:
    return open_archive(at=at, territory=territory, name=name, kind="distributor")


def bring_in(
    folder: Path,
    *rows: list[str],
    at: datetime,
    kind: str = "flow",
    head: list[str] | None = None,
    actor: Actor | None = None,
    seller: str | None = SELLER,
    dry_run: bool = False,
    **fixed: str,
) -> ImportResult:
    """A file of sales with these rows. fixed: values for all rows, such as month="2026-03"."""
    path = folder / f"{kind}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head or HEAD, *rows])
    if kind != "ledger" and seller:
        fixed["seller"] = seller
    who = actor or system_actor(Door.IMPORT)
    return import_file(actor=who, at=at, kind_name=kind, path=path, fixed=fixed, dry_run=dry_run)
