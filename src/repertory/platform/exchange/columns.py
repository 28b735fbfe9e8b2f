"""What a column of an exchanged file is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from repertory.core.wording import every_wording
from repertory.platform.spreadsheets.template import TemplateColumn

from .values import describe


class ColumnType(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    BOOL = "bool"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True)
class Column:
    """key: the input's field. choices: (code, label) pairs. aliases: other names that files use for it.

    A private column leaves the house only with the right to reveal it. `exported` is False for what can be entered
    but is not given out, `imported` False for what is given out and ignored on the way back.
    """

    key: str
    label: Any
    type: ColumnType = ColumnType.TEXT
    aliases: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[tuple[str, Any], ...] = ()
    allowed: Any = ""
    note: Any = ""
    example: str = ""
    private: bool = False
    exported: bool = True
    imported: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that a file may call it: a file made in one language comes back in another."""
        return (self.key, *every_wording(self.label), *self.aliases)

    def for_template(self) -> TemplateColumn:
        return TemplateColumn(
            label=str(self.label),
            required=self.required,
            allowed=str(self.allowed or describe(self.type)),
            example=self.example,
            note=str(self.note),
            choices=tuple(str(label) for _code, label in self.choices) if self.type is ColumnType.CHOICE else (),
        )
