"""The public contract of visits: recording, completing, planning, plans, reports, coaching, tours. M-VIS-1 to M-VIS-7, M-CUS-12."""

from datetime import timedelta
from itertools import combinations, permutations
from math import hypot

import pytest

from repertory.core.time import day_of, month_of
from repertory.visits.models import Visit
from repertory.visits.routing import solving

DAY = timedelta(days=1)


@pytest.fixture
def happened(at):
    return {"starts_at": (at - timedelta(minutes=30)).isoformat(timespec="seconds")}


def test_a_visit_is_recorded_listed_and_shown(call, happened, doctor, product, message):
    talked = {"product_id": product.pk, "message_version_ids": [message.pk], "attitude": "trial", "note": "要文献"}
    body = {"customer_id": doctor.pk, **happened, "products": [talked], "consensus": "下周试用"}
    status, visit = call("POST", "visits", body)
    assert (status, visit["status"], visit["user"], visit["territory"]) == (201, "done", "rep", "E1A")
    assert visit["products"] == [
        {"product": product.pk, "product_name": str(product), "attitude": "trial", "note": "要文献"}
    ]
    status, shown = call("GET", f"visits/{visit['id']}")
    assert [said["version"] for said in shown["messages"]] == [message.pk]
    for query, count in ((f"customer_id={doctor.pk}", 1), ("status=planned", 0), ("attitude=trial&user=rep", 1)):
        status, found = call("GET", f"visits?{query}")
        assert (status, found["count"], len(found["items"])) == (200, count, count)
    assert call("GET", "visits?magic=1")[0] == 422
    assert call("POST", "visits", body)[1]["code"] == "visit_exists"


def test_a_text_is_asked_about_over_the_api_too(call, happened, doctor):
    body = {"customer_id": doctor.pk, **happened, "questions": "患者服药后出现皮疹"}
    status, problem = call("POST", "visits", body)
    assert (status, problem["code"]) == (422, "adverse_event_question")
    assert call("POST", "visits", {**body, "adverse_event": "none"})[0] == 201


def test_the_same_key_records_once_and_another_body_under_it_is_refused(call, happened, doctor):
    body, key = {"customer_id": doctor.pk, **happened}, {"Idempotency-Key": "0199-phone-1"}
    first = call("POST", "visits", body, **key)
    assert first[0] == 201
    assert call("POST", "visits", body, **key) == first
    assert call("POST", "visits", {**body, "subject": "别的"}, **key)[0] == 409
    assert Visit.objects.count() == 1


def test_a_planned_visit_goes_its_way(call, at, happened, archive):
    body = {"customer_id": archive.own.pk, "on": str(day_of(at) + DAY), "starts": "09:00", "aim": "谈进院"}
    status, visit = call("POST", "visits/planned", body)
    path = f"visits/{visit['id']}"
    assert (status, visit["status"], visit["version"]) == (201, "planned", 1)
    later = str(day_of(at) + 2 * DAY)
    status, moved = call("POST", f"{path}/moving", {"on": later, "starts": "10:30"}, **{"If-Match": '"1"'})
    assert (status, moved["day"], moved["planned_start"], moved["version"]) == (200, later, "10:30:00", 2)
    assert call("POST", f"{path}/moving", {"on": later}, **{"If-Match": '"1"'})[0] == 409
    assert call("POST", f"{path}/moving", {"on": str(day_of(at) - DAY)})[0] == 422
    status, revised = call("PATCH", f"{path}/planned", {"prepare": "说明书"})
    assert (status, revised["prepare"], revised["aim"]) == (200, "说明书", "谈进院")
    assert call("POST", f"{path}/cancellation", {"reason": "出差"})[1]["status"] == "cancelled"
    assert call("POST", f"{path}/taking-up")[1]["status"] == "planned"
    assert call("POST", f"{path}/completion", happened, **{"If-Match": '"2"'})[0] == 409
    status, done = call("POST", f"{path}/completion", {**happened, "consensus": "同意"})
    assert (status, done["status"], done["planned_on"]) == (200, "done", later)
    assert call("POST", f"{path}/completion", happened)[0] == 409
    mended = call("PATCH", path, {"consensus": "同意试用"}, **{"If-Match": f'"{done["version"]}"'})
    assert (mended[0], mended[1]["consensus"]) == (200, "同意试用")
    assert call("PATCH", path, {"consensus": "旧"}, **{"If-Match": f'"{done["version"]}"'})[0] == 409


