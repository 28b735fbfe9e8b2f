"""People: list, archive of posts, accounts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from repertory.core import formats
from repertory.core.time import now, today
from repertory.core.web.pages import everyone, page
from repertory.core.web.tables import Column, Table, tag
from repertory.organisation import access
from repertory.organisation.actions import (
    assign,
    create_person,
    end_assignment,
    end_session,
    revise_person,
    set_password,
)
from repertory.organisation.choices import Role
from repertory.organisation.models import Assignment, User
from repertory.organisation.queries import people as queries
from repertory.organisation.queries.territories import open_territories
from repertory.organisation.web.answers import form_page
from repertory.organisation.web.forms import AssignForm, EndAssignmentForm, NewPersonForm, PersonForm, SetPasswordForm

FACTS = (
    "name",
    "employee_number",
    "email",
    "phone",
    "side",
    "filing_number",
    "filing_expires_on",
    "is_active",
    "version",
)


@page(allow=everyone)
def people_list(request: HttpRequest) -> HttpResponse:
    address = request.GET
    query = queries.PeopleQuery(
        on=today(),
        text=address.get("q", ""),
        role=address.get("role", ""),
        state=address.get("state", ""),
        cursor=address.get("cursor", ""),
    )
    found = queries.list_people(actor=request.actor, query=query)
    table = Table(
        _columns(found.posts), found.items, _("人员"), url=lambda row: reverse("organisation:person", args=[row.pk])
    )
    frame = {
        "table": table,
        "pager": {"count": found.count, "cursor": query.cursor, "next": found.next},
        "query": query,
        "roles": Role.choices,
        "may_administer": access.may_administer(request.actor),
        "empty": {
            "title": _("没有符合条件的人员"),
            "text": _("换一个条件再看。"),
            "icon": "users-group",
            "url": "?",
            "action": _("清除条件"),
        },
    }
    return render(request, "organisation/people.html", frame)


def _columns(posts: dict[int, list[Assignment]]) -> list[Column]:
    return [
        Column("name", _("姓名"), lambda row: row.name, title=True),
        Column("username", _("账号"), lambda row: row.username),
        Column("posts", _("岗位与辖区"), lambda row: _("；").join(post_text(post) for post in posts.get(row.pk, ()))),
        Column("employee_number", _("工号"), lambda row: row.employee_number),
        Column("phone", _("工作手机"), lambda row: row.phone),
        Column("state", _("状态"), lambda row: "" if row.is_active else tag(_("已停用"), "warn")),
    ]


def post_text(post: Assignment) -> str:
    return f"{post.get_role_display()} · {post.territory.name}"


@page(allow=everyone)
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    actor = request.actor
    who = queries.person(actor=actor, person_id=person_id)
    frame = {
        "who": who,
        "facts": facts_of(who),
        "assignments": queries.assignments_of(actor=actor, person_id=person_id),
        "sessions": queries.sessions_of(actor=actor, person_id=person_id, at=now()),
        "tokens": queries.tokens_of(actor=actor, person_id=person_id),
        "today": today(),
        "now": now(),
        "may_administer": access.may_administer(actor),
    }
    return render(request, "organisation/person.html", frame)


def _filing(who: User) -> str:
    """The number, and how long it lives."""
    if who.filing_number and who.filing_expires_on:
        return _("%(number)s（至 %(day)s）") % {"number": who.filing_number, "day": who.filing_expires_on}
    return who.filing_number


def facts_of(who: User) -> list[dict[str, Any]]:
    """What core/_facts.html shows of an account."""
    return [
        {"label": _("账号"), "value": who.username},
        {"label": _("工号"), "value": who.employee_number},
        {"label": _("邮箱"), "value": who.email},
        {"label": _("工作手机"), "value": who.phone},
        {"label": _("学术/销售"), "value": who.get_side_display()},
        {"label": _("备案号"), "value": _filing(who)},
        {"label": _("状态"), "value": _("在用") if who.is_active else _("已停用")},
        {"label": _("建立时间"), "value": formats.human_time(who.created_at, today())},
        {"label": _("最近登录"), "value": formats.human_time(who.last_login, today())},
    ]


@sensitive_post_parameters("password")
@page(allow=access.may_administer, methods=("GET", "POST"))
def new_person(request: HttpRequest) -> HttpResponse:
    return form_page(
        request,
        NewPersonForm(request.POST or None),
        title=_("新建人员"),
        act=lambda data: create_person(actor=request.actor, at=now(), data=data),
        done=_page_of,
        back=reverse("organisation:people"),
        said=_("账号已建立，请接着安排岗位。"),
    )


@page(allow=access.may_administer, methods=("GET", "POST"))
def edit_person(request: HttpRequest, person_id: int) -> HttpResponse:
    who = queries.person(actor=request.actor, person_id=person_id)
    return form_page(
        request,
        PersonForm(request.POST or None, initial={name: getattr(who, name) for name in FACTS}),
        title=_("修改：%(name)s") % {"name": who.name},
        act=lambda data: revise_person(actor=request.actor, at=now(), person_id=person_id, data=data),
        done=_page_of,
        back=_page_of(who),
        said=_("已保存。"),
    )


@sensitive_post_parameters("password")
@page(allow=access.may_administer, methods=("GET", "POST"))
def reset_password(request: HttpRequest, person_id: int) -> HttpResponse:
    who = queries.person(actor=request.actor, person_id=person_id)
    return form_page(
        request,
        SetPasswordForm(request.POST or None),
        title=_("重设密码：%(name)s") % {"name": who.name},
        act=lambda data: set_password(actor=request.actor, at=now(), person_id=person_id, data=data),
        done=_page_of,
        back=_page_of(who),
        said=_("密码已重设，本人的所有登录已退出。"),
        note=_("请当面或通过可靠途径告诉本人，不要写在邮件里。"),
    )


@page(allow=access.may_administer, methods=("GET", "POST"))
def add_assignment(request: HttpRequest, person_id: int) -> HttpResponse:
    who = queries.person(actor=request.actor, person_id=person_id)
    territories = open_territories(actor=request.actor)
    return form_page(
        request,
        AssignForm(request.POST or None, username=who.username, territories=territories),
        title=_("安排岗位：%(name)s") % {"name": who.name},
        act=lambda data: assign(actor=request.actor, at=now(), data=data),
        done=lambda row: _page_of(who),
        back=_page_of(who),
        said=_("岗位已安排。"),
    )


@page(allow=access.may_administer, methods=("GET", "POST"))
def finish_assignment(request: HttpRequest, assignment_id: int) -> HttpResponse:
    post = queries.assignment(actor=request.actor, assignment_id=assignment_id)
    return form_page(
        request,
        EndAssignmentForm(request.POST or None),
        title=_("结束任职：%(name)s，%(post)s") % {"name": post.user.name, "post": post_text(post)},
        act=lambda data: end_assignment(actor=request.actor, at=now(), assignment_id=assignment_id, data=data),
        done=lambda row: _page_of(post.user),
        back=_page_of(post.user),
        said=_("任职已结束，历史保留。"),
        button=_("结束任职"),
    )


@page(allow=access.may_administer, methods=("POST",))
def end_person_session(request: HttpRequest, person_id: int, session_id: int) -> HttpResponse:
    end_session(actor=request.actor, at=now(), session_id=session_id)
    messages.success(request, _("已退出该处登录。"))
    return redirect("organisation:person", person_id)


def _page_of(who: User) -> str:
    return reverse("organisation:person", args=[who.pk])
