"""The robots of chat groups, for administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core.time import now
from repertory.core.web.pages import page
from repertory.organisation import access
from repertory.organisation.actions.robots import add_robot, order_trial, remove_robot, switch_robot
from repertory.organisation.queries.settings import robots
from repertory.organisation.web.answers import form_page
from repertory.organisation.web.forms import RobotForm


@page(allow=access.may_administer)
def robot_list(request: HttpRequest) -> HttpResponse:
    return render(request, "organisation/robots.html", {"robots": robots(actor=request.actor)})


@page(allow=access.may_administer, methods=("GET", "POST"))
def new_robot(request: HttpRequest) -> HttpResponse:
    return form_page(
        request,
        RobotForm(request.POST or None),
        title=_("添加群机器人"),
        act=lambda data: add_robot(actor=request.actor, at=now(), data=data),
        done=lambda robot: reverse("organisation:robots"),
        back=reverse("organisation:robots"),
        said=_("群机器人已添加，请发一条测试消息试试。"),
        note=_(
            "在企业微信、钉钉或飞书的群设置里添加自定义机器人，把它的 Webhook 地址复制到这里。地址加密保存，以后不再显示。"
        ),
    )


@page(allow=access.may_administer, methods=("POST",))
def switch(request: HttpRequest, robot_id: int) -> HttpResponse:
    robot = switch_robot(actor=request.actor, at=now(), robot_id=robot_id)
    messages.success(request, _("已启用。") if robot.is_active else _("已停用，不再往这个群发消息。"))
    return redirect("organisation:robots")


@page(allow=access.may_administer, methods=("POST",))
def remove(request: HttpRequest, robot_id: int) -> HttpResponse:
    remove_robot(actor=request.actor, at=now(), robot_id=robot_id)
    messages.success(request, _("群机器人已删除。"))
    return redirect("organisation:robots")


@page(allow=access.may_administer, methods=("POST",))
def trial(request: HttpRequest, robot_id: int) -> HttpResponse:
    order_trial(actor=request.actor, at=now(), robot_id=robot_id)
    messages.success(request, _("测试消息正在发送，请到群里看；结果稍后列在这里。"))
    return redirect("organisation:robots")
