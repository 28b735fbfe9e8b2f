"""Who sees which materials and ledgers, and who may do what with them (M-ORG-3, M-ORG-4)."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed, NotFound
from repertory.materials.choices import DECIDED, VersionState
from repertory.materials.models import (
    Handout,
    Material,
    MaterialVersion,
    SampleBalance,
    SampleLot,
    SampleMove,
    StockBalance,
    StockMove,
)
from repertory.organisation.access import Scope, has_role, may_write, scope_of
from repertory.organisation.choices import LEADERS, Role
from repertory.organisation.models import Assignment, User
from repertory.products import access as products

WRITERS = frozenset({Role.PRODUCT_MANAGER, Role.MARKETER, Role.ADMIN})
# The company's store is kept by the office and by those who order the goods.
STOREKEEPERS = frozenset({Role.FINANCE, Role.PRODUCT_MANAGER, Role.MARKETER, Role.ADMIN})
ISSUERS = STOREKEEPERS | LEADERS
GIVERS = frozenset({Role.REP, Role.SUPERVISOR, Role.MANAGER, Role.PRODUCT_MANAGER, Role.MARKETER, Role.ADMIN})
EXPORTERS = products.EXPORTERS
# Unlike an empty Q it stays true when something is added by "or".
ALL_ROWS = Q(pk__isnull=False)


def visible_materials(actor: Actor) -> QuerySet[Material]:
    """Where every read of materials starts. Who sees the whole company sees every material; the field those about its
    products, or about none, of which a version was approved."""
    materials = Material.objects.filter(removed_at=None)
    if scope_of(actor).whole:
        return materials
    approved = MaterialVersion.objects.filter(material=OuterRef("pk"), state=VersionState.APPROVED)
    return _of_seen_products(actor, materials).filter(Exists(approved))


def _of_seen_products(actor: Actor, materials: QuerySet[Material]) -> QuerySet[Material]:
    links = Material.products.through.objects.filter(material_id=OuterRef("pk"))
    seen = links.filter(product__in=products.visible_products(actor))
    return materials.filter(~Exists(links) | Exists(seen))


def visible_versions(actor: Actor) -> QuerySet[MaterialVersion]:
    """Versions of visible materials; the field sees approved ones only."""
    versions = MaterialVersion.objects.filter(material__in=visible_materials(actor))
    return versions if scope_of(actor).whole else versions.filter(state=VersionState.APPROVED)


def reported_versions(actor: Actor) -> QuerySet[MaterialVersion]:
    """What a giving may name: one that was withdrawn meanwhile was allowed the day before, and of one that never was the
    person is told so."""
    alive = Material.objects.filter(Q(removed_at=None) | Q(versions__state__in=DECIDED))
    if not scope_of(actor).whole:
        alive = _of_seen_products(actor, alive)
    return MaterialVersion.objects.filter(material__in=alive)


def people_below(actor: Actor) -> QuerySet[User]:
    """Those whose bags the person answers for: of the whole company, or who have or had a post in the led subtrees."""
    if scope_of(actor).whole:
        return User.objects.all()
    scope = scope_of(actor, only=LEADERS)
    return User.objects.filter(pk__in=_held(scope))


def _held(scope: Scope) -> QuerySet:
    return Assignment.objects.filter(scope.as_condition("territory__")).values("user_id")


def _holdings(actor: Actor, *, column: str = "holder") -> Q:
    """The rows of one's own bag and of the bags that one answers for; for those who see the whole company all."""
    if scope_of(actor).whole:
        return ALL_ROWS
    own = Q(**{f"{column}_id": actor.user_id}) if actor.user_id is not None else Q(pk__in=[])
    scope = scope_of(actor, only=LEADERS)
    return own if scope.empty else own | Q(**{f"{column}__in": _held(scope)})


def visible_sample_moves(actor: Actor) -> QuerySet[SampleMove]:
    return SampleMove.objects.filter(_holdings(actor))


def visible_stock_moves(actor: Actor) -> QuerySet[StockMove]:
    return StockMove.objects.filter(_holdings(actor))


def visible_sample_balances(actor: Actor) -> QuerySet[SampleBalance]:
    return SampleBalance.objects.filter(_holdings(actor) | _of_store(actor))


def visible_stock_balances(actor: Actor) -> QuerySet[StockBalance]:
    return StockBalance.objects.filter(_holdings(actor) | _of_store(actor))


