"""Which customers of the archive the rows of a file mean, and which rows of the file mean the same."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from repertory.core import regions
from repertory.core.actor import Actor
from repertory.customers import access, fields
from repertory.customers.importing.columns import REGION_CODES
from repertory.customers.importing.reading import Facts, identity
from repertory.customers.models import Customer
from repertory.platform.bulk import one_of

Stored = Mapping[str, Any]
"""A customer's columns by attribute; those of the profile as profile__NAME."""

_IDENTIFYING = (
    "id",
    "code",
    "kind",
    "name",
    "address",
    "province_code",
    "city_code",
    "institution_id",
    "stage",
    "custom",
)
CODE = ("code",)
NAME = ("name",)


@dataclass(frozen=True)
class Match:
    """found: the customer that a row means. others: codes of visible customers of the same name that it does not mean.
    ambiguous: several customers fit as well."""

    found: Stored | None
    others: tuple[str, ...] = ()
    ambiguous: bool = False


NOBODY = Match(None)


class Known:
    """Looks up the customers that the person may write to, a batch of rows at a time."""

    def __init__(self, actor: Actor, *, key: tuple[str, ...], given: Collection[str]) -> None:
        self._actor = actor
        self._key = key
        self._columns = _columns(given)
        self._places_given = bool(set(given) & {"province", "city", "county", "region"})

    def match(self, batch: Sequence[Facts]) -> list[Match]:
        """For each row the customer that it means."""
        by_code, by_name = self._fetch(batch)
        return [self._match(facts, by_code, by_name) for facts in batch]

    def taken_codes(self, codes: Iterable[str]) -> set[str]:
        """Codes that are in use anywhere in the company, also by customers that the person does not see."""
        return set(Customer.objects.filter(code__in=one_of(codes)).values_list("code", flat=True))

    def _fetch(self, batch: Sequence[Facts]) -> tuple[dict[str, Stored], dict[str, list[Stored]]]:
        editable = access.editable_customers(self._actor)
        codes = {facts.code for facts in batch if facts.code}
        named = [facts for facts in batch if facts.name and self._key != CODE]
        by_code = {row["code"]: row for row in self._rows(editable.filter(code__in=one_of(codes)))} if codes else {}
        by_name: dict[str, list[Stored]] = defaultdict(list)
        if named:
            keys, names = {facts.name_key for facts in named}, {facts.name for facts in named}
            for row in self._rows(editable.filter(name_key__in=one_of(keys), name__in=one_of(names))):
                by_name[row["name"]].append(row)
        return by_code, by_name

    def _rows(self, customers: QuerySet[Customer]) -> Iterable[Stored]:
        return customers.order_by("pk").values(*self._columns)

    def _match(self, facts: Facts, by_code: Mapping[str, Stored], by_name: Mapping[str, list[Stored]]) -> Match:
        if facts.code and self._key in ((), CODE):
            return Match(by_code.get(facts.code), self._others(facts, by_name, by_code.get(facts.code)))
        alike = by_name.get(facts.name)
        if not alike:
            return NOBODY
        if self._key == NAME:
            found = alike
        else:
            wanted = self._identity_of(facts.values, facts.institution)
            found = [row for row in alike if self._identity_of(row, row["institution_id"]) == wanted]
        if len(found) > 1:
            return Match(None, ambiguous=True)
        one = found[0] if found else None
        return Match(one, self._others(facts, by_name, one))

    def _identity_of(self, values: Mapping[str, Any], institution_id: Any) -> tuple[str, ...]:
        kind, name, where = identity(values, institution_id)
        return (kind, name, where if kind != "place" or self._places_given else "")

    def _others(self, facts: Facts, by_name: Mapping[str, list[Stored]], found: Stored | None) -> tuple[str, ...]:
        if found is not None:
            return ()
        return tuple(row["code"] for row in by_name.get(facts.name, ()) if facts.kind in ("", row["kind"]))


def _columns(given: Collection[str]) -> list[str]:
    wanted = dict.fromkeys(_IDENTIFYING)
    for name in given:
        if name in ("institution", "parent"):
            wanted[f"{name}_id"] = None
        elif fields.is_profile(name):
            wanted[f"profile__{name}"] = None
        elif name in fields.CUSTOMER_FIELDS:
            wanted[name] = None
    if set(given) & {"province", "city", "county", "region"}:
        wanted["county_code"] = None
    return list(wanted)


def stored_value(stored: Stored, name: str) -> Any:
    """What the archive holds under a field of the input."""
    if name in ("institution", "parent"):
        return stored[f"{name}_id"]
    return stored[f"profile__{name}"] if fields.is_profile(name) else stored[name]


def changes_of(facts: Facts, stored: Stored) -> dict[str, Any]:
    """The values of the row that differ from the archive; empty and unset are the same."""
    changed: dict[str, Any] = {}
    kept = _levels_left_open(facts.values, stored)
    for name, value in facts.values.items():
        if name in kept:
            continue
        if name == "custom":
            old = stored["custom"]
            differing = {key: one for key, one in value.items() if old.get(key) != one}
            if differing:
                changed[name] = differing
        else:
            before = stored_value(stored, name)
            if before != value and not (before in ("", None) and value in ("", None)):
                changed[name] = value
    return changed


def _levels_left_open(values: Mapping[str, Any], stored: Stored) -> tuple[str, ...]:
    """A row that says only 江苏省-南京市 does not contradict the county that is known of it, nor one that says the same
    place by another of its codes (重庆市 is 500000 and 500100)."""
    if not values.get("province_code") or "county_code" not in stored:
        return ()
    known = regions.by_code(stored["county_code"] or stored["city_code"] or stored["province_code"])
    if known is None or known.province_code != values["province_code"]:
        return ()
    if not values["city_code"]:
        return REGION_CODES
    if known.city_code != values["city_code"]:
        return ("province_code",)
    return REGION_CODES if values["county_code"] in ("", known.county_code) else REGION_CODES[:2]


class Seen:
    """What stood in the rows above, kept as numbers: a million rows take some hundred megabytes less than their text."""

    def __init__(self) -> None:
        self._rows: dict[int, int] = {}
        self._names: dict[int, int] = {}
        self._promised: set[int] = set()

    def repeats(self, key: tuple, content: int, row: int) -> tuple[int, bool] | None:
        """(the row above with the same key, whether it says the same), None where this is the first. content: 32 bits."""
        now = row << 32 | content
        before = self._rows.setdefault(hash(key), now)
        return None if before == now else (before >> 32, (before ^ now) & 0xFFFFFFFF == 0)

    def same_name(self, name: str, number: int) -> int | None:
        """The number that the first row of this name was given, None where this is the first."""
        before = self._names.setdefault(hash(name), number)
        return None if before == number else before

    def promise(self, *texts: str) -> None:
        """Codes and names that the file will have created by now."""
        self._promised.update(hash(text) for text in texts if text)

    def is_promised(self, text: str) -> bool:
        return hash(text) in self._promised
