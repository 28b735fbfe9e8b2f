"""A domain's first tables, made in a fraction of the time.

After each table Django puts together all models anew that hang at it, which here are nearly all: 8,000 times for 130 tables.
The models of a first migration are known beforehand, so they are put together once.
"""

from itertools import groupby
from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class FirstMigration(migrations.Migration):
    """Base of every 0001: tables that follow each other are drawn up together, anything else as Django does."""

    def apply(self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False) -> ProjectState:
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql)
        for of_tables, group in groupby(
            self.operations, lambda operation: isinstance(operation, migrations.CreateModel)
        ):
            if of_tables:
                _create(list(group), self.app_label, project_state, schema_editor)
            else:
                part = migrations.Migration(self.name, self.app_label)
                part.operations = list(group)  # type: ignore[misc]
                project_state = part.apply(project_state, schema_editor)
        return project_state


def _create(operations: list[Operation], app_label: str, state: ProjectState, schema_editor: Any) -> None:
    vars(state).pop("apps", None)
    for operation in operations:
        operation.state_forwards(app_label, state)
    for operation in operations:
        operation.database_forwards(app_label, schema_editor, state, state)
