"""The phone and what was not accepted of it: who may open which page and use which operation."""

from tests.policy.rules import ALL, PUBLIC, WRITERS, Rule

REASON = {"reason": "填错了"}

WEB: dict[str, Rule] = {
    "sync:phone": Rule(PUBLIC),
    "sync:worker": Rule(PUBLIC),
    "sync:quarantine": Rule(ALL),
    "sync:retry": Rule(WRITERS, "POST", at="sync item"),
    "sync:discard": Rule(WRITERS, at="sync item"),
}
API: dict[tuple[str, str], Rule] = {
    ("GET", "sync/session"): Rule(ALL),
    ("POST", "sync/push"): Rule(WRITERS, body={"device": "phone", "items": []}),
    ("GET", "sync/pull"): Rule(ALL),
    ("GET", "sync/items"): Rule(ALL),
    ("GET", "sync/items/<uid>"): Rule(ALL, at="sync item"),
    ("POST", "sync/items/<uid>/retry"): Rule(WRITERS, at="sync item"),
    ("POST", "sync/items/<uid>/discarding"): Rule(WRITERS, at="sync item", body=REASON),
}
