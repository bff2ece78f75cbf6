"""script/run, script/test and script/check-imports where something is missing."""
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def machine(tmp_path):
    """A PATH of its own: the few tools that every machine has, and what a test adds."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ["bash", "dirname", "sed", "head", "grep", "find", "id", "env", "mktemp", "cat", "rm", "touch"]:
        (tools / name).symlink_to(shutil.which(name))

    def add(name, script):
        (tools / name).write_text(f"#!/bin/sh\n{script}\n")
        (tools / name).chmod(0o755)

    add("swift", "echo 'Swift version 6.3.1 (swift-6.3.1-RELEASE)'")
    add("dpkg-query", "exit 1")
    return add, tools


def run(script, tools, **options):
    copy = tools.parent / "repository"
    if not copy.exists():
        shutil.copytree(ROOT / "script", copy / "script")
        (copy / "Sources").mkdir()
        (copy / "Package.swift").write_text("")
    return subprocess.run([copy / "script" / script], env={"PATH": str(tools), "HOME": str(tools)}, capture_output=True,
                          text=True, **options)


@pytest.mark.parametrize("script", ["run", "test", "fuzz"])
def test_without_swift_it_says_where_to_get_it(machine, script):
    _, tools = machine
    (tools / "swift").unlink()
    result = run(script, tools)
    assert result.returncode == 4
    assert result.stderr.startswith(f"{script}: no Swift here: install the toolchain, 6.3 or later, from https://www.swift.org")


def test_an_old_swift_is_named(machine):
    add, tools = machine
    add("swift", "echo 'Swift version 5.10 (swift-5.10-RELEASE)'")
    result = run("run", tools)
    assert result.returncode == 4
    assert "Swift 5.10 is too old" in result.stderr


def test_without_root_it_says_what_to_ask_for(machine):
    add, tools = machine
    (tools / "id").unlink()
    add("id", "echo 1000")
    result = run("run", tools)
    assert result.returncode == 4
    assert "not root, and no sudo" in result.stderr
    assert "apt-get install libsndfile1-dev libsoxr-dev libseccomp-dev libyaml-dev libsqlite3-dev libsodium-dev pkg-config liboath-dev libqrencode-dev" in result.stderr


def test_without_a_network_it_says_so(machine):
    add, tools = machine
    (tools / "id").unlink()
    add("id", "echo 0")
    add("apt-get", "exit 100")
    result = run("run", tools)
    assert result.returncode == 4
    assert "apt-get cannot reach its servers: is there a network?" in result.stderr


def test_on_another_distribution_it_names_the_packages(machine):
    _, tools = machine
    (tools / "dpkg-query").unlink()
    result = run("run", tools)
    assert result.returncode == 4
    assert "this is not Debian or Ubuntu" in result.stderr


def test_a_build_that_fails_shows_why(machine):
    add, tools = machine
    add("dpkg-query", "echo 'install ok installed'")
    add("swift", "[ \"$1\" = --version ] && echo 'Swift version 6.3.1' && exit; echo 'error: it broke'; exit 1")
    result = run("run", tools)
    assert result.returncode == 4
    assert "error: it broke" in result.stderr and "the build failed" in result.stderr


def test_nothing_is_installed_or_built_twice(machine):
    add, tools = machine
    log = tools.parent / "log"
    program = "mkdir -p .build/release-static/release; cp /bin/echo .build/release-static/release/poundkey"
    (tools / "mkdir").symlink_to(shutil.which("mkdir"))
    (tools / "cp").symlink_to(shutil.which("cp"))
    add("dpkg-query", "echo 'install ok installed'")
    add("apt-get", f"echo apt >> {log}")
    add("swift", f"[ \"$1\" = --version ] && echo 'Swift version 6.3.1' && exit; echo build >> {log}; {program}")
    for _ in range(2):
        result = run("run", tools)
        assert (result.returncode, result.stdout) == (0, "demo\n")
    assert log.read_text() == "build\n"


# The shape


def imports(tree):
    return subprocess.run([ROOT / "script/check-imports", tree], capture_output=True, text=True)


@pytest.mark.parametrize("beside, front, code", [("true", "true", 0), ("false", "true", 1), ("true", "exit 3", 3)])
def test_two_commands_side_by_side_succeed_when_both_do(tmp_path, beside, front, code):
    script = f"""set -euo pipefail
. script/lib.sh
beside=(bash -c 'echo heard beside; {beside}')
run_beside beside bash -c 'echo heard in front; {front}'
"""
    result = subprocess.run(["bash", "-c", script], cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)},
                            capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (code, "heard in front\nheard beside\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("target, line, complaint", [
    ("VerificationCore", "import Foundation", "VerificationCore imports Foundation; it may import nothing"),
    ("VerificationCore", "public import struct Glibc.timeval", "VerificationCore imports Glibc; it may import nothing"),
    ("Simulation", "@testable import CYAML", "Simulation imports CYAML; it may import ScenarioModel, VerificationCore"),
    ("Reports", "internal import GreetingAudio", "Reports imports GreetingAudio; it may import"),
    ("Somewhere", "", "a target that script/check-imports does not know"),
])
def test_a_wrong_import_is_named_with_its_place(tmp_path, target, line, complaint):
    folder = tmp_path / "Sources" / target / "Sub"
    folder.mkdir(parents=True)
    (folder / "A.swift").write_text(f"// why\n{line}\n")
    result = imports(tmp_path)
    assert result.returncode == 1
    assert complaint in result.stderr
    if line:
        assert result.stderr.startswith(f"Sources/{target}/Sub/A.swift:2: ")


def test_the_repository_keeps_its_shape():
    result = imports(ROOT)
    assert (result.returncode, result.stderr) == (0, "")
