"""Expired means expired: the one place that says whether a licence covers something on a day (M-LAW-4)."""

from collections.abc import Iterable
from datetime import date, timedelta

from repertory.customers.choices import ApprovalState, Kind, LicenceKind
from repertory.customers.models import FirstTrade, Licence

WARN_DAYS = 60
WANTED: dict[str, tuple[str, ...]] = {
    Kind.HOSPITAL: (LicenceKind.MEDICAL,),
    Kind.PHARMACY: (LicenceKind.BUSINESS, LicenceKind.DRUG_TRADE),
    Kind.DISTRIBUTOR: (LicenceKind.BUSINESS, LicenceKind.DRUG_TRADE),
    Kind.PARTNER: (LicenceKind.BUSINESS,),
}


def wanted_licences(kind: str) -> tuple[str, ...]:
    """What a customer of this kind must show before it may buy."""
    return WANTED.get(kind, ())


def is_valid(licence: Licence, *, on: date) -> bool:
    """Valid from its day of issue up to and including its last day, unless revoked."""
    if licence.revoked_on is not None and licence.revoked_on <= on:
        return False
    if licence.issued_on is not None and on < licence.issued_on:
        return False
    return licence.expires_on is None or on <= licence.expires_on


def covers(licences: Iterable[Licence], kind: str, *, on: date) -> bool:
    return any(licence.kind == kind and is_valid(licence, on=on) for licence in licences)


def state(licence: Licence, *, on: date) -> str:
    """ "valid", "expiring" (within WARN_DAYS) or "expired"."""
    if not is_valid(licence, on=on):
        return "expired"
    expiring = licence.expires_on is not None and licence.expires_on <= on + timedelta(days=WARN_DAYS)
    return "expiring" if expiring else "valid"


def reasons_not_to_sell(kind: str, licences: list[Licence], first_trade: FirstTrade | None, *, on: date) -> list[str]:
    """Codes of what stands against an order: licence kinds that are missing or expired, and "first_trade"."""
    if kind not in WANTED:
        return []
    against = [wanted for wanted in WANTED[kind] if not covers(licences, wanted, on=on)]
    approved = first_trade is not None and first_trade.state == ApprovalState.APPROVED
    return against if approved else [*against, "first_trade"]
