"""What writes of reports take."""

from typing import Annotated

from pydantic import Field

from repertory.core.inputs import Input, Text
from repertory.reports.choices import Audience, Format, ReportName, Rhythm


class SaveAnalysis(Input):
    """query: measure, rows, columns and filter as an address has them."""

    name: Annotated[Text, Field(min_length=1, max_length=60)]
    query: Annotated[Text, Field(min_length=1, max_length=2000)]
    shared: bool = False


class ScheduleReport(Input):
    """node: a code of the tree; "" for what each receiver sees."""

    report: ReportName
    rhythm: Rhythm
    audience: Audience = Audience.SELF
    node: Annotated[Text, Field(max_length=40)] = ""
    file_format: Format = Format.PDF
