"""What comes out of the ledger goes back in unchanged, and is what the list shows. M-PLT-1."""

from repertory.core.actor import system_actor
from repertory.platform.exchange.commands import export_file, import_file
from repertory.platform.exchange.kinds import kind_named
from repertory.sales.models import Entry

ROWS = (
    ["2026-03-02", "南京鼓楼医院", "阿托伐他汀钙片", "120", "4212.12345"],
    ["2026-03-31", "北京东城医院", "盐酸二甲双胍片", "-10.5", "-99"],
)


def test_the_flow_comes_out_and_goes_back_in_unchanged(bring, market, at, tmp_path):
    bring(*ROWS)
    before = list(Entry.objects.order_by("pk").values_list("day", "customer", "product", "quantity", "amount"))
    path = tmp_path / "out.xlsx"
    system = system_actor()
    assert export_file(actor=system, at=at, kind_name="flow", path=path) == 2
    result = import_file(actor=system, at=at, kind_name="flow", path=path)
    assert (result.errors, result.rows, result.more["entered"]) == ([], 2, 2)
    after = Entry.objects.order_by("pk").values_list("day", "customer", "product", "quantity", "amount")
    assert list(after) == before


def test_an_export_holds_what_the_list_holds_and_what_the_person_may_see(bring, market, company):
    bring(*ROWS)
    kind = kind_named("flow")

    def names(username: str, **filters: str) -> list[str]:
        actor = company.actor(username)
        rows = [row["customer"] for row in kind.export_rows(actor, filters)]
        assert kind.count_rows(actor, filters) == len(rows)
        return rows

    assert names("finance") == ["南京鼓楼医院", "北京东城医院"]
    assert names("finance", product=str(market["statin"].pk)) == ["南京鼓楼医院"]
    assert names("finance", month_from="2026-04") == []
    assert names("manager") == ["南京鼓楼医院"]
