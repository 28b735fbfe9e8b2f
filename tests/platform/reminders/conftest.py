from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from repertory.core.actor import Door, system_actor
from repertory.core.time import now
from repertory.organisation.actions.robots import add_robot
from repertory.organisation.inputs import AddRobot
from repertory.platform.models import Robot
from repertory.platform.queue import huey
from repertory.platform.reminders.actions import choose_channels, refresh_rule
from repertory.platform.reminders.inputs import ChooseChannel, ChooseChannels
from repertory.platform.reminders.queries import open_reminders
from tests.factories.archive import Archive, build_archive
from tests.factories.receivers import Mailbox, Platform, mail_server, platform

KEY = "0a1b2c3d-4e5f-6789-abcd-ef0123456789"


@pytest.fixture
def at() -> datetime:
    return now()


@pytest.fixture
def archive(company, at) -> Archive:
    return build_archive(at)


@pytest.fixture
def refresh(at) -> Callable[..., int]:
    """Run rules as the night does."""

    def run(*keys: str, at: datetime = at, only: list[int] | None = None) -> int:
        actor = system_actor(Door.JOB)
        return sum(refresh_rule(actor=actor, at=at, key=f"reminders.{key}", only=only) for key in keys)

    return run


@pytest.fixture
def told(company, at) -> Callable[..., list[str]]:
    """What stands in somebody's list."""

    def read(username: str, at: datetime = at) -> list[str]:
        return [shown.text for shown in open_reminders(actor=company.actor(username), at=at)]

    return read


@pytest.fixture
def worker_at_hand() -> Iterator[None]:
    """What is queued is done at once."""
    huey.immediate = True
    yield
    huey.immediate = False


@pytest.fixture
def mail(settings) -> Iterator[Mailbox]:
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.DEFAULT_FROM_EMAIL = "药程 <crm@example.com>"
        yield box


@pytest.fixture
def wecom(settings) -> Iterator[Platform]:
    """A 企业微信 of our own."""
    with platform() as found:
        settings.ROBOT_ORIGINS = {"wecom": found.origin}
        yield found


@pytest.fixture
def robot(company, at, wecom) -> Robot:
    address = f"{wecom.origin}/cgi-bin/webhook/send?key={KEY}"
    return add_robot(actor=company.actor("admin"), at=at, data=AddRobot(name="南京地区群", address=address))


@pytest.fixture
def choose(company, at) -> Callable[..., None]:
    def run(username: str, rule: str, channel: str, robot_id: int | None = None) -> None:
        choice = ChooseChannel(rule=f"reminders.{rule}", channel=channel, robot_id=robot_id)
        choose_channels(actor=company.actor(username), at=at, data=ChooseChannels(choices=[choice]))

    return run


@pytest.fixture
def post(company) -> Callable[[str, str], None]:
    """Give somebody an e-mail address."""

    def give(username: str, address: str) -> None:
        person = company.people[username]
        person.email = address
        person.save(update_fields=["email"])

    return give
