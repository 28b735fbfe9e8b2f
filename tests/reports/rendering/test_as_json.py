import json

from repertory.reports.rendering.as_json import as_json
from tests.factories.documents import document


def test_numbers_stay_exact_as_text_and_what_is_missing_is_null():
    found = as_json(document())
    section = found["sections"][1]
    assert section["rows"] == [
        {"name": "南京0", "amount": "0.12345", "share": "0.5"},
        {"name": "南京1", "amount": "1.12345", "share": None},
    ]
    assert section["total"] == {"name": "合计", "amount": "1.2469", "share": "0.25"}


def test_figures_have_their_keys_and_a_forecast_its_band():
    sections = {section["key"]: section for section in as_json(document())["sections"]}
    assert sections["sum"]["figures"] == {"amount": "1.2469", "rows": 1200}
    assert sections["lines"]["series"] == {
        "categories": ["2026-01", "2026-02"],
        "values": {"实际": ["5", None], "预测": ["5", "6"]},
        "low": [None, "4"],
        "high": [None, "9"],
    }


def test_it_says_what_it_is_about_and_is_json():
    found = json.loads(json.dumps(as_json(document())))
    assert (found["report"], found["period"], found["node"]) == ("attainment", "2026", "华东大区")
    assert found["mark"] == "rep01 2026-03-05 12:00"
