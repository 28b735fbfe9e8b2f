"""The three robots by way of apprise, at an address that the caller vouches for.

All three platforms answer 200 also to what they refuse and say so in the body, which apprise does not read; `_Reading`
stands between, so that a refused message counts as one that was not sent.
"""

from typing import Any

import requests
from apprise.plugins import dingtalk, feishu, wecombot

MOST_SECONDS = 10
REFUSED = 502


class _Reading:
    """What the plugins know as `requests`."""

    def __getattr__(self, name: str) -> Any:
        return getattr(requests, name)

    def post(self, *arguments: Any, **options: Any) -> requests.Response:
        options |= {"allow_redirects": False, "timeout": MOST_SECONDS}
        answer = requests.post(*arguments, **options)  # noqa: S113
        if answer.status_code == requests.codes.ok and not _taken(answer):
            answer.status_code = REFUSED
        return answer


def _taken(answer: requests.Response) -> bool:
    """Whether the body says so: {"errcode": 0}, {"code": 0}, or older ones of 飞书 {"StatusCode": 0}."""
    try:
        body = answer.json()
    except ValueError:
        return False
    codes = [body[name] for name in ("errcode", "code", "StatusCode") if name in body] if isinstance(body, dict) else []
    return bool(codes) and all(code == 0 for code in codes)


for plugin in (dingtalk, feishu, wecombot):
    plugin.requests = _Reading()  # type: ignore[attr-defined]


def post(kind: str, *, origin: str, key: str, secret: str, text: str) -> bool:
    """Whether the platform took the text."""
    robot = _plugin(kind, origin=origin, key=key, secret=secret)
    return bool(robot.send(body=text))


def _plugin(kind: str, *, origin: str, key: str, secret: str) -> Any:
    robot: Any
    if kind == "wecom":
        robot = wecombot.NotifyWeComBot(key=key)
        robot.api_url = f"{origin}/cgi-bin/webhook/send?key={key}"
    elif kind == "dingtalk":
        robot = dingtalk.NotifyDingTalk(token=key, secret=secret or None)
        robot.notify_url = f"{origin}/robot/send?access_token={{token}}"
    else:
        robot = feishu.NotifyFeishu(token=key)
        robot.notify_url = f"{origin}/open-apis/bot/v2/hook/{{token}}"
    return robot
