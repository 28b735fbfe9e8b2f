"""Open, revise and remove a material."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, RuleViolation, Stale
from repertory.materials import access
from repertory.materials.actions import writing
from repertory.materials.choices import DECIDED, MaterialKind
from repertory.materials.inputs import CreateMaterial, RemoveMaterial, ReviseMaterial
from repertory.materials.models import Material, MaterialVersion
from repertory.materials.search import search_text, sort_key
from repertory.organisation.access import require
from repertory.platform.bulk import reserve_keys
from repertory.platform.changes import Changes, apply, given
from repertory.platform.unit import action

FACTS = ("title", "code", "kind", "is_electronic", "note")
CODE_WIDTH = 5


@action
def create_material(*, actor: Actor, at: datetime, data: CreateMaterial) -> Material:
    """Open a material. It can be used once a version of it was approved."""
    require(access.may_write_materials(actor))
    products = writing.products_named(actor, data.products)
    material = Material(created_at=at, updated_at=at)
    values = {name: getattr(data, name) for name in FACTS if name != "code"}
    changes = apply(material, values | {"is_electronic": data.is_electronic or data.kind == MaterialKind.EMAIL})
    material.pk = reserve_keys(Material, 1)[0]
    material.code = data.code or _free_code(material.pk)
    _store(material, force_insert=True)
    material.products.set(products)
    named = {"products": [None, [str(product) for product in products]]} if products else {}
    writing.note("created", material, {"code": ["", material.code], **changes, **named})
    return material


@action
def revise_material(*, actor: Actor, at: datetime, material_id: int, data: ReviseMaterial) -> Material:
    """Change the given facts of a material; what was approved stands in its versions and stays."""
    material = access.lock_editable(actor, material_id)
    if data.version is not None and data.version != material.version:
        raise Stale()
    values = given(data, FACTS)
    if MaterialKind.EMAIL in (values.get("kind", material.kind), material.kind):
        _check_kind(material, values)
    if values.get("is_electronic", material.is_electronic) != material.is_electronic and _was_used(material):
        raise RuleViolation(
            _("已有批准过的版本，不能再改为电子或纸质，请另建资料。"), field="is_electronic", code="was_used"
        )
    changes = apply(material, values)
    changes |= _revise_products(actor, material, data)
    if changes:
        material.updated_at = at
        material.version += 1
        _store(material)
        writing.note("revised", material, changes)
    return material


@action
def remove_material(*, actor: Actor, at: datetime, material_id: int, data: RemoveMaterial) -> None:
    """Take a material that was opened by mistake out of every list. One that was in use is withdrawn instead."""
    material = access.lock_editable(actor, material_id)
    if _was_used(material):
        raise RuleViolation(_("这份资料已有批准过的版本，不能移除；不再使用请撤下版本。"), code="was_used")
    material.removed_at = material.updated_at = at
    material.version += 1
    _store(material)
    writing.note("removed", material, reason=data.reason)


def _was_used(material: Material) -> bool:
    return MaterialVersion.objects.filter(material=material, state__in=DECIDED).exists()


def _revise_products(actor: Actor, material: Material, data: ReviseMaterial) -> Changes:
    if "products" not in data.model_fields_set:
        return {}
    old = {product.pk: product for product in material.products.order_by("pk")}
    new = {product.pk: product for product in writing.products_named(actor, data.products)}
    if old.keys() == new.keys():
        return {}
    material.products.set(new.values())
    return {"products": [[str(product) for product in old.values()], [str(product) for product in new.values()]]}


def _check_kind(material: Material, values: dict[str, Any]) -> None:
    """An e-mail template stays one, and has no stock."""
    if values.get("kind", material.kind) != material.kind and material.versions.exists():
        message = _("邮件模板和其他资料的版本不同，已有版本后不能互换，请另建资料。")
        raise RuleViolation(message, field="kind", code="kind_fixed")
    if values.get("kind", material.kind) == MaterialKind.EMAIL:
        values["is_electronic"] = True


def _free_code(key: int) -> str:
    """M00012; where somebody has typed that by hand for another material, M00012-1."""
    number = f"M{key:0{CODE_WIDTH}d}"
    used = set(Material.objects.filter(code__startswith=number).values_list("code", flat=True))
    tries = (number, *(f"{number}-{turn}" for turn in range(1, len(used) + 2)))
    return next(code for code in tries if code not in used)


def _store(material: Material, *, force_insert: bool = False) -> None:
    material.sort_key, material.search_text = sort_key(material), search_text(material)
    try:
        material.save(force_insert=force_insert)
    except IntegrityError as error:
        if "code" not in str(error):
            raise
        message = _("资料编码“%(code)s”已被使用，请换一个。") % {"code": material.code}
        raise Conflict(message, code="code_taken", field="code") from None
