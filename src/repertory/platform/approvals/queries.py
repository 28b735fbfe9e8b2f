"""Lists of requests, one with its chain, what waits for a person, deputies and routes."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import F, Q, QuerySet

from repertory.core.actor import Actor
from repertory.core.listing import Column, ListQuery, Page, apply_filters, column_of, page_of
from repertory.core.text import normalise
from repertory.platform.approvals import access, chain
from repertory.platform.approvals.kinds import all_kinds, directory, kind_labels, kind_named
from repertory.platform.models import ApprovalRequest, ApprovalRoute, ApprovalStep, Deputy
from repertory.platform.models.approvals import RequestState, StepState

SORTS = {"asked_at": "asked_at", "number": "id"}
NAMES = ("title", "state", "amount_cny", "asked_at", "ended_at")
# Beyond the columns: what waits for oneself, what one asked for. Whole words of the address, not columns.
TURN, MINE = "turn", "mine"
MOST_WORDS = 6
# Nobody decides upon more; what is decided makes room for the rest.
MOST_TURNS = 500


@dataclass(frozen=True)
class Link:
    """A step of a chain as it is shown. who: the principal or, while it waits, everybody who may decide."""

    step: ApprovalStep
    role: str
    node: str
    now: bool
    who: list[str] = field(default_factory=list)
    deputy: str = ""


def request_columns() -> dict[str, Column]:
    """Every column by its key."""
    found = {name: column_of(ApprovalRequest, name, sortable=name in SORTS) for name in NAMES}
    kind = ApprovalRequest._meta.get_field("kind")
    return found | {
        "kind": Column("kind", kind.verbose_name, "choice", "kind", tuple(kind_labels())),
        "asked_by": column_of(ApprovalRequest, "asked_by", path="asked_by__username"),
    }


def list_requests(*, actor: Actor, query: ListQuery, day: date) -> Page[ApprovalRequest]:
    """One page of the requests that the person sees, with who asked. Filters: the columns; turn=1, mine=1."""
    filters = dict(query.filters)
    rows = access.visible_requests(actor)
    if _on(filters.pop(TURN, [])):
        rows = rows.filter(pk__in=turns_of(actor=actor, day=day))
    if _on(filters.pop(MINE, [])):
        rows = rows.filter(asked_by_id=actor.user_id)
    rows = apply_filters(rows, filters, request_columns())
    for word in normalise(query.text).split()[:MOST_WORDS]:
        rows = rows.filter(Q(title__icontains=word) | Q(asked_by__name__icontains=word))
    return page_of(rows.select_related("asked_by"), query, SORTS)


def _on(values: list[str]) -> bool:
    return values[:1] in (["1"], ["true"], ["yes"])


def turns_of(*, actor: Actor, day: date) -> list[int]:
    """Keys of the requests that wait for the person's own decision, the oldest first."""
    at_posts = access.at_posts(actor, day)
    steps = ApprovalStep.objects.filter(at_posts, state=StepState.WAITING, position=F("request__step"))
    waiting = access.visible_requests(actor).filter(state=RequestState.WAITING, pk__in=steps.values("request_id"))
    found = waiting.prefetch_related("steps").order_by("asked_at", "pk")[:MOST_TURNS]
    return [one.pk for one in found if chain.principal_for(actor, one, list(one.steps.all()), day=day) is not None]


def request_of(*, actor: Actor, request_id: int) -> ApprovalRequest:
    """The request with who asked; NotFound out of sight."""
    found = access.get_request(actor, request_id)
    return ApprovalRequest.objects.select_related("asked_by").get(pk=found.pk)


def links_of(request: ApprovalRequest, *, day: date) -> list[Link]:
    """Its chain, from the first step on."""
    steps = list(request.steps.select_related("principal", "decided_by").order_by("position"))
    nodes = directory().names([step.node_id for step in steps])
    out = chain.barred_of(request) | chain.used_of(steps)
    return [
        Link(
            step,
            directory().role_label(step.role),
            nodes.get(step.node_id, ""),
            now=request.state == RequestState.WAITING and step.position == request.step,
            who=_who(request, step, out, day),
            deputy=step.decided_by.name if step.decided_by and step.decided_by_id != step.principal_id else "",  # type: ignore[attr-defined]
        )
        for step in steps
    ]


def _who(request: ApprovalRequest, step: ApprovalStep, out: Collection[int], day: date) -> list[str]:
    if step.principal is not None:
        return [step.principal.name]  # type: ignore[attr-defined]
    if step.state != StepState.WAITING:
        return []
    people = chain.deciders(kind_named(request.kind), chain.post_of(step), day) - set(out)
    return list(get_user_model().objects.filter(pk__in=people).order_by("pk").values_list("name", flat=True))


def may_decide(*, actor: Actor, request: ApprovalRequest, day: date) -> bool:
    return chain.principal_for(actor, request, list(request.steps.order_by("position")), day=day) is not None


def principal_name(*, actor: Actor, request: ApprovalRequest, day: date) -> str:
    """In whose name the person would decide, "" for the own one."""
    principal = chain.principal_for(actor, request, list(request.steps.order_by("position")), day=day)
    if principal in (None, actor.user_id):
        return ""
    return get_user_model().objects.values_list("name", flat=True).get(pk=principal)


def thing_url(*, actor: Actor, request: ApprovalRequest) -> str:
    """The page of what it is about, "" where that is out of the person's sight."""
    kind = kind_named(request.kind)
    return kind.url(request.object_id) if kind.visible(actor).filter(pk=request.object_id).exists() else ""


def last_of(*, kind: str, object_id: int) -> ApprovalRequest | None:
    """The newest request of a thing, for its own domain, which judges who may know."""
    return ApprovalRequest.objects.filter(kind=kind, object_id=object_id).order_by("-pk").first()


def posts_in_turn(rows: Collection[ApprovalRequest]) -> dict[int, str]:
    """Of requests that wait: who is next, such as 华东大区 · 销售经理."""
    waiting = [row.pk for row in rows if row.state == RequestState.WAITING]
    steps = list(ApprovalStep.objects.filter(request_id__in=waiting, position=F("request__step")))
    nodes = directory().names({step.node_id for step in steps})
    return {step.request_id: f"{nodes.get(step.node_id, '')} · {directory().role_label(step.role)}" for step in steps}


def deputies(*, actor: Actor) -> QuerySet[Deputy]:
    """Those that one named or was named, the newest first."""
    return access.visible_deputies(actor).select_related("person", "deputy").order_by("-starts_on", "-pk")


def routes(*, actor: Actor) -> QuerySet[ApprovalRoute]:
    known = [kind.key for kind in all_kinds()]
    return access.visible_routes(actor).filter(kind__in=known).order_by("kind", "-starts_on", "-pk")
