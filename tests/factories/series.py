"""Made series: what is in them is known, so what is found can be checked."""

from math import pi, sin
from random import Random


def series(*, months: int, level: float = 1000, slope: float = 0, season: float = 0, noise: float = 0) -> list[float]:
    dice = Random(7)
    return [
        level + slope * at + season * sin(2 * pi * at / 12) + (dice.gauss(0, noise) if noise else 0)
        for at in range(months)
    ]
