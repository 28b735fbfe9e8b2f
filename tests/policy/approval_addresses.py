"""Approvals: who may open which page and use which operation.

A request is there for who asked, decided or may decide it, and for administrators and auditors: see
tests/platform/approvals/.
"""

from tests.policy.rules import ADMIN, ALL, AUDIT, WRITERS, Rule

NOBODYS = {"request_id": 999_999}
NOBODYS_DEPUTY = {"deputy_id": 999_999}

WEB: dict[str, Rule] = {
    "approvals:list": Rule(ALL),
    "approvals:filter": Rule(ALL),
    "approvals:columns": Rule(ALL),
    "approvals:save_view": Rule(ALL, "POST"),
    "approvals:delete_view": Rule(frozenset(), "POST", arguments={"view_id": 999_999}),
    "approvals:deputies": Rule(ALL),
    "approvals:new_deputy": Rule(WRITERS),
    "approvals:end_deputy": Rule(frozenset(), "POST", arguments=NOBODYS_DEPUTY),
    "approvals:routes": Rule(AUDIT),
    "approvals:edit_route": Rule(ADMIN, arguments={"kind": "price_list"}),
    "approvals:page": Rule(frozenset(), arguments=NOBODYS),
    "approvals:step": Rule(frozenset(), arguments=NOBODYS | {"name": "approval"}),
}

API: dict[tuple[str, str], Rule] = {
    ("GET", "approvals"): Rule(ALL),
    ("GET", "approvals/<request_id>"): Rule(frozenset(), arguments=NOBODYS),
    ("POST", "approvals/<request_id>/approval"): Rule(frozenset(), arguments=NOBODYS, body={"version": 1}),
    ("POST", "approvals/<request_id>/rejection"): Rule(
        frozenset(), arguments=NOBODYS, body={"version": 1, "comment": "不同意"}
    ),
    ("POST", "approvals/<request_id>/withdrawal"): Rule(frozenset(), arguments=NOBODYS, body={"version": 1}),
    ("GET", "approval-deputies"): Rule(ALL),
    ("POST", "approval-deputies"): Rule(
        WRITERS, body={"deputy": "finance", "starts_on": "2999-01-01", "ends_on": "2999-01-02"}
    ),
    ("POST", "approval-deputies/<deputy_id>/end"): Rule(frozenset(), arguments=NOBODYS_DEPUTY),
    ("GET", "approval-routes"): Rule(AUDIT),
    ("POST", "approval-routes"): Rule(
        ADMIN,
        body={"kind": "price_list", "starts_on": "2999-01-01", "steps": [{"role": "manager", "level": "company"}]},
    ),
}
