"""The sizes of a product."""

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotFound, Stale
from repertory.platform.changes import apply, given
from repertory.platform.unit import action
from repertory.products import access
from repertory.products.actions import writing
from repertory.products.fields import PACK_FIELDS
from repertory.products.inputs import AddPack, RevisePack
from repertory.products.models import Pack, Product


@action
def add_pack(*, actor: Actor, at: datetime, product_id: int, data: AddPack) -> Pack:
    """Keep a size of a product, under its own code or the next one of the product."""
    product = access.lock_editable(actor, product_id)
    pack = Pack(product=product)
    facts = given(data, (name for name in PACK_FIELDS if name != "code"))
    changes = apply(pack, facts)
    pack.code = data.code or _next_code(product)
    _store(pack, force_insert=True)
    writing.note("pack_added", product, {"sku": ["", pack.code], **changes})
    return pack


@action
def revise_pack(*, actor: Actor, at: datetime, pack_id: int, data: RevisePack) -> Pack:
    """Correct a size, or switch it off."""
    known = access.visible_packs(actor).filter(pk=pack_id).first()
    if known is None:
        raise NotFound()
    product = access.lock_editable(actor, known.product_id)
    pack = Pack.objects.get(pk=pack_id)
    changes = apply(pack, given(data, PACK_FIELDS))
    if not changes:
        return pack
    if data.version is not None and data.version != pack.version:
        raise Stale()
    pack.version += 1
    _store(pack, force_insert=False)
    sku = changes.pop("code", [None, pack.code])
    writing.note("pack_revised", product, {"sku": sku, **changes})
    return pack


def _next_code(product: Product) -> str:
    """P00012-01, the first that is free; the product's row is locked."""
    used = set(Pack.objects.filter(code__startswith=f"{product.code}-").values_list("code", flat=True))
    return next(code for turn in range(1, len(used) + 2) if (code := f"{product.code}-{turn:02d}") not in used)


def _store(pack: Pack, *, force_insert: bool) -> None:
    try:
        pack.save(force_insert=force_insert)
    except IntegrityError as error:
        raise _taken(error, pack) from None


def _taken(error: IntegrityError, pack: Pack) -> Exception:
    text = str(error)
    if "barcode" in text:
        message = _("条码“%(code)s”已登记在另一个规格上。") % {"code": pack.barcode}
        return Conflict(message, code="barcode_taken", field="barcode")
    if "pack_once" in text or "spec" in text:
        message = _("这个产品已有规格“%(spec)s”。") % {"spec": str(pack)}
        return Conflict(message, code="pack_known", field="spec")
    if "code" in text:
        message = _("规格编码“%(code)s”已被使用，请换一个。") % {"code": pack.code}
        return Conflict(message, code="code_taken", field="code")
    return error
