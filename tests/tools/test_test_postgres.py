"""A throw-away cluster runs, is empty, and is gone afterwards."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tools import test_postgres


def test_a_cluster_answers_and_leaves_nothing_behind():
    with test_postgres.cluster() as url:
        with psycopg.connect(url) as connection:
            folder = connection.execute("SHOW unix_socket_directories").fetchone()[0]
            assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
            assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert Path(folder).exists()
    assert not Path(folder).exists()


def test_a_command_gets_the_address_and_its_exit_code_is_kept():
    code = "import os, sys; sys.exit(7 if os.environ['DATABASE_URL'].startswith('postgresql://') else 1)"
    result = subprocess.run(
        [sys.executable, "tools/test_postgres.py", sys.executable, "-c", code], cwd=Path(__file__).parents[2]
    )
    assert result.returncode == 7


def test_missing_programs_are_named(monkeypatch):
    monkeypatch.setattr(test_postgres.shutil, "which", lambda name: None)
    with pytest.raises(test_postgres.NoPostgres, match="install the package postgresql"):
        test_postgres.program("no-such-program")
