"""The day's route and the areas, with the solver and without. M-CUS-12."""

from datetime import timedelta
from decimal import Decimal

import pytest

from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.customers.models import Customer
from repertory.visits import actions
from repertory.visits.inputs import SetFrequency, SetHours
from repertory.visits.models import Visit
from repertory.visits.queries import routes as queries
from repertory.visits.routing import solving
from repertory.visits.web import routes as pages
from tests.factories.archive import open_archive
from tests.factories.field import plan

WEST_TO_EAST = ("西", "中", "东", "远东")


@pytest.fixture(params=[True, False], ids=["with_solver", "without"])
def solver(request, monkeypatch):
    """Whether the extra is installed; the search is short."""
    for module in (solving, pages):
        monkeypatch.setattr(module, "has_solver", lambda: request.param)
    monkeypatch.setattr(queries, "SECONDS", 0.05)
    monkeypatch.setattr(queries, "SECONDS_AN_AREA", 0.05)
    return request.param


@pytest.fixture
def tomorrow(at):
    return day_of(at) + timedelta(days=1)


@pytest.fixture
def day(company, archive, at, tomorrow):
    """Four hospitals on a line, planned to and fro; and one that has no place. The visits by name."""
    found = {}
    for number, name in enumerate(WEST_TO_EAST):
        customer = open_archive(at=at, territory="E1A", name=f"{name}院")
        east = Decimal("118.70") + Decimal("0.02") * number
        Customer.objects.filter(pk=customer.pk).update(longitude=east, latitude=Decimal("32.05"))
        starts = {"西": "09:00", "远东": "10:00", "中": "11:00", "东": "12:00"}[name]
        found[name] = plan(company.actor("rep"), customer, at=at, on=tomorrow, starts=starts)
    plan(company.actor("rep"), archive.own, at=at, on=tomorrow)
    return found


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response


def order(response):
    return [row["visit"].customer.name.removesuffix("院") for row in response.context["rows"]]


def test_the_route_of_a_day_says_what_the_best_order_would_save(signed_in, day, tomorrow, solver):
    rep = signed_in("rep")
    shown = page(rep, f"/visits/route/?on={tomorrow}")
    text = shown.content.decode()
    assert ("没有安装路线求解器" in text) is not solver
    assert "没有坐标，排不进路线" in text
    assert "南京鼓楼医院" in text
    assert order(shown) == ["西", "远东", "中", "东"]
    assert shown.context["route"].best.method == ("pyvrp" if solver else "nearest")
    saved = shown.context["saved"]
    assert saved["less"] > 1
    query = "".join(f"&order={key}" for key in saved["order"])
    better = page(rep, f"/visits/route/?on={tomorrow}{query}")
    assert better.context["route"].given.distance < shown.context["route"].given.distance
    assert better.context["saved"]["less"] == 0


def test_the_order_is_set_by_hand_and_taken_over_into_the_plan(signed_in, day, tomorrow, solver):
    rep, path = signed_in("rep"), f"/visits/route/?on={tomorrow}"
    places = {"东": 1, "远东": 2, "中": 3, "西": 4}
    typed = "".join(f"&place-{day[name].pk}={number}" for name, number in places.items())
    by_hand = page(rep, path + typed)
    assert order(by_hand) == ["东", "远东", "中", "西"]
    answer = rep.post(path, {"order": [row["visit"].pk for row in by_hand.context["rows"]]})
    assert answer.status_code == 302
    by_the_clock = Visit.objects.filter(pk__in=[visit.pk for visit in day.values()]).order_by("planned_start")
    assert [visit.customer.name[:-1] for visit in by_the_clock] == ["东", "远东", "中", "西"]
    assert by_the_clock[0].version == 2
    assert "已按这个顺序排好时间" in page(rep, path).content.decode()


def test_an_order_that_breaks_the_hours_is_refused_and_said(company, signed_in, at, day, tomorrow, solver):
    early = read_input(SetHours, {"weekday": tomorrow.weekday(), "opens": "08:00", "closes": "08:40"})
    actions.set_hours(actor=company.actor("rep"), at=at, customer_id=day["西"].customer_id, data=early)
    rep, path = signed_in("rep"), f"/visits/route/?on={tomorrow}"
    keys = [day[name].pk for name in ("远东", "东", "中", "西")]
    late = page(rep, path + "".join(f"&order={key}" for key in keys))
    assert late.context["route"].given is None
    assert "赶不上" in late.content.decode()
    rep.post(path, {"order": keys})
    assert "请调整顺序" in page(rep, path).content.decode()
    assert not Visit.objects.filter(version__gt=1).exists()
    best = page(rep, path).context["route"].best
    if solver:
        assert best.tours[0].keys[0] == day["西"].pk


@pytest.mark.parametrize("query", ["on=x", "place-²=1", "place-1=²", "place-1=" + "9" * 5000, "order=²"])
def test_nonsense_in_the_address_harms_nothing(signed_in, archive, solver, query):
    assert page(signed_in("rep"), f"/visits/route/?{query}")


def test_a_superior_looks_at_the_routes_of_the_team_only(signed_in, day, tomorrow, solver):
    supervisor = signed_in("supervisor")
    assert len(order(page(supervisor, f"/visits/route/?on={tomorrow}&person=rep"))) == 4
    assert "这一天没有可以排路线的拜访" in page(supervisor, f"/visits/route/?on={tomorrow}").content.decode()
    assert supervisor.get("/visits/route/?person=foreigner").status_code == 404
    assert signed_in("foreigner").post(f"/visits/route/?on={tomorrow}", {"order": [day["西"].pk]}).status_code == 404


def test_customers_are_grouped_into_areas_with_a_tour_each(company, signed_in, at, day, solver):
    rule = read_input(SetFrequency, {"kind": "hospital", "per_month": "1", "starts_on": "2026-01-01"})
    actions.set_frequency(actor=company.actor("boss"), at=at, data=rule)
    shown = page(signed_in("rep"), "/visits/areas/?areas=2")
    areas = [{customer.name[:-1] for customer in row["area"].customers} for row in shown.context["areas"]]
    assert sorted(areas, key=sorted) == [{"东", "远东"}, {"中", "西"}]
    assert [customer.name for customer in shown.context["nowhere"]] == ["南京鼓楼医院"]
    assert ("没有安装路线求解器" in shown.content.decode()) is not solver
    assert len(shown.context["map"]["tours"]) == 2
    assert page(signed_in("rep"), "/visits/areas/?areas=²").context["count"] == 5


def test_without_frequencies_there_are_no_areas(signed_in, archive, solver):
    assert "没有可以分片的客户" in page(signed_in("rep"), "/visits/areas/").content.decode()
