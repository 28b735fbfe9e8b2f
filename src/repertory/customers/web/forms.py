"""Forms of the archive. They only carry what was typed; the inputs judge it."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from repertory.core import regions
from repertory.core.lunar import Calendar
from repertory.core.web.forms import InputForm, choice, day, figure, long_text, of_model_field, text, tick
from repertory.core.web.picker import picker
from repertory.customers import choices, fields, inputs
from repertory.platform.custom_forms import custom_form_field, shown_value
from repertory.platform.models import CustomField

ORGANISATION_URL = reverse_lazy("customers:pick_organisation")
CUSTOMER_URL = reverse_lazy("customers:pick_customer")
PERSON_URL = reverse_lazy("customers:pick_person")
TERRITORY_URL = reverse_lazy("customers:pick_territory")
REGION_URL = reverse_lazy("customers:regions")
LINKS = ("institution", "parent")
REGIONS = ("province_code", "city_code", "county_code")


def archive_field(name: str) -> forms.Field:
    """The form field of one of the archive's fields."""
    if name in LINKS:
        return picker(fields.label(name), ORGANISATION_URL)
    if name in REGIONS:
        return choice(fields.label(name), ())
    if name == "birthday":
        return day(fields.label(name))
    if name in fields.PRIVATE:
        return text(fields.label(name))
    if name == "address":
        return text(fields.label(name), wide=True)
    return of_model_field(fields.model_field(name))


