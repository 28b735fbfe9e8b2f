"""The written policy: who may open which address. An address that is not here fails the run.

WEB: name of the address → Rule. `who`: the accounts for whom it is there at all; for everybody else it answers 404.
`at`: what its arguments name; only those who see that thing find it. API: the same by method and path.
"""

from dataclasses import dataclass, field
from typing import Any

FIELD = frozenset({"rep", "teammate", "foreigner", "supervisor", "manager", "boss"})
ALL = FIELD | {"admin", "product", "marketer", "finance", "auditor"}
CREATORS = FIELD | {"finance", "admin"}
LEADERS = frozenset({"supervisor", "manager", "boss", "admin"})
REVEALERS = FIELD | {"admin", "auditor"}
ADMIN = frozenset({"admin"})
# None of the accounts here has switched the second step of signing in on.
WITH_SECOND_STEP: frozenset[str] = frozenset()
AUDIT = frozenset({"admin", "auditor"})
IMPORTERS = frozenset({"manager", "boss", "finance", "admin"})
APPROVERS = IMPORTERS
EXPORTERS = frozenset({"supervisor", "manager", "boss", "finance", "admin", "auditor"})
PRODUCT_EDITORS = frozenset({"product", "admin"})
MESSAGE_WRITERS = PRODUCT_EDITORS | {"marketer"}
MESSAGE_APPROVERS = frozenset({"marketer", "admin"})
PUBLIC = "public"

# Who sees the customers of the archive, and the products whose line the same territories carry: own (E1A), team (E1B), foreign and former (N1A now), removed (nobody).
COMPANY_WIDE = frozenset({"boss", "admin", "product", "marketer", "finance", "auditor"})
SEES = {
    "own": COMPANY_WIDE | {"rep", "supervisor", "manager"},
    "team": COMPANY_WIDE | {"teammate", "supervisor", "manager"},
    "foreign": COMPANY_WIDE | {"foreigner"},
    "former": COMPANY_WIDE | {"foreigner"},
    "removed": frozenset(),
    "missing": frozenset(),
}


@dataclass(frozen=True)
class Rule:
    """at: "customer", "territory", "person", "own row" (only its owner), or "" for none. arguments: the rest of the path."""

    who: frozenset[str] | str
    method: str = "GET"
    at: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)


def customer(who: frozenset[str], method: str = "GET", body: dict | None = None, **arguments: Any) -> Rule:
    return Rule(who, method, "customer", arguments, body or {})


