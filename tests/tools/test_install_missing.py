"""What is missing is named in one line when it can't be installed."""

from tools import install_missing


def test_what_is_missing_is_named_in_one_line(monkeypatch, capsys):
    monkeypatch.setitem(install_missing.NEEDS, "test", [("postgresql", lambda: False), ("chromium", lambda: True)])
    monkeypatch.setattr(install_missing.os, "geteuid", lambda: 1000)
    assert install_missing.main(["test"]) == 1
    assert capsys.readouterr().err == "Missing system packages, install them first: apt-get install postgresql\n"


def test_nothing_is_said_when_all_is_there(monkeypatch, capsys):
    monkeypatch.setitem(install_missing.NEEDS, "run", [("python3-venv", lambda: True)])
    assert install_missing.main(["run"]) == 0
    assert capsys.readouterr() == ("", "")
