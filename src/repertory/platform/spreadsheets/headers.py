"""Which row of a file holds the column names."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

HEADER_SEARCH_ROWS = 50
_ORNAMENTS = " \t\r\n*:：_-·"


@dataclass(frozen=True)
class Header:
    """row: its number in the file. names: one per column, as written; two alike get " (2)", a blank one its letter."""

    row: int
    names: tuple[str, ...]

    def is_repeated(self, cells: list[str]) -> bool:
        """Whether a row below says the same again, as the pages of a printed list do. One cell alone may be data."""
        # Asked of every row, so the first letters decide for nearly all.
        first = cells[0].strip() or column_letter(0)
        return len(cells) > 1 and first[0] == self.names[0][0] and _distinct(cells) == self.names


def normal_label(text: str) -> str:
    """A column name reduced to what matters: "* 单位名称（必填）：" and "单位名称" are the same."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    for remark in ("(必填)", "(required)", "(选填)", "(optional)"):
        folded = folded.replace(remark, "")
    return "".join(character for character in folded if character not in _ORNAMENTS)


def column_letter(index: int) -> str:
    """0 is A, 26 is AA, as in a spreadsheet program."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def find_header(rows: list[tuple[int, list[str]]], known: Collection[str] = ()) -> Header | None:
    """The row in which most cells are known names (the first of equals), else the first row that is dense: at least half
    as wide as the widest. One known name among others proves nothing, as a value of the data may look like one."""
    if not rows:
        return None
    labels = {normal_label(name) for name in known}
    best = max(rows, key=lambda row: _known(row[1], labels))
    found = _known(best[1], labels)
    if found < 2 and 2 * found < max(_filled(best[1]), 1):
        widest = max(_filled(cells) for _, cells in rows)
        best = next(row for row in rows if 2 * _filled(row[1]) >= widest)
    number, cells = best
    return Header(row=number, names=_distinct(cells))


def _known(cells: list[str], labels: set[str]) -> int:
    return sum(normal_label(cell) in labels for cell in cells if cell)


def _filled(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _distinct(cells: list[str]) -> tuple[str, ...]:
    names: list[str] = []
    for index, cell in enumerate(cells):
        wanted = " ".join(cell.split()) or column_letter(index)
        name, copy = wanted, 2
        while name in names:
            name, copy = f"{wanted} ({copy})", copy + 1
        names.append(name)
    return tuple(names)
