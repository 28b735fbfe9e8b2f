"""Backup while people work, restore that checks before it replaces.

A backup is one .zip: manifest.json (program, migrations, SHA-256 of every part), the database, the attachments and the
keys without which private fields could not be read again. Whoever has the file has everything: it is written readable
by its owner only and belongs in a safe place.
"""

import hashlib
import json
import os
import sqlite3
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from repertory.core.errors import RuleViolation
from repertory.core.time import now
from repertory.platform.exchange import outgoing, uploads

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE_PART = "database.sqlite3"
POSTGRES_PART = "database.pgdump"
SECRETS = ("field_keys.json", "secret_key")
BLOCK = 1024 * 1024
KEPT_DAILY = 14
# What reading a file raises that is no archive, or one that was cut, changed, sealed or made by something else.
UNREADABLE = (OSError, KeyError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error)


def backup(file: Path) -> str:
    """Write FILE, whole or not at all; people go on reading and writing. Returns what was written, in words."""
    file = file.resolve()
    try:
        count = _write(file)
    except (OSError, sqlite3.Error) as error:
        message = _("备份没有写成：%(why)s。请检查磁盘空间和文件夹权限。") % {"why": error}
        raise RuleViolation(message, code="backup_not_written") from None
    return _("已备份到 %(file)s（%(size).1f MB，%(count)s 个文件）") % {
        "file": file,
        "size": file.stat().st_size / 1e6,
        "count": count,
    }


def _write(file: Path) -> int:
    """How many parts. A file of this name is replaced in one step, when all is on the disk."""
    with tempfile.TemporaryDirectory(dir=_writable(file.parent), prefix=".backup-") as folder:
        database = _dump_database(Path(folder))
        made = Path(folder) / "backup.zip"
        hashes: dict[str, str] = {}
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            for name, path in _parts(database):
                hashes[name] = _sha256(path)
                archive.write(path, name)
            archive.writestr(MANIFEST, json.dumps(_manifest(hashes), indent=1))
        os.chmod(made, 0o600)
        with made.open("rb") as handle:
            os.fsync(handle.fileno())
        os.replace(made, file)
    return len(hashes)


def restore(file: Path) -> str:
    """Check FILE completely, keep the present data beside it, then replace. Raises RuleViolation and changes nothing
    when anything is wrong."""
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".restore-") as temporary:
        folder = Path(temporary)
        check_and_unpack(file, folder)
        kept = settings.HOME / "backups" / f"before-restore-{now():%Y%m%d-%H%M%S}.zip"
        kept.parent.mkdir(exist_ok=True, mode=0o700)
        backup(kept)
        _replace_files(folder)
        _replace_secrets(folder)
        _replace_database(folder)
    call_command("migrate", interactive=False, verbosity=0)
    return _("已从 %(file)s 恢复；原来的数据在 %(kept)s。请重启服务。") % {"file": file, "kept": kept}


def check_and_unpack(file: Path, folder: Path) -> dict[str, Any]:
    """Unpack into the folder and check every part; the manifest. Raises RuleViolation."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _read_manifest(archive)
            names = set(archive.namelist()) - {MANIFEST}
            if names != set(manifest["parts"]):
                raise RuleViolation(_("备份文件不完整：内容与清单不符。"), code="backup_incomplete")
            for name in names:
                if not _is_safe(name):
                    raise RuleViolation(_("备份文件里有不该有的路径。"), code="backup_unsafe")
                archive.extract(name, folder)
    except UNREADABLE as error:
        message = _("这不是完好的备份文件：%(why)s") % {"why": error}
        raise RuleViolation(message, code="backup_broken") from None
    _check_parts(manifest, folder)
    return manifest


def _read_manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """ValueError where it is not one of ours."""
    manifest = json.loads(archive.read(MANIFEST))
    shape = {"parts": dict, "migrations": list}
    if not isinstance(manifest, dict) or not all(isinstance(manifest.get(name), kind) for name, kind in shape.items()):
        raise ValueError(MANIFEST)
    return manifest


def daily_backup(*, at: datetime) -> str:
    """Tonight's backup, tried by unpacking and checking it, and the oldest ones beyond KEPT_DAILY deleted."""
    folder = settings.HOME / "backups"
    folder.mkdir(exist_ok=True, mode=0o700)
    file = folder / f"daily-{at:%Y%m%d}.zip"
    told = backup(file)
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".trial-") as temporary:
        check_and_unpack(file, Path(temporary))
    for old in sorted(folder.glob("daily-*.zip"))[:-KEPT_DAILY]:
        old.unlink()
    return told


