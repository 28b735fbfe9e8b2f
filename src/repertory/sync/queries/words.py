"""Labels of codes in the person's language, so that the phone has no words of its own for them."""

from typing import Any

from django.utils.translation import gettext as _

from repertory.customers import choices as customers
from repertory.customers.fields import PRIVATE, WRITABLE, model_field
from repertory.products.vigilance import SIGNS
from repertory.service import choices as service
from repertory.visits import choices as visits


def words() -> dict[str, dict[str, str]]:
    """{group: {code: label}}. sign: words in a text that make the phone ask about an adverse event."""
    groups: dict[str, Any] = {
        "kind": customers.Kind,
        "stage": customers.Stage,
        "mode": visits.Mode,
        "purpose": visits.Purpose,
        "attitude": visits.Attitude,
        "case_kind": service.CaseKind,
        "severity": service.Severity,
        "seriousness": service.Seriousness,
        "outcome": service.Outcome,
        "sex": service.Sex,
        "contact_preference": customers.ContactPreference,
    }
    labels = {name: {str(code): str(label) for code, label in group.choices} for name, group in groups.items()}
    fields = {name: str(model_field(name).verbose_name) for name in WRITABLE if name not in PRIVATE}
    of_visit = {"on": _("日期"), "starts": _("时间"), "status": _("状态")}
    return {**labels, "field": fields | of_visit, "sign": {sign: sign for sign in SIGNS}}
