"""What a written policy says, and the groups of accounts that it speaks of."""

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
STOREKEEPERS = MESSAGE_WRITERS | {"finance"}
ISSUERS = STOREKEEPERS | LEADERS
GIVERS = FIELD | MESSAGE_WRITERS
HOLDERS = GIVERS | STOREKEEPERS
WRITERS = ALL - {"auditor"}
EVENT_READERS = ALL - {"finance"}
EVENT_REPORTERS = EVENT_READERS - {"auditor"}
EVENT_EXPORTERS = frozenset({"manager", "boss", "admin", "auditor"})
RECORDERS = FIELD | {"product", "marketer"}
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


# Who sees what belongs to a person: the person, those who lead it, and those who read everything.
READERS = frozenset({"boss", "admin", "auditor"})
SEES_OF_PERSON = {
    "own": READERS | {"rep", "supervisor", "manager"},
    "team": READERS | {"teammate", "supervisor", "manager"},
    "foreign": READERS | {"foreigner"},
    "missing": frozenset(),
}


@dataclass(frozen=True)
class Rule:
    """at: "customer", "territory", "person", "own row" (only its owner), or "" for none. arguments: the rest of the path.
    argument: what the path calls the key of `at`, where it is not the usual name."""

    who: frozenset[str] | str
    method: str = "GET"
    at: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    argument: str = ""


def customer(who: frozenset[str], method: str = "GET", body: dict | None = None, **arguments: Any) -> Rule:
    return Rule(who, method, "customer", arguments, body or {})
