import json

import pytest


@pytest.fixture
def own_map(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path / "map.json"


def test_the_map_that_comes_along_knows_every_province_by_its_code(signed_in, market):
    answer = signed_in("boss").get("/reports/map/")
    found = {feature["id"] for feature in json.loads(answer.content)["features"]}
    assert (answer["Content-Type"], len(found)) == ("application/geo+json", 34)
    assert {"110000", "320000", "710000", "810000", "820000"} <= found


def test_a_company_puts_its_own_map_in_its_place(signed_in, market, own_map):
    own_map.write_text('{"type": "FeatureCollection", "features": []}')
    assert json.loads(signed_in("boss").get("/reports/map/").content)["features"] == []


def test_without_any_map_the_answer_is_that_there_is_none(signed_in, market, own_map, monkeypatch):
    monkeypatch.setattr("repertory.reports.web.maps.asset_file", lambda name: own_map)
    assert signed_in("boss").get("/reports/map/").status_code == 404


def test_sales_by_province_stand_on_a_map_beside_their_table(signed_in, market):
    page = signed_in("boss").get("/reports/analysis/?rows=province&filter=period:2026-03").content.decode()
    assert '"kind": "map", ' in page
    assert '"map": "/reports/map/"' in page
    assert "没有审图号" in page
    assert "1,290.00" in page


def test_the_page_of_analyses_leads_to_the_map_of_the_same_question(signed_in, market):
    page = signed_in("boss").get("/reports/analysis/?rows=product&columns=month&filter=period:2026-03")
    assert "rows=province&amp;columns=&amp;filter=period%3A2026-03" in page.content.decode()
