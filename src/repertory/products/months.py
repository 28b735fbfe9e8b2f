"""Months of the year as bits of one number, January the lowest; and as people write them."""

from collections.abc import Iterable

ALL_MONTHS = 2**12 - 1


def bit(month: int) -> int:
    return 1 << (month - 1)


def season_of(months: Iterable[int]) -> int:
    """The bits of some months; of none, all of them."""
    return sum(bit(month) for month in set(months)) or ALL_MONTHS


def months_of(season: int) -> list[int]:
    """The months, [] for the whole year."""
    return [] if season == ALL_MONTHS else [month for month in range(1, 13) if season & bit(month)]


def season_in_words(season: int) -> str:
    """3–5、12; nothing for the whole year."""
    parts: list[list[int]] = []
    for month in months_of(season):
        if parts and parts[-1][-1] == month - 1:
            parts[-1].append(month)
        else:
            parts.append([month])
    return "、".join(f"{part[0]}-{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)


def read_season(text: str) -> list[int]:
    """3-5、12 → [3, 4, 5, 12]; 11-2 goes over the end of the year. ValueError for what is none."""
    months: list[int] = []
    for part in text.replace("月", "").replace("，", "、").replace(",", "、").replace("~", "-").split("、"):
        if not part.strip():
            continue
        first, _dash, last = (piece.strip() for piece in part.replace("－", "-").replace("—", "-").partition("-"))
        start, end = int(first), int(last or first)
        if not (1 <= start <= 12 and 1 <= end <= 12):
            raise ValueError(part)
        months += [(start - 1 + step) % 12 + 1 for step in range((end - start) % 12 + 1)]
    return sorted(set(months))
