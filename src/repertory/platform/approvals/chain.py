"""Which posts must approve a thing, and whose turn it is: by the route of the day, the tree, the amount, the deputies."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.core.actor import Actor, Door
from repertory.core.errors import RuleViolation
from repertory.platform.approvals.kinds import ApprovalKind, Place, RouteStep, directory, kind_named
from repertory.platform.approvals.rules import persons_needed
from repertory.platform.models import ApprovalRequest, ApprovalRoute, ApprovalStep, Deputy
from repertory.platform.models.approvals import StepState


@dataclass(frozen=True)
class Post:
    """A role at a node."""

    role: str
    node_id: int


def route_on(kind: ApprovalKind, day: date) -> tuple[RouteStep, ...]:
    """The kind's steps on a day: those set last, else the kind's own."""
    row = ApprovalRoute.objects.filter(kind=kind.key, starts_on__lte=day).order_by("-starts_on", "-pk").first()
    if row is None:
        return kind.route
    return tuple(RouteStep(one["role"], one["level"], Decimal(str(one["from_cny"]))) for one in row.steps)


def chain_of(
    kind: ApprovalKind, *, node_id: int, amount_cny: Decimal | None, barred: Collection[int], day: date
) -> list[Post]:
    """The posts that must approve, in order, each with a person of its own. A step that nobody but the barred could take
    goes up the tree; what one person would decide twice is decided once.

    Raises RuleViolation that says who must be appointed.
    """
    posts: list[Post] = []
    for step in route_on(kind, day):
        if step.from_cny > abs(amount_cny or Decimal(0)):
            continue
        places = directory().places(step.role, step.level, node_id)
        if places:
            post = _post_with_somebody(kind, step.role, places, barred, day)
            posts += [post] if post not in posts else []
    if not posts:
        message = _("“%(kind)s”的审批路线里没有适用于%(node)s的步骤。请管理员在审批路线里加上由谁审批。")
        raise RuleViolation(message % {"kind": kind.label, "node": _node_name(node_id)}, code="no_route", field="node")
    posts = _without_repetition(kind, posts, barred, day)
    while len(posts) < persons_needed(amount_cny, day):
        posts.append(_second_post(kind, posts, amount_cny, barred, day))
    return posts


def _post_with_somebody(
    kind: ApprovalKind, role: str, places: Sequence[Place], barred: Collection[int], day: date
) -> Post:
    for place in places:
        if deciders(kind, Post(role, place.node_id), day) - set(barred):
            return Post(role, place.node_id)
    message = _(
        "没有人能审批这份申请：除提交人和制作人以外，%(node)s及以上没有在职的“%(role)s”。"
        "请管理员任命一位，或者修改审批路线。"
    )
    words = {"node": places[0].name, "role": directory().role_label(role)}
    raise RuleViolation(message % words, code="nobody_left", field="")


def _without_repetition(kind: ApprovalKind, posts: list[Post], barred: Collection[int], day: date) -> list[Post]:
    """As few of the first steps left out as let each of the others have a person of its own."""
    while not _can_be_filled(kind, posts, barred, day):
        shorter = [posts[:index] + posts[index + 1 :] for index in range(len(posts))]
        posts = next((rest for rest in shorter if _can_be_filled(kind, rest, barred, day)), posts[1:])
    return posts


def _second_post(
    kind: ApprovalKind, posts: list[Post], amount_cny: Decimal | None, barred: Collection[int], day: date
) -> Post:
    """The last post once more, or the same role further up."""
    last = posts[-1]
    above = directory().places(last.role, "", last.node_id)
    for node_id in (last.node_id, *(place.node_id for place in above)):
        post = Post(last.role, node_id)
        if _can_be_filled(kind, [*posts, post], barred, day):
            return post
    message = _(
        "金额达到 %(amount)s 元，要由两个不同的人审批，而“%(role)s”（%(node)s）除提交人以外人数不够。"
        "请管理员再任命一位，或者在审批路线里加一步。"
    )
    words = {
        "amount": formats.number(amount_cny or 0),
        "role": directory().role_label(last.role),
        "node": _node_name(last.node_id),
    }
    raise RuleViolation(message % words, code="nobody_left", field="")


def deciders(kind: ApprovalKind, post: Post, day: date) -> set[int]:
    """Keys of those who hold the post and may know of such things."""
    holders = directory().holders(post.role, post.node_id, day)
    people = get_user_model().objects.filter(pk__in=holders)
    return {person.pk for person in people if kind.open_to(Actor(user=person, door=Door.JOB))}


def _can_be_filled(kind: ApprovalKind, posts: Iterable[Post], out: Collection[int], day: date) -> bool:
    return can_all_be_served([deciders(kind, post, day) - set(out) for post in posts])


def can_all_be_served(wanted: Sequence[Collection[int]]) -> bool:
    """Whether each place can have a person of its own, out of those who fit it (augmenting paths)."""
    taken: dict[int, int] = {}

    def serve(place: int, tried: set[int]) -> bool:
        for person in sorted(wanted[place]):
            if person in tried:
                continue
            tried.add(person)
            if person not in taken or serve(taken[person], tried):
                taken[person] = place
                return True
        return False

    return all(serve(place, set()) for place in range(len(wanted)))


def barred_of(request: ApprovalRequest) -> set[int]:
    """Who asked, and who made the thing: they decide nothing, in nobody's name."""
    asked_by = {request.asked_by_id} if request.asked_by_id is not None else set()
    return {*asked_by, *request.authors}


