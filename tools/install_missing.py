"""System packages that the tests need: installs what is missing as root, else names it in one line.

    python3 tools/install_missing.py run      what running needs (venv)
    python3 tools/install_missing.py test     and what the tests need (PostgreSQL, Chromium, a Chinese font)

Uses the standard library only: it runs before anything is installed.
"""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path


def has_venv() -> bool:
    return find_spec("venv") is not None and find_spec("ensurepip") is not None


def has_postgres() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb") is not None


def has_chromium() -> bool:
    return any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))


def has_chinese_font() -> bool:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
    return any(
        "cjk" in font.name.lower() or "wqy" in font.name.lower()
        for folder in folders
        for font in folder.rglob("*.tt[cf]")
    )


VENV_PACKAGE = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
NEEDS = {
    "run": [(VENV_PACKAGE, has_venv)],
    "test": [
        (VENV_PACKAGE, has_venv),
        ("postgresql", has_postgres),
        ("chromium", has_chromium),
        ("fonts-noto-cjk", has_chinese_font),
    ],
}


def missing(purpose: str) -> list[str]:
    """Names of Debian's packages that are needed and not there."""
    return [package for package, is_there in NEEDS[purpose] if not is_there()]


def install(packages: list[str]) -> bool:
    """Install with apt as root; whether that was possible."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-yq", "--no-install-recommends", *packages]):
        if subprocess.call(command, env=environment, stdout=sys.stderr):
            return False
    return True


def main(arguments: list[str]) -> int:
    purpose = arguments[0] if arguments else "run"
    packages = missing(purpose)
    if packages and not install(packages):
        print(f"Missing system packages, install them first: apt-get install {' '.join(packages)}", file=sys.stderr)
        return 1
    left = missing(purpose)
    if left:
        print(f"Still missing after the installation: {' '.join(left)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
