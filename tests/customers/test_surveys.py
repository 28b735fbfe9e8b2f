"""A third-party survey file: what it says waits for review and is confirmed field by field."""

from repertory.core.actor import Door
from repertory.customers import actions
from repertory.customers.inputs import DecideFact
from repertory.customers.models import Customer, ProposedFact
from repertory.platform.exchange.commands import import_file


def run(company, at, path):
    return import_file(actor=company.actor("boss", Door.IMPORT), at=at, kind_name="surveys", path=path).as_dict()


def test_what_a_survey_says_waits_and_comes_once(company, archive, at, tmp_path):
    path = tmp_path / "survey.csv"
    path.write_text(f"customer,source_note,phone,headcount\n{archive.own.code},某调查,025-77,900\n", encoding="utf-8")
    assert (run(company, at, path)["created"], run(company, at, path)["unchanged"]) == (1, 1)
    facts = ProposedFact.objects.order_by("field")
    assert [(fact.field, fact.value, fact.source) for fact in facts] == [
        ("headcount", "900", "survey"),
        ("phone", "025-77", "survey"),
    ]
    assert Customer.objects.get(pk=archive.own.pk).phone == "025-83106666"
    actions.decide_fact(actor=company.actor("rep"), at=at, fact_id=facts[0].pk, data=DecideFact(accept=True))
    assert Customer.objects.get(pk=archive.own.pk).profile.headcount == 900


def test_a_wrong_value_is_refused_with_its_row_and_column(company, archive, at, tmp_path):
    path = tmp_path / "survey.csv"
    path.write_text(f"customer,headcount\n{archive.own.code},很多\n", encoding="utf-8")
    report = run(company, at, path)
    assert [(error["row"], error["column"]) for error in report["errors"]] == [(2, "headcount")]
    assert not ProposedFact.objects.exists()
