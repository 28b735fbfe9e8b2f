"""What hangs at a visit that took place: products and wordings, positions, materials and samples."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotFound, RuleViolation
from repertory.core.geo import gcj_to_wgs, metres_between
from repertory.core.related import keep_related
from repertory.materials.actions import give_sample, hand_out, take_back_handout, take_back_sample
from repertory.materials.inputs import GiveSample, HandOut, TakeBack
from repertory.materials.queries.giving import handouts_of_visit, samples_of_visit
from repertory.platform.unit import once
from repertory.products import access as products
from repertory.products import usability
from repertory.products.models import MessageVersion, Product
from repertory.visits.choices import Grid, Passage
from repertory.visits.inputs import AmendVisit, Happened, Position
from repertory.visits.models import CheckIn, Visit, VisitEmail, VisitMessage, VisitProduct
from repertory.visits.places import places_of


def keep_products(actor: Actor, visit: Visit, data: Happened) -> None:
    """Only what was on sale on that day, and of its wordings only those that might be used then, for this audience."""
    if not data.products:
        return
    wanted = frozenset(talked.product_id for talked in data.products)
    # A phone brings a day's visits in one action, most of them about the same products.
    seen = once(("visited products", actor.user_id, wanted), lambda: _visible(actor, wanted))
    for index, talked in enumerate(data.products):
        if talked.product_id not in seen:
            raise NotFound(field=f"products.{index}.product_id")
        if not usability.may_be_promoted(seen[talked.product_id], on=visit.day):
            raise _not_on_sale(seen[talked.product_id], visit, index)
    written = VisitProduct.objects.bulk_create(
        VisitProduct(
            visit=visit,
            product=seen[talked.product_id],
            position=index,
            attitude=str(talked.attitude),
            note=talked.note,
        )
        for index, talked in enumerate(data.products)
    )
    keep_related(visit, "products", written)
    _keep_messages(actor, visit, data)


def _visible(actor: Actor, wanted: frozenset[int]) -> dict[int, Product]:
    rows = products.visible_products(actor).filter(pk__in=wanted)
    return {row.pk: row for row in rows.only("generic_name", "trade_name", "stage", "stage_since", "removed_at")}


def _not_on_sale(product: Product, visit: Visit, index: int) -> RuleViolation:
    message = _("%(product)s 在 %(day)s 不在售，不能推广。") % {"product": product, "day": visit.day}
    return RuleViolation(message, code="product_not_on_sale", field=f"products.{index}.product_id")


def _keep_messages(actor: Actor, visit: Visit, data: Happened) -> None:
    wanted = {key for talked in data.products for key in talked.message_version_ids}
    if not wanted:
        return
    rows = products.reported_versions(actor).filter(pk__in=wanted).select_related("message__product")
    found = {version.pk: version for version in rows}
    for index, talked in enumerate(data.products):
        for key in talked.message_version_ids:
            _check_message(found.get(key), visit, talked.product_id, f"products.{index}.message_version_ids")
    VisitMessage.objects.bulk_create(VisitMessage(visit=visit, message_version_id=key) for key in sorted(wanted))


def _check_message(version: MessageVersion | None, visit: Visit, product_id: int, field: str) -> None:
    if version is None or version.message.product_id != product_id:
        raise NotFound(field=field)
    standing = usability.standing(version, on=visit.day)
    if standing != usability.Standing.USABLE:
        message = _("“%(title)s”在 %(day)s 不能使用：%(why)s。")
        values = {"title": version.title, "day": visit.day, "why": standing.label}
        raise RuleViolation(message % values, code="message_not_usable", field=field)
    customer = visit.customer
    if not usability.is_meant_for(version, kind=customer.kind, department=customer.department):
        message = _("“%(title)s”不是给这类客户的。") % {"title": version.title}
        raise RuleViolation(message, code="message_not_meant_for", field=field)


def keep_positions(visit: Visit, data: Happened) -> None:
    """Arrival and leaving; the distance of the arrival also stands on the visit."""
    given = ((Passage.ARRIVAL, data.check_in), (Passage.DEPARTURE, data.check_out))
    taken = [(passage, position) for passage, position in given if position is not None]
    if not taken:
        return
    place = places_of([visit.customer]).get(visit.customer_id)
    rows = [_check_in(visit, passage, position, place) for passage, position in taken]
    CheckIn.objects.bulk_create(rows)
    if rows[0].passage == Passage.ARRIVAL and rows[0].distance_m is not None:
        visit.distance_m = rows[0].distance_m
        visit.save(update_fields=["distance_m"])


def _check_in(visit: Visit, passage: Passage, position: Position, place: tuple[float, float] | None) -> CheckIn:
    point = (position.longitude, position.latitude)
    if position.system == Grid.GCJ02:
        point = gcj_to_wgs(*point)
    return CheckIn(
        visit=visit,
        passage=passage,
        at=position.at.replace(microsecond=0),
        longitude=Decimal(f"{point[0]:.6f}"),
        latitude=Decimal(f"{point[1]:.6f}"),
        accuracy_m=position.accuracy_m,
        grid=position.system,
        distance_m=None if place is None else round(metres_between(point, place)),
    )


def hand_over(actor: Actor, at: datetime, visit: Visit, data: Happened) -> None:
    """Materials and samples leave the person's own stock; an error there refuses the whole visit."""
    for handed in data.materials:
        given = HandOut(version_id=handed.version_id, quantity=handed.quantity, visit_id=visit.pk)
        hand_out(actor=actor, at=at, customer_id=visit.customer_id, on=visit.day, data=given)
    for sampled in data.samples:
        sample = GiveSample(
            lot_id=sampled.lot_id,
            quantity=sampled.quantity,
            signature_id=sampled.signature_id,
            visit_id=visit.pk,
        )
        give_sample(actor=actor, at=at, customer_id=visit.customer_id, on=visit.day, data=sample)


def take_back(actor: Actor, at: datetime, visit: Visit, data: AmendVisit) -> list[str]:
    """Reverse what was recorded as given at this visit and was not: a counter-entry each, nothing is deleted. Returns what
    in words."""
    if (data.take_back_handouts or data.take_back_samples) and VisitEmail.objects.filter(visit=visit).exists():
        raise RuleViolation(_("已经发出的邮件不能冲回。"), code="email_is_out", field="take_back_handouts")
    handouts = {row.pk: row for row in handouts_of_visit(visit.pk)}
    samples = {row.pk: row for row in samples_of_visit(visit.pk)}
    reason = TakeBack(reason=data.take_back_reason or _("更正拜访记录"))
    told = []
    for key in dict.fromkeys(data.take_back_handouts):
        if key not in handouts:
            raise NotFound(field="take_back_handouts")
        take_back_handout(actor=actor, at=at, handout_id=key, data=reason)
        told.append(f"{handouts[key].version} × {handouts[key].quantity}")
    for key in dict.fromkeys(data.take_back_samples):
        if key not in samples:
            raise NotFound(field="take_back_samples")
        take_back_sample(actor=actor, at=at, move_id=key, data=reason)
        told.append(f"{samples[key].lot.pack.product} {samples[key].lot.lot_number} × {samples[key].packs}")
    return told