class ArchiveForm(InputForm):
    """Some of the archive's fields and some custom ones. `values` are what is stored; `links` the names behind keys, by the
    form's field."""

    def __init__(
        self,
        data: Any = None,
        *,
        names: tuple[str, ...],
        definitions: tuple[CustomField, ...] = (),
        values: dict[str, Any] | None = None,
        links: dict[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial=values)
        for name in names:
            self.fields[name] = archive_field(name)
        for definition in definitions:
            self.fields[f"custom__{definition.key}"] = custom_form_field(definition, reference_url=CUSTOMER_URL)
        self.definitions = definitions
        for name, shown in (links or {}).items():
            if name in self.fields:
                self.fields[name].widget.shown = shown
        if "province_code" in self.fields:
            self._offer_regions()

    def _offer_regions(self) -> None:
        province, city = self["province_code"].value() or "", self["city_code"].value() or ""
        offered = {
            "province_code": regions.provinces(),
            "city_code": regions.cities(province) if province else (),
            "county_code": regions.counties(city) if city else (),
        }
        for name, options in offered.items():
            self.fields[name].widget.choices = [("", "—"), *options]
        for name, target in (("province_code", "city_code"), ("city_code", "county_code")):
            self.fields[name].widget.attrs |= {
                "hx-get": f"{REGION_URL}?level={target}",
                "hx-trigger": "change",
                "hx-target": f"#{self[target].auto_id}",
                "hx-swap": "innerHTML",
            }

    def given(self) -> dict[str, Any]:
        data = super().given()
        custom = {definition.key: self.cleaned_data.get(f"custom__{definition.key}") for definition in self.definitions}
        return data | {"custom": custom} if custom else data


class SectionForm(ArchiveForm):
    """One section of the card, edited in place. A private field is never filled in beforehand: left blank it stays as it
    is; one that holds something (`sealed`) has a tick that empties it."""

    input_class = inputs.ReviseCustomer
    keep_empty = True
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, names: tuple[str, ...], sealed: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(data, names=names, **more)
        self.sealed = sealed
        for name in sealed:
            self.fields[emptying(name)] = tick(_("清空“%(label)s”") % {"label": fields.label(name)})
        self.order_fields([each for name in names for each in (name, emptying(name))])

    def given(self) -> dict[str, Any]:
        data = super().given()
        for name in ("version", *fields.PRIVATE):
            if data.get(name) == "" and not self.cleaned_data.get(emptying(name)):
                del data[name]
        return data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self.sealed:
            if cleaned.get(name) and cleaned.get(emptying(name)):
                self.add_error(emptying(name), _("填了新的内容就不能同时清空，请去掉一样。"))
        return cleaned


def emptying(name: str) -> str:
    """The form's tick that empties a private field."""
    return f"empty__{name}"


class CreateForm(ArchiveForm):
    """A new archive: the little that is known at first."""

    input_class = inputs.CreateCustomer
    kind = choice(_("类别"), choices.Kind.choices, required=True)
    name = text(_("名称/姓名"), required=True, help_text=_("机构填营业执照上的全称，个人填姓名。"))
    territory = picker(_("负责辖区"), TERRITORY_URL, help_text=_("不填时归您自己的辖区。"))
    tier = choice(_("等级分类"), choices.Tier.choices)
    stage = choice(_("客户阶段"), choices.Stage.choices, blank=None)
    code = text(_("客户编码"), help_text=_("不填时自动编号。"))
    confirmed_new = tick(_("我核对过了，不是同一个，仍要新建"))


class StageForm(InputForm):
    input_class = inputs.MoveStage
    stage = choice(_("新阶段"), (), blank=None, required=True)
    on = day(_("日期"), help_text=_("不填为今天。"))
    reason = text(_("原因"), wide=True)

    def __init__(self, data: Any = None, *, present: str) -> None:
        super().__init__(data)
        reachable = choices.TRANSITIONS[present]
        self.fields["stage"].widget.choices = [pair for pair in choices.Stage.choices if pair[0] in reachable]


class TierForm(InputForm):
    input_class = inputs.DecideTier
    tier = choice(_("定为"), choices.Tier.choices, blank=None, required=True)
    reason = text(_("理由"), wide=True, help_text=_("与系统建议不同的，要写明理由。"))


class RemoveForm(InputForm):
    input_class = inputs.RemoveCustomer
    reason = text(_("移除原因"), wide=True, required=True, help_text=_("档案从所有列表移除，历史保留，可以恢复。"))


class CoverForm(InputForm):
    input_class = inputs.Cover
    territory = picker(_("辖区"), TERRITORY_URL, required=True)
    starts_on = day(_("自"), help_text=_("不填为今天。"))
    ends_on = day(_("至（不含）"))


class ReassignForm(InputForm):
    input_class = inputs.Reassign
    from_territory = picker(_("移出辖区"), TERRITORY_URL, required=True)
    to_territory = picker(_("移入辖区"), TERRITORY_URL, required=True)
    on = day(_("自哪天起"), help_text=_("不填为今天。"))

    def __init__(self, data: Any = None, *, chosen: list[int], at: tuple[str, str] = ("", "")) -> None:
        """chosen: keys of customers, none for all of the territory. at: code and name of where they are now."""
        super().__init__(data, initial={"from_territory": at[0]})
        self.fields["from_territory"].widget.shown = at[1]
        self.chosen = chosen

    def given(self) -> dict[str, Any]:
        return super().given() | ({"customers": self.chosen} if self.chosen else {})


class AffiliateForm(InputForm):
    input_class = inputs.Affiliate
    person = picker(_("人员"), PERSON_URL, required=True)
    institution = picker(_("机构"), ORGANISATION_URL, required=True)
    role = choice(_("决策角色"), choices.DecisionRole.choices, required=True)
    department = text(_("科室/部门"))
    position = text(_("职务"))
    starts_on = day(_("自"))
    ends_on = day(_("至（不含）"))


class InfluenceForm(InputForm):
    input_class = inputs.LinkInfluence
    source = picker(_("影响者"), PERSON_URL, required=True)
    target = picker(_("被影响者"), PERSON_URL, required=True)
    kind = choice(_("关系"), choices.InfluenceKind.choices, required=True)
    strength = figure(_("强度（1-5）"), step="1", initial="3")
    note = text(_("说明"), wide=True)


class DateForm(InputForm):
    input_class = inputs.NoteDate
    kind = choice(_("类型"), choices.DateKind.choices, required=True)
    label = text(_("名称"))
    calendar = choice(_("历法"), Calendar.choices, blank=None)
    year = figure(_("年"), step="1", help_text=_("每年都有的不填年。"))
    month = figure(_("月"), step="1", required=True)
    day = figure(_("日"), step="1", required=True)
    leap_month = tick(_("闰月"))
    remind_days = figure(_("提前几天提醒"), step="1", initial="7")


class KeyPersonForm(InputForm):
    input_class = inputs.RecordKeyPerson
    role = choice(_("身份"), choices.KeyRole.choices, required=True)
    name = text(_("姓名"), required=True)
    birth_year = figure(_("出生年份"), step="1")
    education = text(_("学历"))
    character = text(_("性格"))
    ability = text(_("能力"))


class DepartmentForm(InputForm):
    input_class = inputs.RecordDepartment
    name = text(_("科室"), required=True)
    head = text(_("负责人"))
    beds = figure(_("床位数"), step="1")
    note = text(_("备注"), wide=True)


class ConsentForm(InputForm):
    input_class = inputs.GiveConsent
    purpose = choice(_("用途"), choices.ConsentPurpose.choices, required=True)
    channel = choice(_("渠道"), choices.ConsentChannel.choices, required=True)
    given_on = day(_("同意日期"), required=True)
    how = text(_("取得方式"), required=True, help_text=_("例如：当面签字、微信回复、会议签到表。"))
    evidence = text(_("凭据说明"), wide=True)
    expires_on = day(_("到期日期"))


class RevealForm(InputForm):
    input_class = inputs.Reveal
    field = forms.CharField(widget=forms.HiddenInput)
    reason = text(_("查阅事由"), wide=True, required=True, help_text=_("查阅会记入审计，本人和上级都能看到。"))


class EraseForm(InputForm):
    input_class = inputs.Erase
    reason = text(_("删除依据"), wide=True, required=True, help_text=_("例如：本人 3 月 2 日来电要求删除个人信息。"))


class LicenceForm(InputForm):
    input_class = inputs.RecordLicence
    kind = choice(_("证照类型"), choices.LicenceKind.choices, required=True)
    number = text(_("证号"), required=True)
    issuer = text(_("发证机关"))
    issued_on = day(_("发证日期"))
    expires_on = day(_("有效期至"), help_text=_("含当天；长期有效不填。"))
    scope = long_text(_("许可范围"))


class FirstTradeForm(InputForm):
    input_class = inputs.DecideFirstTrade
    approve = choice(_("结论"), [("true", _("通过")), ("false", _("退回"))], blank=None, required=True)
    note = text(_("意见"), wide=True)


class InviteForm(InputForm):
    input_class = inputs.InviteToFillIn
    valid_days = figure(_("链接有效天数"), step="1", initial="14")


class MergeForm(InputForm):
    """Which of the two is kept, and which values come from the other."""

    input_class = inputs.MergeCustomers
    kept = forms.CharField(widget=forms.HiddenInput)
    gone = forms.CharField(widget=forms.HiddenInput)
    take = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, takeable: tuple[str, ...]) -> None:
        super().__init__(data)
        self.fields["take"].choices = [(name, fields.label(name)) for name in takeable]


def stored_custom(values: dict[str, Any], definitions: tuple[CustomField, ...]) -> dict[str, Any]:
    """Custom values as initial values of the form's fields."""
    return {f"custom__{item.key}": shown_value(values.get(item.key)) for item in definitions}
