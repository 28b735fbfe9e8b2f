"""The sales ledger: who may open which page and use which operation."""

from tests.policy.rules import ALL, Rule

KEEPERS = frozenset({"finance", "admin"})
READERS = KEEPERS | {"auditor"}
# A product manager sees the sales of the own products only, and has none here.
SELLERS = ALL - {"product"}
JUDGES = KEEPERS | {"supervisor", "manager", "boss"}
NO_FILE = {"file_id": 999_999}
MONTH = {"month": "2026-01"}
NAME = {"kind": "customer"}
LEARNED = {"text": "鼓楼", "customer": 999_999}
AREA = {"seller": 999_999, "territory": "E1", "starts_on": "2026-01-01"}
STOCK = {"seller": 999_999, "month": 202601, "product": 1, "opening": 0, "received": 0, "sold": 0, "closing": 0}
EXEMPTION = {"seller": 999_999, "reason": "偏远地区", "starts_on": "2026-01-01"}

WEB: dict[str, Rule] = {
    "sales:entries": Rule(ALL),
    "sales:entries_filter": Rule(ALL),
    "sales:entries_columns": Rule(ALL),
    "sales:entries_save_view": Rule(ALL, "POST"),
    "sales:entries_delete_view": Rule(frozenset(), "POST", arguments={"view_id": 999_999}),
    "sales:entry": Rule(SELLERS, at="entry"),
    "sales:files": Rule(READERS),
    "sales:file": Rule(frozenset(), arguments=NO_FILE),
    "sales:dismiss": Rule(frozenset(), arguments=NO_FILE),
    "sales:close_month": Rule(KEEPERS, "POST", arguments=MONTH),
    "sales:reattribute": Rule(KEEPERS, "POST", arguments=MONTH),
    "sales:names_of_customers": Rule(READERS),
    "sales:names": Rule(READERS, arguments=NAME),
    "sales:accept_name": Rule(KEEPERS, "POST", arguments=NAME),
    "sales:learn_name": Rule(KEEPERS, arguments=NAME),
    "sales:strays": Rule(ALL),
    "sales:decide_stray": Rule(JUDGES, at="stray"),
    "sales:allow_area": Rule(KEEPERS),
    "sales:stock": Rule(READERS),
    "sales:chains": Rule(READERS),
    "sales:exempt_chain": Rule(KEEPERS),
    "sales:of_customer": Rule(ALL, at="customer"),
}

API: dict[tuple[str, str], Rule] = {
    ("GET", "ledger"): Rule(ALL),
    ("GET", "ledger/<entry_id>"): Rule(SELLERS, at="entry"),
    ("GET", "ledger-files"): Rule(ALL),
    ("GET", "ledger-files/<file_id>"): Rule(frozenset(), arguments=NO_FILE),
    ("GET", "ledger-held-rows"): Rule(ALL),
    ("POST", "ledger-held-rows/dismissals"): Rule(KEEPERS, body={"rows": [999_999], "note": "不计"}),
    ("GET", "ledger-months"): Rule(ALL),
    ("POST", "ledger-months/<month>/closing"): Rule(KEEPERS, arguments=MONTH),
    ("POST", "ledger-months/<month>/attribution"): Rule(KEEPERS, arguments=MONTH),
    ("GET", "ledger-names/<kind>"): Rule(READERS, arguments=NAME),
    ("POST", "ledger-customer-names"): Rule(KEEPERS, body=LEARNED),
    ("POST", "ledger-product-names"): Rule(KEEPERS, body={"text": "立普妥", "product": 999_999}),
    ("POST", "ledger-units"): Rule(KEEPERS, body={"text": "件", "factor": 200}),
    ("POST", "seller-areas"): Rule(KEEPERS, body=AREA),
    ("GET", "stray-flows"): Rule(ALL),
    ("POST", "stray-flows/<stray_id>/decision"): Rule(JUDGES, at="stray", body={"state": "allowed", "note": "属实"}),
    ("POST", "stock-statements"): Rule(KEEPERS, body=STOCK),
    ("GET", "stock-checks"): Rule(ALL),
    ("GET", "long-chains"): Rule(ALL),
    ("POST", "chain-exemptions"): Rule(KEEPERS, body=EXEMPTION),
}
