from typing import Annotated

from pydantic import Field

from repertory.core.errors import Conflict, NotFound
from repertory.core.inputs import Input
from repertory.core.web import forms


class Licence(Input):
    number: Annotated[str, Field(min_length=1, max_length=5)]
    scope: str = "all"
    level: int = 3


class LicenceForm(forms.InputForm):
    input_class = Licence
    number = forms.text("证号", required=True)
    scope = forms.text("范围")
    level = forms.figure("级别")


class ClearingForm(LicenceForm):
    keep_empty = True


def test_what_was_left_empty_takes_the_inputs_default():
    form = LicenceForm({"number": "A1", "scope": "", "level": ""})
    assert form.is_valid()
    assert form.input == Licence(number="A1", scope="all", level=3)


def test_a_form_that_edits_hands_on_emptied_fields():
    form = ClearingForm({"number": "A1", "scope": "", "level": "2"})
    assert form.is_valid()
    assert form.input.scope == ""


def test_the_inputs_errors_stand_at_their_fields():
    form = LicenceForm({"number": "123456", "level": "many"})
    assert not form.is_valid()
    assert form.errors == {"number": ["太长了，最多 5 个字。"], "level": ["这里要填整数。"]}


def test_what_the_action_refuses_stands_at_the_field_it_names():
    def refuse(data):
        raise Conflict("证号已有。", field="number")

    form = LicenceForm({"number": "A1"})
    assert not form.carry_out(refuse)
    assert form.errors == {"number": ["证号已有。"]}


def test_what_the_action_answers_is_kept():
    form = LicenceForm({"number": "A1"})
    assert form.carry_out(lambda data: f"saved {data.number}")
    assert form.result == "saved A1"


def test_an_error_of_an_unknown_field_stands_above_the_form():
    def refuse(data):
        raise Conflict("别人刚改过。", field="version")

    form = LicenceForm({"number": "A1"})
    form.carry_out(refuse)
    assert form.non_field_errors() == ["别人刚改过。"]


def test_not_found_is_no_matter_of_the_form():
    def gone(data):
        raise NotFound()

    form = LicenceForm({"number": "A1"})
    try:
        form.carry_out(gone)
    except NotFound:
        return
    raise AssertionError("NotFound was swallowed")


def test_fields_that_the_form_does_not_have_are_not_handed_on():
    form = LicenceForm({"number": "A1", "owner": "me"})
    assert form.is_valid()
    assert form.input == Licence(number="A1")
