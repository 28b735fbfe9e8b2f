"""A figure and its parts: what is fixed stays, the others share what it leaves by the largest remainder.

All numbers are whole steps of the plan (1 CNY, 1 box), so that every sum is exact.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from repertory.core.money import shares

NOTHING_FIXED: Mapping[int, int] = {}


class Reason(StrEnum):
    EXCEEDED = "exceeded"
    NOTHING_FREE = "nothing_free"


class Unsplittable(Exception):
    """The fixed parts leave less than nothing, or something and nobody to take it. fixed: their sum."""

    def __init__(self, reason: Reason, *, total: int, fixed: int) -> None:
        super().__init__(f"{reason}: {fixed} of {total}")
        self.reason, self.total, self.fixed = reason, total, fixed


def divided(total: int, weights: Sequence[int], fixed: Mapping[int, int] = NOTHING_FIXED) -> list[int]:
    """Parts of `total`, one for each weight, that add up to it. fixed: {index: part that stays}.

    The free parts share the remainder in proportion to their weights, in equal parts where all of these are 0. So whoever
    takes the present parts for weights and fixes one changes each of the others by its share of the difference, and
    none of them where there is no difference. Raises Unsplittable.
    """
    if not fixed:
        if weights:
            return shares(total, weights)
        if total:
            raise Unsplittable(Reason.NOTHING_FREE, total=total, fixed=0)
        return []
    taken = sum(fixed.values())
    free = [index for index in range(len(weights)) if index not in fixed]
    if taken > total:
        raise Unsplittable(Reason.EXCEEDED, total=total, fixed=taken)
    if not free and taken < total:
        raise Unsplittable(Reason.NOTHING_FREE, total=total, fixed=taken)
    parts = [0] * len(weights)
    for index, part in fixed.items():
        parts[index] = part
    if free:
        for index, part in zip(free, shares(total - taken, [weights[index] for index in free]), strict=True):
            parts[index] = part
    return parts
