"""Every text field takes any text and gives it back, through the API and through files."""

import json
from itertools import islice
from typing import Any

import pytest

from repertory.core.actor import Door
from repertory.customers.fields import PRIVATE, WRITABLE, model_field
from repertory.customers.models import Customer
from repertory.organisation.actions import define_custom_field
from repertory.organisation.inputs import DefineCustomField
from repertory.organisation.models import Territory, User
from repertory.platform.custom_values import LONGEST_TEXT
from repertory.platform.exchange.commands import export_file, import_file
from tests.doors.naughty import kept, strings

# Text with a form of its own.
FORMED = {"code", "email", "uscc", "province_code", "city_code", "county_code", "name", *PRIVATE}
ODD = 7


def free_texts() -> dict[str, int]:
    """Length of each archive field that takes any text."""
    columns = {name: model_field(name) for name in WRITABLE if name not in FORMED}
    return {name: column.max_length for name, column in columns.items() if column.max_length and not column.choices}


def dealt(fields: dict[str, int], number: int) -> dict[str, str]:
    """For each field another string that fits; as number goes through all strings so does every field."""
    all_strings = strings()
    chosen = {name: all_strings[(number + ODD * turn) % len(all_strings)] for turn, name in enumerate(fields)}
    return {name: text for name, text in chosen.items() if len(kept(text)) <= fields[name] >= len(text)}


@pytest.fixture
def note_field(company, at) -> None:
    data = DefineCustomField(key="note", label="备注", kind="text")
    define_custom_field(actor=company.actor("admin"), at=at, data=data)


def send(call: Any, method: str, path: str, body: dict[str, Any], username: str = "admin") -> Any:
    """The body as JSON with \\u escapes, which can carry half a surrogate pair."""
    return call(username, method, path, json.loads(json.dumps(body)))


def stored(customer: Customer, name: str) -> Any:
    column = model_field(name)
    holder = customer if column.model is Customer else getattr(customer, "profile", None)
    return getattr(holder, name) if holder else ""


def test_the_big_list_is_read_where_it_is():
    assert len(strings()) > 60


def test_every_archive_field_takes_every_string_through_the_api_and_through_files(
    call, company, at, note_field, tmp_path
):
    """What goes in comes out; what comes out goes back in unchanged, by .csv and by .xlsx."""
    fields, wrong = free_texts(), []
    for number, text in enumerate(strings()):
        facts = dealt(fields, number)
        long = text if len(text) <= LONGEST_TEXT else "备注"
        body = {"kind": "hospital", "name": text, "confirmed_new": True, "custom": {"note": long}, **facts}
        fits = 1 <= len(kept(text)) <= 200
        answer = send(call, "POST", "/customers", body)
        if answer.status_code != (201 if fits else 422):
            wrong.append((text[:60], answer.status_code, answer.content.decode()[:200]))
        if not fits:
            body["name"] = f"替名{number}"
            answer = send(call, "POST", "/customers", body)
        customer = Customer.objects.select_related("profile").get(pk=answer.json()["id"])
        wrong += [(name, text) for name, text in facts.items() if stored(customer, name) != kept(text)]
        if customer.name != kept(body["name"]) or answer.json()["name"] != customer.name:
            wrong.append(("name", text))
    assert wrong == []
    for ending in ("csv", "xlsx"):
        path = tmp_path / f"customers.{ending}"
        count = export_file(actor=company.actor("boss"), at=at, kind_name="customers", path=path)
        actor = company.actor("boss", Door.IMPORT)
        result = import_file(actor=actor, at=at, kind_name="customers", path=path, dry_run=True)
        assert result.errors == [], ending
        assert (result.rows, result.unchanged) == (count, len(strings())), ending


def test_a_revision_takes_every_string(call, archive, company, note_field):
    fields, wrong = {**free_texts(), "name": 200}, []
    path = f"/customers/{archive.own.pk}"
    for number in range(0, len(strings()), ODD):
        facts = {name: text for name, text in dealt(fields, number).items() if kept(text) or name != "name"}
        note = strings()[number][:LONGEST_TEXT]
        answer = send(call, "PATCH", path, {**facts, "custom": {"note": note}}, "rep")
        assert answer.status_code == 200, (facts, answer.json())
        customer = Customer.objects.select_related("profile").get(pk=archive.own.pk)
        wrong += [(name, text) for name, text in facts.items() if stored(customer, name) != kept(text)]
        wrong += [("custom", note)] if kept(customer.custom.get("note") or "") != kept(note) else []
    assert wrong == []


