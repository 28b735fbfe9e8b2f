"""Who sees which products, and who may do what to them (M-ORG-3, M-ORG-4)."""

import functools
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed, NotFound
from repertory.organisation.access import Scope, has_role, may_write, posts, scope_of, visible_people
from repertory.organisation.choices import Role
from repertory.organisation.firewall import may_sell
from repertory.organisation.models import Territory
from repertory.products.choices import DECIDED_PRICES, MARKETED, MessageState
from repertory.products.models import (
    DevelopmentNote,
    KeyMessage,
    LineTeam,
    MessageVersion,
    Pack,
    Price,
    PriceList,
    Product,
    ProductLine,
    ProductSuggestion,
)

EDITORS = frozenset({Role.PRODUCT_MANAGER, Role.ADMIN})
WRITERS = frozenset({Role.PRODUCT_MANAGER, Role.MARKETER, Role.ADMIN})
PRICERS = frozenset({Role.PRODUCT_MANAGER, Role.FINANCE, Role.ADMIN})
APPROVERS = frozenset({Role.MARKETER, Role.ADMIN})
EXPORTERS = frozenset(
    {Role.PRODUCT_MANAGER, Role.MARKETER, Role.MANAGER, Role.FINANCE, Role.ADMIN, Role.AUDITOR, Role.SUPERVISOR}
)
STEP = Territory.steplen


def visible_products(actor: Actor) -> QuerySet[Product]:
    """Where every read of products starts. Who sees the whole company sees every product; the field those that came to the
    market and that its own territories carry."""
    if "visible products" not in actor.memo:
        actor.memo["visible products"] = _visible_products(actor, scope_of(actor))
    # A copy: what one caller has read is not what the next one finds.
    return actor.memo["visible products"].all()


def _visible_products(actor: Actor, scope: Scope) -> QuerySet[Product]:
    if scope.whole:
        return Product.objects.filter(removed_at=None)
    return _marketed(scope, _above(actor), timezone.localdate()).all()


@functools.lru_cache(maxsize=500)
def _marketed(scope: Scope, above: tuple[str, ...], day: date) -> QuerySet[Product]:
    """Never read itself: building it takes longer than asking for a few products."""
    products = Product.objects.filter(removed_at=None, stage__in=MARKETED)
    return products.filter(Q(line=None) | Q(line__in=_carried(scope, above, day)))


def _carried(scope: Scope, above: tuple[str, ...], day: date) -> QuerySet[ProductLine]:
    return ProductLine.objects.filter(Q(limited=False) | Q(pk__in=_teams(scope, above, day).values("line_id")))


def _teams(scope: Scope, above: tuple[str, ...], day: date) -> QuerySet[LineTeam]:
    """Teams of a day inside the person's part of the tree, or above it."""
    return teams_on(day).filter(scope.as_condition("territory__") | Q(territory__path__in=above))


def _above(actor: Actor) -> tuple[str, ...]:
    """Paths of the person's posts and of all above them."""
    return tuple(
        sorted({post.path[:length] for post in posts(actor) for length in range(STEP, len(post.path) + 1, STEP)})
    )


def teams_on(day: date) -> QuerySet[LineTeam]:
    return LineTeam.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


def visible_packs(actor: Actor) -> QuerySet[Pack]:
    return Pack.objects.filter(product__in=visible_products(actor))


def visible_versions(actor: Actor) -> QuerySet[MessageVersion]:
    """Wordings of visible products; the field sees approved ones only, so that no draft is ever said to a customer."""
    versions = MessageVersion.objects.filter(message__product__in=visible_products(actor))
    return versions if scope_of(actor).whole else versions.filter(state=MessageState.APPROVED)


def reported_versions(actor: Actor) -> QuerySet[MessageVersion]:
    """Wordings of visible products that were approved once, withdrawn ones too: a visit told later was judged on its day."""
    decided = (MessageState.APPROVED, MessageState.WITHDRAWN)
    return MessageVersion.objects.filter(message__product__in=visible_products(actor), state__in=decided)


def visible_messages(actor: Actor) -> QuerySet[KeyMessage]:
    return KeyMessage.objects.filter(pk__in=visible_versions(actor).values("message_id"))


def visible_lines(actor: Actor) -> QuerySet[ProductLine]:
    scope = scope_of(actor)
    return ProductLine.objects.all() if scope.whole else _carried(scope, _above(actor), timezone.localdate())


def may_see(actor: Actor) -> bool:
    """Everybody signed in has the product pages; what stands there is visible_products' question."""
    return True


def may_edit(actor: Actor) -> bool:
    """Facts, packs, stages, lines."""
    return may_write(actor) and has_role(actor, *EDITORS)


def may_write_messages(actor: Actor) -> bool:
    return may_write(actor) and has_role(actor, *WRITERS)