WEB: dict[str, Rule] = {
    # the account
    "account_login": Rule(PUBLIC),
    "account_logout": Rule(PUBLIC, "POST"),
    "account_inactive": Rule(PUBLIC),
    "account_reauthenticate": Rule(ALL),
    "account_change_password": Rule(ALL),
    "set_language": Rule(PUBLIC, "POST"),
    "set_theme": Rule(ALL, "POST"),
    "mfa_index": Rule(ALL),
    "mfa_authenticate": Rule(PUBLIC),
    "mfa_reauthenticate": Rule(ALL),
    "mfa_activate_totp": Rule(ALL),
    "mfa_deactivate_totp": Rule(WITH_SECOND_STEP),
    "mfa_view_recovery_codes": Rule(WITH_SECOND_STEP),
    "mfa_generate_recovery_codes": Rule(ALL),
    "mfa_download_recovery_codes": Rule(WITH_SECOND_STEP),
    "socialaccount_login_cancelled": Rule(PUBLIC),
    "socialaccount_login_error": Rule(PUBLIC),
    "openid_connect_login": Rule(PUBLIC, arguments={"provider_id": "company"}),
    "openid_connect_callback": Rule(PUBLIC, arguments={"provider_id": "company"}),
    # home
    "reports:home": Rule(ALL),
    "reports:frame": Rule(ALL),
    "reports:figures": Rule(ALL),
    "reports:waiting": Rule(ALL),
    "reports:dates": Rule(ALL),
    "reports:nodes": Rule(ALL),
    "api_docs": Rule(ALL),
    # the archive as a whole
    "customers:list": Rule(ALL),
    "customers:filter": Rule(ALL),
    "customers:columns": Rule(ALL),
    "customers:search": Rule(ALL),
    "customers:save_view": Rule(ALL, "POST"),
    "customers:delete_view": Rule(frozenset(), "POST", arguments={"view_id": 999_999}),
    "customers:create": Rule(CREATORS),
    "customers:similar": Rule(CREATORS),
    "customers:pick_organisation": Rule(ALL),
    "customers:pick_customer": Rule(ALL),
    "customers:pick_person": Rule(ALL),
    "customers:pick_territory": Rule(ALL),
    "customers:regions": Rule(ALL),
    "customers:composition": Rule(ALL),
    "customers:incomplete": Rule(ALL),
    "customers:licences": Rule(ALL),
    "customers:tiers": Rule(ALL),
    "customers:compute_tiers": Rule(LEADERS, "POST"),
    "customers:accept_tiers": Rule(CREATORS, "POST"),
    "customers:bulk_tier": Rule(LEADERS, "POST"),
    "customers:reassign": Rule(LEADERS),
    "customers:facts": Rule(ALL),
    "customers:decide_fact": Rule(CREATORS, "POST", "fact"),
    "customers:duplicates": Rule(LEADERS),
    "customers:search_duplicates": Rule(LEADERS, "POST"),
    "customers:compare": Rule(LEADERS, at="pair"),
    "customers:distinct": Rule(LEADERS, "POST", "pair"),
    "customers:undo_merge": Rule(frozenset(), "POST", arguments={"merge_id": 999_999}),
    "customers:public_form": Rule(PUBLIC, arguments={"token": "forged"}),
    # import and export; a run belongs to its owner alone, whatever the role: see tests/platform/exchange/
    "exchange:import": Rule(IMPORTERS, arguments={"kind": "customers"}),
    "exchange:template": Rule(IMPORTERS, arguments={"kind": "customers"}),
    "exchange:export": Rule(EXPORTERS, arguments={"kind": "customers"}),
    "exchange:exports": Rule(EXPORTERS | MESSAGE_WRITERS),
    "exchange:export_run": Rule(frozenset(), arguments={"export_id": 999_999}),
    "exchange:export_progress": Rule(frozenset(), arguments={"export_id": 999_999}),
    "exchange:export_file": Rule(frozenset(), arguments={"export_id": 999_999}),
    "exchange:cancel_export": Rule(frozenset(), "POST", arguments={"export_id": 999_999}),
    "exchange:run": Rule(frozenset(), arguments={"run_id": 999_999}),
    "exchange:progress": Rule(frozenset(), arguments={"run_id": 999_999}),
    "exchange:mapping": Rule(frozenset(), arguments={"run_id": 999_999}),
    "exchange:complete": Rule(frozenset(), "POST", arguments={"run_id": 999_999}),
    "exchange:corrections": Rule(frozenset(), arguments={"run_id": 999_999}),
    # one customer
    "customers:card": customer(ALL),
    "customers:tab": customer(ALL, key="archive"),
    "customers:section": customer(ALL, key="contact"),
    "customers:edit_section": customer(CREATORS, key="contact"),
    "customers:dialog": customer(CREATORS, name="stage"),
    "customers:step": Rule(
        frozenset(), "POST", arguments={"customer_id": 999_999, "name": "coverage", "row_id": 999_999}
    ),
    "customers:delete_row": Rule(
        frozenset(), "POST", arguments={"customer_id": 999_999, "part": "date", "row_id": 999_999}
    ),
    "customers:reveal": customer(REVEALERS, name="private_phone"),
    "customers:invite": customer(CREATORS),
    "customers:revoke_invitation": Rule(
        frozenset(), "POST", arguments={"customer_id": 999_999, "invitation_id": 999_999}
    ),
    "customers:attach": customer(CREATORS, "POST"),
    "customers:file": Rule(ALL, at="file"),
    "customers:remove_file": Rule(CREATORS, "POST", at="file"),
    "customers:revise_licence": Rule(CREATORS, at="licence"),
    "customers:review": customer(ALL),
    # products
    "products:list": Rule(ALL),
    "products:filter": Rule(ALL),
    "products:columns": Rule(ALL),
    "products:save_view": Rule(ALL, "POST"),
    "products:delete_view": Rule(frozenset(), "POST", arguments={"view_id": 999_999}),
    "products:create": Rule(PRODUCT_EDITORS),
    "products:pick_territory": Rule(PRODUCT_EDITORS),
    "products:messages": Rule(MESSAGE_WRITERS),
    "products:new_version": Rule(MESSAGE_WRITERS, at="message"),
    "products:edit_draft": Rule(MESSAGE_WRITERS, at="version"),
    "products:submit_message": Rule(MESSAGE_WRITERS, "POST", "version"),
    "products:discard_draft": Rule(MESSAGE_WRITERS, "POST", "version"),
    "products:decide_message": Rule(MESSAGE_APPROVERS, at="version"),
    "products:withdraw_message": Rule(MESSAGE_WRITERS, at="version"),
    "products:lines": Rule(COMPANY_WIDE),
    "products:new_line": Rule(PRODUCT_EDITORS),
    "products:line": Rule(COMPANY_WIDE, at="line"),
    "products:edit_line": Rule(PRODUCT_EDITORS, at="line"),
    "products:add_team": Rule(PRODUCT_EDITORS, at="line"),
    "products:end_team": Rule(PRODUCT_EDITORS, "POST", "team"),
    "products:edit_pack": Rule(PRODUCT_EDITORS, at="pack"),
    "products:page": Rule(ALL, at="product"),
    "products:tab": Rule(ALL, at="product", arguments={"key": "messages"}),
    "products:section": Rule(ALL, at="product", arguments={"key": "medical"}),
    "products:edit_section": Rule(PRODUCT_EDITORS, at="product", arguments={"key": "medical"}),
    "products:dialog": Rule(PRODUCT_EDITORS, at="product", arguments={"name": "stage"}),
    "products:new_message": Rule(MESSAGE_WRITERS, at="product"),
    # people, territories
    "organisation:people": Rule(ALL),
    "organisation:new_person": Rule(ADMIN),
    "organisation:person": Rule(ALL, at="person"),
    "organisation:edit_person": Rule(ADMIN, at="person"),
    "organisation:reset_password": Rule(ADMIN, at="person"),
    "organisation:add_assignment": Rule(ADMIN, at="person"),
    "organisation:end_person_session": Rule(frozenset(), "POST", "person", {"session_id": 999_999}),
    "organisation:end_assignment": Rule(frozenset(), "POST", arguments={"assignment_id": 999_999}),
    "organisation:territories": Rule(ALL),
    "organisation:new_company": Rule(ADMIN),
    "organisation:territory": Rule(ALL, at="territory"),
    "organisation:new_territory": Rule(ADMIN, at="parent"),
    "organisation:edit_territory": Rule(ADMIN, at="territory"),
    "organisation:move_territory": Rule(ADMIN, at="territory"),
    "organisation:close_territory": Rule(ADMIN, "POST", "territory"),
    "organisation:reopen_territory": Rule(ADMIN, "POST", "territory"),
    # one's own account
    "organisation:me": Rule(ALL),
    "organisation:preferences": Rule(ALL, "POST"),
    "organisation:new_token": Rule(ALL, "POST"),
    "organisation:revoke_token": Rule(frozenset({"boss", "admin"}), "POST", "token of boss"),
    "organisation:end_session": Rule(frozenset(), "POST", arguments={"session_id": 999_999}),
    "organisation:end_other_sessions": Rule(ALL, "POST"),
    # audit, settings
    "organisation:audit": Rule(AUDIT),
    "organisation:audit_export": Rule(AUDIT),
    "organisation:fields": Rule(ADMIN),
    "organisation:new_field": Rule(ADMIN),
    "organisation:edit_field": Rule(frozenset(), arguments={"field_id": 999_999}),
    "organisation:archive_field": Rule(frozenset(), "POST", arguments={"field_id": 999_999}),
    "organisation:rules": Rule(AUDIT),
    "organisation:edit_rule": Rule(ADMIN, arguments={"key": "customers.tier_rules"}),
}

