"""Prices, suggestions and plans of development: who may open which page and use which operation.

Which lists and suggestions a person finds is shown in tests/products/; here are keys that nobody has.
"""

from tests.policy.rules import ALL, PRODUCT_EDITORS, WRITERS, Rule

PRICERS = PRODUCT_EDITORS | {"finance"}
NO_LIST = {"list_id": 999_999}
NO_PRICE = {"price_id": 999_999}
NO_SUGGESTION = {"suggestion_id": 999_999}
NO_MILESTONE = {"milestone_id": 999_999}
PRICE = {"pack": "X", "price_cny": "2", "floor_cny": "1"}
LIST = {"code": "L", "name": "价格表", "starts_on": "2999-01-01"}
PLAN = {"due_on": "2999-01-01", "title": "备案"}

WEB: dict[str, Rule] = {
    "products:price_lists": Rule(ALL),
    "products:new_price_list": Rule(PRICERS),
    "products:price_lookup": Rule(ALL),
    "products:price_list": Rule(frozenset(), arguments=NO_LIST),
    "products:take_back_price_list": Rule(frozenset(), "POST", arguments=NO_LIST),
    "products:discard_price_list": Rule(frozenset(), "POST", arguments=NO_LIST),
    "products:price_list_dialog": Rule(frozenset(), arguments=NO_LIST | {"name": "price"}),
    "products:edit_price": Rule(frozenset(), arguments=NO_PRICE),
    "products:remove_price": Rule(frozenset(), "POST", arguments=NO_PRICE),
    "products:suggestions": Rule(ALL),
    "products:suggestions_filter": Rule(ALL),
    "products:suggestions_columns": Rule(ALL),
    "products:suggestions_save_view": Rule(ALL, "POST"),
    "products:suggestions_delete_view": Rule(frozenset(), "POST", arguments={"view_id": 999_999}),
    "products:suggestion": Rule(frozenset(), arguments=NO_SUGGESTION),
    "products:answer_suggestion": Rule(frozenset(), arguments=NO_SUGGESTION),
    "products:suggest": Rule(WRITERS, at="product"),
    "products:new_milestone": Rule(PRODUCT_EDITORS, at="product"),
    "products:edit_milestone": Rule(frozenset(), arguments=NO_MILESTONE),
}

API: dict[tuple[str, str], Rule] = {
    ("GET", "prices"): Rule(ALL),
    ("GET", "price-lists"): Rule(ALL),
    ("POST", "price-lists"): Rule(PRICERS, body=LIST),
    ("GET", "price-lists/<list_id>"): Rule(frozenset(), arguments=NO_LIST),
    ("PATCH", "price-lists/<list_id>"): Rule(frozenset(), arguments=NO_LIST, body={"name": "改名"}),
    ("GET", "price-lists/<list_id>/prices"): Rule(frozenset(), arguments=NO_LIST),
    ("POST", "price-lists/<list_id>/prices"): Rule(frozenset(), arguments=NO_LIST, body=PRICE),
    ("PUT", "price-rows/<price_id>"): Rule(frozenset(), arguments=NO_PRICE, body=PRICE),
    ("DELETE", "price-rows/<price_id>"): Rule(frozenset(), arguments=NO_PRICE),
    ("POST", "price-lists/<list_id>/submission"): Rule(frozenset(), arguments=NO_LIST),
    ("POST", "price-lists/<list_id>/return"): Rule(frozenset(), arguments=NO_LIST),
    ("POST", "price-lists/<list_id>/versions"): Rule(frozenset(), arguments=NO_LIST, body={"starts_on": "2999-01-01"}),
    ("POST", "price-lists/<list_id>/withdrawal"): Rule(frozenset(), arguments=NO_LIST, body={"reason": "停售"}),
    ("GET", "product-suggestions"): Rule(ALL),
    ("GET", "product-suggestions/<suggestion_id>"): Rule(frozenset(), arguments=NO_SUGGESTION),
    ("POST", "product-suggestions/<suggestion_id>/answer"): Rule(
        frozenset(), arguments=NO_SUGGESTION, body={"state": "considered"}
    ),
    ("POST", "products/<product_id>/suggestions"): Rule(WRITERS, at="product", body={"kind": "pack", "text": "大包装"}),
    ("GET", "products/<product_id>/milestones"): Rule(ALL, at="product"),
    ("POST", "products/<product_id>/milestones"): Rule(PRODUCT_EDITORS, at="product", body=PLAN),
    ("PATCH", "product-milestones/<milestone_id>"): Rule(frozenset(), arguments=NO_MILESTONE, body={"title": "改"}),
}
