"""What goes out to people: an e-mail for each person, one message for each group's robot."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from repertory.core.actor import Actor, Door
from repertory.platform.mailing import can_send, letter
from repertory.platform.models import Delivery, Robot
from repertory.platform.models.reminders import Channel
from repertory.platform.reminders import robots
from repertory.platform.reminders.queries import Shown, in_sight

# A group's message holds a line a person; the platforms take about 2 KB.
PEOPLE_A_MESSAGE = 20
RULES_A_PERSON = 4
LINES = 100

Settle = Callable[[Sequence[Delivery], bool, str], None]
"""(deliveries, whether they are out, why not)"""


def send_all(
    rows: Sequence[Delivery], *, at: datetime, skip: Callable[[Sequence[Delivery]], None], settle: Settle
) -> None:
    """Send what is still worth telling: open, and in the sight of its person. `skip` is told of the rest."""
    texts = _texts(rows, at)
    skip([row for row in rows if row.pk not in texts])
    mails: dict[int, list[Delivery]] = defaultdict(list)
    groups: dict[int, list[Delivery]] = defaultdict(list)
    for row in rows:
        if row.pk in texts:
            (groups[row.robot_id] if row.robot_id else mails[row.reminder.person_id]).append(row)  # type: ignore[index]
    for letters in mails.values():
        _try(letters, texts, _mail, settle)
    for messages in groups.values():
        for part in _parts(messages):
            _try(part, texts, _tell_group, settle)


def _texts(rows: Sequence[Delivery], at: datetime) -> dict[int, Shown]:
    """delivery → the reminder in words, for those that are to go out."""
    people: dict[int, list[Delivery]] = defaultdict(list)
    for row in rows:
        if _may_go_out(row):
            people[row.reminder.person_id].append(row)
    found: dict[int, Shown] = {}
    for mine in people.values():
        person = mine[0].reminder.person
        with translation.override(person.language):
            actor = Actor(user=person, door=Door.JOB)
            shown = {one.reminder.pk: one for one in in_sight(actor=actor, at=at, rows=[row.reminder for row in mine])}
        found |= {row.pk: shown[row.reminder_id] for row in mine if row.reminder_id in shown}
    return found


def _may_go_out(row: Delivery) -> bool:
    reminder = row.reminder
    if not reminder.person.is_active or reminder.done_at or reminder.withdrawn_at or reminder.snoozed_until:
        return False
    if row.channel == Channel.ROBOT:
        return row.robot is not None and row.robot.is_active
    return bool(reminder.person.email) and can_send()


def _try(rows: Sequence[Delivery], texts: dict[int, Shown], act: Callable[..., None], settle: Settle) -> None:
    """A failure of one receiver does not keep the others waiting."""
    try:
        act(rows, texts)
    except Exception as error:
        settle(rows, False, why(error))
    else:
        settle(rows, True, "")


def why(error: Exception) -> str:
    """Without addresses or keys: what a library says may hold them."""
    return str(error) if isinstance(error, robots.NotSent) else type(error).__name__


def _mail(rows: Sequence[Delivery], texts: dict[int, Shown]) -> None:
    person = rows[0].reminder.person
    with translation.override(person.language):
        lines = [f"· {texts[row.pk].text}" for row in rows[:LINES]]
        subject = _("药程提醒：%(count)s 条") % {"count": len(rows)}
        body = "\n".join([*lines, "", *_where()])
    # The same rows make the same mark.
    mark = hashlib.sha256(",".join(str(row.pk) for row in rows).encode()).hexdigest()[:32]
    headers = {"Auto-Submitted": "auto-generated"}
    letter(to=person.email, subject=subject, body=body, mark=f"reminders-{mark}", headers=headers).send()


def _tell_group(rows: Sequence[Delivery], texts: dict[int, Shown]) -> None:
    """Names the persons, the rules and how many: what it is about is read in the program, by those who may."""
    robot: Any = rows[0].robot
    robots.send(robot, "\n".join([_("药程提醒"), *_people(rows, texts), *_where()]))


def _people(rows: Sequence[Delivery], texts: dict[int, Shown]) -> list[str]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row.reminder.person.name].append(str(texts[row.pk].source.rule.label))
    lines = []
    for name, labels in found.items():
        kinds = list(dict.fromkeys(labels))
        words = _("、").join(kinds[:RULES_A_PERSON]) + (_("等") if len(kinds) > RULES_A_PERSON else "")
        lines.append(_("%(name)s：%(count)s 条（%(words)s）") % {"name": name, "count": len(labels), "words": words})
    return lines


def _parts(rows: Sequence[Delivery]) -> list[list[Delivery]]:
    """So many people each."""
    people = list(dict.fromkeys(row.reminder.person_id for row in rows))
    groups = [set(people[start : start + PEOPLE_A_MESSAGE]) for start in range(0, len(people), PEOPLE_A_MESSAGE)]
    return [[row for row in rows if row.reminder.person_id in group] for group in groups]


def _where() -> list[str]:
    """The address that the installation says it has; that of a request could be forged."""
    return [f"{settings.PUBLIC_URL}/reminders/"] if settings.PUBLIC_URL else [_("请登录药程，在“提醒”里查看和处理。")]


def say_hello(robot: Robot) -> None:
    robots.send(robot, _("药程：群机器人已接通。"))
