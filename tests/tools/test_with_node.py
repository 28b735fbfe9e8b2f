"""Only a Node that is new enough is used."""

import os

import pytest

from tools import with_node


@pytest.fixture
def node(tmp_path):
    def make(version: str) -> str:
        path = tmp_path / "node"
        path.write_text(f"#!/bin/sh\necho {version}\n")
        path.chmod(0o755)
        return str(path)

    return make


@pytest.mark.parametrize(
    ("version", "enough"),
    [("v20.19.0", True), ("v24.1.0", True), ("v20.18.3", False), ("v18.20.4", False), ("?", False)],
)
def test_the_version_decides(node, version, enough):
    assert with_node.is_new_enough(node(version)) is enough


def test_a_missing_node_is_not_new_enough():
    assert not with_node.is_new_enough(None)
    assert with_node.version_of("/no/such/node") == ()


def test_an_old_node_makes_way_for_the_one_beside_python(node, monkeypatch, tmp_path):
    node("v18.0.0")
    own = tmp_path / "venv"
    own.mkdir()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(with_node.sys, "executable", str(own / "python"))
    called = []
    monkeypatch.setattr(with_node.subprocess, "run", lambda command, **options: called.append(command) or _Answer())
    assert with_node.search_path() == f"{own}{os.pathsep}{tmp_path}"
    assert called[-1][1:5] == ["-m", "pip", "install", "-q"]


class _Answer:
    stdout = "v18.0.0"
