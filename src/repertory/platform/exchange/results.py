"""What an import says about itself."""

import dataclasses
from dataclasses import dataclass, field
from typing import Any

# Enough to mend a file by; more would only fill memory.
MAX_ERRORS = 20_000


@dataclass(frozen=True)
class Finding:
    """One remark on a row: an error, a warning or a probable duplicate. field: column key, "" for the whole row."""

    row: int
    field: str
    code: str
    message: str
    details: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclass
class Counts:
    """more: what only the write knows, for the answer."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    more: dict[str, Any] = field(default_factory=dict)

    def add(self, other: "Counts") -> None:
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged


@dataclass
class Report:
    """What one look at some rows found. more: what only this kind of object has to tell."""

    counts: Counts = field(default_factory=Counts)
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    duplicates: list[Finding] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)

    def add(self, other: "Report") -> None:
        self.counts.add(other.counts)
        self.errors.extend(other.errors)
        self.warnings.extend(other.warnings[: max(0, MAX_ERRORS - len(self.warnings))])
        self.more.update(other.more)
        self.duplicates.extend(other.duplicates[: max(0, MAX_ERRORS - len(self.duplicates))])

    @property
    def full(self) -> bool:
        return len(self.errors) >= MAX_ERRORS


@dataclass
class ImportResult:
    """The public answer: see `as_dict`. written tells whether anything was stored."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped_blank: int = 0
    duplicates: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def succeeded(self) -> bool:
        return not self.errors

    def as_dict(self) -> dict[str, Any]:
        """The words that programs rely on."""
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "skipped_blank": self.skipped_blank,
            "duplicates": self.duplicates,
            "errors": self.errors,
            "warnings": self.warnings,
            "seconds": self.seconds,
            **self.more,
        }
