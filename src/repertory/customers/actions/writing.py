"""The shared steps of every write to a customer: fields to columns, audit line, search index, counters."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from repertory.core import crypto
from repertory.core.errors import RuleViolation, Stale
from repertory.core.identifiers import normalise_phone
from repertory.core.inputs import Input
from repertory.core.pinyin import romanise
from repertory.core.text import fold
from repertory.customers import fields
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.models import Customer, CustomerCount, Profile
from repertory.customers.search import INDEX, document_of
from repertory.platform.audit_chain import Line
from repertory.platform.bulk import one_of
from repertory.platform.changes import Changes, plain
from repertory.platform.unit import record

CUSTOMER = "customer"
MASK = "••••"
CODE_WIDTH = 7


def given(data: Input, *, but: Iterable[str] = ()) -> dict[str, Any]:
    """The archive fields that the input really carries."""
    return {name: getattr(data, name) for name in data.model_fields_set if name in fields.WRITABLE and name not in but}


def apply(customer: Customer, profile: Profile | None, values: dict[str, Any]) -> tuple[Changes, Profile | None]:
    """Set the values on the two objects; returns what changed, in plain values, and the profile if it is needed."""
    changes: Changes = {}
    for name, value in values.items():
        if name in fields.PRIVATE:
            profile = profile or Profile(customer=customer)
            _apply_private(profile, name, value, changes)
            continue
        target: Any = customer
        if fields.is_profile(name):
            if profile is None and value in ("", None):
                continue
            profile = profile or Profile(customer=customer)
            target = profile
        attribute = fields.model_field(name).attname  # type: ignore[attr-defined]
        old = getattr(target, attribute)
        if old != value:
            changes[name] = [plain(old), plain(value)]
            setattr(target, attribute, value)
    return changes, profile


def _apply_private(profile: Profile, name: str, value: Any, changes: Changes) -> None:
    text = value.isoformat() if isinstance(value, date) else (value or "")
    old = getattr(profile, name)
    old_text = crypto.decrypt_text(old, purpose=name) if old else ""
    if text in (old_text, MASK):  # the mask comes back when a card that was read is sent whole
        return
    changes[name] = [MASK if old_text else "", MASK if text else ""]
    setattr(profile, name, crypto.encrypt_text(text, purpose=name) if text else None)
    if name == "private_phone":
        profile.private_phone_index = private_index(text)


def private_index(phone: str) -> str:
    if not phone:
        return ""
    return crypto.exact_index(normalise_phone(phone) or phone, purpose="private_phone").hex()


def set_name(customer: Customer, name: str) -> None:
    """The name and all that lists, search and duplicate checks derive from it."""
    for attribute, value in derived_from_name(name, kind=customer.kind).items():
        setattr(customer, attribute, value)


def derived_from_name(name: str, *, kind: str) -> dict[str, str]:
    """The name's columns: itself, how it sorts and sounds, its core."""
    person = kind in PERSON_KINDS
    reading = romanise(name, person=person)
    return {
        "name": name,
        "sort_key": (reading.spaced or name)[:240],
        "initials": reading.initials[:100],
        "name_key": name_key(name),
    }


def name_key(name: str) -> str:
    """The core of a name, which a customer is looked up by before the whole of it is compared."""
    return fold(name)[:200]


def score_completeness(customer: Customer, profile: Profile | None) -> None:
    """Percent of the wanted fields of this kind that are filled in."""
    values: dict[str, Any] = {}
    for name in fields.wanted(customer.kind):
        holder: Any = profile if fields.is_profile(name) else customer
        attribute = fields.model_field(name).attname  # type: ignore[attr-defined]
        values[name] = None if holder is None else getattr(holder, attribute)
    customer.completeness = completeness(customer.kind, values)


def completeness(kind: str, values: Mapping[str, Any]) -> int:
    """The same, of values by field; what is missing is not filled in."""
    wanted = [values.get(name) for name in fields.wanted(kind)]
    return round(100 * (len(wanted) - wanted.count("") - wanted.count(None)) / len(wanted))


def save_revision(customer: Customer, at: datetime, *, expected: int | None = None) -> None:
    """Write the row as the next version; Stale when somebody else was faster than `expected`."""
    if expected is not None and expected != customer.version:
        raise Stale()
    customer.updated_at = at
    customer.version += 1
    customer.save()


def note(verb: str, customer: Customer, changes: Changes | None = None, *, reason: str = "") -> None:
    record(Line(verb, CUSTOMER, customer.pk, label=customer.name, changes=changes or {}, reason=reason))


def reindex(customer: Customer, *, new: bool = False) -> None:
    INDEX.put(connection, [(customer.pk, document_of(customer))], new=new)


def count_customers(step: int) -> None:
    CustomerCount.objects.filter(pk=1).update(total=F("total") + step)


def count_new(code: str) -> str:
    """Count one more customer; the code that was asked for, or else the next number."""
    counted = f"UPDATE {CustomerCount._meta.db_table} SET total = total + 1, last_code = last_code + %s"
    with connection.cursor() as cursor:
        cursor.execute(f"{counted} WHERE id = 1 RETURNING last_code", [0 if code else 1])
        (last,) = cursor.fetchone()
    number = f"C{last:0{CODE_WIDTH}d}"
    if code or not Customer.objects.filter(code=number).exists():
        return code or number
    return next_codes(1)[0]


def next_codes(count: int) -> list[str]:
    """The next customer numbers. The row stays locked to the end of the action, so no two get the same; a number that
    somebody typed by hand is passed over."""
    found: list[str] = []
    while missing := count - len(found):
        CustomerCount.objects.filter(pk=1).update(last_code=F("last_code") + missing)
        last = CustomerCount.objects.values_list("last_code", flat=True).get(pk=1)
        codes = [f"C{number:0{CODE_WIDTH}d}" for number in range(last - missing + 1, last + 1)]
        taken = set(Customer.objects.filter(code__in=one_of(codes)).values_list("code", flat=True))
        found += [code for code in codes if code not in taken]
    return found


def check_references(customer: Customer) -> None:
    """A person works at an organisation; nothing hangs below itself."""
    if customer.pk is not None and customer.pk in (customer.institution_id, customer.parent_id):
        raise RuleViolation(_("客户不能隶属于自己。"), field="parent")
