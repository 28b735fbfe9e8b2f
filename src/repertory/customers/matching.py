"""How alike two customers are, and why. Pure: no database.

Weights add up to at most 100; each piece of evidence is named, so that a person can judge the score.
"""

from dataclasses import dataclass

from rapidfuzz import fuzz

LIKELY = 80
POSSIBLE = 60
SAME_STREET = 85


@dataclass(frozen=True)
class Card:
    """What is compared of a customer. Empty text means unknown and counts neither for nor against."""

    key: int | None
    kind: str
    name: str
    name_key: str
    pinyin: str
    phone: str = ""
    uscc: str = ""
    city_code: str = ""
    address: str = ""
    institution_id: int | None = None


@dataclass(frozen=True)
class Match:
    """score 0–100; reasons are codes with values, such as ("name", 96), in words by `describe`."""

    score: int
    reasons: tuple[tuple[str, int], ...]


def compare(one: Card, other: Card) -> Match:
    """Two cards of the same kind; other kinds never match. By the name alone a pair is possible, not likely: many a
    hospital shares its name with another town's."""
    if one.kind != other.kind:
        return Match(0, ())
    if one.uscc and one.uscc == other.uscc:
        return Match(100, (("uscc", 100),))
    if one.uscc and other.uscc:
        return Match(0, (("uscc", 0),))
    score, reasons = _by_name(one, other)
    if not reasons:
        return Match(0, ())
    for name, weight, alike in _evidence(one, other):
        if alike is not None:
            score += weight * (alike - 50) // 50
            reasons.append((name, alike))
    return Match(max(0, min(100, score)), tuple(reasons))


def _by_name(one: Card, other: Card) -> tuple[int, list[tuple[str, int]]]:
    if one.name_key and one.name_key == other.name_key:
        return 70, [("name", 100)]
    if one.pinyin and one.pinyin == other.pinyin:
        return 58, [("pinyin", 100)]
    alike = round(fuzz.token_sort_ratio(one.name_key, other.name_key))
    sounds = round(fuzz.ratio(one.pinyin, other.pinyin))
    best = max(alike, sounds - 5)
    if best < 70:
        return 0, []
    return round(best * 0.6), [("name", alike), ("pinyin", sounds)]


def _evidence(one: Card, other: Card) -> list[tuple[str, int, int | None]]:
    """(name, weight, likeness 0–100 or None where one side is unknown). Below 50 speaks against."""
    return [
        ("phone", 25, _same(one.phone, other.phone)),
        ("institution", 20, _same(one.institution_id, other.institution_id)),
        ("city", 12, _same(one.city_code, other.city_code)),
        ("address", 25, _address(one.address, other.address)),
    ]


def _same(one: object, other: object) -> int | None:
    if not one or not other:
        return None
    return 100 if one == other else 0


def _address(one: str, other: str) -> int | None:
    if not one or not other:
        return None
    return round(fuzz.partial_ratio(one, other))


def blocks(card: Card) -> set[tuple[str, str]]:
    """Keys of which two customers must share one to be compared at all."""
    keys = {("name", card.name_key), ("sound", card.pinyin), ("uscc", card.uscc), ("phone", card.phone)}
    if card.city_code and len(card.pinyin) > 3:
        keys.add(("start", f"{card.city_code}/{card.pinyin[:8]}"))
    if card.institution_id:
        keys.add(("at", f"{card.institution_id}/{card.pinyin[:1]}"))
    return {(kind, value) for kind, value in keys if value}
