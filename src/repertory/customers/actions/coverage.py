"""Which territory covers whom, and the counts per node that follow from it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput, NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.customers import access
from repertory.customers.actions import writing
from repertory.customers.events import CustomersReassigned
from repertory.customers.inputs import Cover, Reassign
from repertory.customers.models import Coverage, Customer
from repertory.organisation.access import posts, require
from repertory.organisation.choices import Role
from repertory.organisation.events import TerritoryMoved
from repertory.organisation.models import Territory
from repertory.platform.audit_chain import Line
from repertory.platform.unit import action, emit, record_many

BATCH = 2_000
STEP_LENGTH = Territory.steplen


@action
def cover_customer(*, actor: Actor, at: datetime, customer_id: int, data: Cover) -> Coverage:
    """Let one more territory cover the customer, from a day on."""
    require(access.may_lead(actor))
    customer = access.lock_editable(actor, customer_id, only=access.LEADERS)
    territory = territory_to_cover(actor, data.territory)
    starts_on = data.starts_on or day_of(at)
    coverage = open_coverage(customer, territory, starts_on=starts_on, ends_on=data.ends_on, at=at)
    writing.note("covered", customer, {"territory": ["", territory.name], "starts_on": ["", starts_on.isoformat()]})
    return coverage


@action
def cover_customers(*, actor: Actor, at: datetime, wanted: Sequence[tuple[int, Cover]]) -> None:
    """`cover_customer` for many at once, each pair of customer and territory once; all of them or an error."""
    require(access.may_lead(actor))
    keys = {customer_id for customer_id, _data in wanted}
    customers = access.lock_all_editable(actor, keys, only=access.LEADERS)
    going_on = set(Coverage.objects.filter(ends_on=None, customer_id__in=keys).values_list("customer_id", "territory"))
    today, rows, lines = day_of(at), [], []
    for customer_id, data in wanted:
        territory, starts_on = territory_to_cover(actor, data.territory), data.starts_on or today
        if (customer_id, territory.pk) in going_on:
            raise Conflict(_("“%(name)s”已经在覆盖这位客户。") % {"name": territory.name}, field="territory")
        rows.append(_row(customer_id, territory, starts_on=starts_on, ends_on=data.ends_on, today=today))
        changes = {"territory": ["", territory.name], "starts_on": ["", starts_on.isoformat()]}
        lines.append(Line("covered", writing.CUSTOMER, customer_id, customers[customer_id].name, changes))
    _count_opened(rows)
    Coverage.objects.bulk_create(rows, batch_size=BATCH)
    record_many(lines)


@action
def end_coverage(*, actor: Actor, at: datetime, coverage_id: int, on: date | None = None) -> Coverage:
    """End a territory's coverage on a day (default today); what happened before stays with it."""
    require(access.may_lead(actor))
    coverage = Coverage.objects.select_related("territory").filter(pk=coverage_id).first()
    if coverage is None:
        raise NotFound()
    customer = access.lock_editable(actor, coverage.customer_id, only=access.LEADERS)
    if not access.edit_scope(actor, access.LEADERS).covers(coverage.territory.path):
        raise NotFound()
    _close(coverage, on=on or day_of(at), today=day_of(at))
    writing.note("uncovered", customer, {"territory": [coverage.territory.name, ""]})
    return coverage


@action
def reassign_customers(*, actor: Actor, at: datetime, data: Reassign) -> int:
    """Hand customers (or all) of one territory to another from a day on; returns how many. Open work goes along by the
    event, history stays where it was."""
    require(access.may_lead(actor))
    source, target = territory_to_cover(actor, data.from_territory), territory_to_cover(actor, data.to_territory)
    today, on = day_of(at), data.on or day_of(at)
    if source.pk == target.pk:
        raise RuleViolation(_("移出和移入的是同一个辖区。"), field="to_territory")
    moving = Coverage.objects.select_for_update().filter(territory=source, ends_on=None).order_by("customer_id")
    if data.customers is not None:
        moving = moving.filter(customer_id__in=data.customers)
    coverages = list(moving)
    missing = set(data.customers or ()) - {coverage.customer_id for coverage in coverages}
    if missing:
        raise NotFound(
            _("所选客户中有 %(count)s 位现在不归“%(name)s”覆盖，未作任何改动。请刷新后重选。")
            % {"count": len(missing), "name": source.name}
        )
    _hand_over(coverages, target, on=on, today=today)
    _note_handover(coverages, source, target, on)
    if coverages:
        emit(CustomersReassigned(tuple(row.customer_id for row in coverages), source.pk, target.pk, on))
    return len(coverages)


