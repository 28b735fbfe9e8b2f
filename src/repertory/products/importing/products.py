"""Product files: each row is a product, or one more pack of it; headings between the rows give their ATC code to what
stands below them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.core.inputs import read_input
from repertory.platform.exchange.fields import CUSTOM
from repertory.platform.exchange.filters import list_query
from repertory.platform.exchange.kinds import CLEAR, ImportPlan, ImportRow
from repertory.platform.exchange.results import Finding, Report
from repertory.platform.exchange.rowwise import Outcome, RowwiseImporter, Values
from repertory.products import fields
from repertory.products.access import visible_products
from repertory.products.actions import add_pack, create_product, move_product_stage, revise_pack, revise_product
from repertory.products.choices import Stage
from repertory.products.importing.columns import PACK_KEYS
from repertory.products.inputs import AddPack, CreateProduct, MoveProductStage, RevisePack, ReviseProduct
from repertory.products.models import Pack, Product
from repertory.products.numbers import clean_approval_number, clean_atc
from repertory.products.queries.listing import matching_products, shown

KEYS = (("code",), ("approval_number",), ("generic_name", "dosage_form", "manufacturer"))
NAMES = ("code", "approval_number", "generic_name", "trade_name")
ALIKE = ("generic_name", "trade_name", "dosage_form", "manufacturer")


class ProductImporter(RowwiseImporter):
    """Rows that name no product are taken out before: headings with an ATC code, the feet of pages."""

    def __init__(self, plan: ImportPlan) -> None:
        super().__init__(plan, write_row)
        self._atc = ""
        self._headings: list[int] = []

    def check(self, rows: Sequence[ImportRow]) -> Report:
        return super().check([row for row in rows if self._is_product(row)])

    def conclude(self) -> Report:
        report = super().conclude()
        if self._headings:
            message = _("有 %(count)s 行没有药品名称，只有分类或页码，没有导入。") % {"count": len(self._headings)}
            report.warnings.append(Finding(self._headings[0], "", "headings_left_out", message))
        return report

    def _is_product(self, row: ImportRow) -> bool:
        """Also gives the row the code of the heading above it."""
        values = row.values
        if any(values.get(name) not in (None, "", CLEAR) for name in NAMES):
            if self._atc and not values.get("atc_code"):
                values["atc_code"] = self._atc
            return True
        if any(key in values for key in ("dosage_form", "spec", "manufacturer")):
            return True
        self._headings.append(row.number)
        if values.get("atc_code"):
            self._atc = _known_atc(values["atc_code"])
        return False


def _known_atc(text: Any) -> str:
    try:
        return clean_atc(str(text))
    except InvalidInput:
        return ""


def importer(plan: ImportPlan) -> ProductImporter:
    return ProductImporter(plan)


def write_row(plan: ImportPlan, values: Values) -> Outcome:
    """Open the product or bring it up to date, then its pack."""
    values = {key: value.strip() if isinstance(value, str) else value for key, value in values.items()}
    product = _known(plan, values)
    if product is None:
        product, outcome = _create(plan, values), Outcome.CREATED
    else:
        outcome = Outcome.UPDATED if _revise(plan, product, values) else Outcome.UNCHANGED
    packed = _write_pack(plan, product, values)
    return Outcome.UPDATED if packed and outcome is Outcome.UNCHANGED else outcome


def _known(plan: ImportPlan, values: Values) -> Product | None:
    """The product that the row means: by code, else by approval number, else by name, form and maker."""
    rows, key = visible_products(plan.actor), plan.key[:1]
    if values.get("code") and key in ((), ("code",)):
        return rows.filter(code=values["code"]).first()
    if values.get("approval_number") and key in ((), ("approval_number",)):
        return rows.filter(approval_number=_number(values["approval_number"])).first()
    if not values.get("generic_name"):
        raise InvalidInput(_("通用名不能为空。"), code="missing", field="generic_name")
    return _alike(rows, values)


def _alike(rows: QuerySet[Product], values: Values) -> Product | None:
    """The only one that is the same in what the row says; else the one that is the same in what it leaves open too."""
    said = {name: values[name] for name in ALIKE if values.get(name)}
    found = list(rows.filter(**said)[:2])
    if len(found) < 2:
        return found[0] if found else None
    exact = rows.filter(**{name: said.get(name, "") for name in ALIKE})
    product = exact.filter(approval_number="").first() or exact.first()
    if product is None:
        message = _("有几个产品都像“%(name)s”，请填产品编码或批准文号。") % {"name": values["generic_name"]}
        raise InvalidInput(message, code="ambiguous", field="generic_name")
    return product


def _number(text: str) -> str:
    return clean_approval_number(text)


def _create(plan: ImportPlan, values: Values) -> Product:
    stage = values.get("stage") or (Stage.ON_SALE if values.get("approval_number") else Stage.DEVELOPMENT)
    data = read_input(CreateProduct, {**_facts(values), "stage": stage})
    return create_product(actor=plan.actor, at=plan.at, data=data)


def _revise(plan: ImportPlan, product: Product, values: Values) -> bool:
    """Whether anything changed."""
    version = product.version
    facts = {name: value for name, value in _facts(values).items() if name != "code"}
    data = read_input(ReviseProduct, facts)
    revised = revise_product(actor=plan.actor, at=plan.at, product_id=product.pk, data=data)
    stage = values.get("stage")
    if stage and stage != revised.stage:
        move_product_stage(
            actor=plan.actor, at=plan.at, product_id=product.pk, data=read_input(MoveProductStage, {"stage": stage})
        )
        return True
    return revised.version != version


def _facts(values: Values) -> dict[str, Any]:
    """The product's part of the row; what is to be emptied as ""."""
    facts = {name: "" if values[name] is None else values[name] for name in fields.WRITABLE if name in values}
    custom = {key.removeprefix(CUSTOM): value for key, value in values.items() if key.startswith(CUSTOM)}
    return facts | {"custom": custom} if custom else facts


