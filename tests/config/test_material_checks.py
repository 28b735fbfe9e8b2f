"""`repertory verify` names what somebody broke in materials and samples behind the program's back. M-PRO-2, M-PRO-3."""

import pytest
from django.db import connection

from repertory.config import material_checks
from repertory.core.time import now
from repertory.materials.actions import take_back_handout, take_back_sample
from repertory.materials.inputs import TakeBack
from repertory.materials.models import MaterialVersion, SampleLot
from tests.factories.archive import build_archive
from tests.factories.catalogue import build_catalogue
from tests.factories.materials import approve, build_materials, draft, give, hand_out

LOT, STOCK = "materials_samplemove", "materials_stockmove"
# Name of the check → statements that break what it guards; {lot} and {version} are keys.
BREAKS = {
    "sample_sums": (
        "UPDATE materials_samplebalance SET quantity = quantity + 1 WHERE lot_id = {lot} AND holder_id IS NULL",
        "UPDATE materials_samplebalance SET quantity = quantity + 1 WHERE lot_id = {lot} AND holder_id IS NOT NULL",
        f"UPDATE {LOT} SET quantity = quantity + 1 WHERE lot_id = {{lot}} AND kind = 'received'",
        f"UPDATE {LOT} SET holder_id = NULL WHERE lot_id = {{lot}} AND kind = 'taken_back'",
        f"UPDATE {LOT} SET kind = 'counted' WHERE lot_id = {{lot}} AND kind = 'issued' AND holder_id IS NULL",
        "DELETE FROM materials_samplebalance WHERE lot_id = {lot} AND holder_id IS NOT NULL",
    ),
    "stock_sums": (
        "UPDATE materials_stockbalance SET quantity = quantity + 1 WHERE version_id = {version}",
        f"UPDATE {STOCK} SET quantity = 7 WHERE version_id = {{version}} AND kind = 'received'",
    ),
    "sample_allowances": (
        "UPDATE materials_sampleallowance SET given = given + 1",
        "DELETE FROM materials_sampleallowance",
        f"UPDATE {LOT} SET quantity = quantity - 1 WHERE lot_id = {{lot}} AND kind = 'given'",
    ),
    "sample_reversals": (f"UPDATE {LOT} SET quantity = quantity + 1 WHERE lot_id = {{lot}} AND kind = 'taken_back'",),
    "handouts": (
        "UPDATE materials_handout SET quantity = quantity + 1 WHERE version_id = {version} AND quantity > 0",
        f"DELETE FROM {STOCK} WHERE version_id = {{version}} AND kind = 'given'",
        "UPDATE materials_handout SET quantity = quantity - 1 WHERE version_id = {version} AND quantity < 0",
    ),
    "material_versions": (
        "UPDATE materials_materialversion SET superseded_on = NULL WHERE id = {version}",
        "UPDATE materials_materialversion SET number = 7 WHERE id = {version}",
        "UPDATE materials_material SET search_text = 'x'",
    ),
}


@pytest.fixture
def keys(company):
    at = now()
    archive, rep = build_archive(at), company.actor("rep")
    made = build_materials(company, build_catalogue(at).own, archive.own, "rep", at=at)
    move, handout = made["sample move"], made["handout"]
    take_back_sample(actor=rep, at=at, move_id=move, data=TakeBack(reason="记错了"))
    take_back_handout(actor=rep, at=at, handout_id=handout, data=TakeBack(reason="记错了"))
    lot = SampleLot.objects.get(pk=made["lot"])
    version = MaterialVersion.objects.get(pk=made["material version"])
    give(rep, archive.doctor, lot, at=at, quantity=2)
    hand_out(rep, archive.doctor, version, at=at)
    approve(draft(version.material, at=at), at=at)
    return {"lot": lot.pk, "version": version.pk}


def broken():
    return [check.__name__ for check in material_checks.CHECKS if list(check())]


def test_what_actions_wrote_is_sound(keys):
    assert broken() == []


@pytest.mark.parametrize(
    ("name", "statement"), [(name, one) for name, statements in BREAKS.items() for one in statements]
)
def test_what_was_broken_is_named(keys, name, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**keys))
        assert cursor.rowcount > 0
    assert name in broken()
