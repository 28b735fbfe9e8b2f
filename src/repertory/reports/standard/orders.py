"""What a standard report is made of: whose view, which period, which part of the tree."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.periods import Period
from repertory.core.time import day_of
from repertory.organisation.models import Territory
from repertory.reports.analysis.answers import Answer, answer
from repertory.reports.analysis.catalogue import NODE_DEPTHS
from repertory.reports.analysis.documents import picture_of, table_of
from repertory.reports.analysis.questions import period_words, read_question
from repertory.reports.choices import ReportName
from repertory.reports.rendering.document import Document, Section
from repertory.reports.rendering.marks import mark_of
from repertory.sales.queries.totals import Where


@dataclass(frozen=True)
class Order:
    """node None: all that the person sees. at: when it is made, which says how much of the period is gone."""

    actor: Actor
    at: datetime
    period: Period
    node: Territory | None = None

    @property
    def today(self) -> date:
        return day_of(self.at)

    @property
    def where(self) -> Where:
        return Where(node=self.node)

    @property
    def level_below(self) -> str:
        """The dimension of the nodes right below."""
        depth = 1 if self.node is None else self.node.depth
        return next((key for key, level in NODE_DEPTHS.items() if level > depth), "territory")


def ask(order: Order, **words: str) -> Answer:
    """An analysis over the period and the node of the order."""
    filters = [words.pop("filter", ""), f"period:{period_words(order.period)}"]
    if order.node is not None and order.node.depth > 1:
        own = next((key for key, depth in NODE_DEPTHS.items() if depth == order.node.depth), "territory")
        filters.append(f"{own}:{order.node.code}")
    question = read_question({**words, "filter": ";".join(filter(None, filters))}, today=order.today)
    return answer(actor=order.actor, question=question)


def analysed(order: Order, key: str, title: str, **words: str) -> Section:
    """A section that is an analysis."""
    found = ask(order, **words)
    return Section(key, title, picture=picture_of(found), table=table_of(found, order.actor))


def document(order: Order, name: ReportName, sections: list[Section], lines: tuple[str, ...] = ()) -> Document:
    return Document(
        name=name.value,
        title=str(name.label),
        period=order.period.name,
        node=order.node.name if order.node else _("我看得到的全部"),
        mark=mark_of(order.actor, order.at),
        sections=sections,
        lines=lines,
    )
