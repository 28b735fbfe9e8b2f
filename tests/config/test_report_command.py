"""`repertory report` writes what the person, or the whole company, would see."""

import json

import pytest

from repertory.config.commands import write_report
from repertory.core.errors import InvalidInput, NotAllowed, NotFound
from repertory.platform.models import AuditEntry
from tests.factories.market import build_market


@pytest.fixture
def write(company, tmp_path):
    build_market()

    def run(name="composition", file="report.json", **options):
        given = {"period": "2026-03", "node": "", "file_format": None, "user": None, **options}
        path = tmp_path / file
        write_report(name, path, **given)
        return path

    return run


def _sold(path):
    return json.loads(path.read_text())["sections"][0]["total"]["amount"]


def test_the_whole_company_a_node_and_a_person(write):
    assert _sold(write()) == "1290"
    assert _sold(write(node="E")) == "1000"
    assert _sold(write(user="supervisor")) == "1000"
    assert _sold(write(user="boss", node="N1A")) == "250"


def test_the_format_is_that_of_the_file_or_the_one_that_is_named(write):
    assert write(file="a.pdf").read_bytes().startswith(b"%PDF-")
    assert write(file="a.out", file_format="xlsx").read_bytes().startswith(b"PK\x03\x04")


def test_it_is_put_on_record(write):
    write()
    assert AuditEntry.objects.get(verb="exported").label == "report.json"


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"name": "salaries"}, NotFound),
        ({"node": "N1A", "user": "supervisor"}, NotFound),
        ({"user": "nobody"}, NotFound),
        ({"period": "2026-14"}, InvalidInput),
        ({"file": "report.doc"}, InvalidInput),
        ({"user": "rep"}, NotAllowed),
    ],
)
def test_what_cannot_be_written_is_told_and_leaves_no_file(write, tmp_path, options, error):
    with pytest.raises(error):
        write(**options)
    assert list(tmp_path.iterdir()) == []
