"""The archive's fields in one table: which section shows them, for which kinds, how they are compared.

Labels, lengths and choices come from the models; inputs, forms, lists, filters, spreadsheets and the API read this table.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from repertory.customers.choices import PERSON_KINDS, Kind
from repertory.customers.models import Customer, Profile

PERSONS = PERSON_KINDS
ORGANISATIONS = frozenset(Kind.values) - PERSON_KINDS
EVERYONE = frozenset(Kind.values)


@dataclass(frozen=True)
class Section:
    key: str
    label: Any
    fields: tuple[str, ...]
    kinds: frozenset[str] = EVERYONE


SECTIONS = (
    Section(
        "basic",
        _("基本信息"),
        ("name", "alias", "kind", "code", "grade", "title", "institution", "department", "parent"),
    ),
    Section(
        "contact",
        _("联系与位置"),
        (
            "phone",
            "email",
            "province_code",
            "city_code",
            "county_code",
            "address",
            "longitude",
            "latitude",
            "website",
            "opening_hours",
        ),
    ),
    Section("origin", _("来源"), ("source", "first_contact_on")),
    Section(
        "company",
        _("工商信息"),
        ("uscc", "founded_on", "legal_form", "industry", "assets_cny"),
        ORGANISATIONS,
    ),
    Section("person", _("个人情况"), ("gender", "education", "character", "ability"), PERSONS),
    Section(
        "classes",
        _("分类与潜力"),
        ("potential", "potential_evidence", "adoption", "trade_class", "care_class", "credit_grade"),
    ),
    Section(
        "features",
        _("经营特征"),
        (
            "service_area",
            "selling_capacity",
            "growth_potential",
            "philosophy",
            "business_policy",
            "headcount",
            "turnover_cny",
            "management_style",
        ),
        ORGANISATIONS,
    ),
    Section(
        "business",
        _("业务状况"),
        ("past_sales", "manager_quality", "seller_quality", "competitor_relation", "attitude"),
    ),
    Section(
        "trade",
        _("交易现状"),
        ("trade_activity", "problems", "strengths", "plans", "reputation", "payment_terms", "credit_history"),
        ORGANISATIONS,
    ),
    Section(
        "preferences",
        _("偏好"),
        ("interests", "research_field", "favourite_conferences", "communication_style", "contact_preference"),
        PERSONS,
    ),
    Section("private", _("私人信息"), ("private_phone", "wechat", "birthday"), PERSONS),
)

SECTION_BY_KEY = {section.key: section for section in SECTIONS}
# Encrypted columns: masked everywhere, revealed one by one with a reason.
PRIVATE = frozenset({"private_phone", "wechat", "birthday"})
CUSTOMER_FIELDS = frozenset(field.name for field in Customer._meta.concrete_fields)
PROFILE_FIELDS = frozenset(field.name for field in Profile._meta.concrete_fields) - {"customer", "private_phone_index"}
WRITABLE = tuple(name for section in SECTIONS for name in section.fields)

# What a complete archive holds, by kind; the score is the share of these that are filled in.
WANTED_OF_ORGANISATION = (
    "phone",
    "city_code",
    "address",
    "longitude",
    "grade",
    "uscc",
    "source",
    "first_contact_on",
    "potential",
    "headcount",
    "turnover_cny",
    "service_area",
    "payment_terms",
    "attitude",
)
WANTED_OF_PERSON = (
    "title",
    "institution",
    "department",
    "phone",
    "source",
    "first_contact_on",
    "potential",
    "adoption",
    "research_field",
    "communication_style",
    "contact_preference",
    "attitude",
)


def wanted(kind: str) -> tuple[str, ...]:
    return WANTED_OF_PERSON if kind in PERSON_KINDS else WANTED_OF_ORGANISATION


def model_field(name: str) -> Any:
    """The model field behind a name; KeyError for a name that the archive does not have."""
    if name in CUSTOMER_FIELDS:
        return Customer._meta.get_field(name)
    if name in PROFILE_FIELDS:
        return Profile._meta.get_field(name)
    raise KeyError(name)


def customer_default(attribute: str) -> Any:
    """What a column of the customer's own row holds while nothing is known."""
    return Customer._meta.get_field(attribute).get_default()  # type: ignore[union-attr]


def label(name: str) -> Any:
    return model_field(name).verbose_name


def value_label(name: str, value: Any) -> Any:
    """A stored choice as people read it, any other value as it is; KeyError for a name that the archive does not have."""
    choices = dict(model_field(name).flatchoices)
    return choices.get(value, value) if isinstance(value, str) else value


def is_profile(name: str) -> bool:
    return name in PROFILE_FIELDS


def sections_for(kind: str) -> tuple[Section, ...]:
    return tuple(section for section in SECTIONS if kind in section.kinds)
