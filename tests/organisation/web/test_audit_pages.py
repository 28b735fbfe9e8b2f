"""The audit browser: who may read it, filters, export, and that nothing can change it."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from repertory.organisation.actions import revise_person
from repertory.organisation.inputs import RevisePerson
from repertory.platform.models import AuditEntry
from tests.factories.company import AT, ROLES_BY_ACCOUNT

LATER = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def renamed(company):
    """The administrator gave the rep another name a month later."""
    data = RevisePerson(name="=李娜+1")
    revise_person(actor=company.actor("admin"), at=LATER, person_id=company.people["rep"].pk, data=data)
    return company


@pytest.mark.parametrize("username", ROLES_BY_ACCOUNT)
def test_only_auditors_and_administrators_read_the_trail(company, signed_in, username):
    client = signed_in(username)
    status = 200 if username in ("auditor", "admin") else 404
    for path in ("/audit/", "/audit/export/", "/settings/rules/"):
        assert client.get(path).status_code == status, path


def test_a_change_is_shown_field_by_field_with_its_author(renamed, signed_in):
    text = signed_in("auditor").get("/audit/?verb=revised").content.decode()
    assert "<del>李娜</del>" in text
    assert "<ins>=李娜+1</ins>" in text
    assert "admin" in text


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("verb=revised", 1),
        ("user=admin", 1),
        ("user=system", 30),
        ("user=nobody", 0),
        ("object_type=territory", 8),
        ("object_type=person&verb=assigned", 11),
        ("first=2026-04-01", 1),
        ("last=2026-04-01&first=2026-04-01", 1),
        ("first=2026-04-02", 0),
        ("last=2026-03-31", 30),
        ("text=李娜", 3),
        ("door=command", 30),
        ("door=web", 1),
        ("object_id=999999", 0),
    ],
)
def test_filters_leave_what_they_say(renamed, signed_in, address, shown):
    text = signed_in("auditor").get(f"/audit/?{address}").content.decode()
    assert text.count("<time ") == shown


@pytest.mark.parametrize(
    "address", ["first=yesterday", "object_id=1;drop", "cursor=x", "cursor=1.9999999999999999999999"]
)
def test_an_address_that_makes_no_sense_is_told(company, signed_in, address):
    assert signed_in("auditor").get(f"/audit/?{address}").status_code == 422


def test_pages_follow_each_other_without_gap_or_repetition(company, signed_in):
    client = signed_in("admin")
    for number in range(60):
        client.post("/me/tokens/new/", {"name": f"key-{number:03}", "scope": "read", "valid_days": "9"})
    first = client.get("/audit/?verb=issued")
    following = first.context["pager"]["next"]
    second = client.get(f"/audit/?verb=issued&cursor={following}")
    names = [entry["label"] for page in (first, second) for entry in page.context["entries"]]
    assert names == [f"key-{number:03}" for number in reversed(range(60))]


def test_the_export_holds_all_lines_neutral_formulas_a_watermark_and_is_itself_on_record(renamed, signed_in):
    client = signed_in("auditor")
    answer = client.get("/audit/export/?verb=revised")
    content = b"".join(answer.streaming_content)
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 3
    assert rows[1][1] == "admin"
    assert "李娜 → =李娜+1" in rows[1][8]
    assert rows[2][0].startswith("药程 导出 auditor ")
    line = AuditEntry.objects.latest("batch_id")
    assert (line.verb, line.object_type, line.changes["rows"]) == ("exported", "audit", [None, 1])


def test_no_address_of_the_trail_takes_a_write(company, signed_in):
    client = signed_in("admin")
    for method in (client.post, client.put, client.patch, client.delete):
        assert method("/audit/").status_code in (403, 405)
        assert method("/audit/export/").status_code in (403, 405)


def test_times_are_the_company_s_days(company, signed_in):
    """A change at 00:30 in Shanghai on 1 April is still 31 March in UTC."""
    at = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)
    data = RevisePerson(phone="13900000000")
    revise_person(actor=company.actor("admin"), at=at, person_id=company.people["rep"].pk, data=data)
    text = signed_in("auditor").get("/audit/?first=2026-04-01&last=2026-04-01").content.decode()
    assert text.count("<time ") == 1
    assert AT.date().isoformat() == "2026-03-02"
