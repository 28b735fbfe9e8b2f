"""What holds for the inputs of all domains."""

import importlib
import inspect
import pkgutil

import pytest
from pydantic import ValidationError

import repertory
from repertory.core.inputs import Input


def all_inputs() -> list[type[Input]]:
    names = [
        info.name for info in pkgutil.walk_packages(repertory.__path__, "repertory.") if info.name.endswith(".inputs")
    ]
    classes = [
        member
        for name in names
        for _name, member in inspect.getmembers(importlib.import_module(name), inspect.isclass)
        if issubclass(member, Input) and member is not Input and member.__module__ == name
    ]
    return sorted(classes, key=lambda member: (member.__module__, member.__name__))


@pytest.mark.parametrize("nothing", [None, "", [], {}, "\x00", "1e999", 10**400])
@pytest.mark.parametrize("shape", all_inputs(), ids=lambda shape: f"{shape.__module__}.{shape.__name__}")
def test_a_senseless_value_is_taken_or_refused_but_never_breaks(shape, nothing):
    for name in shape.model_fields:
        try:
            shape.model_validate({name: nothing})
        except ValidationError as error:
            assert error.error_count() >= 1