# Over the API a page that is not for one's role answers 403 where what it is about is in one's sight, else 404.
CONSENT = {"purpose": "contact", "channel": "email", "given_on": "2026-01-01", "how": "书面"}
NAMED = {"username": "new.person", "name": "新人"}
MESSAGE = {"theme": "safety", "title": "安全", "text": "耐受性好"}
API: dict[tuple[str, str], Rule] = {
    ("GET", "me"): Rule(ALL),
    ("GET", "people"): Rule(ALL),
    ("POST", "people"): Rule(ADMIN, body=NAMED),
    ("GET", "people/<person_id>"): Rule(ALL, at="person"),
    ("PATCH", "people/<person_id>"): Rule(ADMIN, at="person", body={"phone": "1"}),
    ("GET", "territories"): Rule(ALL),
    ("POST", "territories"): Rule(ADMIN, body={"code": "NEW", "name": "新辖区", "parent": "E"}),
    ("PATCH", "territories/<code>"): Rule(ADMIN, arguments={"code": "E1A"}, body={"name": "改名"}),
    ("POST", "territories/<code>/move"): Rule(ADMIN, arguments={"code": "E1A"}, body={"parent": "N1"}),
    ("POST", "territories/<code>/closure"): Rule(ADMIN, arguments={"code": "E1A"}),
    ("GET", "assignments"): Rule(ALL),
    ("POST", "assignments"): Rule(ADMIN, body={"username": "rep", "territory": "E1B", "role": "rep"}),
    ("POST", "assignments/<assignment_id>/end"): Rule(ADMIN, at="assignment"),
    ("GET", "custom-fields"): Rule(ALL),
    ("POST", "custom-fields"): Rule(ADMIN, body={"key": "beds", "label": "床位", "kind": "number"}),
    ("PATCH", "custom-fields/<field_id>"): Rule(ADMIN, at="field", body={"label": "床位数"}),
    ("POST", "custom-fields/<field_id>/archive"): Rule(ADMIN, at="field"),
    ("GET", "policies"): Rule(AUDIT),
    ("POST", "policies"): Rule(ADMIN, body={"key": "customers.tier_rules", "starts_on": "2026-12-01", "value": {}}),
    ("GET", "audit-entries"): Rule(AUDIT),
    ("GET", "customers"): Rule(ALL),
    ("POST", "customers"): Rule(CREATORS, body={"kind": "hospital", "name": "新建的医院", "territory": "own"}),
    ("GET", "customers/<customer_id>"): customer(ALL),
    ("PATCH", "customers/<customer_id>"): customer(CREATORS, body={"phone": "1"}),
    ("POST", "customers/reassignments"): Rule(
        LEADERS, body={"from_territory": "E1A", "to_territory": "E1B", "customers": []}
    ),
    ("POST", "customers/<customer_id>/removal"): customer(LEADERS, body={"reason": "误建"}),
    ("POST", "customers/<customer_id>/restoration"): Rule(LEADERS, at="removed customer", body={"territory": "E1A"}),
    ("POST", "customers/<customer_id>/tier-decision"): customer(CREATORS, body={"tier": "A"}),
    ("POST", "customers/<customer_id>/reveals"): customer(
        REVEALERS, body={"field": "private_phone", "reason": "约访时间"}
    ),
    ("POST", "customers/<customer_id>/erasure"): customer(LEADERS, body={"reason": "本人要求"}),
    ("GET", "customers/<customer_id>/coverages"): customer(ALL),
    ("POST", "customers/<customer_id>/coverages"): customer(LEADERS, body={"territory": "E1A"}),
    ("GET", "customers/<customer_id>/affiliations"): customer(ALL),
    ("GET", "customers/<customer_id>/influences"): customer(ALL),
    ("GET", "customers/<customer_id>/dates"): customer(ALL),
    ("POST", "customers/<customer_id>/dates"): customer(CREATORS, body={"kind": "other", "month": 1, "day": 1}),
    ("GET", "customers/<customer_id>/key-people"): customer(ALL),
    ("POST", "customers/<customer_id>/key-people"): customer(CREATORS, body={"role": "owner", "name": "张三"}),
    ("GET", "customers/<customer_id>/departments"): customer(ALL),
    ("POST", "customers/<customer_id>/departments"): customer(CREATORS, body={"name": "心内科"}),
    ("GET", "customers/<customer_id>/consents"): customer(ALL),
    ("POST", "customers/<customer_id>/consents"): customer(CREATORS, body=CONSENT),
    ("GET", "customers/<customer_id>/licences"): customer(ALL),
    ("POST", "customers/<customer_id>/licences"): customer(CREATORS, body={"kind": "other", "number": "1"}),
    ("GET", "customers/<customer_id>/stage-changes"): customer(ALL),
    ("POST", "customers/<customer_id>/stage-changes"): customer(CREATORS, body={"stage": "developing"}),
    ("POST", "coverages/<coverage_id>/end"): Rule(LEADERS, at="coverage"),
    ("POST", "affiliations"): Rule(CREATORS, at="body person", body={"role": "kol"}),
    ("POST", "influences"): Rule(CREATORS, at="body source", body={"kind": "peer"}),
    ("POST", "consents/<consent_id>/withdrawal"): Rule(CREATORS, at="consent"),
    ("PUT", "licences/<licence_id>"): Rule(CREATORS, at="licence", body={"kind": "other", "number": "9"}),
    ("POST", "licences/<licence_id>/revocation"): Rule(CREATORS, at="licence"),
    ("POST", "customers/<customer_id>/first-trade"): customer(CREATORS),
    ("POST", "customers/<customer_id>/first-trade/decision"): Rule(
        APPROVERS, at="submitted customer", body={"approve": True}
    ),
    ("POST", "card-rows/<row_id>/removal"): Rule(CREATORS, at="department", body={"part": "department"}),
    ("GET", "duplicates"): Rule(ALL),
    ("POST", "duplicates/search"): Rule(LEADERS),
    ("POST", "duplicates/<pair_id>/distinct"): Rule(LEADERS, at="pair"),
    ("GET", "merges"): Rule(ALL),
    ("POST", "merges"): Rule(LEADERS, at="body merge"),
    ("POST", "merges/<merge_id>/undo"): Rule(LEADERS, at="merge"),
    ("GET", "tier-proposals"): Rule(ALL),
    ("POST", "tier-proposals"): Rule(LEADERS),
    ("POST", "tier-proposals/<proposal_id>/acceptance"): Rule(CREATORS, at="proposal"),
    ("GET", "proposed-facts"): Rule(ALL),
    ("POST", "proposed-facts/<fact_id>/decision"): Rule(CREATORS, at="fact", body={"accept": False}),
    ("POST", "customers/<customer_id>/invitations"): customer(CREATORS),
    ("GET", "composition"): Rule(ALL),
    ("GET", "products"): Rule(ALL),
    ("POST", "products"): Rule(PRODUCT_EDITORS, body={"generic_name": "新建的片"}),
    ("GET", "products/<product_id>"): Rule(ALL, at="product"),
    ("PATCH", "products/<product_id>"): Rule(PRODUCT_EDITORS, at="product", body={"usage": "口服"}),
    ("POST", "products/<product_id>/removal"): Rule(PRODUCT_EDITORS, at="product", body={"reason": "误建"}),
    ("GET", "products/<product_id>/stage-changes"): Rule(ALL, at="product"),
    ("POST", "products/<product_id>/stage-changes"): Rule(PRODUCT_EDITORS, at="product", body={"stage": "suspended"}),
    ("GET", "products/<product_id>/packs"): Rule(ALL, at="product"),
    ("POST", "products/<product_id>/packs"): Rule(PRODUCT_EDITORS, at="product", body={"spec": "5mg"}),
    ("GET", "packs/<pack_id>"): Rule(ALL, at="pack"),
    ("PATCH", "packs/<pack_id>"): Rule(PRODUCT_EDITORS, at="pack", body={"unit": "瓶"}),
    ("GET", "products/<product_id>/messages"): Rule(ALL, at="product"),
    ("POST", "products/<product_id>/messages"): Rule(MESSAGE_WRITERS, at="product", body=MESSAGE),
    ("GET", "usable-messages"): Rule(ALL),
    ("GET", "messages/<message_id>/versions"): Rule(ALL, at="message"),
    ("POST", "messages/<message_id>/versions"): Rule(MESSAGE_WRITERS, at="message", body=MESSAGE),
    ("GET", "message-versions/<version_id>"): Rule(ALL, at="version"),
    ("PUT", "message-versions/<version_id>"): Rule(MESSAGE_WRITERS, at="version", body=MESSAGE),
    ("POST", "message-versions/<version_id>/removal"): Rule(MESSAGE_WRITERS, at="version"),
    ("POST", "message-versions/<version_id>/submission"): Rule(MESSAGE_WRITERS, at="version"),
    ("POST", "message-versions/<version_id>/decision"): Rule(MESSAGE_APPROVERS, at="version", body={"approve": True}),
    ("POST", "message-versions/<version_id>/withdrawal"): Rule(MESSAGE_WRITERS, at="version", body={"reason": "已改"}),
    ("GET", "product-lines"): Rule(ALL),
    ("POST", "product-lines"): Rule(PRODUCT_EDITORS, body={"code": "NEW", "name": "新线"}),
    ("PATCH", "product-lines/<line_id>"): Rule(PRODUCT_EDITORS, at="line", body={"name": "改名"}),
    ("GET", "product-lines/<line_id>/teams"): Rule(COMPANY_WIDE, at="line"),
    ("POST", "product-lines/<line_id>/teams"): Rule(PRODUCT_EDITORS, at="line", body={"territory": "E1"}),
    ("POST", "line-teams/<team_id>/end"): Rule(PRODUCT_EDITORS, at="team"),
    ("GET", "openapi.json"): Rule(PUBLIC),
}
