"""The written policy: who may open which address. An address that is not here fails the run.

WEB: name of the address → Rule. `who`: the accounts for whom it is there at all; for everybody else it answers 404.
`at`: what its arguments name; only those who see that thing find it. API: the same by method and path.
"""

from tests.policy import (
    api_addresses,
    figure_addresses,
    reminder_addresses,
    sync_addresses,
    visit_addresses,
    web_addresses,
)
from tests.policy.rules import ALL, PUBLIC, SEES, SEES_OF_PERSON, Rule

__all__ = ["ALL", "API", "PUBLIC", "SEES", "SEES_OF_PERSON", "WEB", "Rule"]

WEB: dict[str, Rule] = (
    web_addresses.WEB | visit_addresses.WEB | sync_addresses.WEB | reminder_addresses.WEB | figure_addresses.WEB
)
API: dict[tuple[str, str], Rule] = (
    api_addresses.API | visit_addresses.API | sync_addresses.API | reminder_addresses.API | figure_addresses.API
)
