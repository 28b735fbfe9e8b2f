"""Why a file can't be read, said by the child as a code and put into words by the parent."""

from typing import Any


class Refused(Exception):
    """Raised inside the child. code: a key of reader.REFUSALS. details: what fills the sentence's gaps."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
