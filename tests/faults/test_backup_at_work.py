"""Backup while people write, restore into an empty place; a disk that is full or closed. M-PLT-4."""

import json
import os
import resource
import signal
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest

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
    with Writers(server) as writers:
        while len(writers.kept) < 20:
            writers.stop.wait(0.02)
        before = list(writers.kept)
        done = installation.run("backup", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert writers.failed == []
    return file, before


@pytest.fixture(scope="module")
def restored(made, tmp_path_factory) -> Installation:
    """A new, empty place into which the backup went."""
    with new_installation(tmp_path_factory.mktemp("restored")) as found:
        done = found.run("restore", "--yes", str(made[0]))
        assert done.returncode == 0, done.stderr
        yield found


def names_in(installation: Installation, file: Path) -> set[str]:
    assert installation.run("export", "customers", str(file)).returncode == 0
    return {cell for line in file.read_text(encoding="utf-8-sig").splitlines() for cell in line.split(",")}


def test_p68_a_backup_made_while_people_write_is_whole(made, restored, tmp_path):
    """frappe #41761: what was restored was corrupt. Here every check passes and nothing that was answered before is gone."""
    assert restored.problems() == []
    assert set(made[1]) <= names_in(restored, tmp_path / "out.csv")


def test_p68_after_a_restore_the_next_backup_works(restored, tmp_path):
    """erpnext #36994: the backup after a restore failed."""
    done = restored.run("backup", str(tmp_path / "next.zip"))
    assert (done.returncode, done.stderr) == (0, "")


def test_p68_the_keys_are_in_the_backup_and_private_fields_open_again(made, restored):
    """erpnext #15008, #4155: without the key in the backup what was sealed stays sealed."""
    with zipfile.ZipFile(made[0]) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert {"keys/field_keys.json", "keys/secret_key"} <= set(archive.namelist())
        assert set(manifest["parts"]) == set(archive.namelist()) - {"manifest.json"}
    assert json.loads((restored.home / "field_keys.json").read_text())


def test_the_people_of_the_backup_sign_in_where_it_was_restored(installation, restored):
    moved = Installation(restored.home, restored.database_url, installation.keys)
    with moved.server() as server, server.client("boss") as client:
        assert client.get("/me").json()["username"] == "boss"


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
