"""The importer of customers: matches rows with the archive, says what would happen, writes it in batches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from repertory.customers import access
from repertory.customers.actions.bulk import NewCustomer, count_new, create_customers, revise_customers
from repertory.customers.actions.coverage import own_territory
from repertory.customers.actions.duplicates import remember_alike
from repertory.customers.choices import PERSON_KINDS, TRANSITIONS, Stage
from repertory.customers.importing.known import Known, Match, Seen, Stored, changes_of, identity
from repertory.customers.importing.links import Links
from repertory.customers.importing.places import guessed_codes
from repertory.customers.importing.reading import Facts, RowReader
from repertory.platform.exchange.kinds import ImportPlan, ImportRow, RowsRefused
from repertory.platform.exchange.results import MAX_ERRORS, Counts, Finding, Report

# Each comparison is a query; beyond this many the bulk search for duplicates does it better.
MOST_COMPARED = 2_000


@dataclass(slots=True)
class Step:
    """What one row leads to: opens an archive (stored is None), revises one, or nothing."""

    facts: Facts
    stored: Stored | None
    values: dict[str, Any]
    territories: Sequence[int] = ()


class CustomerImporter:
    """See exchange.kinds.Importer."""

    def __init__(self, plan: ImportPlan) -> None:
        self._plan = plan
        self._reader = RowReader()
        self._known = Known(plan.actor, key=plan.key, given=plan.fields)
        self._links = Links(plan.actor, self._reader.references)
        self._seen = Seen()
        self._own = own_territory(plan.actor)
        self._needs_territory = not access.edit_scope(plan.actor, access.IMPORTERS).whole
        self._alike: dict[str, Finding] = {}
        self._created = 0
        self._paths: dict[str, None] = {}
        self._doubtful: list[int] = []

    def check(self, rows: Sequence[ImportRow]) -> Report:
        report = Report()
        for step in self._steps(self._resolved(self._reader.read(rows, report), report), report):
            _count(step, report.counts)
        return report

    def write(self, rows: Sequence[ImportRow]) -> Counts:
        report = Report()
        waiting = self._reader.read(rows, report)
        while waiting and not report.errors:
            resolved = self._resolved(waiting, report)
            ready = [facts for facts in resolved if not facts.waits_for]
            waiting = [facts for facts in resolved if facts.waits_for]
            if waiting and not ready:
                report.errors.extend(_never_found(facts) for facts in waiting)
            self._write(list(self._steps(ready, report)), report)
        if report.errors:
            raise RowsRefused(report.errors)
        return report.counts

    def finish(self) -> None:
        actor, at = self._plan.actor, self._plan.at
        if self._created:
            count_new(actor=actor, at=at, created=self._created, territory_paths=list(self._paths))
        remember_alike(actor=actor, at=at, customer_ids=self._doubtful)

    def _resolved(self, batch: list[Facts], report: Report) -> list[Facts]:
        """The rows whose links exist, or wait for a row above or beside them in the file."""
        for facts in batch:
            if facts.values.get("kind") not in PERSON_KINDS:
                self._seen.promise(facts.code.casefold(), facts.name.casefold())
        return self._links.resolve(batch, self._seen, report)

    def _steps(self, batch: Sequence[Facts], report: Report) -> Iterator[Step]:
        matches = self._known.match(batch)
        taken = self._taken_codes(batch, matches)
        for facts, match in zip(batch, matches, strict=True):
            step = self._step(facts, match, taken, report)
            if step is not None:
                yield step

    def _taken_codes(self, batch: Sequence[Facts], matches: Sequence[Match]) -> set[str]:
        new = [
            facts.code
            for facts, match in zip(batch, matches, strict=True)
            if facts.code and (match.found is None or match.found["code"] != facts.code)
        ]
        return self._known.taken_codes(new) if new else set()

    def _step(self, facts: Facts, match: Match, taken: set[str], report: Report) -> Step | None:
        if match.ambiguous:
            message = _("系统里有几位同名同址的客户，分不清是哪一位，请填客户编码。")
            return _wrong(report, facts, "name", "ambiguous", message)
        if facts.code in taken:
            return _wrong(report, facts, "code", "code_taken", _("客户编码“%(code)s”不能使用，请换一个。") % {"code": facts.code})
        if not self._is_first(facts, match, report):
            return None
        step = self._revision(facts, match.found, report) if match.found else self._opening(facts, report)
        if step is not None:
            self._note_alike(facts, match, report)
        return step

    def _is_first(self, facts: Facts, match: Match, report: Report) -> bool:
        """Whether no row above means the same customer; a repetition is reported, a contradiction is an error."""
        key = ("id", match.found["id"]) if match.found else ("code", facts.code) if facts.code else ("", *self._key_of(facts))
        content = tuple(sorted((name, str(value)) for name, value in facts.values.items()))
        above = self._seen.repeats(key, content, facts.row)
        if above is None:
            return True
        row, same = above
        if same:
            message = _("和第 %(row)s 行完全相同，只导入一次。") % {"row": row}
            report.duplicates.append(Finding(facts.row, "name", "repeated_row", message, {"rows": [row, facts.row]}))
            report.counts.unchanged += 1
        else:
            message = _("和第 %(row)s 行是同一位客户，但内容不一致，请只留一行。") % {"row": row}
            report.errors.append(Finding(facts.row, "name", "contradicts_row", message))
        return False

    def _key_of(self, facts: Facts) -> tuple[str, ...]:
        return identity(facts.values, facts.institution)

    def _opening(self, facts: Facts, report: Report) -> Step | None:
        wrong = len(report.errors)
        for name, label in (("name", _("名称")), ("kind", _("类别"))):
            if not facts.values.get(name):
                _wrong(report, facts, name, "missing", _("新客户的“%(label)s”必须填写。") % {"label": label})
        for definition in self._reader.missing_custom(facts.values):
            message = _("新客户的“%(label)s”必须填写。") % {"label": definition.label}
            _wrong(report, facts, f"custom.{definition.key}", "missing", message)
        territories = self._links.territories(facts, report)
        if territories == [] and self._own is not None:
            territories = [self._own]
        if territories == [] and self._needs_territory:
            _wrong(report, facts, "territory", "missing", _("请填写由哪个辖区覆盖这位新客户。"))
        if len(report.errors) > wrong or territories is None:
            return None
        values = facts.values
        if "province_code" not in values:
            values = {**values, **guessed_codes(values.get("address") or "")}
        self._paths.update(dict.fromkeys(territory.path for territory in territories))
        return Step(facts, None, values, [territory.pk for territory in territories])

    def _revision(self, facts: Facts, stored: Stored, report: Report) -> Step | None:
        changes = changes_of(facts, stored)
        if "stage" in changes and changes["stage"] not in TRANSITIONS[stored["stage"]]:
            names = {"old": Stage(stored["stage"]).label, "new": Stage(changes["stage"]).label}
            message = _("不能从“%(old)s”直接变为“%(new)s”。") % names
            return _wrong(report, facts, "stage", "stage_order", message)
        return Step(facts, stored, changes)

    def _note_alike(self, facts: Facts, match: Match, report: Report) -> None:
        """The same name elsewhere is a probable duplicate, never a reason to merge."""
        if not facts.name:
            return
        above = self._seen.same_name(facts.name, facts.row)
        if above is None and not match.others:
            return
        known = self._alike.get(facts.name)
        if known is not None:
            known.details["rows"].append(facts.row)
            return
        rows = [facts.row] if above is None else [above, facts.row]
        details = {"name": facts.name, "rows": rows, "existing": list(match.others)}
        finding = Finding(facts.row, "name", "same_name", _("名称相同，可能是同一位客户，请核对。"), details)
        if len(self._alike) < MAX_ERRORS:
            self._alike[facts.name] = finding
            report.duplicates.append(finding)

    def _write(self, steps: list[Step], report: Report) -> None:
        if report.errors:
            return
        actor, at = self._plan.actor, self._plan.at
        new = [step for step in steps if step.stored is None]
        opened = [NewCustomer(step.values, step.territories) for step in new]
        keys = create_customers(actor=actor, at=at, customers=opened) if opened else []
        changed = {step.stored["id"]: step.values for step in steps if step.stored is not None and step.values}
        revised = revise_customers(actor=actor, at=at, changes=changed) if changed else 0
        self._created += len(keys)
        doubtful = [key for step, key in zip(new, keys, strict=True) if step.facts.name in self._alike]
        self._doubtful.extend(doubtful[: MOST_COMPARED - len(self._doubtful)])
        report.counts.add(Counts(len(keys), revised, len(steps) - len(keys) - revised))


def _count(step: Step, counts: Counts) -> None:
    if step.stored is None:
        counts.created += 1
    elif step.values:
        counts.updated += 1
    else:
        counts.unchanged += 1


def _never_found(facts: Facts) -> Finding:
    name, text = next(iter(facts.waits_for.items()))
    return Finding(facts.row, name, "unknown_link", _("没有找到机构“%(text)s”。") % {"text": text[:60]})


def _wrong(report: Report, facts: Facts, field: str, code: str, message: str) -> None:
    report.errors.append(Finding(facts.row, field, code, message))
