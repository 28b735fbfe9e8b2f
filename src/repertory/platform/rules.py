"""The table of rules that an administrator can date and switch; each domain states its own, `wiring` lists them."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from repertory.core.errors import NotFound
from repertory.platform.queries import policy_value


class PartKind(StrEnum):
    SWITCH = "switch"
    WHOLE = "whole"
    AMOUNT = "amount"


@dataclass(frozen=True)
class Part:
    """One figure or switch of a rule's value; path: where it lies in it, such as "potential.high", "" for the value itself."""

    path: str
    label: Any
    kind: PartKind
    help: Any = ""


@dataclass(frozen=True)
class Rule:
    """basis: the law or decision that the default comes from."""

    key: str
    label: Any
    text: Any
    basis: Any
    default: Any
    parts: tuple[Part, ...]


_rules: dict[str, Rule] = {}


def connect(rules: Iterable[Rule]) -> None:
    """Replace the table."""
    _rules.clear()
    _rules.update({rule.key: rule for rule in rules})


def all_rules() -> tuple[Rule, ...]:
    return tuple(_rules.values())


def rule_named(key: str) -> Rule:
    """Raises NotFound."""
    if key not in _rules:
        raise NotFound()
    return _rules[key]


def value_on(rule: Rule, day: date) -> Any:
    """The value on a day, a copy; what a dated value leaves out is as in the default."""
    value = policy_value(rule.key, on=day, default=rule.default)
    merged = {**rule.default, **value} if isinstance(rule.default, dict) else value
    return deepcopy(merged)


def read_part(value: Any, part: Part) -> Any:
    for name in filter(None, part.path.split(".")):
        value = value[name]
    return value


def with_part(value: Any, part: Part, new: Any) -> Any:
    """The value with one part replaced; the value given may be changed."""
    if not part.path:
        return new
    *holders, last = part.path.split(".")
    holder = value
    for name in holders:
        holder = holder[name]
    holder[last] = new
    return value
