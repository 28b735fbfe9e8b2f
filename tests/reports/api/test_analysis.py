import pytest


@pytest.fixture
def ask(signed_in, market):
    def get(username, **words):
        return signed_in(username).get("/api/v1/analysis", words)

    return get


def test_the_answer_has_items_with_keys_labels_beside_them_and_a_total(ask, market):
    found = ask("boss", rows="product", columns="region", filter="period:2026-03").json()
    assert found["items"][0] == {"product": market.one.pk, "region": "E", "amount": "900"}
    assert found["labels"]["region"] == {"E": "华东大区", "N": "华北大区", "": "未归属"}
    assert found["total"] == {"amount": "1290"}
    assert (found["period"], found["cut"]) == ("2026-03", False)


def test_each_person_gets_the_own_part(ask):
    totals = {name: ask(name, filter="period:2026-03").json()["total"]["amount"] for name in ("rep", "boss")}
    assert totals == {"rep": "700", "boss": "1290"}


def test_a_wrong_word_is_told_with_its_field(ask):
    response = ask("boss", rows="secret")
    assert (response.status_code, response.json()["field"]) == (422, "rows")


def test_the_academic_side_does_not_find_it(ask, company):
    person = company.people["rep"]
    person.side = "academic"
    person.save()
    assert ask("rep").status_code == 404


def test_the_catalogue_lists_what_can_be_asked_for(signed_in):
    found = signed_in("rep").get("/api/v1/analysis/catalogue").json()
    assert {"key": "region", "label": "大区"} in found["dimensions"]
    assert {"key": "attainment", "label": "达成率"} in found["measures"]
