"""What a product's page shows beside the product's own fields."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.products import access, usability
from repertory.products.choices import OPEN, MessageState, Standing
from repertory.products.models import (
    KeyMessage,
    LineTeam,
    MessageVersion,
    Pack,
    Product,
    ProductLine,
    ProductStageChange,
)

WARN_DAYS = 60


@dataclass(frozen=True)
class Wording:
    """A version and how it stands on the day."""

    version: MessageVersion
    standing: Standing
    expiring: bool


@dataclass(frozen=True)
class MessageShown:
    """A message with its versions, the newest first. current: the one to show, `usable` where one is."""

    message: KeyMessage
    wordings: list[Wording]

    @property
    def current(self) -> Wording:
        usable = (one for one in self.wordings if one.standing == Standing.USABLE)
        return next(usable, self.wordings[0])

    @property
    def others(self) -> list[Wording]:
        return [one for one in self.wordings if one is not self.current]

    @property
    def open(self) -> Wording | None:
        """The version that is being worked on."""
        return next((one for one in self.wordings if one.version.state in OPEN), None)


def product_of(*, actor: Actor, product_id: int) -> Product:
    """The product with line and product manager; NotFound out of sight."""
    product = access.visible_products(actor).select_related("line", "product_manager").filter(pk=product_id).first()
    if product is None:
        raise NotFound()
    return product


def packs_of(product: Product) -> list[Pack]:
    """Those in use first."""
    return list(Pack.objects.filter(product=product).order_by("-is_active", "spec", "pack", "pk"))


def pack_of(*, actor: Actor, pack_id: int) -> Pack:
    pack = access.visible_packs(actor).select_related("product").filter(pk=pack_id).first()
    if pack is None:
        raise NotFound()
    return pack


def stage_changes_of(product: Product) -> list[ProductStageChange]:
    return list(ProductStageChange.objects.filter(product=product).select_related("user"))


def messages_of(*, actor: Actor, product: Product, on: date) -> list[MessageShown]:
    """Messages with the wordings that the person sees."""
    found: dict[int, list[Wording]] = {}
    rows = access.visible_versions(actor).filter(message__product=product)
    kept = {}
    for version in rows.select_related("message", "author", "decided_by").order_by("message_id", "-number", "pk"):
        version.message.product = product
        kept[version.message_id] = version.message
        found.setdefault(version.message_id, []).append(worded(version, on=on))
    return [MessageShown(kept[key], wordings) for key, wordings in found.items()]


def worded(version: MessageVersion, *, on: date) -> Wording:
    standing = usability.standing(version, on=on)
    ends = version.valid_until
    expiring = standing == Standing.USABLE and ends is not None and ends <= on + timedelta(days=WARN_DAYS)
    return Wording(version, standing, expiring)


def version_of(*, actor: Actor, version_id: int) -> MessageVersion:
    """A wording with its product; NotFound out of sight."""
    rows = access.visible_versions(actor).select_related("message__product", "author", "decided_by")
    version = rows.filter(pk=version_id).first()
    if version is None:
        raise NotFound()
    return version


def message_of(*, actor: Actor, message_id: int) -> KeyMessage:
    message = access.visible_messages(actor).select_related("product").filter(pk=message_id).first()
    if message is None:
        raise NotFound()
    return message


def newest_version(message: KeyMessage) -> MessageVersion | None:
    return MessageVersion.objects.filter(message=message).order_by("-number").first()


def usable_versions(
    *, actor: Actor, on: date, kind: str = "", department: str = "", product_id: int | None = None
) -> list[MessageVersion]:
    """The wordings that the person may say on a day, to a customer of this kind and department."""
    rows = access.visible_versions(actor).filter(usability.usable_on(on)).select_related("message__product")
    if product_id is not None:
        rows = rows.filter(message__product_id=product_id)
    ordered = rows.order_by("message__product__sort_key", "message_id", "number", "pk")
    return [row for row in ordered if usability.is_meant_for(row, kind=kind, department=department)]


def waiting_messages(*, actor: Actor) -> QuerySet[MessageVersion]:
    """What waits for approval, the oldest first."""
    rows = access.visible_versions(actor).filter(state=MessageState.SUBMITTED)
    return rows.select_related("message__product", "author").order_by("submitted_at", "pk")


def expiring_messages(*, actor: Actor, on: date, days: int = WARN_DAYS) -> QuerySet[MessageVersion]:
    """Wordings in use that end within so many days."""
    last = Q(valid_until__lte=on + timedelta(days=days))
    rows = access.visible_versions(actor).filter(usability.usable_on(on), last)
    return rows.select_related("message__product").order_by("valid_until", "pk")


def lines_of(*, actor: Actor) -> list[ProductLine]:
    return list(access.visible_lines(actor).order_by("code"))


def line_of(*, actor: Actor, line_id: int) -> ProductLine:
    line = access.visible_lines(actor).filter(pk=line_id).first()
    if line is None or not access.may_see_lines(actor):
        raise NotFound()
    return line


def teams_of(*, actor: Actor, line_id: int | None = None) -> QuerySet[LineTeam]:
    """Who carries which line; of all lines together where none is named."""
    if not access.may_see_lines(actor):
        raise NotFound()
    rows = LineTeam.objects.select_related("territory", "line")
    return rows if line_id is None else rows.filter(line_id=line_id)


def counted_lines(*, actor: Actor) -> list[ProductLine]:
    """The lines that the person knows, each with product_count, of products in sight."""
    counted = Count("products", filter=Q(products__in=access.visible_products(actor)))
    return list(access.visible_lines(actor).annotate(product_count=counted).order_by("code"))


def products_of_line(*, actor: Actor, line: ProductLine) -> list[Product]:
    return list(access.visible_products(actor).filter(line=line).order_by("sort_key", "pk"))
