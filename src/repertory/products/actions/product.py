"""Open, revise and remove a product; move it through its life."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, RuleViolation
from repertory.core.time import day_of
from repertory.organisation.access import require
from repertory.platform.bulk import reserve_keys
from repertory.platform.changes import Changes, apply, given
from repertory.platform.custom_values import clean_values
from repertory.platform.queries import custom_fields
from repertory.platform.unit import action, emit
from repertory.products import access
from repertory.products.actions import writing
from repertory.products.choices import STAGE_TRANSITIONS, Stage
from repertory.products.events import ProductStageMoved
from repertory.products.fields import WRITABLE
from repertory.products.inputs import CreateProduct, MoveProductStage, ProductFacts, RemoveProduct, ReviseProduct
from repertory.products.models import MessageVersion, Product, ProductStageChange

CODE_WIDTH = 5


@action
def create_product(*, actor: Actor, at: datetime, data: CreateProduct) -> Product:
    """Open a product. One that is on sale already has been so since its launch, where that is known."""
    require(access.may_edit(actor))
    values = writing.resolve_links(given(data, WRITABLE))
    code = values.pop("code", "")
    product = Product(stage=data.stage, created_at=at, updated_at=at, stage_since=_since(data, at))
    changes = apply(product, values)
    _check_stage(product)
    _check_days(product)
    product.custom = {key: value for key, value in _custom(data, complete=True).items() if value is not None}
    product.pk = reserve_keys(Product, 1)[0]
    product.code = code or _free_code(product.pk)
    writing.derive(product)
    _store(product, force_insert=True)
    ProductStageChange.objects.create(
        product=product, to_stage=product.stage, on=product.stage_since, user_id=actor.user_id
    )
    writing.note("created", product, {"code": ["", product.code], "stage": ["", str(product.stage)], **changes})
    return product


@action
def revise_product(*, actor: Actor, at: datetime, product_id: int, data: ReviseProduct) -> Product:
    """Change the given fields of a product and leave the others alone."""
    product = access.lock_editable(actor, product_id)
    changes = apply(product, writing.resolve_links(given(data, WRITABLE)))
    _revise_custom(product, data, changes)
    if not changes:
        return product
    _check_stage(product)
    _check_days(product)
    try:
        writing.save_product(product, at, expected=data.version)
    except IntegrityError as error:
        raise taken(error, product) from None
    writing.note("revised", product, changes)
    return product


@action
def move_product_stage(*, actor: Actor, at: datetime, product_id: int, data: MoveProductStage) -> ProductStageChange:
    """Move a product along its life, on a day that is neither in the future nor before the present stage began."""
    product = access.lock_editable(actor, product_id)
    day, old = data.on or day_of(at), product.stage
    if data.stage not in STAGE_TRANSITIONS[old]:
        names = {"old": Stage(old).label, "new": data.stage.label}
        raise RuleViolation(_("不能从“%(old)s”直接变为“%(new)s”。") % names, field="stage", code="stage_order")
    if day > day_of(at):
        raise RuleViolation(_("日期不能晚于今天。"), field="on")
    if day < product.stage_since:
        raise RuleViolation(_("日期不能早于进入现阶段的 %(day)s。") % {"day": product.stage_since}, field="on")
    product.stage, product.stage_since = data.stage, day
    changes: Changes = {"stage": [str(old), str(data.stage)]}
    changes |= apply(product, _days_of_stage(product, day))
    _check_stage(product)
    _check_days(product)
    change = ProductStageChange.objects.create(
        product=product, from_stage=old, to_stage=data.stage, on=day, reason=data.reason, user_id=actor.user_id
    )
    writing.save_product(product, at)
    writing.note("stage_moved", product, changes, reason=data.reason)
    emit(ProductStageMoved(product.pk, old, data.stage, day))
    return change


@action
def remove_product(*, actor: Actor, at: datetime, product_id: int, data: RemoveProduct) -> None:
    """Take a product that was opened by mistake out of every list. One that was on the market is withdrawn instead."""
    product = access.lock_editable(actor, product_id)
    if _has_story(product):
        raise RuleViolation(_("这个产品已有批准过的关键信息，不能移除；不再销售请改为“退市”。"), code="was_on_market")
    product.removed_at = at
    writing.save_product(product, at)
    writing.note("removed", product, reason=data.reason)


def _has_story(product: Product) -> bool:
    return MessageVersion.objects.filter(message__product=product).exclude(decided_at=None).exists()


def _since(data: CreateProduct, at: datetime) -> date:
    today = day_of(at)
    began = {Stage.ON_SALE: data.launched_on, Stage.WITHDRAWN: data.withdrawn_on}.get(data.stage)
    return began if began is not None and began <= today else today


def _days_of_stage(product: Product, day: date) -> dict[str, Any]:
    """The first day on sale is the launch; withdrawing has its day."""
    if product.stage == Stage.ON_SALE and product.launched_on is None:
        return {"launched_on": day}
    return {"withdrawn_on": day} if product.stage == Stage.WITHDRAWN else {}


def _check_stage(product: Product) -> None:
    """Imported lists of competitors' or planned products may lack the number; what is on sale has it."""
    if product.stage == Stage.ON_SALE and not product.approval_number:
        raise RuleViolation(_("在售产品要有批准文号，请先填写。"), field="approval_number", code="approval_missing")


def _check_days(product: Product) -> None:
    launched, withdrawn = product.launched_on, product.withdrawn_on
    if launched is not None and withdrawn is not None and withdrawn < launched:
        raise RuleViolation(_("退市日期不能早于上市日期。"), field="withdrawn_on")


def _free_code(key: int) -> str:
    """P00012; where somebody has typed that by hand for another product, P00012-1."""
    number = f"P{key:0{CODE_WIDTH}d}"
    used = set(Product.objects.filter(code__startswith=number).values_list("code", flat=True))
    tries = (number, *(f"{number}-{turn}" for turn in range(1, len(used) + 2)))
    return next(code for code in tries if code not in used)


def _store(product: Product, *, force_insert: bool) -> None:
    try:
        product.save(force_insert=force_insert)
    except IntegrityError as error:
        raise taken(error, product) from None


def taken(error: IntegrityError, product: Product) -> Exception:
    """What to tell when a row like this is there already; the database's word where it is something else."""
    text = str(error)
    if "approval" in text and "without" not in text and "generic_name" not in text:
        message = _("批准文号“%(number)s”已登记在另一个产品上。") % {"number": product.approval_number}
        return Conflict(message, code="approval_taken", field="approval_number")
    if "without" in text or "generic_name" in text:
        message = _("已有同名、同剂型、同企业的产品。请填写批准文号，或者修改已有的产品。")
        return Conflict(message, code="product_known", field="generic_name")
    if "code" in text:
        message = _("产品编码“%(code)s”已被使用，请换一个。") % {"code": product.code}
        return Conflict(message, code="code_taken", field="code")
    return error


def _custom(data: ProductFacts, *, complete: bool) -> dict[str, Any]:
    return clean_values(custom_fields(writing.PRODUCT), data.custom, complete=complete)


def _revise_custom(product: Product, data: ReviseProduct, changes: Changes) -> None:
    if "custom" not in data.model_fields_set:
        return
    for key, value in _custom(data, complete=False).items():
        old = product.custom.get(key)
        if old != value:
            changes[f"custom.{key}"] = [old, value]
            product.custom = {**product.custom, key: value}
    product.custom = {key: value for key, value in product.custom.items() if value is not None}
