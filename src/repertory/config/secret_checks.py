"""What `repertory verify` asks of the secrets that the program keeps for its people: they open with our keys."""

from collections.abc import Callable, Iterator

from allauth.mfa.models import Authenticator

from repertory.core.errors import RepertoryError
from repertory.organisation.web.adapters import SecondStepAdapter
from repertory.platform.models import Robot
from repertory.platform.reminders.robots import opened

Problems = Iterator[str]


def robot_keys() -> Problems:
    for robot in Robot.objects.order_by("pk"):
        try:
            opened(robot)
        except RepertoryError as error:
            yield f"robot {robot.pk}: {error}"


def second_steps() -> Problems:
    adapter = SecondStepAdapter()
    for device in Authenticator.objects.filter(type=Authenticator.Type.TOTP).order_by("pk"):
        try:
            whole = bool(adapter.decrypt(device.data["secret"]))
        except (RepertoryError, ValueError):
            whole = False
        if not whole:
            yield f"second step of user {device.user_id}: its secret does not open"


CHECKS: tuple[Callable[[], Problems], ...] = (robot_keys, second_steps)
