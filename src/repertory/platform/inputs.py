"""What writes of the shared mechanisms take."""

from typing import Annotated

from pydantic import Field

from repertory.core.inputs import Input, Text


class SaveView(Input):
    """`query` is the part of the list's address behind the question mark."""

    page: Annotated[Text, Field(min_length=1, max_length=40)]
    name: Annotated[Text, Field(min_length=1, max_length=60)]
    query: Annotated[Text, Field(max_length=4000)] = ""
    shared: bool = False
