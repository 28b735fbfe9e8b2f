"""The check of a customers file: what each row means in the archive, and what is to be written for it."""

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _

from repertory.customers import access
from repertory.customers.actions.coverage import own_territory
from repertory.customers.choices import PERSON_KINDS, TRANSITIONS, Stage
from repertory.customers.importing.known import Known, Match, Seen, Stored, changes_of
from repertory.customers.importing.links import Links
from repertory.customers.importing.reading import Facts, RowReader, identity, pack
from repertory.customers.importing.writing import CustomerWriter, Step
from repertory.platform.exchange.kinds import ImportPlan, ImportRow
from repertory.platform.exchange.prepared import Prepared
from repertory.platform.exchange.results import MAX_ERRORS, Counts, Finding, Report


class CustomerImporter:
    """See exchange.kinds.Importer."""

    def __init__(self, plan: ImportPlan) -> None:
        self._plan = plan
        self._reader = RowReader(plan.fields)
        self._known = Known(plan.actor, key=plan.key, given=plan.fields)
        self._links = Links(plan.actor, self._reader.references, given=plan.fields)
        self._seen = Seen()
        self._own = own_territory(plan.actor)
        self._needs_territory = not access.edit_scope(plan.actor, access.IMPORTERS).whole
        self._alike: dict[str, Finding] = {}
        self._paths: set[str] = set()
        self._unchanged = 0
        self._prepared = Prepared()

    def check(self, rows: Sequence[ImportRow]) -> Report:
        report = Report()
        batch: list[Facts] = []
        for row in rows:
            facts, errors, warnings = row.values
            report.errors += errors
            report.warnings += warnings
            if facts is not None:
                batch.append(Facts(*facts))
        if self._links.any:
            for facts in batch:
                if facts.kind not in PERSON_KINDS:
                    self._seen.promise(facts.code.casefold(), facts.name.casefold())
        self._prepared.append(list(self._steps(self._links.resolve(batch, self._seen, report), report)))
        self._unchanged += report.counts.unchanged
        return report

    def conclude(self) -> Report:
        return Report()

    def write(self, progress: Callable[[int], None]) -> Counts:
        writer = CustomerWriter(self._plan, self._links, self._reader)
        return writer.write(self._prepared, self._unchanged, sorted(self._paths), progress)

    def close(self) -> None:
        self._prepared.close()

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
        """What is to be written of the row; None where nothing is, or it is wrong."""
        if match.ambiguous:
            message = _("系统里有几位同名同址的客户，分不清是哪一位，请填客户编码。")
            return _wrong(report, facts, "name", "ambiguous", message)
        if facts.code in taken:
            message = _("客户编码“%(code)s”不能使用，请换一个。") % {"code": facts.code}
            return _wrong(report, facts, "code", "code_taken", message)
        if not self._is_first(facts, match, report):
            return None
        if match.found:
            step = self._revision(facts, match.found, report)
            self._note_alike(facts, match, report)
            return step
        return self._opening(facts, match, report)

    def _is_first(self, facts: Facts, match: Match, report: Report) -> bool:
        """Whether no row above means the same customer; a repetition is reported, a contradiction is an error."""
        key: tuple = (
            ("id", match.found["id"]) if match.found else ("code", facts.code) if facts.code else self._key_of(facts)
        )
        above = self._seen.repeats(key, facts.content, facts.row)
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
        if not self._links.any or not facts.institution:
            return facts.key
        return identity(facts.values, facts.institution)

    def _opening(self, facts: Facts, match: Match, report: Report) -> Step | None:
        wrong = len(report.errors)
        if not (facts.name and facts.kind) or self._reader.missing_custom(facts):
            self._note_missing(facts, report)
        territories = self._links.territories(facts, report)
        if territories == [] and self._own is not None:
            territories = [self._own]
        if territories == [] and self._needs_territory:
            _wrong(report, facts, "territory", "missing", _("请填写由哪个辖区覆盖这位新客户。"))
        if len(report.errors) > wrong or territories is None:
            return None
        self._paths.update(territory.path for territory in territories)
        report.counts.created += 1
        alike = self._note_alike(facts, match, report)
        keys = [territory.pk for territory in territories]
        if facts.waits_for:
            return Step(facts.row, None, facts.values, facts.waits_for, keys, alike)
        return Step(facts.row, None, None, {}, keys, alike, facts.drawn_up or pack(self._reader.draw_up(facts.values)))

    def _note_missing(self, facts: Facts, report: Report) -> None:
        for name, label in (("name", _("名称")), ("kind", _("类别"))):
            if not getattr(facts, name):
                _wrong(report, facts, name, "missing", _("新客户的“%(label)s”必须填写。") % {"label": label})
        for definition in self._reader.missing_custom(facts):
            message = _("新客户的“%(label)s”必须填写。") % {"label": definition.label}
            _wrong(report, facts, f"custom.{definition.key}", "missing", message)

    def _revision(self, facts: Facts, stored: Stored, report: Report) -> Step | None:
        changes = changes_of(facts, stored)
        if "stage" in changes and changes["stage"] not in TRANSITIONS[stored["stage"]]:
            names = {"old": Stage(stored["stage"]).label, "new": Stage(changes["stage"]).label}
            return _wrong(report, facts, "stage", "stage_order", _("不能从“%(old)s”直接变为“%(new)s”。") % names)
        if not changes and not facts.waits_for:
            report.counts.unchanged += 1
            return None
        report.counts.updated += 1
        return Step(facts.row, stored["id"], changes, facts.waits_for)

    def _note_alike(self, facts: Facts, match: Match, report: Report) -> bool:
        """The same name elsewhere is a probable duplicate, never a reason to merge."""
        above = self._seen.same_name(facts.name, facts.row) if facts.name else None
        if above is None and not match.others:
            return False
        known = self._alike.get(facts.name)
        if known is not None:
            known.details["rows"].append(facts.row)
        elif len(self._alike) < MAX_ERRORS:
            rows = [facts.row] if above is None else [above, facts.row]
            details = {"name": facts.name, "rows": rows, "existing": list(match.others)}
            finding = Finding(facts.row, "name", "same_name", _("名称相同，可能是同一位客户，请核对。"), details)
            self._alike[facts.name] = finding
            report.duplicates.append(finding)
        return True


def _wrong(report: Report, facts: Facts, field: str, code: str, message: str) -> None:
    report.errors.append(Finding(facts.row, field, code, message))