def used_of(steps: Iterable[ApprovalStep]) -> set[int]:
    """Who decided a step already, or in whose name."""
    people = {key for step in steps for key in (step.principal_id, step.decided_by_id)}
    return {key for key in people if key is not None}


def waiting_steps(steps: Iterable[ApprovalStep]) -> list[ApprovalStep]:
    return [step for step in steps if step.state == StepState.WAITING]


def possible_principals(request: ApprovalRequest, steps: Sequence[ApprovalStep], *, day: date) -> set[int]:
    """Who may decide the step whose turn it is, deputies apart; nobody after the end."""
    waiting = waiting_steps(steps)
    if not waiting:
        return set()
    kind, out = kind_named(request.kind), barred_of(request) | used_of(steps)
    return deciders(kind, post_of(waiting[0]), day) - out


def principal_for(actor: Actor, request: ApprovalRequest, steps: Sequence[ApprovalStep], *, day: date) -> int | None:
    """In whose name the person may decide the step whose turn it is: the own one first, then of whom the person is the
    deputy; None for nobody's. A later step that only this person can take is kept for the person."""
    kind = kind_named(request.kind)
    if actor.user_id is None or not directory().may_write(actor) or not kind.open_to(actor):
        return None
    out = barred_of(request) | used_of(steps)
    if actor.user_id in out:
        return None
    principals = possible_principals(request, steps, day=day) & {actor.user_id, *principals_of(actor.user_id, day)}
    later = [deciders(kind, post_of(step), day) - out for step in waiting_steps(steps)[1:]]
    for principal in sorted(principals, key=lambda key: (key != actor.user_id, key)):
        taken = {actor.user_id, principal}
        if not can_all_be_served(later) or can_all_be_served([people - taken for people in later]):
            return principal
    return None


def post_of(step: ApprovalStep) -> Post:
    return Post(step.role, step.node_id)


def principals_of(person_id: int, day: date) -> list[int]:
    """Keys of those in whose name the person decides on a day."""
    rows = Deputy.objects.filter(deputy_id=person_id, starts_on__lte=day, ends_on__gt=day)
    return sorted(rows.values_list("person_id", flat=True))


def deputies_of(people: Collection[int], day: date) -> list[Deputy]:
    """Who stands in for these people on a day."""
    rows = Deputy.objects.filter(person_id__in=list(people), starts_on__lte=day, ends_on__gt=day)
    return list(rows.select_related("person", "deputy").order_by("person_id", "pk"))


def _node_name(node_id: int) -> str:
    return directory().names([node_id]).get(node_id, "")
