"""Which column of a file is which field."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from repertory.core.errors import InvalidInput
from repertory.platform.spreadsheets.corrections import ERROR_COLUMN
from repertory.platform.spreadsheets.headers import Header, normal_label

from .columns import Column

IGNORED = ""


@dataclass(frozen=True)
class ColumnMapping:
    """fields: position in the file → column. unknown: names in the file that no field knows."""

    fields: dict[int, Column]
    unknown: tuple[str, ...]

    def by_name(self, header: Header) -> dict[str, str]:
        """{name in the file: field key, "" where the column is left out}; this is what is remembered."""
        return {
            name: self.fields[index].key if index in self.fields else IGNORED for index, name in enumerate(header.names)
        }


def shape_of(header: Header) -> str:
    """A hash of the header's names, the same for files of the same form. 64 hex digits."""
    names = "\x1f".join(normal_label(name) for name in header.names)
    return hashlib.sha256(names.encode()).hexdigest()


def map_columns(
    header: Header,
    columns: Sequence[Column],
    *,
    explicit: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
) -> ColumnMapping:
    """What was said, else what was remembered, else what the names say. explicit: {name in the file: field key or ""}.

    Raises InvalidInput for a name that the file has not, a field that there is not, or two columns for one field.
    """
    said = _explicit(header, columns, explicit or {})
    by_key = {column.key: column for column in columns if column.imported}
    by_label = {normal_label(name): column for column in reversed(list(by_key.values())) for name in column.names}
    fields: dict[int, Column] = {}
    for source in (said, _by_position(header, remembered or {}), _by_label(header, by_label)):
        taken = {column.key for column in fields.values()}
        for index, key in source.items():
            if index in fields or index in said and source is not said:
                continue
            if key in by_key and key not in taken:
                fields[index] = by_key[key]
                taken.add(key)
    given_out = {normal_label(name) for column in columns if not column.imported for name in column.names}
    unknown = tuple(
        name
        for index, name in enumerate(header.names)
        if index not in fields and index not in said and name != ERROR_COLUMN and normal_label(name) not in given_out
    )
    return ColumnMapping(fields=dict(sorted(fields.items())), unknown=unknown)


def _explicit(header: Header, columns: Sequence[Column], explicit: Mapping[str, str]) -> dict[int, str]:
    positions = {normal_label(name): index for index, name in reversed(list(enumerate(header.names)))}
    known = {normal_label(name): column.key for column in reversed(columns) for name in column.names}
    said: dict[int, str] = {}
    for name, wanted in explicit.items():
        index = positions.get(normal_label(name))
        if index is None:
            listed = _("、").join(header.names[:60])
            message = _("文件里没有“%(name)s”这一列。文件的列有：%(names)s。") % {"name": name[:60], "names": listed}
            raise InvalidInput(message, code="unknown_column", field="map")
        key = known.get(normal_label(wanted)) if wanted else IGNORED
        if key is None:
            raise unknown_field(wanted, columns, field="map")
        if key and key in said.values():
            message = _("有两列都对应到“%(name)s”，请只留一列。") % {"name": wanted[:60]}
            raise InvalidInput(message, code="mapped_twice", field="map")
        said[index] = key
    return said


def unknown_field(wanted: str, columns: Sequence[Column], *, field: str) -> InvalidInput:
    """The error for a field that this kind has not."""
    listed = _("、").join(f"{column.label} ({column.key})" for column in columns if column.imported)
    message = _("没有“%(name)s”这个字段。可以用的字段：%(names)s。") % {"name": wanted[:60], "names": listed}
    return InvalidInput(message, code="unknown_field", field=field)


def _by_position(header: Header, remembered: Mapping[str, str]) -> dict[int, str]:
    return {index: remembered[name] for index, name in enumerate(header.names) if name in remembered}


def _by_label(header: Header, by_label: Mapping[str, Column]) -> dict[int, str]:
    found = ((index, by_label.get(normal_label(name))) for index, name in enumerate(header.names))
    return {index: column.key for index, column in found if column is not None}
