"""Work on the archive as a whole: duplicates, merges, tiers, facts to review, composition."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from repertory.core.time import now
from repertory.customers import actions
from repertory.customers.api import schemas
from repertory.customers.inputs import DecideFact, InviteToFillIn, MergeCustomers
from repertory.customers.models import DuplicatePair, Merge, ProposedFact, TierProposal
from repertory.customers.queries import ListQuery, known_columns
from repertory.customers.queries.composition import composition
from repertory.customers.queries.parts import visible_rows
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.schemas import Done, Row, Rows
from repertory.platform.api.writing import write

router = Router(tags=["archive work"])


def _rows(rows: Any, query: PageQuery) -> dict[str, Any]:
    page = page_by_key(rows, query)
    return {**page, "items": [schemas.row(found) for found in page["items"]]}


@router.get("/duplicates", response={200: Rows})
def list_duplicates(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    """Open pairs of which one may see both."""
    return _rows(visible_rows(request.actor, DuplicatePair).filter(state="open"), query)


@router.post("/duplicates/search", response={200: Done})
def find_duplicates(request: HttpRequest) -> HttpResponse:
    """Compare the whole archive; `count` pairs are open then."""

    def work() -> int:
        return actions.find_duplicates(actor=request.actor, at=now())

    return write(request, work, show=lambda count: {"done": True, "count": count})


@router.post("/duplicates/{int:pair_id}/distinct", response={200: Row})
def declare_distinct(request: HttpRequest, pair_id: int) -> HttpResponse:
    def work() -> Any:
        return actions.declare_distinct(actor=request.actor, at=now(), pair_id=pair_id)

    return write(request, work, show=schemas.row)


@router.get("/merges", response={200: Rows})
def list_merges(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    page = page_by_key(visible_rows(request.actor, Merge), query)
    return {**page, "items": [_merge(found) for found in page["items"]]}


@router.post("/merges", response={201: Row})
def merge(request: HttpRequest, data: MergeCustomers) -> HttpResponse:
    def work() -> Any:
        return actions.merge_customers(actor=request.actor, at=now(), data=data)

    return write(request, work, show=_merge, status=201)


@router.post("/merges/{int:merge_id}/undo", response={200: Row})
def undo_merge(request: HttpRequest, merge_id: int) -> HttpResponse:
    def work() -> Any:
        return actions.undo_merge(actor=request.actor, at=now(), merge_id=merge_id)

    return write(request, work, show=_merge)


def _merge(found: Merge) -> dict[str, Any]:
    return {name: value for name, value in schemas.row(found).items() if name != "undo"}


@router.get("/tier-proposals", response={200: Rows})
def list_proposals(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    return _rows(visible_rows(request.actor, TierProposal).filter(state="open"), query)


@router.post("/tier-proposals", response={200: Done})
def propose_tiers(request: HttpRequest) -> HttpResponse:
    def work() -> int:
        return actions.propose_tiers(actor=request.actor, at=now())

    return write(request, work, show=lambda count: {"done": True, "count": count})


@router.post("/tier-proposals/{int:proposal_id}/acceptance", response={200: Done})
def accept_proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    def work() -> Any:
        return actions.accept_tier_proposal(actor=request.actor, at=now(), proposal_id=proposal_id)

    return write(request, work, show=lambda _customer: {"done": True, "count": 1})


@router.get("/proposed-facts", response={200: Rows})
def list_facts(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    return _rows(visible_rows(request.actor, ProposedFact).filter(state="waiting"), query)


@router.post("/proposed-facts/{int:fact_id}/decision", response={200: Row})
def decide_fact(request: HttpRequest, fact_id: int, data: DecideFact) -> HttpResponse:
    def work() -> Any:
        return actions.decide_fact(actor=request.actor, at=now(), fact_id=fact_id, data=data)

    return write(request, work, show=schemas.row)


@router.post("/customers/{int:customer_id}/invitations", response={201: schemas.Invited})
def invite(request: HttpRequest, customer_id: int, data: InviteToFillIn) -> HttpResponse:
    """A link to the public form; the path goes behind the server's address."""

    def work() -> str:
        return actions.invite_to_fill_in(actor=request.actor, at=now(), customer_id=customer_id, data=data)

    return write(request, work, show=lambda token: {"path": f"/customers/fill-in/{token}/"}, status=201)


class PartOut(Schema):
    value: str
    label: str
    count: int
    trade_cny: Decimal


class MixOut(Schema):
    by: str
    label: str
    parts: list[PartOut]


class CompositionOut(Schema):
    items: list[MixOut]


@router.get("/composition", response={200: CompositionOut})
def show_composition(request: HttpRequest) -> dict[str, Any]:
    """What a set of customers consists of; takes the filters of /customers."""
    filters = {key: request.GET.getlist(key) for key in request.GET if key != "q"}
    query = ListQuery(text=request.GET.get("q", "")[:200], filters=filters)
    mixes = composition(actor=request.actor, query=query, known=known_columns())
    return {"items": [{"by": mix.key, "label": str(mix.label), "parts": mix.parts} for mix in mixes]}
