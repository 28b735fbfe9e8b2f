"""Backup while people write, restore into an empty place; a disk that is full or closed. M-PLT-4."""

import hashlib
import json
import os
import resource
import signal
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from repertory.config import backup as module
from repertory.core.errors import RuleViolation
from tests.faults.installation import Installation, Server, new_installation


class Writers:
    """Four people who open archives until told to stop; every name that was answered is remembered."""

    def __init__(self, server: Server) -> None:
        self.server, self.kept, self.stop = server, [], threading.Event()
        self.failed: list[Any] = []
        self.threads = [threading.Thread(target=self._write, args=(number,)) for number in range(4)]

    def _write(self, worker: int) -> None:
        with self.server.client("rep") as client:
            number = 0
            while not self.stop.is_set():
                name = f"备份时{worker}号{number}医院"
                body = {"kind": "hospital", "name": name, "confirmed_new": True}
                answer = client.post("/customers", json=body)
                (self.kept if answer.status_code == 201 else self.failed).append(name)
                number += 1

    def __enter__(self) -> "Writers":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(timeout=60)


@pytest.fixture(scope="module")
def made(installation: Installation, server: Server, tmp_path_factory) -> tuple[Path, list[str]]:
    """A backup that was made while people wrote, and the names that had been answered before it began."""
    file = tmp_path_factory.mktemp("backups") / "at-work.zip"
    _make_private(server)
    for folder in ("imports", "exports"):
        passing = installation.home / "files" / folder / "secret"
        passing.parent.mkdir(parents=True, exist_ok=True)
        passing.write_text("on its way")
    with Writers(server) as writers:
        while len(writers.kept) < 20:
            writers.stop.wait(0.02)
        before = list(writers.kept)
        done = installation.run("backup", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert writers.failed == []
    return file, before


def _make_private(server: Server) -> None:
    """A doctor of the rep's whose private phone is sealed in the database."""
    with server.client("rep") as client:
        body = {"kind": "hcp", "name": "单雪", "confirmed_new": True}
        key = client.post("/customers", json=body).json()["id"]
        consent = {"purpose": "contact", "channel": "phone", "given_on": "2026-01-01", "how": "书面"}
        assert client.post(f"/customers/{key}/consents", json=consent).status_code == 201
        assert client.patch(f"/customers/{key}", json={"private_phone": "13912340987"}).status_code == 200


@pytest.fixture(scope="module")
def restored(made, tmp_path_factory) -> Installation:
    """A new, empty place into which the backup went."""
    with new_installation(tmp_path_factory.mktemp("restored")) as found:
        done = found.run("restore", "--yes", str(made[0]))
        assert done.returncode == 0, done.stderr
        yield found


def names_in(installation: Installation, file: Path) -> set[str]:
    assert installation.run("export", "customers", str(file)).returncode == 0
    # The last line is the watermark, with the minute of the export.
    lines = file.read_text(encoding="utf-8-sig").splitlines()[:-1]
    return {cell for line in lines for cell in line.split(",")}


def test_p68_a_backup_made_while_people_write_is_whole(made, restored, tmp_path):
    """frappe #41761: what was restored was corrupt. Here every check passes and nothing that was answered before is gone."""
    assert restored.problems() == []
    assert set(made[1]) <= names_in(restored, tmp_path / "out.csv")


def test_p68_after_a_restore_the_next_backup_works(restored, tmp_path):
    """erpnext #36994: the backup after a restore failed."""
    done = restored.run("backup", str(tmp_path / "next.zip"))
    assert (done.returncode, done.stderr) == (0, "")


def test_p68_the_keys_are_in_the_backup(made, installation, restored):
    """erpnext #15008, #4155: without the key in the backup what was sealed stays sealed."""
    with zipfile.ZipFile(made[0]) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert {"keys/field_keys.json", "keys/secret_key"} <= set(archive.namelist())
        assert set(manifest["parts"]) == set(archive.namelist()) - {"manifest.json"}
    assert (restored.home / "field_keys.json").read_bytes() == (installation.home / "field_keys.json").read_bytes()


def test_p68_where_it_was_restored_people_sign_in_and_read_what_was_sealed(installation, restored):
    """erpnext #15008: the sealed fields of the restored database could not be read by anybody."""
    moved = Installation(restored.home, restored.database_url, installation.keys)
    with moved.server() as server, server.client("rep") as client:
        assert client.get("/me").json()["username"] == "rep"
        doctor = client.get("/customers", params={"q": "单雪"}).json()["items"][0]
        asked = {"field": "private_phone", "reason": "恢复后核对"}
        assert client.post(f"/customers/{doctor['id']}/reveals", json=asked).json() == {"value": "13912340987"}


def test_files_on_their_way_in_or_out_are_not_in_the_backup(made):
    with zipfile.ZipFile(made[0]) as archive:
        assert not [name for name in archive.namelist() if name.startswith(("files/imports/", "files/exports/"))]


def test_a_backup_of_the_other_kind_of_database_is_refused_and_nothing_changes(made, restored, tmp_path):
    """SQLite into PostgreSQL and the other way round: what moves the data is export and import."""
    before = names_in(restored, tmp_path / "before.csv")
    file = _of_the_other_kind(made[0], tmp_path)
    done = restored.run("restore", "--yes", str(file))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == "备份来自另一种数据库，不能恢复到这里。"
    assert names_in(restored, tmp_path / "after.csv") == before


def _of_the_other_kind(made: Path, folder: Path) -> Path:
    """On PostgreSQL a real backup of an installation on SQLite; on SQLite, where there may be no PostgreSQL to make one,
    ours with the database's part renamed."""
    file = folder / "other.zip"
    if connection.vendor == "postgresql":
        on_sqlite = Installation(folder / "on_sqlite")
        on_sqlite.home.mkdir()
        for arguments in (("init",), ("backup", str(file))):
            assert on_sqlite.run(*arguments).returncode == 0
        return file
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(file, "w") as target:
        manifest = json.loads(source.read("manifest.json"))
        manifest["parts"]["database.pgdump"] = manifest["parts"].pop("database.sqlite3")
        for name in manifest["parts"]:
            target.writestr(name, source.read("database.sqlite3" if name == "database.pgdump" else name))
        target.writestr("manifest.json", json.dumps(manifest))
    return file


def test_p68_a_damaged_database_in_a_whole_archive_is_refused(made, tmp_path, db):
    """frappe #41761: the archive's own sums say nothing of the database inside."""
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(made[0]) as source, zipfile.ZipFile(broken, "w") as target:
        manifest = json.loads(source.read("manifest.json"))
        (part,) = (name for name in manifest["parts"] if name.startswith("database."))
        content = bytearray(source.read(part))
        content[len(content) // 3 : len(content) // 3 * 2] = b"\xff" * (len(content) // 3)
        manifest["parts"][part] = hashlib.sha256(content).hexdigest()
        for name in manifest["parts"]:
            target.writestr(name, bytes(content) if name == part else source.read(name))
        target.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(RuleViolation):
        module.check_and_unpack(broken, tmp_path / "unpacked")


def test_p68_a_restore_keeps_what_was_there_before(made, installation, tmp_path_factory):
    with new_installation(tmp_path_factory.mktemp("replaced")) as other:
        assert other.run("init").returncode == 0
        rows = other.home / "rows.csv"
        rows.write_text("name,kind\n原来的医院,hospital\n", encoding="utf-8")
        assert other.run("import", "customers", str(rows)).returncode == 0
        assert other.run("restore", "--yes", str(made[0])).returncode == 0
        assert "原来的医院" not in names_in(other, other.home / "out.csv")
        kept = next((other.home / "backups").glob("before-restore-*.zip"))
        assert other.run("restore", "--yes", str(kept)).returncode == 0
        assert "原来的医院" in names_in(other, other.home / "out.csv")
        assert other.problems() == []


@pytest.mark.parametrize("damage", ["a list", "nothing in it", "a part that is no name", "an absolute path", "a link"])
def test_p68_what_is_no_backup_of_ours_is_refused_in_a_sentence(made, tmp_path, db, damage):
    """Further files that only look like one."""
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(made[0]) as source, zipfile.ZipFile(broken, "w") as target:
        manifest = json.loads(source.read("manifest.json"))
        if damage == "a list":
            target.writestr("manifest.json", "[]")
        elif damage == "nothing in it":
            target.writestr("manifest.json", "{}")
        elif damage == "a part that is no name":
            target.writestr("manifest.json", json.dumps({**manifest, "parts": ["x"]}))
        elif damage == "an absolute path":
            _add(target, manifest, "/tmp/repertory-evil")
        else:
            _add(target, manifest, "files/../../evil")
    with pytest.raises(RuleViolation) as refused:
        module.check_and_unpack(broken, tmp_path / "unpacked")
    assert refused.value.code.startswith("backup_")
    assert not Path("/tmp/repertory-evil").exists()
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "unpacked") == ["broken.zip"]


def _add(target: zipfile.ZipFile, manifest: dict, name: str) -> None:
    target.writestr(name, "evil")
    target.writestr("manifest.json", json.dumps({**manifest, "parts": {name: "0" * 64}}))


def test_a_full_disk_leaves_no_half_file_and_says_so(installation, tmp_path):
    """The limit on the size of a file stands for the full disk."""
    file = tmp_path / "backup.zip"
    file.write_text("the backup of yesterday")
    done = installation.run("backup", str(file), preexec_fn=_nearly_full)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and done.stderr.strip()
    assert file.read_text() == "the backup of yesterday"
    assert [path.name for path in tmp_path.iterdir()] == ["backup.zip"]


def _nearly_full() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def test_a_folder_that_takes_no_files_gets_a_sentence(installation):
    """/proc takes none from anybody, not even from root."""
    done = installation.run("backup", "/proc/backup.zip")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert done.stderr.strip()
    assert not os.path.exists("/proc/backup.zip")
