"""Price lists: approved by others, one price for one condition, the most specific first, floors, versions. M-PRO-4."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleViolation
from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.organisation.actions import revise_person
from repertory.organisation.inputs import RevisePerson
from repertory.platform.approvals.actions import approve_step, reject_request, withdraw_request
from repertory.platform.approvals.inputs import ApproveStep, RejectRequest, WithdrawRequest
from repertory.platform.approvals.queries import last_of
from repertory.products import actions, pricing
from repertory.products.inputs import (
    DraftPriceList,
    NextPriceList,
    RevisePriceList,
    SetPrice,
    SubmitPriceList,
    WithdrawPriceList,
)
from repertory.products.models import Price, PriceList
from repertory.products.months import read_season, season_in_words, season_of
from repertory.products.queries.prices import price_for
from tests.factories.catalogue import add_pack, open_product

JIANGSU, ANHUI = "320000", "340000"


@pytest.fixture
def pack(company, at):
    return add_pack(open_product(at=at, name="定价片", number=66), at=at)


@pytest.fixture
def prices(company, pack, at):
    """prices(rows, code=…): a draft of the product manager with these prices."""

    def run(*rows, code="HOSPITAL", starts_on=None, who="product"):
        actor = company.actor(who)
        data = DraftPriceList(code=code, name="医院价", starts_on=starts_on or day_of(at))
        found = actions.draft_price_list(actor=actor, at=at, data=data)
        for row in rows:
            actions.add_price(actor=actor, at=at, list_id=found.pk, data=price(pack, **row))
        return found

    return run


def price(pack, price="40", floor="30", **conditions):
    return read_input(SetPrice, {"pack": pack.code, "price_cny": price, "floor_cny": floor, **conditions})


def submit(company, found, at, who="product"):
    actor = company.actor(who)
    actions.submit_price_list(actor=actor, at=at, list_id=found.pk, data=SubmitPriceList(reason="年度定价"))
    return last_of(kind="price_list", object_id=found.pk)


def approve(company, request, at, who):
    request.refresh_from_db()
    data = ApproveStep(version=request.version)
    return approve_step(actor=company.actor(who), at=at, request_id=request.pk, data=data)


@pytest.fixture
def in_force(company, prices, at):
    """The same, approved by finance and the manager of the company."""

    def run(*rows, **more):
        found = prices(*rows, **more)
        request = submit(company, found, at)
        approve(company, request, at, "finance")
        approve(company, request, at, "boss")
        found.refresh_from_db()
        return found

    return run


@pytest.fixture
def holds(company, pack, at):
    """The price that holds for somebody today, or on another day; None."""

    def run(who="rep", on=None, **asked):
        found = price_for(actor=company.actor(who), pack_id=pack.pk, on=on or day_of(at), **asked)
        return None if found is None else found.price_cny

    return run


def test_a_list_counts_once_others_have_approved_it(company, prices, holds, at):
    found = prices({"price": "40"})
    assert holds() is None
    request = submit(company, found, at)
    approve(company, request, at, "finance")
    assert holds() is None
    approve(company, request, at, "boss")
    found.refresh_from_db()
    assert (found.state, found.in_force_from) == ("approved", day_of(at))
    assert holds() == Decimal("40")


def test_who_made_a_list_does_not_approve_it(company, prices, pack, at):
    found = prices({"price": "40"}, who="finance")
    with pytest.raises(RuleViolation) as error:
        submit(company, found, at, who="product")
    assert error.value.code == "nobody_left" and "财务" in str(error.value)
    found.refresh_from_db()
    assert found.state == "draft"


def test_nor_does_who_had_a_hand_in_it_before_others_did(company, prices, pack, at):
    found = prices({"price": "40"})
    for who, quantity in (("finance", 10), ("product", 20)):
        data = price(pack, from_quantity=quantity)
        actions.add_price(actor=company.actor(who), at=at, list_id=found.pk, data=data)
    with pytest.raises(RuleViolation) as error:
        submit(company, found, at)
    assert error.value.code == "nobody_left"


def test_what_is_refused_or_withdrawn_is_a_draft_again(company, prices, at):
    found = prices({"price": "40"})
    request = submit(company, found, at)
    no = RejectRequest(version=request.version, comment="太低")
    reject_request(actor=company.actor("finance"), at=at, request_id=request.pk, data=no)
    found.refresh_from_db()
    assert found.state == "draft"
    request = submit(company, found, at)
    data = WithdrawRequest(version=request.version)
    withdraw_request(actor=company.actor("product"), at=at, request_id=request.pk, data=data)
    found.refresh_from_db()
    assert found.state == "draft"
    submit(company, found, at)
    taken = actions.take_back_price_list(actor=company.actor("product"), at=at, list_id=found.pk)
    assert (taken.state, last_of(kind="price_list", object_id=found.pk).state) == ("draft", "withdrawn")


def test_approving_does_not_reach_back(in_force, holds, at):
    found = in_force({"price": "40"}, starts_on=day_of(at) - timedelta(days=30))
    assert found.in_force_from == day_of(at)
    assert holds(on=day_of(at) - timedelta(days=1)) is None


def test_the_price_with_more_conditions_goes_first(in_force, holds):
    in_force(
        {"price": "50"},
        {"price": "48", "province": "江苏省"},
        {"price": "46", "customer_kind": "hospital"},
        {"price": "44", "tier": "A"},
        {"price": "42", "customer_kind": "hospital", "province": JIANGSU},
    )
    assert holds() == 50
    assert holds(province=ANHUI) == 50
    assert holds(province=JIANGSU) == 48
    assert holds(customer_kind="hospital", province=ANHUI) == 46
    assert holds(customer_kind="pharmacy", tier="A", province=JIANGSU) == 44
    assert holds(customer_kind="hospital", tier="A", province=ANHUI) == 44
    assert holds(customer_kind="hospital", tier="A", province=JIANGSU) == 42


def test_larger_quantities_and_later_starts_go_first_among_equals(in_force, holds, at):
    later = day_of(at) + timedelta(days=10)
    in_force(
        {"price": "50", "ends_on": str(later)},
        {"price": "47", "starts_on": str(later)},
        {"price": "45", "from_quantity": 100},
    )
    assert [holds(quantity=number) for number in (1, 99, 100, 500)] == [50, 50, 45, 45]
    assert holds(on=later - timedelta(days=1)) == 50
    assert holds(on=later) == 47


def test_a_season_holds_in_its_months_only(in_force, holds, at):
    in_force({"price": "50"}, {"price": "45", "months": "11-2"})
    year = day_of(at).year + 1
    assert [holds(on=date(year, month, 28)) for month in (1, 2, 3, 10, 11, 12)] == [45, 45, 50, 50, 45, 45]


@pytest.mark.parametrize(
    ("typed", "months", "words"),
    [("3-5、12", [3, 4, 5, 12], "3-5、12"), ("11-2", [1, 2, 11, 12], "1-2、11-12"), ("7月", [7], "7"), ("", [], "")],
)
def test_months_are_written_as_people_write_them(typed, months, words):
    assert read_season(typed) == months
    assert season_in_words(season_of(months)) == words


@pytest.mark.parametrize("typed", ["13", "0-3", "春季", "1-2-3"])
def test_months_that_are_none_are_refused(pack, typed):
    with pytest.raises(InvalidInput):
        price(pack, months=typed)


def test_the_same_conditions_for_the_same_days_are_refused(company, prices, pack, at):
    found = prices({"price": "50", "province": JIANGSU, "months": "1-6"})
    actor = company.actor("product")
    for clash in (
        {"province": JIANGSU, "months": "6-7"},
        {"province": "江苏", "months": "2", "starts_on": "2999-01-01"},
    ):
        with pytest.raises(Conflict) as error:
            actions.add_price(actor=actor, at=at, list_id=found.pk, data=price(pack, **clash))
        assert error.value.code == "overlap"
    for fine in ({"province": JIANGSU, "months": "7-12"}, {"province": JIANGSU, "from_quantity": 2}, {"tier": "A"}):
        actions.add_price(actor=actor, at=at, list_id=found.pk, data=price(pack, **fine))


def test_another_list_in_force_is_not_contradicted(company, in_force, prices, at):
    in_force({"price": "50"})
    other = prices({"price": "45"}, code="OTHER")
    with pytest.raises(Conflict):
        submit(company, other, at)


def test_of_two_contradicting_lists_that_wait_only_the_first_is_approved(company, prices, at):
    first, second = prices({"price": "50"}), prices({"price": "45"}, code="OTHER")
    requests = [submit(company, found, at) for found in (first, second)]
    for request in requests:
        approve(company, request, at, "finance")
    approve(company, requests[0], at, "boss")
    with pytest.raises(Conflict):
        approve(company, requests[1], at, "boss")
    second.refresh_from_db()
    requests[1].refresh_from_db()
    assert (second.state, requests[1].state) == ("submitted", "waiting")


def test_the_next_version_takes_the_place_of_the_one_before_from_its_first_day(company, in_force, holds, pack, at):
    old, begins = in_force({"price": "50"}), day_of(at) + timedelta(days=5)
    actor = company.actor("product")
    new = actions.draft_next_price_list(actor=actor, at=at, list_id=old.pk, data=NextPriceList(starts_on=begins))
    row = new.prices.get()
    actions.revise_price(actor=actor, at=at, price_id=row.pk, data=price(pack, "44", "33"))
    request = submit(company, new, at)
    approve(company, request, at, "finance")
    approve(company, request, at, "boss")
    old.refresh_from_db()
    assert (old.state, old.ended_on, new.number) == ("approved", begins, 2)
    assert (holds(), holds(on=begins - timedelta(days=1)), holds(on=begins)) == (50, 50, 44)


def test_only_one_version_is_worked_on(company, in_force, prices, at):
    old, actor = in_force({"price": "50"}), company.actor("product")
    data = NextPriceList(starts_on=day_of(at))
    actions.draft_next_price_list(actor=actor, at=at, list_id=old.pk, data=data)
    with pytest.raises(Conflict):
        actions.draft_next_price_list(actor=actor, at=at, list_id=old.pk, data=data)
    with pytest.raises(Conflict):
        prices(code="HOSPITAL")


def test_what_was_withdrawn_still_tells_what_it_cost(company, in_force, holds, at):
    found, later = in_force({"price": "50"}), at + timedelta(days=3)
    data = WithdrawPriceList(reason="停售")
    actions.withdraw_price_list(actor=company.actor("finance"), at=later, list_id=found.pk, data=data)
    assert holds() == 50
    assert holds(on=day_of(later)) is None


def test_what_was_approved_is_not_edited(company, in_force, pack, at):
    found, actor = in_force({"price": "50"}), company.actor("product")
    row = found.prices.get()
    with pytest.raises(RuleViolation):
        actions.add_price(actor=actor, at=at, list_id=found.pk, data=price(pack, tier="A"))
    with pytest.raises(RuleViolation):
        actions.revise_price(actor=actor, at=at, price_id=row.pk, data=price(pack, "1", "1"))
    with pytest.raises(RuleViolation):
        actions.remove_price(actor=actor, at=at, price_id=row.pk)
    with pytest.raises(RuleViolation):
        actions.revise_price_list(actor=actor, at=at, list_id=found.pk, data=RevisePriceList(name="x"))
    with pytest.raises(RuleViolation):
        actions.discard_price_list(actor=actor, at=at, list_id=found.pk)


def test_an_offer_below_the_floor_is_refused(in_force):
    row = in_force({"price": "40", "floor": "32.5"}).prices.get()
    pricing.check_offer(row, Decimal("32.5"))
    with pytest.raises(RuleViolation) as error:
        pricing.check_offer(row, Decimal("32.49"))
    assert error.value.code == "below_floor" and "¥32.50" in str(error.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"price_cny": "30", "floor_cny": "31"},
        {"price_cny": "0", "floor_cny": "0"},
        {"price_cny": "1.23456", "floor_cny": "1"},
        {"province": "火星"},
        {"province": "320100"},
        {"from_quantity": 0},
        {"starts_on": "2026-05-01", "ends_on": "2026-05-01"},
        {"customer_kind": "king"},
    ],
)
def test_prices_that_make_no_sense_are_refused(pack, wrong):
    with pytest.raises(InvalidInput):
        read_input(SetPrice, {"pack": pack.code, "price_cny": "40", "floor_cny": "30"} | wrong)


def test_an_empty_list_and_a_price_before_the_list_are_refused(company, prices, pack, at):
    found, actor = prices(), company.actor("product")
    with pytest.raises(RuleViolation):
        submit(company, found, at)
    with pytest.raises(RuleViolation) as error:
        early = price(pack, starts_on=str(day_of(at) - timedelta(days=1)))
        actions.add_price(actor=actor, at=at, list_id=found.pk, data=early)
    assert error.value.field == "starts_on"


def test_drafts_are_not_the_fields_and_only_pricers_write(company, prices, at):
    found = prices({"price": "50"})
    for username in ("rep", "manager"):
        with pytest.raises(NotFound):
            actions.discard_price_list(actor=company.actor(username), at=at, list_id=found.pk)
    for username in ("boss", "marketer", "auditor"):
        with pytest.raises(NotAllowed):
            actions.discard_price_list(actor=company.actor(username), at=at, list_id=found.pk)
    actions.discard_price_list(actor=company.actor("finance"), at=at, list_id=found.pk)
    assert not PriceList.objects.exists() and not Price.objects.exists()


def test_the_academic_side_finds_no_price_at_any_door(company, in_force, holds, signed_in, at, pack):
    found = in_force({"price": "43.21"})
    row = found.prices.get()
    request = last_of(kind="price_list", object_id=found.pk)
    addresses = (
        "/products/prices/",
        f"/products/prices/{found.pk}/",
        f"/products/prices/lookup/?pack={pack.code}",
        "/exchange/prices/export/",
        f"/approvals/{request.pk}/",
        "/api/v1/price-lists",
        f"/api/v1/price-lists/{found.pk}",
        f"/api/v1/price-lists/{found.pk}/prices",
        f"/api/v1/prices?pack={pack.code}",
    )
    client = signed_in("rep")
    assert client.get(addresses[0]).status_code == 200
    for username in ("rep", "product"):
        data = RevisePerson(side="academic")
        revise_person(actor=system_actor(), at=at, person_id=company.people[username].pk, data=data)
        company.people[username].refresh_from_db()
        client = signed_in(username)
        assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 404)
        assert "价格表" not in client.get("/products/").content.decode()
        with pytest.raises(NotFound):
            holds(username)
        with pytest.raises(NotFound):
            actions.revise_price(actor=company.actor(username), at=at, price_id=row.pk, data=price(pack))
