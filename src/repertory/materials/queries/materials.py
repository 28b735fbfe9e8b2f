"""What a material's page shows, what waits for approval, what ends soon."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.materials import access, usability
from repertory.materials.choices import OPEN, Standing, VersionState
from repertory.materials.models import Material, MaterialVersion

WARN_DAYS = 60


@dataclass(frozen=True)
class Edition:
    """A version and how it stands on the day."""

    version: MaterialVersion
    standing: Standing
    expiring: bool


def material_of(*, actor: Actor, material_id: int) -> Material:
    """The material with its products; NotFound out of sight."""
    rows = access.visible_materials(actor).prefetch_related("products")
    material = rows.filter(pk=material_id).first()
    if material is None:
        raise NotFound()
    return material


def editions_of(*, actor: Actor, material: Material, on: date) -> list[Edition]:
    """The versions that the person sees, the newest first."""
    rows = access.visible_versions(actor).filter(material=material)
    found = []
    for version in rows.select_related("file", "author", "decided_by").order_by("-number"):
        version.material = material
        found.append(edition(version, on=on))
    return found


def edition(version: MaterialVersion, *, on: date) -> Edition:
    standing = usability.standing(version, on=on)
    ends = version.valid_until
    expiring = standing == Standing.USABLE and ends is not None and ends <= on + timedelta(days=WARN_DAYS)
    return Edition(version, standing, expiring)


def is_open(editions: list[Edition]) -> bool:
    """Whether a version is being worked on."""
    return any(one.version.state in OPEN for one in editions)


def version_of(*, actor: Actor, version_id: int) -> MaterialVersion:
    """A version with its material; NotFound out of sight."""
    rows = access.visible_versions(actor).select_related("material", "file", "author", "decided_by")
    version = rows.filter(pk=version_id).first()
    if version is None:
        raise NotFound()
    return version


def waiting_versions(*, actor: Actor) -> QuerySet[MaterialVersion]:
    """What waits for approval, the oldest first."""
    rows = access.visible_versions(actor).filter(state=VersionState.SUBMITTED)
    return rows.select_related("material", "author", "file").order_by("submitted_at", "pk")


def expiring_versions(*, actor: Actor, on: date, days: int = WARN_DAYS) -> QuerySet[MaterialVersion]:
    """Versions in use that end within so many days."""
    last = Q(valid_until__lte=on + timedelta(days=days))
    rows = access.visible_versions(actor).filter(usability.usable_on(on), last)
    return rows.select_related("material").order_by("valid_until", "pk")
