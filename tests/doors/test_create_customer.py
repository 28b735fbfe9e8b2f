"""Opening a customer has the same outcome through every door."""

import pytest

from repertory.customers.models import Customer

HOSPITAL = {"kind": "hospital", "name": "南京栖霞医院"}
CASES = {
    "the least": (HOSPITAL, ""),
    "many fields": ({**HOSPITAL, "phone": "025-85560000", "address": "栖霞大道1号", "grade": "二级甲等"}, ""),
    "text that is not ours": ({**HOSPITAL, "name": "＝1+1 O'Brien <b>“引号”</b> 𠮷野家"}, ""),
    "no name": ({**HOSPITAL, "name": ""}, "name"),
    "a name that is too long": ({**HOSPITAL, "name": "院" * 201}, "name"),
    "a kind that there is not": ({**HOSPITAL, "kind": "planet"}, "kind"),
    "a wrong credit code": ({**HOSPITAL, "uscc": "91320100MA1MADEM0X"}, "uscc"),
    "a wrong e-mail": ({**HOSPITAL, "email": "not an address"}, "email"),
    "a date that there is not": ({**HOSPITAL, "first_contact_on": "2026-02-30"}, "first_contact_on"),
    "a source that there is not": ({**HOSPITAL, "source": "magic"}, "source"),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("door", ["page", "api", "file", "phone"])
def test_every_door_gives_the_same_outcome(create_by, case, door):
    facts, refused = CASES[case]
    outcome = create_by[door]("boss", facts)
    assert (outcome.saved, outcome.field) == (not refused, refused)
    assert Customer.objects.count() == (0 if refused else 1)
    if not refused:
        stored = Customer.objects.get()
        assert {name: getattr(stored, name) for name in facts} == facts


@pytest.mark.parametrize("door", ["page", "api"])
@pytest.mark.parametrize("username", ["product", "marketer", "auditor"])
def test_who_may_not_create_may_not_through_any_door(create_by, signed_in, call, door, username):
    if door == "page":
        assert signed_in(username).post("/customers/new/", HOSPITAL).status_code == 404
    else:
        assert call(username, "POST", "/customers", HOSPITAL).status_code == 403
    assert not Customer.objects.exists()
