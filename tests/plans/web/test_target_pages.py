"""The pages of plans and tasks, as people use them."""

import pytest
from django.urls import reverse

from repertory.plans import actions
from repertory.plans.inputs import BreakDown
from repertory.plans.models import TargetPlan, TargetReply, Task
from tests.factories.targets import drawn_up, in_force, value_at

HTMX = {"HX-Request": "true"}


@pytest.fixture
def plan(company, archive, drugs, at):
    """1,000 a month, in equal parts down to customers, drawn up by finance."""
    plan = drawn_up({drugs.first: 12_000}, at=at, actor=company.actor("finance"))
    down = BreakDown(territory="CO", method="equal", depth="customers")
    actions.break_down(actor=company.actor("finance"), at=at, plan_id=plan.pk, data=down)
    return plan


def test_a_plan_is_drawn_up_on_its_page(company, drugs, signed_in):
    client = signed_in("finance")
    wrong = client.post("/targets/new/", {"year": "2027", "measure": "amount", "step": "1"})
    assert wrong.status_code == 422
    typed = {"year": "2027", "measure": "amount", "step": "1", f"product_{drugs.first.pk}": "1200", "seasons": "equal"}
    answer = client.post("/targets/new/", typed)
    assert answer.status_code == 302
    assert "1,200" in client.get(answer.url).content.decode()


def test_the_grid_shows_nodes_of_the_own_scope_and_opens_customers(plan, archive, signed_in):
    page = signed_in("supervisor").get(f"/targets/{plan.pk}/").content.decode()
    assert "南京鼓楼" in page and "华北大区" not in page
    inside = signed_in("supervisor").get(f"/targets/{plan.pk}/?node=E1A&unit=quarters").content.decode()
    assert archive.own.name in inside
    assert signed_in("supervisor").get(f"/targets/{plan.pk}/?node=N").status_code == 404


def test_a_figure_is_typed_in_place(plan, company, drugs, at, signed_in):
    client = signed_in("finance")
    address = f"/targets/{plan.pk}/figure/?node=E&period={at.year}-03&product={drugs.first.pk}&level=base"
    dialog = client.get(address, headers=HTMX).content.decode()
    assert "上级指标 1,000，同级其他已锁定 0，最多可填 1,000；余下的由 1 个未锁定的同级分摊。" in dialog
    wrong = client.post(address, {"value": "1001", "seen": "500", "fixed": "on"}, headers=HTMX)
    assert (wrong.status_code, "1001" in wrong.content.decode()) == (422, True)
    right = client.post(address, {"value": "700", "seen": "500", "fixed": "on"}, headers=HTMX)
    assert right.status_code == 204
    assert value_at(plan, company.territories["N"], drugs.first, month=at.year * 100 + 3) == 300


def test_breaking_down_proposing_and_answering_happen_in_dialogs(plan, drugs, at, signed_in):
    client = signed_in("finance")
    down = {"territory": "E", "level": "base", "depth": "nodes", "method": "equal"}
    assert client.post(f"/targets/{plan.pk}/breakdown/?node=E", down, headers=HTMX).status_code == 204
    address = f"/targets/{plan.pk}/proposal/?node=E1A&period={at.year}-03&product={drugs.first.pk}&level=base"
    sent = signed_in("supervisor").post(address, {"value": "100", "reason": "清库存"}, headers=HTMX)
    assert sent.status_code == 204
    reply = TargetReply.objects.get()
    answered = signed_in("manager").post(f"/targets/replies/{reply.pk}/", {"accept": "true"}, headers=HTMX)
    assert answered.status_code == 204
    reply.refresh_from_db()
    assert reply.state == "accepted"


def test_submitting_and_the_next_version(plan, company, at, signed_in):
    client = signed_in("finance")
    assert client.post(f"/targets/{plan.pk}/submission/", {"note": ""}, headers=HTMX).status_code == 204
    assert client.post(f"/targets/{plan.pk}/taking-back/").status_code == 302
    in_force(plan, at=at, asker=company.actor("finance"))
    revised = client.post(f"/targets/{plan.pk}/revision/", {"reason": "集采"}, headers=HTMX)
    fresh = TargetPlan.objects.get(number=2)
    assert revised.headers["HX-Redirect"] == reverse("plans:plan", args=(fresh.pk,))
    assert client.post(f"/targets/{fresh.pk}/discarding/").status_code == 302
    assert TargetPlan.objects.count() == 1


def test_a_rep_and_the_academic_side_see_no_draft(plan, company, at, signed_in):
    assert signed_in("rep").get(f"/targets/{plan.pk}/").status_code == 404
    in_force(plan, at=at)
    assert signed_in("rep").get(f"/targets/{plan.pk}/").status_code == 200
    rep = company.people["rep"]
    rep.side = "academic"
    rep.save()
    assert signed_in("rep").get("/targets/").status_code == 404


def test_a_task_goes_its_way_on_its_page(company, signed_in):
    supervisor, rep = signed_in("supervisor"), signed_in("rep")
    typed = {"owner": "rep", "kind": "week", "on": "2026-03-11", "text": "开发鼓楼医院", "goal": "3", "unit": "场"}
    answer = supervisor.post("/tasks/new/", typed)
    task = Task.objects.get()
    assert answer.url == f"/tasks/{task.pk}/"
    assert "开发鼓楼医院" in rep.get("/tasks/?late=1").content.decode()
    steps = [("completion", rep, {"reached": "3"}), ("check", supervisor, {"accept": "true"})]
    for name, client, data in steps:
        assert client.post(f"/tasks/{task.pk}/{name}/", data, headers=HTMX).status_code == 204
    assert "已检查" in supervisor.get(f"/tasks/{task.pk}/").content.decode()
