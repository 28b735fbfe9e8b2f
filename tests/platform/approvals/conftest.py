from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from repertory import wiring
from repertory.core.actor import Actor
from repertory.core.time import now
from repertory.organisation.access import visible_territories
from repertory.organisation.firewall import may_sell
from repertory.platform.approvals import actions, kinds
from repertory.platform.approvals.inputs import ApproveStep, RejectRequest
from repertory.platform.approvals.kinds import ApprovalKind, RouteStep
from repertory.platform.models import ApprovalRequest

# The region's manager, the company's too from 100,000 on.
ROUTE = (RouteStep("manager", "region"), RouteStep("manager", "company", Decimal(100_000)))


@dataclass
class Things:
    """What became of the things that were put up for approval. fails: approving does not work."""

    ended: list[tuple[str, int]] = field(default_factory=list)
    fails: bool = False

    def approved(self, request: ApprovalRequest, *, actor: Actor, at: Any) -> None:
        if self.fails:
            raise RuntimeError("the thing can't be put into force")
        self.ended.append(("approved", request.object_id))

    def rejected(self, request: ApprovalRequest, *, actor: Actor, at: Any) -> None:
        self.ended.append(("rejected", request.object_id))

    def withdrawn(self, request: ApprovalRequest, *, actor: Actor, at: Any) -> None:
        self.ended.append(("withdrawn", request.object_id))


@pytest.fixture
def at() -> datetime:
    return now()


@pytest.fixture
def things(company) -> Iterator[Things]:
    """A kind “thing”, whose objects are nodes of the tree, and “priced”, of which the academic side may not know."""
    found = Things()

    def kind(key: str, **more: Any) -> ApprovalKind:
        return ApprovalKind(
            key=key,
            label="事项",
            on_approved=found.approved,
            on_rejected=found.rejected,
            on_withdrawn=found.withdrawn,
            url=lambda key: f"/territories/{key}/",
            visible=visible_territories,
            route=ROUTE,
            **more,
        )

    priced = kind("priced", open_to=lambda actor: may_sell(actor, now().date()))
    kinds.connect((kind("thing"), priced), wiring.DIRECTORY)
    yield found
    kinds.connect(wiring.APPROVALS, wiring.DIRECTORY)


@pytest.fixture
def ask(company, things, at) -> Callable[..., ApprovalRequest]:
    """Put a thing of 南京鼓楼 up for approval."""

    def run(who: str = "rep", *, amount: int | None = None, node: str = "E1A", **more: Any) -> ApprovalRequest:
        more = {"kind": "thing", "object_id": company.territories[node].pk, "title": "特价申请", **more}
        place = company.territories[node].pk
        money = None if amount is None else Decimal(amount)
        return actions.request_approval(actor=company.actor(who), at=at, amount=money, node=place, **more)

    return run


@pytest.fixture
def approve(company, at) -> Callable[..., ApprovalRequest]:
    """Decide as somebody, upon what is the newest version or the given one."""

    def run(who: str, request: ApprovalRequest, version: int | None = None) -> ApprovalRequest:
        version = version or ApprovalRequest.objects.get(pk=request.pk).version
        data = ApproveStep(version=version, comment="同意")
        return actions.approve_step(actor=company.actor(who), at=at, request_id=request.pk, data=data)

    return run


@pytest.fixture
def reject(company, at) -> Callable[..., ApprovalRequest]:
    def run(who: str, request: ApprovalRequest) -> ApprovalRequest:
        version = ApprovalRequest.objects.get(pk=request.pk).version
        data = RejectRequest(version=version, comment="价格太低")
        return actions.reject_request(actor=company.actor(who), at=at, request_id=request.pk, data=data)

    return run
