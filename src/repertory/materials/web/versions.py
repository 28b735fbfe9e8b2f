"""Versions of a material: drafting, the file, handing in, deciding, withdrawing; and the list of what waits."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as told
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import NotFound, RepertoryError
from repertory.core.web.forms import InputForm
from repertory.core.web.pages import page
from repertory.core.web.responses import page_changed
from repertory.materials import access
from repertory.materials.actions import (
    attach_version_file,
    decide_version,
    discard_version,
    draft_version,
    revise_version,
    submit_version,
    withdraw_version,
)
from repertory.materials.actions.versions import EDITION
from repertory.materials.choices import EDITABLE
from repertory.materials.inputs import DraftVersion, ReviseVersion
from repertory.materials.models import Material, MaterialVersion
from repertory.materials.queries.materials import (
    editions_of,
    expiring_versions,
    material_of,
    version_of,
    waiting_versions,
)
from repertory.materials.web.forms import DecideForm, VersionForm, WithdrawForm
from repertory.materials.web.responses import part
from repertory.materials.web.tags import audiences_in_words
from repertory.platform.web.files import file_answer

MOST = 200
WORDS = ("summary", "subject", "body", "audiences")


@page(allow=access.may_work_on_materials)
def work_list(request: HttpRequest) -> HttpResponse:
    """What waits for approval, and what ends soon."""
    rows = [
        {"version": row, "audiences": audiences_in_words(row), "may_decide": access.may_decide(request.actor, row)}
        for row in waiting_versions(actor=request.actor)[:MOST]
    ]
    expiring = expiring_versions(actor=request.actor, on=time.today())
    return render(request, "materials/approval.html", {"waiting": rows, "expiring": expiring[:MOST]})


@page(allow=access.may_write_materials, methods=("GET", "POST"))
def new_version(request: HttpRequest, material_id: int) -> HttpResponse:
    """The next version, which begins with the words of the last one."""
    material = material_of(actor=request.actor, material_id=material_id)

    def act(data: ReviseVersion) -> MaterialVersion:
        edition = DraftVersion(**{name: getattr(data, name) for name in EDITION})
        return draft_version(actor=request.actor, at=time.now(), material_id=material_id, data=edition)

    shown = editions_of(actor=request.actor, material=material, on=time.today())
    initial = {name: getattr(shown[0].version, name) for name in WORDS} if shown else {}
    form = VersionForm(request.POST or None, material=material, initial=initial)
    return _written(request, material, form, act, _("起草版本"))


@page(allow=access.may_write_materials, methods=("GET", "POST"))
def edit_version(request: HttpRequest, version_id: int) -> HttpResponse:
    version = version_of(actor=request.actor, version_id=version_id)
    if version.state not in EDITABLE:
        return redirect(_page_of(version))

    def act(data: ReviseVersion) -> MaterialVersion:
        return revise_version(actor=request.actor, at=time.now(), version_id=version_id, data=data)

    initial = {name: getattr(version, name) for name in (*EDITION, "version")}
    form = VersionForm(request.POST or None, material=version.material, initial=initial)
    return _written(request, version.material, form, act, _("修改草稿"), note=version.decision_note)


def _written(
    request: HttpRequest, material: Material, form: InputForm, act: Callable[[Any], Any], title: str, note: str = ""
) -> HttpResponse:
    back = reverse("materials:page", args=(material.pk,))
    if request.method == "POST" and form.carry_out(act):
        told.success(request, _("草稿已保存。上传文件后提交，由别人审批。"))
        return redirect(back)
    context = {"form": form, "title": title, "about": material, "note": note, "back": back, "verb": _("存为草稿")}
    return render(request, "materials/form.html", context, status=422 if form.errors else 200)


@page(allow=access.may_write_materials, methods=("POST",))
def attach(request: HttpRequest, version_id: int) -> HttpResponse:
    version = version_of(actor=request.actor, version_id=version_id)
    uploaded = request.FILES.get("file")
    if uploaded is None:
        told.error(request, _("请先选择文件。"))
    else:
        try:
            attach_version_file(
                actor=request.actor, at=time.now(), version_id=version_id, name=uploaded.name, content=uploaded
            )
        except NotFound:
            raise
        except RepertoryError as error:
            told.error(request, str(error))
    return redirect(_page_of(version))


@page(allow=access.may_see)
def download(request: HttpRequest, version_id: int) -> FileResponse:
    found = version_of(actor=request.actor, version_id=version_id).file
    if found is None:
        raise NotFound()
    return file_answer(found)


@page(allow=access.may_write_materials, methods=("POST",))
def submit(request: HttpRequest, version_id: int) -> HttpResponse:
    version = submit_version(actor=request.actor, at=time.now(), version_id=version_id)
    return page_changed(request, _page_of(version), _("已提交审批。"))


@page(allow=access.may_write_materials, methods=("POST",))
def discard(request: HttpRequest, version_id: int) -> HttpResponse:
    version = version_of(actor=request.actor, version_id=version_id)
    discard_version(actor=request.actor, at=time.now(), version_id=version_id)
    return page_changed(request, _page_of(version), _("草稿已删除。"))


@page(allow=access.may_write_materials, methods=("GET", "POST"))
def decide(request: HttpRequest, version_id: int) -> HttpResponse:
    version = version_of(actor=request.actor, version_id=version_id)
    initial = {"valid_from": version.valid_from, "valid_until": version.valid_until}
    return _dialog(request, version, DecideForm(request.POST or None, initial=initial), decide_version, _("审批资料"))


@page(allow=access.may_write_materials, methods=("GET", "POST"))
def withdraw(request: HttpRequest, version_id: int) -> HttpResponse:
    version = version_of(actor=request.actor, version_id=version_id)
    return _dialog(request, version, WithdrawForm(request.POST or None), withdraw_version, _("撤下资料"))


def _dialog(
    request: HttpRequest, version: MaterialVersion, form: InputForm, act: Callable[..., Any], title: str
) -> HttpResponse:
    if request.method == "POST" and form.carry_out(
        lambda data: act(actor=request.actor, at=time.now(), version_id=version.pk, data=data)
    ):
        return page_changed(request, _page_of(version), _("已保存。"))
    context = {"form": form, "title": title, "about": version, "version": version}
    context["audiences"] = audiences_in_words(version)
    return part(request, "materials/_dialog.html", context, status=422 if form.errors else 200)


def _page_of(version: MaterialVersion) -> str:
    return reverse("materials:page", args=(version.material_id,))
