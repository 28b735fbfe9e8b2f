"""Columns for the fields of models, and for those that administrators define."""

from django.db import models

from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.models import CustomField, FieldKind

CUSTOM = "custom."
TYPE_OF_CUSTOM = {
    FieldKind.TEXT: ColumnType.TEXT,
    FieldKind.NUMBER: ColumnType.DECIMAL,
    FieldKind.DATE: ColumnType.DATE,
    FieldKind.CHOICE: ColumnType.CHOICE,
    FieldKind.CHOICES: ColumnType.CHOICES,
    FieldKind.REFERENCE: ColumnType.TEXT,
}


def type_of(field: models.Field) -> ColumnType:
    """What a cell of the field holds; of a reference the name or code by which people know it."""
    if field.choices:
        return ColumnType.CHOICE
    if isinstance(field, models.ForeignKey):
        return ColumnType.TEXT
    if isinstance(field, models.BooleanField):
        return ColumnType.BOOL
    if isinstance(field, models.DateField):
        return ColumnType.DATE
    if isinstance(field, models.DecimalField):
        return ColumnType.DECIMAL
    return ColumnType.INTEGER if isinstance(field, models.IntegerField) else ColumnType.TEXT


def column_of_custom(field: CustomField) -> Column:
    return Column(
        key=f"{CUSTOM}{field.key}",
        label=field.label,
        type=TYPE_OF_CUSTOM[FieldKind(field.kind)],
        aliases=(field.key, field.label_en) if field.label_en else (field.key,),
        required=field.required,
        choices=tuple((option, option) for option in field.options),
        note=field.help,
    )
