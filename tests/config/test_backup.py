"""Backup and restore: whole or not at all, checked before anything is replaced."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.db import connection

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the files of an installation of its own; PostgreSQL goes through pg_dump"
)


def repertory(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "REPERTORY_HOME": str(home), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "repertory.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Path:
    """An installation in which nobody has worked yet."""
    home = tmp_path_factory.mktemp("empty")
    assert repertory(home, "init").returncode == 0
    return home


@pytest.fixture(scope="module")
def home(empty, tmp_path_factory) -> Path:
    """An installation with two customers."""
    home = shutil.copytree(empty, tmp_path_factory.mktemp("installation"), dirs_exist_ok=True)
    rows = home / "rows.csv"
    rows.write_text("name,kind,address\n甲医院,hospital,一路1号\n乙医院,hospital,二路2号\n", encoding="utf-8")
    assert repertory(home, "import", "customers", str(rows)).returncode == 0
    return home


@pytest.fixture(scope="module")
def backup(home, tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("backups") / "b.zip"
    assert repertory(home, "backup", str(file)).returncode == 0
    return file


def customers(home: Path) -> int:
    out = home / "out.csv"
    repertory(home, "export", "customers", str(out))
    return sum("医院" in line for line in out.read_text(encoding="utf-8-sig").splitlines())


def test_p68_a_restored_installation_is_whole_and_can_be_backed_up_again(empty, backup, tmp_path):
    """Frappe 41761, ERPNext 36994: restores that break, backups that fail after a restore; 24370: keys left out."""
    with zipfile.ZipFile(backup) as archive:
        assert {"keys/field_keys.json", "keys/secret_key"} <= set(archive.namelist())
    home = shutil.copytree(empty, tmp_path / "new")
    assert repertory(home, "restore", "--yes", str(backup)).returncode == 0
    assert repertory(home, "verify").returncode == 0
    assert customers(home) == 2
    again = tmp_path / "again.zip"
    assert repertory(home, "backup", str(again)).returncode == 0
    assert again.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "damage", ["cut short", "another file", "a part changed", "a path outside", "from a newer version"]
)
def test_p68_a_damaged_backup_is_refused_and_nothing_changes(home, backup, tmp_path, damage):
    broken = tmp_path / "broken.zip"
    DAMAGES[damage](backup, broken)
    before = (home / "field_keys.json").read_bytes()
    done = repertory(home, "restore", "--yes", str(broken))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    assert customers(home) == 2
    assert (home / "field_keys.json").read_bytes() == before
    assert not (tmp_path / "evil").exists()


def _cut(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes()[:-2_000])


def _other(source: Path, target: Path) -> None:
    target.write_text("not a backup", encoding="utf-8")


def _rewritten(source: Path, target: Path, change) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        parts = {name: old.read(name) for name in old.namelist()}
        for name, content in change(parts).items():
            new.writestr(name, content)


def _changed(source: Path, target: Path) -> None:
    _rewritten(source, target, lambda parts: {**parts, "keys/secret_key": b"another"})


def _outside(source: Path, target: Path) -> None:
    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        manifest = json.loads(parts["manifest.json"])
        manifest["parts"]["../evil"] = "0"
        return {**parts, "../evil": b"x", "manifest.json": json.dumps(manifest).encode()}

    _rewritten(source, target, change)


def _newer(source: Path, target: Path) -> None:
    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        manifest = json.loads(parts["manifest.json"])
        manifest["migrations"].append("customers.9999_tomorrow")
        return {**parts, "manifest.json": json.dumps(manifest).encode()}

    _rewritten(source, target, change)


DAMAGES = {
    "cut short": _cut,
    "another file": _other,
    "a part changed": _changed,
    "a path outside": _outside,
    "from a newer version": _newer,
}


def test_p37_what_is_installed_can_not_be_installed_once_more(home):
    """Krayin CVE-2026-41452: the installer could be run again. Here it finds everything there and changes nothing."""
    before = {path.name: path.read_bytes() for path in (home / "field_keys.json", home / "secret_key")}
    assert repertory(home, "init").returncode == 0
    assert {name: (home / name).read_bytes() for name in before} == before
    assert customers(home) == 2


def test_a_folder_that_is_not_there_gets_a_sentence(home, tmp_path):
    done = repertory(home, "backup", str(tmp_path / "nowhere" / "b.zip"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "没有这个文件夹" in done.stderr


def test_p38_the_demo_does_not_enter_an_installation_with_people(home):
    """Odoo CVE-2021-45111: demo accounts with known passwords made in a living system."""
    made = (
        "from repertory.core.actor import system_actor; from repertory.core.time import now;"
        "from repertory.organisation.actions import create_person; from repertory.organisation.inputs import CreatePerson;"
        "create_person(actor=system_actor(), at=now(), data=CreatePerson(username='real', name='真人'))"
    )
    program = f"import django; django.setup(); {made}"
    environment = {**os.environ, "REPERTORY_HOME": str(home), "DJANGO_SETTINGS_MODULE": "repertory.config.settings"}
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    done = repertory(home, "demo")
    assert done.returncode == 1
    assert not (home / "demo_password").exists()
