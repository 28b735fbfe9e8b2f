"""What holds for the inputs of all domains."""

import importlib
import inspect
import pkgutil
from datetime import UTC

import pytest
from pydantic import TypeAdapter, ValidationError

import repertory
from repertory.core.inputs import Input, Moment


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


FAR = ("0001-01-01", "9999-12-31", "0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00")


@pytest.mark.parametrize("shape", all_inputs(), ids=lambda shape: f"{shape.__module__}.{shape.__name__}")
def test_a_day_that_no_database_reckons_with_is_refused(shape):
    for name, field in shape.model_fields.items():
        if "date" in str(field.annotation):
            for far in FAR:
                with pytest.raises(ValidationError) as caught:
                    shape.model_validate({name: far})
                assert name in {error["loc"][0] for error in caught.value.errors() if error["loc"]}, (name, far)


def test_an_instant_becomes_utc_whatever_its_zone():
    """PostgreSQL refuses a zone more than sixteen hours away."""
    moment = TypeAdapter(Moment).validate_python("1425-05-10T23:56:28+23:00")
    assert (moment.isoformat(), moment.tzinfo) == ("1425-05-10T00:56:28+00:00", UTC)
