"""Cells that name another object: institutions and parents by code or name, territories by code."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.customers import access
from repertory.customers.actions.writing import name_key
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.importing.columns import LINKS
from repertory.customers.importing.known import Seen
from repertory.customers.importing.reading import Facts
from repertory.organisation.models import Territory
from repertory.platform.bulk import one_of
from repertory.platform.exchange.fields import CUSTOM
from repertory.platform.exchange.results import Finding, Report


class Links:
    """Resolves the links of a batch with one query each."""

    def __init__(self, actor: Actor, references: Sequence[str], *, given: Collection[str]) -> None:
        self._actor = actor
        self._references = [key for key in references if CUSTOM + key in given]
        self.any = bool(self._references) or any(name in given for name in LINKS)
        self._territories: dict[str, Territory | None] = {}

    def resolve(self, batch: Sequence[Facts], seen: Seen, report: Report) -> list[Facts]:
        """The rows whose links are right or wait for a row above; wrong ones are reported."""
        if not self.any:
            return list(batch)
        found = self.organisations({text for facts in batch for _name, text in _linked(facts, self._references)})
        return [facts for facts in batch if self._resolve(facts, found, seen, report)]

    def _resolve(self, facts: Facts, found: Mapping[str, list[int]], seen: Seen, report: Report) -> bool:
        right = True
        for name, text in _linked(facts, self._references):
            keys = found.get(text.casefold(), [])
            if len(keys) == 1:
                _put(facts, name, keys[0])
            elif not keys and name in LINKS and seen.is_promised(text.casefold()):
                facts.waits_for[name] = text
                facts.values.pop(name, None)
            else:
                report.errors.append(Finding(facts.row, name, "unknown_link", _why(text, keys)))
                right = False
        return right

    def organisations(self, texts: Collection[str]) -> dict[str, list[int]]:
        """{code or name, in small letters: keys} of visible organisations; a code wins over a name."""
        if not texts:
            return {}
        rows = (
            access.visible_customers(self._actor)
            .filter(Q(code__in=one_of(texts)) | Q(name_key__in=one_of(map(name_key, texts)), name__in=one_of(texts)))
            .exclude(kind__in=PERSON_KINDS)
            .values_list("pk", "code", "name")
        )
        by_name: dict[str, list[int]] = defaultdict(list)
        by_code: dict[str, list[int]] = {}
        for key, code, name in rows:
            by_code[code.casefold()] = [key]
            by_name[name.casefold()].append(key)
        return {**by_name, **by_code}

    def territories(self, facts: Facts, report: Report) -> list[Territory] | None:
        """The open territories of the row that the person may hand customers to; None where one is wrong."""
        found: list[Territory] = []
        for code in facts.territories:
            territory = self._territory(code)
            if territory is None:
                message = _("没有找到辖区“%(code)s”，或者已停用，或者不归您管。") % {"code": code[:40]}
                report.errors.append(Finding(facts.row, "territory", "unknown_territory", message))
                return None
            found.append(territory)
        return found

    def _territory(self, code: str) -> Territory | None:
        if code not in self._territories:
            territory = Territory.objects.filter(code=code, closed_on=None).first()
            scope = access.edit_scope(self._actor, access.EDITORS)
            self._territories[code] = territory if territory and scope.covers(territory.path) else None
        return self._territories[code]


def _linked(facts: Facts, references: Sequence[str]) -> list[tuple[str, str]]:
    """(field, text) of the row's links that are still text; CUSTOM + key for custom references."""
    links = [(name, facts.values[name]) for name in LINKS if isinstance(facts.values.get(name), str)]
    custom = facts.values.get("custom", {})
    links += [(CUSTOM + key, custom[key]) for key in references if isinstance(custom.get(key), str)]
    return [(name, text.strip()) for name, text in links if text.strip()]


def _put(facts: Facts, name: str, key: Any) -> None:
    facts.waits_for.pop(name, None)
    if name.startswith(CUSTOM):
        facts.values["custom"][name.removeprefix(CUSTOM)] = key
    else:
        facts.values[name] = key


def _why(text: str, keys: list[int]) -> str:
    if keys:
        return _("有 %(count)s 家机构都叫“%(text)s”，请改填客户编码。") % {"count": len(keys), "text": text[:60]}
    return _("没有找到机构“%(text)s”。请填客户编码或全称；同一个文件里的机构要排在前面。") % {"text": text[:60]}
