"""What the environment says: the data folder, the secrets kept in it, switches."""

import os
import secrets
from pathlib import Path


def home() -> Path:
    """The data folder: database, attachments, keys. Created private to its owner."""
    folder = Path(os.environ.get("REPERTORY_HOME", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret_key(folder: Path) -> str:
    """SECRET_KEY from the environment, or one made once and kept in the data folder."""
    given = os.environ.get("SECRET_KEY", "")
    if given:
        return given
    path = folder / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def flag(name: str, *, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def words(name: str, *, default: str = "") -> list[str]:
    """A comma separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def pairs(name: str) -> dict[str, str]:
    """A comma separated list of name=value."""
    return {key.strip(): value.strip() for key, _sign, value in (word.partition("=") for word in words(name))}
