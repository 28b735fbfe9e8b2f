"""`repertory verify` finds secrets that open no more."""

import pytest
from allauth.mfa.models import Authenticator

from repertory.config.secret_checks import robot_keys, second_steps
from repertory.core.time import now
from repertory.organisation.web.adapters import SecondStepAdapter
from repertory.platform.models import Robot
from repertory.platform.reminders.robots import sealed


@pytest.fixture
def robot(db) -> Robot:
    kept = sealed(key="693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa")
    return Robot.objects.create(name="南京地区群", kind="wecom", created_at=now(), **kept)


@pytest.fixture
def device(company) -> Authenticator:
    secret = SecondStepAdapter().encrypt("JBSWY3DPEHPK3PXP")
    return Authenticator.objects.create(user=company.people["rep"], type="totp", data={"secret": secret})


def test_what_opens_is_not_complained_of(robot, device):
    assert [*robot_keys(), *second_steps()] == []


@pytest.mark.parametrize("name", ["key", "secret"])
def test_a_robot_whose_key_was_damaged_is_found(robot, name):
    kept = bytes(getattr(robot, name))
    Robot.objects.update(**{name: (kept[:-1] + bytes([kept[-1] ^ 1])) if kept else b"damaged"})
    assert [problem.startswith(f"robot {robot.pk}: ") for problem in robot_keys()] == [True]


@pytest.mark.parametrize("secret", ["", "bm8ga2V5", "///"])
def test_a_second_step_that_opens_no_more_is_found(device, secret):
    Authenticator.objects.filter(pk=device.pk).update(data={"secret": secret})
    found = list(second_steps())
    assert [problem.startswith(f"second step of user {device.user_id}: ") for problem in found] == [True]
