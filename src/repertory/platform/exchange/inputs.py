"""What the writes of the wizard and of large exports take."""

from typing import Annotated

from pydantic import Field

from repertory.core.inputs import Input, Text, Text40, Text80, Text200
from repertory.platform.spreadsheets.writing import FileFormat


class ConfigureRun(Input):
    """columns: {name in the file: field key, "" to leave it out}. fixed: {field key: text for every row}."""

    columns: Annotated[dict[Text200, Text80], Field(max_length=2_000)] = Field(default_factory=dict)
    fixed: Annotated[dict[Text80, Text200], Field(max_length=200)] = Field(default_factory=dict)
    key: Text80 = ""
    sheet: Text40 = ""


class OrderExport(Input):
    """filters: as in the address of the list whose rows are wanted."""

    file_format: FileFormat = FileFormat.XLSX
    filters: Annotated[dict[Text200, Annotated[Text, Field(max_length=4_000)]], Field(max_length=200)] = Field(
        default_factory=dict
    )
    reason: Annotated[Text, Field(max_length=500)] = Field(
        default="", description="for who approves it, where that is due"
    )
