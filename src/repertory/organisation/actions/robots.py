"""Robots of chat groups through which people may be told: added, switched, tried by administrators."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotFound
from repertory.organisation import access
from repertory.organisation.inputs import AddRobot
from repertory.platform.audit_lines import Line
from repertory.platform.models import Robot
from repertory.platform.queue import after_commit
from repertory.platform.reminders import jobs, robots
from repertory.platform.unit import action, record


@action
def add_robot(*, actor: Actor, at: datetime, data: AddRobot) -> Robot:
    """Keep a group's robot by its address; only the three platforms' own addresses are taken, of which the key is sealed."""
    access.require(access.may_administer(actor) and access.may_write(actor))
    kind, key = robots.read_address(data.address)
    columns = robots.sealed(key=key, secret=data.secret)
    try:
        with transaction.atomic():
            robot = Robot.objects.create(name=data.name, kind=kind, created_at=at, **columns)
    except IntegrityError:
        raise Conflict(_("已有同名的群机器人，请换一个名称。"), field="name") from None
    _note("robot_added", robot)
    return robot


@action
def switch_robot(*, actor: Actor, at: datetime, robot_id: int) -> Robot:
    """Off, nothing goes out by it any more; on again."""
    robot = _lock(actor, robot_id)
    robot.is_active = not robot.is_active
    robot.save(update_fields=["is_active"])
    _note("robot_switched_on" if robot.is_active else "robot_switched_off", robot)
    return robot


@action
def remove_robot(*, actor: Actor, at: datetime, robot_id: int) -> None:
    """Its key is gone for good; who had chosen it is told in the program only."""
    robot = _lock(actor, robot_id)
    _note("robot_removed", robot)
    robot.delete()


@action
def order_trial(*, actor: Actor, at: datetime, robot_id: int) -> Robot:
    """Have the worker say hello in the group."""
    robot = _lock(actor, robot_id)
    after_commit(jobs.try_robot, robot_id=robot.pk)
    return robot


def _lock(actor: Actor, robot_id: int) -> Robot:
    access.require(access.may_administer(actor) and access.may_write(actor))
    robot = Robot.objects.select_for_update().filter(pk=robot_id).first()
    if robot is None:
        raise NotFound()
    return robot


def _note(verb: str, robot: Robot) -> None:
    record(Line(verb, "robot", robot.pk, label=robot.name, changes={"kind": ["", str(robot.kind)]}))
