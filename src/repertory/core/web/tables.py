"""A list's columns as data, and its rows as HTML.

The body is joined in one pass of Python: fifty rows of twelve columns take a fraction of what template loops need.
Every cell is escaped here, with the standard library's function because Django's unwraps lazy text on each call.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Text = str | Promise


@dataclass(frozen=True)
class Column:
    """One column: `cell(row)` gives text, or HTML marked safe. `title` makes the cell the row's link."""

    key: str
    label: Text
    cell: Callable[[Any], Any]
    sort: bool = False
    css: str = ""
    title: bool = False


def chosen(columns: Sequence[Column], keys: Sequence[str], first: str) -> list[Column]:
    """The columns of these keys, in this order, the first always there."""
    by_key = {column.key: column for column in columns}
    return [by_key[key] for key in dict.fromkeys((first, *keys)) if key in by_key]


@dataclass(frozen=True)
class Header:
    label: Text
    css: str
    order: str
    next_sort: str


@dataclass(frozen=True)
class Table:
    """What core/_table.html shows. `sort` is a column's key, with "-" in front when the largest comes first."""

    columns: Sequence[Column]
    rows: Sequence[Any]
    caption: Text
    url: Callable[[Any], str] | None = None
    key: Callable[[Any], Any] = lambda row: row.pk
    name: Callable[[Any], str] = str
    sort: str = ""
    bulk: str = ""
    as_cards: bool = True

    @property
    def headers(self) -> list[Header]:
        return [self._header(column) for column in self.columns]

    def _header(self, column: Column) -> Header:
        order = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "") if column.sort else ""
        following = "" if not column.sort else f"-{column.key}" if order == "ascending" else column.key
        return Header(column.label, column.css, order, following)

    @property
    def body(self) -> SafeString:
        """The table rows. `bulk` names the form that the check boxes belong to."""
        starts = [_cell_start(column) for column in self.columns]
        check = _check_pattern(self.bulk) if self.bulk else ""
        return SafeString("".join(self._row(row, starts, check) for row in self.rows))

    def _row(self, row: Any, starts: Sequence[str], check: str) -> str:
        url = escape(str(self.url(row))) if self.url else ""
        parts = [f'<tr data-href="{url}">' if url else "<tr>"]
        if check:
            parts.append(check % (escape(str(self.key(row))), escape(self.name(row))))
        for column, start in zip(self.columns, starts, strict=True):
            content = column.cell(row)
            if not isinstance(content, SafeString):
                content = escape(str(content))
            parts.append(
                f'{start}<a href="{url}">{content}</a></td>' if column.title and url else f"{start}{content}</td>"
            )
        parts.append("</tr>")
        return "".join(parts)


def _check_pattern(form: str) -> str:
    label = escape(_("选择 %(name)s")).replace("%(name)s", "%s")
    return (
        '<td class="col-check"><input type="checkbox" class="form-check-input row-check" name="pk" value="%s"'
        f' form="{escape(form)}" aria-label="{label}"></td>'
    )


def _cell_start(column: Column) -> str:
    css = " ".join(filter(None, [column.css, "col-title" if column.title else ""]))
    return (
        f'<td class="{css}" data-label="{escape(column.label)}">'
        if css
        else f'<td data-label="{escape(column.label)}">'
    )


def tag(label: Any, tone: str = "") -> SafeString:
    """A small coloured word. Tones: accent, good, warn, bad, note, strong; plain without."""
    if not label:
        return SafeString("")
    return SafeString(f'<span class="tag{" tag-" + tone if tone else ""}">{escape(str(label))}</span>')
