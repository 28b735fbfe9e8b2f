"""How states look."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from repertory.core.web.tables import tag
from repertory.materials.choices import DECIDED, Standing, VersionState
from repertory.materials.models import MaterialVersion
from repertory.materials.queries.holdings import Held
from repertory.materials.queries.materials import Edition
from repertory.products.choices import Audience

STATE_TONES = {
    VersionState.DRAFT: "",
    VersionState.SUBMITTED: "note",
    VersionState.RETURNED: "warn",
    VersionState.APPROVED: "good",
    VersionState.WITHDRAWN: "bad",
}
STANDING_TONES = {Standing.USABLE: "good", Standing.UPCOMING: "note", Standing.SUPERSEDED: ""}


def edition_tag(edition: Edition) -> Any:
    """Of what was approved how it stands today, of anything else its state."""
    if edition.version.state not in DECIDED:
        state = VersionState(edition.version.state)
        return tag(state.label, STATE_TONES[state])
    if edition.expiring:
        return tag(_("即将到期"), "warn")
    return tag(edition.standing.label, STANDING_TONES.get(edition.standing, "bad"))


def expiry_tag(held: Held) -> Any:
    if held.expired:
        return tag(_("已过期"), "bad")
    return tag(_("即将到期"), "warn") if held.expiring else ""


def audiences_in_words(version: MaterialVersion) -> str:
    """医生/药师、药店; 所有对象 where it is for everybody."""
    labels = dict(Audience.choices)
    return str(_("、")).join(str(labels.get(code, code)) for code in version.audiences) or str(_("所有对象"))