def _hand_over(coverages: list[Coverage], target: Territory, *, on: date, today: date) -> None:
    customer_ids = [coverage.customer_id for coverage in coverages]
    already = set(
        Coverage.objects.filter(territory=target, ends_on=None, customer_id__in=customer_ids).values_list(
            "customer_id", flat=True
        )
    )
    opened = [
        Coverage(customer_id=key, territory=target, starts_on=on, current=on <= today)
        for key in customer_ids
        if key not in already
    ]
    never_started = [coverage.pk for coverage in coverages if coverage.starts_on >= on]
    ended = [coverage.pk for coverage in coverages if coverage.starts_on < on]
    Coverage.objects.filter(pk__in=never_started).delete()
    Coverage.objects.filter(pk__in=ended).update(ends_on=on, current=on > today)
    Coverage.objects.bulk_create(opened, batch_size=BATCH)
    source_id = coverages[0].territory_id if coverages else target.pk
    recount([target.path, *Territory.objects.filter(pk=source_id).values_list("path", flat=True)])


def _note_handover(coverages: list[Coverage], source: Territory, target: Territory, on: date) -> None:
    names = dict(Customer.objects.filter(pk__in=[row.customer_id for row in coverages]).values_list("pk", "name"))
    change = {"territory": [source.name, target.name], "starts_on": ["", on.isoformat()]}
    record_many(
        [Line("reassigned", writing.CUSTOMER, row.customer_id, names[row.customer_id], change) for row in coverages]
    )


def territory_to_cover(actor: Actor, code: str) -> Territory:
    """An open territory, by its code, that the person may hand customers to."""
    memo = actor.memo.setdefault("territories", {})
    if code not in memo:
        memo[code] = Territory.objects.filter(code=code).first()
    territory = memo[code]
    if territory is None or not access.edit_scope(actor, access.EDITORS).covers(territory.path):
        raise InvalidInput(_("没有找到辖区“%(code)s”，或者不归您管。") % {"code": code}, field="territory")
    if territory.closed_on is not None:
        raise RuleViolation(_("辖区“%(name)s”已停用，请选别的辖区。") % {"name": territory.name}, field="territory")
    return territory


def own_territory(actor: Actor) -> Territory | None:
    """Where a rep's new customer belongs unless said otherwise."""
    nodes = [post.territory_id for post in posts(actor) if post.role == Role.REP]
    return Territory.objects.filter(pk=nodes[0]).first() if len(nodes) == 1 else None


def open_coverage(
    customer: Customer,
    territory: Territory,
    *,
    starts_on: date,
    ends_on: date | None,
    at: datetime,
    first: bool = False,
) -> Coverage:
    """Add the row and count the customer at every node that did not have it yet. first: it is a new customer's."""
    today = day_of(at)
    coverage = _row(customer.pk, territory, starts_on=starts_on, ends_on=ends_on, today=today)
    if not first and Coverage.objects.filter(customer=customer, territory=territory, ends_on=None).exists():
        raise Conflict(_("“%(name)s”已经在覆盖这位客户。") % {"name": territory.name}, field="territory")
    before = _counted_nodes(customer) if coverage.current and not first else set()
    coverage.save(force_insert=True)
    if coverage.current:
        _count(_nodes_up(territory.path) - before, +1)
    return coverage


