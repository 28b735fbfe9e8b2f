"""How alike two customers are, and why. Pure: no database.

Weights add up to at most 100; each piece of evidence is named, so that a person can judge the score.
"""

from dataclasses import dataclass

from rapidfuzz import fuzz

LIKELY = 80
POSSIBLE = 60
# How alike two names must be: alone, and where phone or address agree.
SIMILAR_NAME = 70
CORROBORATED_NAME = 50
SAME_SOUND = 95
# (from this likeness on, points): the same house speaks for, another street of the town against.
ADDRESS_POINTS = ((88, 25), (75, 0), (50, -10), (0, -20))


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
    evidence = _evidence(one, other)
    corroborated = any(name in ("phone", "address") and points > 0 for name, points, _alike in evidence)
    score, reasons = _by_name(one, other, least=CORROBORATED_NAME if corroborated else SIMILAR_NAME)
    if not reasons:
        return Match(0, ())
    score += sum(points for _name, points, _alike in evidence)
    reasons += [(name, alike) for name, _points, alike in evidence]
    return Match(max(0, min(100, score)), tuple(reasons))


def _by_name(one: Card, other: Card, *, least: int) -> tuple[int, list[tuple[str, int]]]:
    """Points for the name, none where it is less alike than `least`. What only sounds alike counts when nearly equal:
    any two hospitals of a town sound much the same."""
    if one.name_key and one.name_key == other.name_key:
        return 70, [("name", 100)]
    if one.pinyin and one.pinyin == other.pinyin:
        return 58, [("pinyin", 100)]
    alike = round(fuzz.token_sort_ratio(one.name_key, other.name_key))
    sounds = round(fuzz.ratio(one.pinyin, other.pinyin))
    best = max(alike, sounds if sounds >= SAME_SOUND else 0)
    if best < least:
        return 0, []
    return round(best * 0.6) - 4, [("name", alike), ("pinyin", sounds)]


def _evidence(one: Card, other: Card) -> list[tuple[str, int, int]]:
    """(what, points for or against, likeness 0–100) of everything that both sides know."""
    found = []
    for name, mine, others, points in (
        ("phone", one.phone, other.phone, 25),
        ("institution", one.institution_id, other.institution_id, 20),
        ("city", one.city_code, other.city_code, 10),
    ):
        if mine and others:
            found.append((name, points if mine == others else -points, 100 if mine == others else 0))
    if one.address and other.address:
        alike = round(fuzz.partial_ratio(one.address, other.address))
        found.append(("address", next(points for least, points in ADDRESS_POINTS if alike >= least), alike))
    return found


def blocks(card: Card) -> set[tuple[str, str]]:
    """Keys of which two customers must share one to be compared at all."""
    keys = {("name", card.name_key), ("sound", card.pinyin), ("uscc", card.uscc), ("phone", card.phone)}
    if card.city_code and len(card.pinyin) > 3:
        keys.add(("start", f"{card.city_code}/{card.pinyin[:8]}"))
    if card.institution_id:
        keys.add(("at", f"{card.institution_id}/{card.pinyin[:1]}"))
    return {(kind, value) for kind, value in keys if value}
