"""One function says whether a person's consent covers a use on a day; every screen and door asks it."""

from collections.abc import Iterable
from datetime import date

from repertory.customers.choices import ConsentChannel, ConsentPurpose
from repertory.customers.models import Consent

# Which consent lets a private field be kept: any purpose, by this channel.
CHANNEL_OF_FIELD = {
    "private_phone": ConsentChannel.PHONE,
    "wechat": ConsentChannel.MESSAGE,
    "birthday": ConsentChannel.ARCHIVE,
}


def is_valid(consent: Consent, *, on: date) -> bool:
    if consent.given_on > on or (consent.withdrawn_on is not None and consent.withdrawn_on <= on):
        return False
    return consent.expires_on is None or on <= consent.expires_on


def has_consent(consents: Iterable[Consent], *, channel: str, on: date, purpose: ConsentPurpose | None = None) -> bool:
    return any(
        consent.channel == channel and (purpose is None or consent.purpose == purpose) and is_valid(consent, on=on)
        for consent in consents
    )


def may_keep(field: str, consents: Iterable[Consent], *, on: date) -> bool:
    """Whether the consents allow to keep this private field."""
    return has_consent(consents, channel=CHANNEL_OF_FIELD[field], on=on)