def test_hours_of_a_customer_are_set_and_dropped(call, archive):
    path = f"customers/{archive.own.pk}/visiting-hours"
    status, row = call("POST", path, {"weekday": 1, "opens": "14:00", "closes": "16:00"})
    assert (status, row["weekday"]) == (201, 1)
    assert call("POST", path, {"weekday": 1, "opens": "15:00", "closes": "17:00"})[0] == 409
    assert call("GET", path)[1]["count"] == 1
    assert call("DELETE", f"visiting-hours/{row['id']}")[0] == 200
    assert call("GET", path)[1]["count"] == 0


def test_a_plan_is_laid_handed_in_and_decided(call_as, at, archive):
    rule = {"kind": "hcp", "per_month": "4", "starts_on": "2026-01-01"}
    status, frequency = call_as("boss")("POST", "call-frequencies", rule)
    assert status == 201
    rep, supervisor = call_as("rep"), call_as("supervisor")
    month = month_of(day_of(at)).end
    status, plan = rep("POST", "visit-plans", {"month": str(month)})
    assert (status, plan["state"], plan["month"], plan["user"]) == (201, "draft", f"{month:%Y-%m}", "rep")
    assert rep("GET", f"visits?status=planned&day.from={month}")[1]["count"] == 4
    path = f"visit-plans/{plan['id']}"
    assert rep("POST", f"{path}/submission", {})[1]["state"] == "submitted"
    assert rep("POST", f"{path}/decision", {"approve": True})[0] == 403
    assert supervisor("POST", f"{path}/decision", {"approve": False})[0] == 422
    assert supervisor("POST", f"{path}/decision", {"approve": True})[1]["state"] == "approved"
    assert supervisor("GET", "visit-plans")[1]["count"] == 1
    assert call_as("foreigner")("GET", "visit-plans")[1]["count"] == 0
    assert rep("GET", "call-frequencies")[1]["items"][0]["id"] == frequency["id"]
    assert call_as("boss")("DELETE", f"call-frequencies/{frequency['id']}")[0] == 422


def test_a_report_is_composed_sent_read_and_commented(call_as, at, happened, doctor):
    rep, supervisor, on = call_as("rep"), call_as("supervisor"), str(day_of(at - timedelta(minutes=30)))
    rep("POST", "visits", {"customer_id": doctor.pk, **happened})
    status, composed = rep("GET", f"personal-reports/composition?kind=daily&on={on}")
    assert (status, composed["done"], composed["unplanned"]) == (200, 1, 1)
    status, report = rep("POST", "personal-reports", {"kind": "daily", "on": on, "text": "好"})
    assert (status, report["figures"]["done"]) == (201, 1)
    path = f"personal-reports/{report['id']}"
    assert supervisor("POST", f"{path}/reading")[0] == 200
    assert supervisor("POST", f"{path}/comments", {"text": "收到"})[0] == 201
    assert supervisor("GET", "personal-reports")[1]["items"][0]["user"] == "rep"
    assert call_as("teammate")("POST", f"{path}/reading")[0] == 404


def test_a_coaching_is_written_and_answered(call_as, at):
    body = {"username": "rep", "on": str(day_of(at)), "observed": "好", "ratings": [{"skill": "opening", "score": 4}]}
    body["agreed"] = [{"text": "练习"}]
    supervisor, rep = call_as("supervisor"), call_as("rep")
    status, coaching = supervisor("POST", "coachings", body)
    assert (status, coaching["ratings"]) == (201, [{"skill": "opening", "score": 4}])
    review = {"action_id": coaching["agreed"][0]["id"], "state": "done"}
    assert supervisor("POST", "coachings", {**body, "reviewed": [review]})[0] == 201
    assert rep("POST", f"coachings/{coaching['id']}/reply", {"reply": "好的"})[1]["reply"] == "好的"
    assert rep("POST", f"coachings/{coaching['id']}/reply", {"reply": "再来"})[0] == 409
    assert rep("GET", "coachings")[1]["count"] == 2
    assert call_as("teammate")("GET", "coachings")[1]["count"] == 0


def test_what_next_tells_why(call_as, archive):
    call_as("boss")("POST", "call-frequencies", {"kind": "hcp", "per_month": "4", "starts_on": "2026-01-01"})
    status, found = call_as("rep")("GET", "next-steps")
    assert (status, [step["name"] for step in found["items"]]) == (200, ["单雪"])
    assert "never_seen" in [reason["code"] for reason in found["items"][0]["reasons"]]


RING = [(30, 40), (55, 10), (20, 5), (5, 30), (45, 35), (60, 50), (25, 55), (10, 60)]