def _check_parts(manifest: dict[str, Any], folder: Path) -> None:
    wrong = [name for name, digest in manifest["parts"].items() if _sha256(folder / name) != digest]
    if wrong:
        raise RuleViolation(_("备份里的 %(name)s 已损坏。") % {"name": wrong[0]}, code="backup_broken")
    wanted = SQLITE_PART if connection.vendor == "sqlite" else POSTGRES_PART
    if wanted not in manifest["parts"]:
        raise RuleViolation(_("备份来自另一种数据库，不能恢复到这里。"), code="backup_other_database")
    unknown = set(manifest["migrations"]) - _migrations()
    if unknown:
        raise RuleViolation(_("备份来自更新的版本，请先升级程序。"), code="backup_newer")
    _check_database(folder / wanted)


def _check_database(part: Path) -> None:
    """Read all of it once: sums say only that it is as it was packed."""
    if part.name == POSTGRES_PART:
        _run_program("pg_restore", "--file=/dev/null", str(part))
        return
    try:
        with sqlite3.connect(part) as source:
            sound = source.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise RuleViolation(_("备份里的数据库没有通过完整性检查。"), code="backup_broken")


def _dump_database(folder: Path) -> Path:
    if connection.vendor == "sqlite":
        target = folder / SQLITE_PART
        connection.ensure_connection()
        with sqlite3.connect(target) as copy:
            connection.connection.backup(copy)
        return target
    target = folder / POSTGRES_PART
    _run_postgres("pg_dump", "--format=custom", f"--file={target}")
    return target


def _replace_database(folder: Path) -> None:
    """Into the living database, as one transaction of the database itself: other connections see the old or the new."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(folder / SQLITE_PART) as source:
            source.backup(connection.connection)
        connection.close()
        return
    connection.close()
    _run_postgres(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(folder / POSTGRES_PART)
    )


def _run_postgres(program: str, *arguments: str) -> None:
    """On the living database."""
    database = connection.settings_dict
    address = [f"--dbname={database['NAME']}"]
    for option, key in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")):
        if database[key]:
            address.append(f"{option}={database[key]}")
    _run_program(program, *address, *arguments)


def _run_program(program: str, *arguments: str) -> None:
    """pg_dump and pg_restore of the system; the password goes by environment, never on the command line."""
    environment = {**os.environ, "PGPASSWORD": connection.settings_dict["PASSWORD"] or ""}
    try:
        subprocess.run([program, *arguments], env=environment, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        message = _("没有找到 %(program)s，请安装 PostgreSQL 客户端。") % {"program": program}
        raise RuleViolation(message, code="no_client") from None
    except subprocess.CalledProcessError as error:
        # Killed, it says nothing itself; str(error) then names the signal.
        message = _("%(program)s 没有完成：%(why)s") % {
            "program": program,
            "why": error.stderr.strip()[:500] or error,
        }
        raise RuleViolation(message, code="database_refused") from None


def _replace_files(folder: Path) -> None:
    """Attachments are named by their content: adding what is missing never overwrites another file."""
    for path in sorted((folder / "files").rglob("*")):
        target = settings.MEDIA_ROOT / path.relative_to(folder / "files")
        if path.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.replace(path, target)


def _replace_secrets(folder: Path) -> None:
    for name in SECRETS:
        source = folder / "keys" / name
        if source.exists():
            os.chmod(source, 0o600)
            os.replace(source, settings.HOME / name)


def _parts(database: Path) -> Iterator[tuple[str, Path]]:
    yield database.name, database
    for name in SECRETS:
        if (settings.HOME / name).exists():
            yield f"keys/{name}", settings.HOME / name
    for path in sorted(settings.MEDIA_ROOT.rglob("*")):
        # Files on their way in or out come and go while people work, and nobody misses them after a restore.
        if path.relative_to(settings.MEDIA_ROOT).parts[0] not in (uploads.FOLDER, outgoing.FOLDER) and path.is_file():
            yield f"files/{path.relative_to(settings.MEDIA_ROOT).as_posix()}", path


def _manifest(hashes: dict[str, str]) -> dict[str, Any]:
    return {"format": FORMAT, "at": now().isoformat(), "migrations": sorted(_migrations()), "parts": hashes}


def _migrations() -> set[str]:
    loader = MigrationLoader(connection)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def _is_safe(name: str) -> bool:
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts


def _writable(folder: Path) -> Path:
    if not folder.is_dir():
        raise RuleViolation(_("没有这个文件夹：%(name)s。") % {"name": folder}, code="no_folder")
    return folder


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
