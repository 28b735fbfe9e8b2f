"""What the wizard's writes take."""

from typing import Annotated

from pydantic import Field

from repertory.core.inputs import Input, Text40, Text80, Text200


class ConfigureRun(Input):
    """columns: {name in the file: field key, "" to leave it out}. fixed: {field key: text for every row}."""

    columns: Annotated[dict[Text200, Text80], Field(max_length=2_000)] = Field(default_factory=dict)
    fixed: Annotated[dict[Text80, Text200], Field(max_length=200)] = Field(default_factory=dict)
    key: Text80 = ""
    sheet: Text40 = ""