ROWS = {
    "departments": {"name": 80, "head": 60, "note": 300},
    "key-people": {"name": 60, "education": 60, "character": 200, "ability": 200},
    "licences": {"number": 80, "scope": 500, "issuer": 100},
    "consents": {"how": 100, "evidence": 300},
    "dates": {"label": 100},
    "stage-changes": {"reason": 300},
}
BESIDE = {
    "key-people": {"role": "manager"},
    "licences": {"kind": "other"},
    "consents": {"purpose": "contact", "channel": "phone", "given_on": "2026-01-05"},
    "dates": {"kind": "other", "month": 5, "day": 5},
}
NEEDED = {"name", "number", "how"}
STAGES = ("developing", "potential")


@pytest.mark.parametrize("part", ROWS)
def test_what_hangs_at_a_customer_takes_every_string(call, archive, part):
    fields, wrong = ROWS[part], []
    path = f"/customers/{archive.doctor.pk if part == 'consents' else archive.own.pk}/{part}"
    for turn, number in enumerate(range(0, len(strings()), len(fields))):
        chosen = dict(zip(fields, islice(strings(), number, None), strict=False))
        texts = {name: text for name, text in chosen.items() if len(text) <= fields[name]}
        texts = {name: text if kept(text) or name not in NEEDED else f"有{turn}" for name, text in texts.items()}
        texts |= dict.fromkeys(NEEDED & fields.keys() - texts.keys(), f"补{turn}")
        beside = {"stage": STAGES[turn % 2]} if part == "stage-changes" else BESIDE.get(part, {})
        answer = send(call, "POST", path, {**beside, **texts})
        if answer.status_code != 201 or any(answer.json()[name] != kept(text) for name, text in texts.items()):
            wrong.append((texts, answer.status_code, answer.json().get("message")))
    assert wrong == []


def test_people_and_territories_take_every_string_as_their_names(call, company):
    person, wrong = company.people["teammate"], []
    lengths = {"name": 60, "phone": 40, "filing_number": 60}
    for number, text in enumerate(strings()):
        facts = dealt(lengths, number)
        facts = {name: value for name, value in facts.items() if kept(value) or name != "name"}
        answer = send(call, "PATCH", f"/people/{person.pk}", facts)
        shown = User.objects.get(pk=person.pk)
        if answer.status_code != 200 or any(getattr(shown, name) != kept(value) for name, value in facts.items()):
            wrong.append((facts, answer.status_code))
        if not 1 <= len(kept(text)) <= len(text) <= 80:
            continue
        answer = send(call, "PATCH", "/territories/E1A", {"name": text})
        if (answer.status_code, Territory.objects.get(code="E1A").name) != (200, kept(text)):
            wrong.append((text, answer.status_code))
    assert wrong == []


def test_materials_and_their_versions_take_every_string(call, company):
    wrong = []
    for number, text in enumerate(strings()[::3]):
        title = text if 1 <= len(kept(text)) <= len(text) <= 100 else f"资料{number}"
        texts = {"title": title, "note": text if len(text) <= 300 else ""}
        made = send(call, "POST", "/materials", texts)
        summary = text if len(text) <= 1000 else ""
        version = send(call, "POST", f"/materials/{made.json().get('id')}/versions", {"summary": summary})
        shown = {**made.json(), "summary": version.json().get("summary")}
        if any(shown.get(name) != kept(value) for name, value in {**texts, "summary": summary}.items()):
            wrong.append((text[:60], made.status_code, version.status_code))
    assert wrong == []


def test_codes_that_name_something_else_take_every_string_as_not_there(call, archive):
    """Plain references by code: whatever is sent, the answer is a sentence and never an error of the database."""
    wrong = []
    for text in strings()[::3]:
        for method, path, body in (
            ("POST", "/customers", {"kind": "hospital", "name": "某医院", "territory": text}),
            ("POST", f"/customers/{archive.own.pk}/coverages", {"territory": text}),
            ("POST", "/assignments", {"username": text, "territory": text, "role": "rep"}),
            ("POST", "/merges", {"kept": archive.own.pk, "gone": archive.team.pk, "take": [text]}),
            ("PATCH", f"/customers/{archive.own.pk}", {"custom": {text: text}}),
            ("PATCH", f"/customers/{archive.own.pk}", {text: text}),
            ("POST", "/materials", {"title": "某资料", "products": [text]}),
            ("POST", "/sample-lots", {"pack": text, "lot_number": text, "expires_on": "2099-01-01", "quantity": 1}),
            ("POST", f"/customers/{archive.own.pk}/signatures", {"png": text}),
        ):
            status = send(call, method, path, body).status_code
            if status >= 500:
                wrong.append((path, text, status))
    assert wrong == []
