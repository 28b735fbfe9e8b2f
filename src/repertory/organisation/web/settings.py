"""What an administrator sets: custom fields, rules of the trade."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.core.errors import InvalidInput
from repertory.core.time import now, today
from repertory.core.web.forms import figure, tick
from repertory.core.web.pages import page
from repertory.core.web.tables import Column, Table, tag
from repertory.organisation import access
from repertory.organisation.actions import archive_custom_field, define_custom_field, revise_custom_field, set_policy
from repertory.organisation.inputs import SetPolicy
from repertory.organisation.queries import settings as queries
from repertory.organisation.web.answers import form_page
from repertory.organisation.web.forms import OBJECTS, CustomFieldForm, PolicyForm, ReviseCustomFieldForm
from repertory.platform import rules
from repertory.platform.models import CustomField
from repertory.platform.rules import Part, PartKind, Rule

FIELD_FACTS = ("label", "label_en", "required", "help", "position")


@page(allow=access.may_administer)
def field_list(request: HttpRequest) -> HttpResponse:
    table = Table(
        _field_columns(),
        queries.custom_fields(actor=request.actor),
        _("自定义字段"),
        url=lambda row: reverse("organisation:edit_field", args=[row.pk]),
    )
    empty = {
        "title": _("还没有自定义字段"),
        "text": _("公司自己的客户或产品资料项，例如床位数、是否医保定点，可以在这里添加，不用改程序。"),
        "icon": "forms",
        "url": reverse("organisation:new_field"),
        "action": _("新建字段"),
    }
    return render(request, "organisation/fields.html", {"table": table, "empty": empty})


def _field_columns() -> list[Column]:
    return [
        Column("label", _("名称"), lambda row: row.label, title=True),
        Column("object", _("对象"), lambda row: dict(OBJECTS).get(row.object_type, row.object_type)),
        Column("key", _("代码"), lambda row: row.key),
        Column("kind", _("类型"), lambda row: row.get_kind_display()),
        Column("options", _("选项"), lambda row: _("、").join(row.options)),
        Column("required", _("必填"), lambda row: _("是") if row.required else ""),
        Column("state", _("状态"), lambda row: tag(_("已停用"), "warn") if row.archived_at else ""),
    ]


@page(allow=access.may_administer, methods=("GET", "POST"))
def new_field(request: HttpRequest) -> HttpResponse:
    return form_page(
        request,
        CustomFieldForm(request.POST or None),
        title=_("新建字段"),
        act=lambda data: define_custom_field(actor=request.actor, at=now(), data=data),
        done=_to_fields,
        back=_to_fields(),
        said=_("字段已建立，表单、列表、筛选、导入导出和接口里都有了。"),
    )


@page(allow=access.may_administer, methods=("GET", "POST"))
def edit_field(request: HttpRequest, field_id: int) -> HttpResponse:
    field = queries.custom_field(actor=request.actor, field_id=field_id)
    initial = {name: getattr(field, name) for name in FIELD_FACTS} | {"options": "\n".join(field.options)}
    if request.method == "GET":
        form = ReviseCustomFieldForm(initial=initial)
        return render(request, "organisation/field.html", {"form": form, "field": field, "back": _to_fields()})
    return form_page(
        request,
        ReviseCustomFieldForm(request.POST, initial=initial),
        title=_("修改字段：%(name)s") % {"name": field.label},
        act=lambda data: revise_custom_field(actor=request.actor, at=now(), field_id=field_id, data=data),
        done=_to_fields,
        back=_to_fields(),
        said=_("已保存。"),
    )


@page(allow=access.may_administer, methods=("POST",))
def drop_field(request: HttpRequest, field_id: int) -> HttpResponse:
    archive_custom_field(actor=request.actor, at=now(), field_id=field_id)
    messages.success(request, _("字段已停用，已填的内容仍保存着。"))
    return redirect(_to_fields())


def _to_fields(_field: CustomField | None = None) -> str:
    return reverse("organisation:fields")


@page(allow=access.may_audit)
def rule_list(request: HttpRequest) -> HttpResponse:
    frame = {
        "rules": [_shown_rule(request, rule) for rule in rules.all_rules()],
        "may_administer": access.may_administer(request.actor),
    }
    return render(request, "organisation/rules.html", frame)


def _shown_rule(request: HttpRequest, rule: Rule) -> dict[str, Any]:
    value = rules.value_on(rule, today())
    return {
        "rule": rule,
        "facts": [{"label": part.label, "value": _shown(rules.read_part(value, part))} for part in rule.parts],
        "history": queries.policy_history(actor=request.actor, key=rule.key),
        "url": reverse("organisation:edit_rule", args=[rule.key]),
    }


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return formats.number(value) if isinstance(value, int | Decimal) else str(value)


@page(allow=access.may_administer, methods=("GET", "POST"))
def edit_rule(request: HttpRequest, key: str) -> HttpResponse:
    rule = rules.rule_named(key)
    value = rules.value_on(rule, today())
    boxes = {f"part{number}": _box(part) for number, part in enumerate(rule.parts)}
    initial = {f"part{number}": rules.read_part(value, part) for number, part in enumerate(rule.parts)}
    form = PolicyForm(
        request.POST or None, key=key, boxes=boxes, read=lambda typed: _read(rule, value, typed), initial=initial
    )
    return form_page(
        request,
        form,
        title=rule.label,
        act=lambda data: _set(request, rule, data),
        done=lambda row: reverse("organisation:rules"),
        back=reverse("organisation:rules"),
        said=_("规则已记下，从生效日起使用；以前的日子仍按当时的规则。"),
        note=rule.text,
    )


def _set(request: HttpRequest, rule: Rule, data: SetPolicy) -> Any:
    return set_policy(
        actor=request.actor,
        at=now(),
        key=rule.key,
        starts_on=data.starts_on,
        value=data.value,
        source=data.source,
        note=data.note,
    )


def _box(part: Part) -> forms.Field:
    if part.kind == PartKind.SWITCH:
        return tick(part.label, help_text=part.help)
    return figure(part.label, step="1" if part.kind == PartKind.WHOLE else "any", help_text=part.help, required=True)


def _read(rule: Rule, value: Any, typed: dict[str, Any]) -> Any:
    """The rule's value with what was typed in its parts. Raises InvalidInput that names the box."""
    for number, part in enumerate(rule.parts):
        name = f"part{number}"
        value = rules.with_part(value, part, _read_part(part, typed.get(name), name))
    return value


def _read_part(part: Part, typed: Any, name: str) -> bool | int | str:
    if part.kind == PartKind.SWITCH:
        return bool(typed)
    try:
        number = Decimal(typed or "")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0 or (part.kind == PartKind.WHOLE and number != int(number)):
        raise InvalidInput(_("这里要填不小于零的数字。"), field=name)
    return int(number) if number == int(number) else str(number)