def best_by_trying(places, start, loads, capacity, tours):
    """The least distance of all ways to split the stops into tours, by trying every one."""

    def apart(a, b):
        return round(hypot(a[0] - b[0], a[1] - b[1]))

    def tour_of(stops):
        ways = ([start, *(places[at] for at in order), start] for order in permutations(stops))
        return min(sum(apart(a, b) for a, b in zip(way, way[1:], strict=False)) for way in ways)

    everything = range(len(places))
    subsets = (set(some) for size in range(1, len(places)) for some in combinations(everything, size))
    lengths = {
        frozenset(some): tour_of(some) for some in subsets if sum(loads[at] for at in some) <= capacity and 0 in some
    }
    rest = {}
    for own in lengths:
        others = frozenset(everything) - own
        if sum(loads[at] for at in others) <= capacity:
            rest[own] = tour_of(others)
    assert tours == 2
    return min(lengths[own] + rest[own] for own in rest)


def test_two_tours_with_a_capacity_are_the_shortest_that_trying_all_finds(call):
    loads = [4, 6, 2, 5, 3, 4, 6, 2]
    stops = [
        {"id": number, "longitude": x, "latitude": y, "load": load}
        for number, ((x, y), load) in enumerate(zip(RING, loads, strict=True), start=1)
    ]
    body = {"stops": stops, "start": {"longitude": 32, "latitude": 30}, "tours": 2, "capacity": 16, "planar": True}
    status, plan = call("POST", "routes", {**body, "seconds": 0.2})
    assert (status, plan["method"], plan["unserved"]) == (200, "pyvrp", [])
    assert plan["distance"] == best_by_trying(RING, (32, 30), loads, 16, 2)
    assert sorted(plan["order"]) == list(range(1, 9))
    assert sum(tour["distance"] for tour in plan["routes"]) == plan["distance"]
    assert all(sum(loads[key - 1] for key in tour["order"]) <= 16 for tour in plan["routes"])


def test_twenty_two_stops_on_four_spokes_take_four_tours_out_and_back(call):
    """Each spoke fills one car exactly, so the best is known: out to the last stop and back, 2 × 60 for two spokes of six
    and 2 × 50 for two of five."""
    spokes = [((1, 0), 6), ((-1, 0), 6), ((0, 1), 5), ((0, -1), 5)]
    places = [(10 * step * x, 10 * step * y, 30 // many) for (x, y), many in spokes for step in range(1, many + 1)]
    stops = [
        {"id": number, "longitude": x, "latitude": y, "load": load}
        for number, (x, y, load) in enumerate(places, start=1)
    ]
    body = {"stops": stops, "start": {"longitude": 0, "latitude": 0}, "tours": 4, "capacity": 30, "planar": True}
    status, plan = call("POST", "routes", {**body, "seconds": 0.5})
    assert (status, len(stops), plan["unserved"], plan["distance"]) == (200, 22, [], 440)
    assert sorted(len(tour["order"]) for tour in plan["routes"]) == [5, 5, 6, 6]


def test_hours_of_the_stops_are_kept_and_what_fits_nowhere_is_named(call):
    east = {"longitude": 118.80, "latitude": 32.05, "minutes": 20}
    stops = [
        {"id": 1, **east, "opens": "14:00", "closes": "15:00"},
        {"id": 2, "longitude": 118.82, "latitude": 32.05, "minutes": 20, "closes": "09:30"},
        {"id": 3, **east, "closes": "08:10"},
    ]
    status, plan = call("POST", "routes", {"stops": stops, "seconds": 0.2})
    assert (status, plan["order"], plan["unserved"]) == (200, [2, 1], [3])
    (tour,) = plan["routes"]
    assert (tour["arrivals"][0] < 9.5 * 60, tour["arrivals"][1]) == (True, 14 * 60)


def test_without_the_solver_the_answer_says_that_it_went_to_the_nearest(call, monkeypatch):
    monkeypatch.setattr(solving, "has_solver", lambda: False)
    stops = [{"id": number, "longitude": x, "latitude": 0} for number, x in enumerate((30, 10, 20), start=1)]
    body = {"stops": stops, "start": {"longitude": 0, "latitude": 0}, "planar": True}
    status, plan = call("POST", "routes", body)
    assert (status, plan["method"], plan["order"], plan["distance"]) == (200, "nearest", [2, 3, 1], 60)


@pytest.mark.parametrize(
    "body",
    [
        {"stops": []},
        {"stops": [{"id": 1, "longitude": 1, "latitude": 1}] * 2},
        {"stops": [{"id": 1, "longitude": 1, "latitude": 1}], "seconds": 60},
        {"stops": [{"id": 1, "longitude": 1e9, "latitude": 1}]},
    ],
)
def test_a_senseless_question_for_a_tour_is_refused(call, body):
    assert call("POST", "routes", body)[0] == 422
