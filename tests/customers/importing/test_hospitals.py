"""Real lists of hospitals, as they are found in the world. They are not part of the project: HOSPITAL_LISTS names their folder."""

import os
from pathlib import Path

import pytest

from repertory.core.actor import Door, system_actor
from repertory.platform.exchange.commands import import_file

LISTS = Path(os.environ.get("HOSPITAL_LISTS", "nowhere"))
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not LISTS.is_dir(), reason="HOSPITAL_LISTS names no folder of real lists"),
]
COLUMNS = {"name": "name", "address": "address", "longitude_wgs84": "longitude", "latitude_wgs84": "latitude"}


def run(at, name: str, **options):
    actor = system_actor(Door.IMPORT)
    fixed = {"kind": "hospital"}
    return import_file(actor=actor, at=at, kind_name="customers", path=LISTS / name, fixed=fixed, **options)


def test_the_same_list_in_another_encoding_changes_nothing(at):
    first = run(at, "tier3a_gb18030.csv", columns=COLUMNS)
    assert (first.created, first.updated, first.errors) == (1444, 0, [])
    assert len(first.duplicates) == 22
    assert [(one["row"], one["code"]) for one in first.warnings] == [
        (1353, "position_emptied"),
        (1422, "position_emptied"),
    ]
    second = run(at, "tier3a.csv", columns=COLUMNS)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 1444)


def test_another_list_over_it_adds_what_is_new_and_merges_nothing_by_name(at):
    run(at, "tier3a.csv", columns=COLUMNS)
    result = run(at, "seven_provinces.csv")
    assert (result.rows, result.errors) == (2083, [])
    assert sum(one["code"] == "repeated_row" for one in result.duplicates) == 8
    assert result.created + result.updated + result.unchanged == 2083
    again = run(at, "seven_provinces.csv")
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2083)