def may_approve_messages(actor: Actor) -> bool:
    """In general; of which wording, may_decide says."""
    return may_write(actor) and has_role(actor, *APPROVERS)


def may_decide(actor: Actor, version: MessageVersion) -> bool:
    """Nobody decides on a wording that they wrote or changed last."""
    own = actor.user_id is not None and actor.user_id in (version.author_id, version.edited_by_id)
    return may_approve_messages(actor) and not own


def may_work_on_messages(actor: Actor) -> bool:
    """Those for whom the list of what waits for approval is there."""
    return has_role(actor, *WRITERS)


def may_import(actor: Actor) -> bool:
    return may_edit(actor)


def may_export(actor: Actor) -> bool:
    return has_role(actor, *EXPORTERS)


def may_see_lines(actor: Actor) -> bool:
    """Which territories carry which line is told to those who see the whole tree."""
    return sees_everything(actor)


def sees_everything(actor: Actor) -> bool:
    return scope_of(actor).whole


def get_visible(actor: Actor, product_id: int) -> Product:
    """The product, or NotFound: not there and not yours can't be told apart."""
    product = visible_products(actor).filter(pk=product_id).first()
    if product is None:
        raise NotFound()
    return product


def lock_editable(actor: Actor, product_id: int) -> Product:
    """The product, locked for a write of its facts. NotFound out of sight, NotAllowed where the person may only look."""
    return _lock(actor, product_id, allowed=may_edit(actor))


def lock_for_messages(actor: Actor, product_id: int) -> Product:
    """The product, locked for a write of its messages."""
    return _lock(actor, product_id, allowed=may_write_messages(actor))


def lock_for_approval(actor: Actor, product_id: int) -> Product:
    return _lock(actor, product_id, allowed=may_approve_messages(actor))


def _lock(actor: Actor, product_id: int, *, allowed: bool) -> Product:
    if not allowed:
        get_visible(actor, product_id)
        raise NotAllowed(_("您可以查看这个产品，但不能修改。"))
    product = Product.objects.select_for_update().filter(pk=product_id, removed_at=None).first()
    if product is None:
        raise NotFound()
    return product


def may_see_prices(actor: Actor) -> bool:
    """Prices are the sales side's: the academic side finds none, at no door (M-LAW-1)."""
    if "may see prices" not in actor.memo:
        allowed = not scope_of(actor).empty and may_sell(actor, timezone.localdate())
        actor.memo["may see prices"] = allowed
    return actor.memo["may see prices"]


def may_write_prices(actor: Actor) -> bool:
    return may_see_prices(actor) and may_write(actor) and has_role(actor, *PRICERS)


def may_export_prices(actor: Actor) -> bool:
    return may_see_prices(actor) and may_export(actor)


def visible_price_lists(actor: Actor) -> QuerySet[PriceList]:
    """Approved and withdrawn ones; those that are being worked on for who sees the whole company."""
    if not may_see_prices(actor):
        return PriceList.objects.none()
    rows = PriceList.objects.all()
    return rows if scope_of(actor).whole else rows.filter(state__in=DECIDED_PRICES)


def visible_prices(actor: Actor) -> QuerySet[Price]:
    """Of packs in sight, on lists in sight."""
    return Price.objects.filter(price_list__in=visible_price_lists(actor), pack__in=visible_packs(actor))


def get_price_list(actor: Actor, list_id: int) -> PriceList:
    """The list, or NotFound."""
    found = visible_price_lists(actor).filter(pk=list_id).first()
    if found is None:
        raise NotFound()
    return found


def lock_price_list(actor: Actor, list_id: int) -> PriceList:
    """The list, locked for a write. NotFound out of sight, NotAllowed where the person may only look."""
    get_price_list(actor, list_id)
    if not may_write_prices(actor):
        raise NotAllowed(_("您可以查看这张价格表，但不能修改。"))
    return PriceList.objects.select_for_update(of=("self",)).get(pk=list_id)


def visible_suggestions(actor: Actor) -> QuerySet[ProductSuggestion]:
    """One's own, those of the people in one's scope, all for who sees the whole company; of products in sight."""
    rows = ProductSuggestion.objects.filter(product__in=visible_products(actor))
    if scope_of(actor).whole:
        return rows
    return rows.filter(asked_by__in=visible_people(actor))


def may_suggest(actor: Actor) -> bool:
    return may_write(actor)


def may_answer_suggestions(actor: Actor) -> bool:
    return may_write(actor) and has_role(actor, *EDITORS)


def visible_milestones(actor: Actor) -> QuerySet[DevelopmentNote]:
    """The plan of development is not for the field, and never for customers."""
    if not scope_of(actor).whole:
        return DevelopmentNote.objects.none()
    return DevelopmentNote.objects.filter(product__in=visible_products(actor))
