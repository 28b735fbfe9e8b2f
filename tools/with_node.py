"""Run a Node program: with the system's Node if it is new enough, else with the one that this installs beside Python.

.venv/bin/python tools/with_node.py npm ci --ignore-scripts
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (20, 19)
REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements" / "node.txt"


def version_of(node: str) -> tuple[int, ...]:
    """The version of a Node program, () where it does not run."""
    try:
        text = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30).stdout
    except OSError:
        return ()
    match = re.match(r"v(\d+)\.(\d+)", text)
    return tuple(map(int, match.groups())) if match else ()


def is_new_enough(node: str | None) -> bool:
    return node is not None and version_of(node) >= OLDEST


def search_path() -> str:
    """PATH on which a Node that is new enough and its npm come first; installs them where there is none."""
    path, own = os.environ.get("PATH", ""), str(Path(sys.executable).parent)
    if is_new_enough(shutil.which("node")) and shutil.which("npm"):
        return path
    if not is_new_enough(shutil.which("node", path=own)):
        install = [sys.executable, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(REQUIREMENTS)]
        subprocess.run(install, check=True)
    return f"{own}{os.pathsep}{path}"


def main(arguments: list[str]) -> int:
    if not arguments:
        print(__doc__)
        return 2
    path = search_path()
    program = shutil.which(arguments[0], path=path)
    if program is None:
        print(f"{arguments[0]} is missing", file=sys.stderr)
        return 1
    return subprocess.call([program, *arguments[1:]], env=os.environ | {"PATH": path})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
