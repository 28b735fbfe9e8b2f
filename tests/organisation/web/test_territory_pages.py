"""The territory tree's pages."""

import pytest

from repertory.organisation.models import Territory


@pytest.mark.parametrize(
    ("username", "seen"),
    [
        ("admin", {"CO", "E", "N", "E1", "N1", "E1A", "E1B", "N1A"}),
        ("manager", {"E", "E1", "E1A", "E1B"}),
        ("supervisor", {"E1", "E1A", "E1B"}),
        ("rep", {"E1A"}),
    ],
)
def test_each_sees_the_own_subtree(company, signed_in, username, seen):
    client = signed_in(username)
    text = client.get("/territories/").content.decode()
    for code, node in company.territories.items():
        assert (f"/territories/{node.pk}/" in text) is (code in seen), code
        assert client.get(f"/territories/{node.pk}/").status_code == (200 if code in seen else 404), code


def test_a_node_shows_who_holds_and_held_it(company, signed_in):
    text = signed_in("supervisor").get(f"/territories/{company.territories['E1A'].pk}/").content.decode()
    assert "李娜" in text
    assert "赵敏" not in text


def test_htmx_gets_the_node_alone(company, signed_in):
    address = f"/territories/{company.territories['E1A'].pk}/"
    part = signed_in("admin").get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "南京鼓楼" in part


def test_the_tree_grows_is_renamed_moved_and_closed(company, signed_in):
    client, district = signed_in("admin"), company.territories["E1"]
    form = {"code": "E1C", "name": "南京江宁", "level": "territory", "parent": "E1"}
    assert client.post(f"/territories/{district.pk}/new/", form).status_code == 302
    node = Territory.objects.get(code="E1C")
    assert node.path.startswith(district.path)
    renamed = {"code": "E1C", "name": "江宁", "level": "territory", "version": "1"}
    assert client.post(f"/territories/{node.pk}/edit/", renamed).status_code == 302
    assert client.post(f"/territories/{node.pk}/move/", {"parent": "N1"}).status_code == 302
    node.refresh_from_db()
    assert (node.name, node.path.startswith(company.territories["N1"].path)) == ("江宁", True)
    assert client.post(f"/territories/{node.pk}/close/").status_code == 302
    node.refresh_from_db()
    assert node.closed_on is not None
    assert client.post(f"/territories/{node.pk}/reopen/").status_code == 302


def test_what_forbids_a_step_is_told_on_the_page(company, signed_in):
    node = company.territories["E1A"]
    page = signed_in("admin").post(f"/territories/{node.pk}/close/", follow=True)
    assert "还有在任人员" in page.content.decode()


@pytest.mark.parametrize("parent", ["E1A", "E1", "E"])
def test_a_node_can_not_hang_below_itself(company, signed_in, parent):
    node = company.territories["E"]
    page = signed_in("admin").post(f"/territories/{node.pk}/move/", {"parent": parent})
    assert page.status_code == 422


def test_p40_a_double_click_adds_one_node(company, signed_in):
    """P40, Dolibarr #8933: a double click stored twice."""
    client, district = signed_in("admin"), company.territories["E1"]
    form = {"code": "E1C", "name": "南京江宁", "level": "territory", "parent": "E1"}
    answers = [client.post(f"/territories/{district.pk}/new/", form).status_code for _click in range(2)]
    assert answers == [302, 422]


def test_the_tree_costs_the_same_queries_at_any_size(company, signed_in, django_assert_num_queries):
    client = signed_in("admin")
    client.get("/territories/")
    with django_assert_num_queries(8):
        client.get("/territories/")
    for number in range(3):
        Territory.objects.add_child(
            Territory.objects.get(code="E1"), instance=Territory(code=f"X{number}", name="x", level="territory")
        )
    with django_assert_num_queries(8):
        client.get("/territories/")
