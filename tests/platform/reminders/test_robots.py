"""Robots of chat groups: three platforms, no other address, keys that nobody reads."""

import json

import pytest

from repertory.core import crypto
from repertory.core.errors import Conflict, InvalidInput, NotAllowed
from repertory.organisation.actions.robots import add_robot
from repertory.organisation.inputs import AddRobot
from repertory.platform.models import AuditEntry, NotificationChoice, Robot
from repertory.platform.reminders import robots
from tests.factories.receivers import platform
from tests.platform.reminders.conftest import KEY

WECOM = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"
TOKEN = "a" * 64
INSIDE = (
    "http://127.0.0.1/cgi-bin/webhook/send?key=",
    "https://127.0.0.1/cgi-bin/webhook/send?key=",
    "https://0177.0.0.1/cgi-bin/webhook/send?key=",
    "https://2130706433/cgi-bin/webhook/send?key=",
    "https://0x7f.1/cgi-bin/webhook/send?key=",
    "https://[::1]/cgi-bin/webhook/send?key=",
    "https://[::ffff:127.0.0.1]/cgi-bin/webhook/send?key=",
    "https://169.254.169.254/latest/meta-data?key=",
    "https://localhost/cgi-bin/webhook/send?key=",
    "https://qyapi.weixin.qq.com@127.0.0.1/cgi-bin/webhook/send?key=",
    "https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=",
    "https://qyapi.weixin.qq.com.example.com/cgi-bin/webhook/send?key=",
    "https://qyapi.weixin.qq.com#@127.0.0.1/cgi-bin/webhook/send?key=",
    "https://qyapi.weixin.qq.com\\@127.0.0.1/cgi-bin/webhook/send?key=",
    "https://qyapi。weixin。qq。com/cgi-bin/webhook/send?key=",
    "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
    "//qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
    "file:///etc/passwd?key=",
    "gopher://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
    "json://127.0.0.1/?key=",
    "https://qyapi.weixin.qq.com/cgi-bin/user/get?key=",
    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send/../../gettoken?key=",
    "https://[qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
)


def add(company, at, address, username="admin", **facts):
    data = AddRobot(**{"name": "群", "address": address, **facts})
    return add_robot(actor=company.actor(username), at=at, data=data)


@pytest.mark.parametrize("beginning", INSIDE)
def test_p32_no_spelling_of_another_address_is_taken(company, at, beginning):
    """SSRF by IP notation: EspoCRM CVE-2026-33534, SuiteCRM CVE-2026-69137."""
    with pytest.raises(InvalidInput) as caught:
        add(company, at, beginning + KEY)
    assert caught.value.code == "robot_address"
    assert Robot.objects.count() == 0


@pytest.mark.parametrize("key", ["", "short", "../../gettoken?x=aaaaaaa", "a@127.0.0.1/aaaa", "a" * 200, "键" * 10])
def test_p32_a_key_is_only_a_key(company, at, key):
    """What is pasted can't change the address that is called: it is built anew around the key."""
    with pytest.raises(InvalidInput):
        add(company, at, f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={key}")


def test_p32_a_redirect_is_not_followed(company, robot, wecom):
    """Redirects and rebinding: frappe/press#7459, GitLab #63959, #28485."""
    with platform() as inside:
        wecom.status, wecom.location = 302, f"{inside.origin}/admin"
        with pytest.raises(robots.NotSent):
            robots.send(robot, "你好")
        wecom.status = 307
        with pytest.raises(robots.NotSent):
            robots.send(robot, "你好")
        assert inside.posts == []


def test_the_three_platforms_are_known_by_their_addresses(company, at):
    assert robots.read_address(WECOM) == ("wecom", KEY)
    dingtalk = f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}"
    assert robots.read_address(dingtalk) == ("dingtalk", TOKEN)
    feishu = f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}"
    assert robots.read_address(feishu) == robots.read_address(f"{feishu}/") == ("feishu", KEY)


@pytest.mark.parametrize(
    ("kind", "address", "answer", "text_of"),
    [
        ("dingtalk", f"/robot/send?access_token={TOKEN}", {"errcode": 0}, lambda body: body["text"]["content"]),
        ("feishu", f"/open-apis/bot/v2/hook/{KEY}", {"code": 0}, lambda body: body["content"]["text"]),
    ],
)
def test_dingtalk_and_feishu_get_their_own_shapes(company, at, settings, kind, address, answer, text_of):
    with platform() as found:
        settings.ROBOT_ORIGINS = {kind: found.origin}
        found.answer = answer
        robots.send(add(company, at, found.origin + address), "你好，药程")
        ((path, body),) = found.posts
        assert path == address
        assert text_of(body) == "你好，药程"
        found.answer = {next(iter(answer)): 19001}
        with pytest.raises(robots.NotSent):
            robots.send(Robot.objects.get(), "你好")


def test_dingtalk_signs_where_a_secret_is_set(company, at, settings):
    with platform() as found:
        settings.ROBOT_ORIGINS = {"dingtalk": found.origin}
        robot = add(company, at, f"{found.origin}/robot/send?access_token={TOKEN}", secret="SEC" + "0" * 61)
        robots.send(robot, "你好")
        assert "&timestamp=" in found.posts[0][0]
        assert "&sign=" in found.posts[0][0]


def test_keys_are_sealed_and_stand_nowhere_in_clear(company, robot, signed_in):
    assert KEY.encode() not in bytes(robot.key)
    assert crypto.decrypt_text(bytes(robot.key), purpose=robots.KEY) == KEY
    page = signed_in("admin").get("/settings/robots/").content.decode()
    assert "南京地区群" in page
    assert KEY not in page
    assert KEY not in json.dumps(list(AuditEntry.objects.values("label", "changes", "reason")))


def test_only_administrators_add_robots(company, at):
    for username in ("rep", "boss", "auditor", "finance"):
        with pytest.raises(NotAllowed):
            add(company, at, WECOM, username=username)


def test_two_robots_have_two_names(company, at, robot):
    with pytest.raises(Conflict):
        add(company, at, f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}", name=robot.name)


def test_a_robot_is_tried_switched_and_removed(
    company, robot, wecom, signed_in, choose, worker_at_hand, django_capture_on_commit_callbacks
):
    browser = signed_in("admin")
    choose("rep", "customer_dates", "robot", robot.pk)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/settings/robots/{robot.pk}/trial/")
    assert wecom.posts[0][1]["text"]["content"] == "药程：群机器人已接通。"
    assert "测试成功" in browser.get("/settings/robots/").content.decode()
    wecom.answer = {"errcode": 93000}
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"/settings/robots/{robot.pk}/trial/")
    assert "测试没有成功" in browser.get("/settings/robots/").content.decode()
    browser.post(f"/settings/robots/{robot.pk}/switch/")
    assert not Robot.objects.get().is_active
    assert "同时发到" not in signed_in("rep").get("/reminders/settings/").content.decode()
    browser.post(f"/settings/robots/{robot.pk}/removal/")
    assert (Robot.objects.count(), NotificationChoice.objects.count()) == (0, 0)


def test_the_form_says_which_addresses_are_taken(company, signed_in):
    answer = signed_in("admin").post("/settings/robots/new/", {"name": "群", "address": "https://example.com/"})
    assert answer.status_code == 422
    assert "https://qyapi.weixin.qq.com、https://oapi.dingtalk.com、https://open.feishu.cn" in answer.content.decode()