def _write_pack(plan: ImportPlan, product: Product, values: Values) -> bool:
    """Whether a pack was added or changed."""
    given = {name: values[key] for name in fields.PACK_FIELDS if (key := PACK_KEYS.get(name, name)) in values}
    facts = {name: "" if value is None else value for name, value in given.items()}
    if not any(value not in ("", None) for value in facts.values()):
        return False
    known = _known_pack(product, facts)
    if known is None:
        if not facts.get("spec"):
            raise InvalidInput(_("填了规格的资料，就要填规格本身。"), code="missing", field="spec")
        data = _of_pack(AddPack, facts)
        add_pack(actor=plan.actor, at=plan.at, product_id=product.pk, data=data)
        return True
    data = _of_pack(RevisePack, {name: value for name, value in facts.items() if name != "code"})
    return revise_pack(actor=plan.actor, at=plan.at, pack_id=known.pk, data=data).version != known.version


def _known_pack(product: Product, facts: Mapping[str, Any]) -> Pack | None:
    packs = Pack.objects.filter(product=product)
    if facts.get("code"):
        return packs.filter(code=facts["code"]).first()
    if not facts.get("spec"):
        return None
    return packs.filter(spec=facts["spec"], pack=facts.get("pack", "")).first()


def _of_pack(shape: type, facts: dict[str, Any]) -> Any:
    """An error of the pack's code or switch names the file's column."""
    try:
        return read_input(shape, facts)
    except InvalidInput as error:
        listed = [{**item, "field": PACK_KEYS.get(item["field"], item["field"])} for item in error.details["errors"]]
        raise InvalidInput(str(error), field=listed[0]["field"], details={"errors": listed}) from None


def export(actor: Actor, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """The products of the list with these filters, once for each pack, once where there is none."""
    for product in shown(_listed(actor, filters)).order_by("sort_key", "pk").prefetch_related("packs"):
        own = {name: getattr(product, name) for name in (*fields.WRITABLE, "stage")}
        own |= {name: getattr(own[name], column) for name, column in fields.LINKS.items() if own[name] is not None}
        own |= {f"{CUSTOM}{key}": value for key, value in product.custom.items()}
        packs = list(product.packs.all())
        for pack in packs or [None]:
            yield {**own, **_of_row(pack)}


def _of_row(pack: Pack | None) -> dict[str, Any]:
    if pack is None:
        return {}
    return {PACK_KEYS.get(name, name): getattr(pack, name) for name in fields.PACK_FIELDS}


def count(actor: Actor, filters: Mapping[str, str]) -> int:
    """Of products; one with several packs is more than one row."""
    return _listed(actor, filters).count()


def _listed(actor: Actor, filters: Mapping[str, str]) -> QuerySet[Product]:
    return matching_products(actor=actor, query=list_query(filters))