def _of_store(actor: Actor) -> Q:
    """Who issues out of the store knows what lies there."""
    return Q(holder=None) if may_issue(actor) else Q(pk__in=[])


def visible_handouts(actor: Actor) -> QuerySet[Handout]:
    """What oneself and those below gave. What one customer got, by whomever, is asked by way of the customer."""
    return Handout.objects.filter(_holdings(actor, column="giver"))


def visible_lots(actor: Actor) -> QuerySet[SampleLot]:
    """All lots for those who see the whole company; else those of the bags that one answers for, and what can be issued."""
    if scope_of(actor).whole:
        return SampleLot.objects.all()
    seen = _holdings(actor) | (_of_store(actor) & Q(quantity__gt=0))
    return SampleLot.objects.filter(pk__in=SampleBalance.objects.filter(seen).values("lot_id"))


def may_see(actor: Actor) -> bool:
    """Everybody signed in has the pages; what stands there is the querysets' question."""
    return True


def may_write_materials(actor: Actor) -> bool:
    """Making materials and, of others' making, approving them."""
    return may_write(actor) and has_role(actor, *WRITERS)


def may_decide(actor: Actor, version: MaterialVersion) -> bool:
    """Nobody decides on a version that they made or changed last."""
    own = actor.user_id is not None and actor.user_id in (version.author_id, version.edited_by_id)
    return may_write_materials(actor) and not own


def may_work_on_materials(actor: Actor) -> bool:
    return has_role(actor, *WRITERS)


def may_give(actor: Actor) -> bool:
    return may_write(actor) and has_role(actor, *GIVERS)


def may_keep_store(actor: Actor) -> bool:
    """Receiving, counting and writing off in the company's store."""
    return may_write(actor) and has_role(actor, *STOREKEEPERS)


def may_issue(actor: Actor) -> bool:
    """Out of the store to persons: to whom, people_below says."""
    return may_write(actor) and has_role(actor, *ISSUERS)


def may_issue_or_read(actor: Actor) -> bool:
    """Those for whom the ledger of all bags that they answer for is there."""
    return has_role(actor, *ISSUERS, Role.AUDITOR)


def may_hold(actor: Actor) -> bool:
    """Returning and reporting a loss out of one's own bag."""
    return may_write(actor) and (may_give(actor) or may_issue(actor))


def may_import(actor: Actor) -> bool:
    return may_write_materials(actor)


def may_import_lots(actor: Actor) -> bool:
    return may_keep_store(actor)


def may_export(actor: Actor) -> bool:
    return has_role(actor, *EXPORTERS)


def sees_everything(actor: Actor) -> bool:
    return scope_of(actor).whole


def get_visible(actor: Actor, material_id: int) -> Material:
    """The material, or NotFound: not there and not yours can't be told apart."""
    material = visible_materials(actor).filter(pk=material_id).first()
    if material is None:
        raise NotFound()
    return material


def lock_editable(actor: Actor, material_id: int) -> Material:
    """The material, locked for a write of its facts or versions. NotFound out of sight, NotAllowed where one may only look."""
    if not may_write_materials(actor):
        get_visible(actor, material_id)
        raise NotAllowed(_("您可以查看这份资料，但不能修改。"))
    material = Material.objects.select_for_update().filter(pk=material_id, removed_at=None).first()
    if material is None:
        raise NotFound()
    return material


def get_lot(actor: Actor, lot_id: int) -> SampleLot:
    lot = visible_lots(actor).select_related("pack__product").filter(pk=lot_id).first()
    if lot is None:
        raise NotFound()
    return lot


def get_stocked(actor: Actor, version_id: int) -> MaterialVersion:
    """A version of which copies are kept: of materials in one's sight, or out of a bag that one answers for."""
    bags = StockBalance.objects.filter(_holdings(actor)).values("version_id")
    decided = MaterialVersion.objects.filter(state__in=DECIDED).select_related("material")
    seen = Q(pk__in=reported_versions(actor).values("pk")) | Q(pk__in=bags)
    version = decided.filter(seen, pk=version_id).first()
    if version is None:
        raise NotFound()
    return version


def get_version(actor: Actor, version_id: int) -> MaterialVersion:
    version = visible_versions(actor).select_related("material").filter(pk=version_id).first()
    if version is None:
        raise NotFound()
    return version
