"""Builds the demo company, deterministic from a seed, only through actions."""

import os
import random
import secrets
from datetime import datetime

import click
from django.conf import settings
from django.utils.translation import gettext as _

from repertory.core.actor import Actor, system_actor
from repertory.core.errors import Conflict
from repertory.core.time import now
from repertory.customers.actions import find_duplicates, propose_tiers
from repertory.demo.company import Patch, build_people, build_tree, patches
from repertory.demo.customers import Builder
from repertory.demo.materials import build_materials
from repertory.demo.plans import build_plans
from repertory.demo.prices import build_prices
from repertory.demo.products import build_products
from repertory.demo.sales import build_sales
from repertory.demo.service import build_service
from repertory.demo.visits import build_visits
from repertory.organisation.actions import set_policy
from repertory.organisation.models import User
from repertory.platform.models import PolicySetting
from repertory.platform.reminders.jobs import refresh_all
from repertory.platform.unit import action

SEED = 20_260_101
MARK = "demo.company"
ACCOUNTS = ("admin", "manager", "supervisor01", "rep01", "product", "marketing", "finance", "auditor")


def build() -> None:
    """Fill an empty installation; one that holds the demo company already only prints the accounts."""
    if not _is_demo():
        _refuse_unless_empty()
        actor, at = system_actor(), now()
        dice = random.Random(SEED)
        _found(actor=actor, at=at, password=_password(), dice=dice)
        build_products(at=at)
        build_prices(at=at)
        builder = Builder(actor=actor, at=at, dice=dice)
        for _district, patch in patches():
            _fill(actor=actor, at=at, builder=builder, patch=patch)
        find_duplicates(actor=actor, at=at)
        propose_tiers(actor=actor, at=at)
        build_materials(at=at)
        build_visits(at=at)
        build_service(at=at)
        build_sales(at=at)
        build_plans(at=at)
        refresh_all()
    print_accounts()


def found_company(*, actor: Actor, at: datetime) -> None:
    """Tree, people and the mark, in an installation that is empty."""
    _refuse_unless_empty()
    _found(actor=actor, at=at, password=_password(), dice=random.Random(SEED))


@action
def _found(*, actor: Actor, at: datetime, password: str, dice: random.Random) -> None:
    build_tree(actor, at)
    build_people(actor, at, password, dice)
    set_policy(actor=actor, at=at, key=MARK, starts_on=at.date(), value=True, source="repertory demo")


@action
def _fill(*, actor: Actor, at: datetime, builder: Builder, patch: Patch) -> None:
    """One territory is one transaction: quick, and all of it or nothing."""
    builder.fill(patch)


def print_accounts() -> None:
    click.echo(_("演示账号：%(names)s") % {"names": " ".join(ACCOUNTS)})
    click.echo(_("密码（全部相同）：%(password)s") % {"password": _password()})


def _password() -> str:
    """Made once for this installation and kept readable by its owner only: no demo has a password that others know."""
    path = settings.HOME / "demo_password"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write("-".join(secrets.token_hex(2) for _part in range(3)) + "-Yc")
    return path.read_text().strip()


def _is_demo() -> bool:
    return PolicySetting.objects.filter(key=MARK).exists()


def _refuse_unless_empty() -> None:
    if User.objects.exists():
        raise Conflict(_("这套数据里已经有人员，不能再填入演示公司。请换一个空的 REPERTORY_HOME。"))
