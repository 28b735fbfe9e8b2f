"""Robots of chat groups: which addresses may be called at all, and calling them.

Only an address of the allow-list is ever built (RobotKind → origin, REPERTORY_ROBOT_ORIGINS for a company's own servers);
of what an administrator pastes the key alone is kept, and no redirect is followed, so that no key, and no spelling of an
inside address, leads anywhere else.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from repertory.core import crypto
from repertory.core.errors import InvalidInput, RepertoryError
from repertory.platform.models import Robot
from repertory.platform.models.reminders import RobotKind

KEY, SECRET = "robot.key", "robot.secret"


class NotSent(RepertoryError):
    """The platform did not take the message."""

    default_code = "not_sent"


@dataclass(frozen=True)
class Shape:
    """How a platform's address is made: origin, path, and the key, in the path's place of {key} or as a parameter."""

    origin: str
    path: str
    parameter: str
    key: re.Pattern[str]


SHAPES = {
    RobotKind.WECOM: Shape(
        "https://qyapi.weixin.qq.com", "/cgi-bin/webhook/send", "key", re.compile(r"[A-Za-z0-9_-]{8,80}")
    ),
    RobotKind.DINGTALK: Shape(
        "https://oapi.dingtalk.com", "/robot/send", "access_token", re.compile(r"[A-Za-z0-9]{8,100}")
    ),
    RobotKind.FEISHU: Shape(
        "https://open.feishu.cn", "/open-apis/bot/v2/hook/", "", re.compile(r"[A-Za-z0-9_-]{8,80}")
    ),
}
SECRET_FORM = re.compile(r"[A-Za-z0-9]{8,100}")


def origin_of(kind: str) -> str:
    """Scheme, host and port that a kind of robot is called at."""
    return settings.ROBOT_ORIGINS.get(kind, SHAPES[RobotKind(kind)].origin)


def read_address(address: str) -> tuple[RobotKind, str]:
    """The kind and the key of an address as the platform shows it. Raises InvalidInput for every other address."""
    try:
        parts = urlsplit(address.strip())
        origin = f"{parts.scheme}://{parts.netloc}"
    except ValueError:
        raise _refusal() from None
    for kind, shape in SHAPES.items():
        if origin != origin_of(kind):
            continue
        key = _key_in(shape, parts.path, parts.query)
        if key is not None:
            return kind, key
    raise _refusal()


def _key_in(shape: Shape, path: str, query: str) -> str | None:
    if shape.parameter:
        found = dict(parse_qsl(query)).get(shape.parameter, "") if path == shape.path else ""
    else:
        found = path.removeprefix(shape.path).rstrip("/") if path.startswith(shape.path) else ""
    return found if shape.key.fullmatch(found) else None


def _refusal() -> InvalidInput:
    hosts = _("、").join(origin_of(kind) for kind in SHAPES)
    message = _("这不是群机器人的地址。请在群里复制机器人的 Webhook 地址，只能是这些网站的：%(hosts)s。")
    return InvalidInput(message % {"hosts": hosts}, code="robot_address", field="address")


def send(robot: Robot, text: str) -> None:
    """Post a text. Raises NotSent."""
    from repertory.platform.reminders.apprise_robots import post  # slow import: requests and apprise

    shape = SHAPES[RobotKind(robot.kind)]
    key, secret = opened(robot)
    if not shape.key.fullmatch(key):
        raise NotSent(_("机器人的密钥不对，请重新添加。"))
    if not post(robot.kind, origin=origin_of(robot.kind), key=key, secret=secret, text=text):
        raise NotSent(_("平台没有接受消息，请检查机器人是否还在群里。"))


def opened(robot: Robot) -> tuple[str, str]:
    """The key and the secret of a robot. Raises FieldKeysError."""
    key = crypto.decrypt_text(bytes(robot.key), purpose=KEY)
    return key, crypto.decrypt_text(bytes(robot.secret), purpose=SECRET)


def sealed(*, key: str, secret: str = "") -> dict[str, Any]:
    """The columns of a robot that hold what nobody may read."""
    if secret and not SECRET_FORM.fullmatch(secret):
        raise InvalidInput(_("加签密钥的格式不对，请从钉钉复制以 SEC 开头的那一串。"), field="secret")
    return {
        "key": crypto.encrypt_text(key, purpose=KEY),
        "secret": crypto.encrypt_text(secret, purpose=SECRET),
    }