def _row(customer_id: int, territory: Territory, *, starts_on: date, ends_on: date | None, today: date) -> Coverage:
    """Not stored yet."""
    if ends_on is not None and ends_on <= starts_on:
        raise InvalidInput(_("结束日期要晚于开始日期。"), field="ends_on")
    current = starts_on <= today and (ends_on is None or today < ends_on)
    return Coverage(customer_id=customer_id, territory=territory, starts_on=starts_on, ends_on=ends_on, current=current)


def _count_opened(rows: Sequence[Coverage]) -> None:
    """Count the customers of new rows, before these are stored, at every node that does not have them yet."""
    nodes: dict[int, set[str]] = defaultdict(set)
    stored = Coverage.objects.filter(current=True, customer_id__in={row.customer_id for row in rows})
    for customer_id, path in stored.values_list("customer_id", "territory__path"):
        nodes[customer_id] |= _nodes_up(path)
    more: Counter[str] = Counter()
    for row in rows:
        if row.current:
            fresh = _nodes_up(row.territory.path) - nodes[row.customer_id]
            more.update(fresh)
            nodes[row.customer_id] |= fresh
    for path in sorted(more):
        _count({path}, more[path])


def close_all_coverage(customer: Customer, *, on: date) -> None:
    going_on = Q(ends_on=None) | Q(ends_on__gt=on)
    for coverage in Coverage.objects.select_related("territory").filter(going_on, customer=customer):
        _close(coverage, on=on, today=on)


def _close(coverage: Coverage, *, on: date, today: date) -> None:
    before = _counted_nodes(coverage.customer)
    if on <= coverage.starts_on:
        coverage.delete()
    else:
        coverage.ends_on = on
        coverage.current = coverage.current and today < on
        coverage.save(update_fields=["ends_on", "current"])
    _count(before - _counted_nodes(coverage.customer), -1)


def turn_coverage(*, today: date) -> int:
    """Bring `current` to the new day; returns how many rows changed. Run inside an action."""
    inside = Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gt=today))
    changed = Coverage.objects.filter((Q(current=True) & ~inside) | (Q(current=False) & inside))
    rows = list(changed.values_list("pk", "territory__path"))
    for start in range(0, len(rows), BATCH):
        keys = [key for key, _path in rows[start : start + BATCH]]
        Coverage.objects.filter(pk__in=keys).update(current=~F("current"))
    recount([path for _key, path in rows])
    return len(rows)


def recount(paths: Iterable[str]) -> None:
    """Count the customers of these nodes and of all nodes above them anew."""
    nodes = set().union(*(_nodes_up(path) for path in paths)) if paths else set()
    for territory in Territory.objects.filter(path__in=nodes).order_by("path"):
        territory_count = counted_customers(territory)
        Territory.objects.filter(pk=territory.pk).update(customer_count=territory_count)


def counted_customers(territory: Territory) -> int:
    """How many living customers the node's subtree covers today."""
    inside = Territory.objects.filter(path__gte=territory.path, path__lt=territory.path_end)
    rows = Coverage.objects.filter(current=True, territory__in=inside)
    return rows.values("customer_id").distinct().count()


def _nodes_up(path: str) -> set[str]:
    return {path[:length] for length in range(STEP_LENGTH, len(path) + 1, STEP_LENGTH)}


def _counted_nodes(customer: Customer) -> set[str]:
    paths = Coverage.objects.filter(customer=customer, current=True).values_list("territory__path", flat=True)
    return set().union(*(_nodes_up(path) for path in paths))


def _count(nodes: set[str], step: int) -> None:
    if nodes:
        Territory.objects.filter(path__in=nodes).update(customer_count=F("customer_count") + step)


def recount_after_move(event: TerritoryMoved, *, actor: Actor, at: datetime) -> None:
    """A subtree hangs elsewhere: the nodes above both places have other customers now."""
    path = Territory.objects.values_list("path", flat=True).get(pk=event.territory_id)
    recount([path, event.old_parent_path])
