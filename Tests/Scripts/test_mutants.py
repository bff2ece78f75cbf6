"""script/mutants as far as nothing is built: the mutants apply, name what is there, and are told of when they do not."""
import fcntl
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = "Sources/VerificationCore/Lamp.swift"
GOOD = """\
// why it is here
says: the lamp stays dark
rules: LAMP-1
caught by: test LampTests "LAMP-1: it is "lit""
=== Sources/VerificationCore/Lamp.swift
  let lit = true
=== becomes
  let lit = false
"""


def mutants(root, *arguments):
    return subprocess.run([sys.executable, root / "script/mutants", *arguments], capture_output=True, text=True)


@pytest.fixture
def repository(tmp_path):
    """A tree with one source, one test and one mutant."""
    shutil.copytree(ROOT / "script", tmp_path / "script", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("Sources/VerificationCore", "Tests/Mutants", "docs"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / SOURCE).write_text("struct Lamp {\n  let lit = true\n  let colour = 1\n}\n")
    (tmp_path / "Tests/LampTests.swift").write_text('struct LampTests {\n  @Test("LAMP-1: it is \\"lit\\"")\n}\n')
    (tmp_path / "Tests/Mutants/dark.mutant").write_text(GOOD)
    return tmp_path


def test_every_mutant_applies_once_and_the_table_is_theirs():
    result = mutants(ROOT, "--check")
    assert (result.returncode, result.stderr) == (0, "")


def test_there_are_enough_of_them_and_eight_for_the_explorer():
    result = mutants(ROOT, "--list", "--json")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(found) >= 30
    assert len({mutant["name"] for mutant in found}) == len({mutant["says"] for mutant in found}) == len(found)
    assert sum(any(text.startswith("explore ") for text in mutant["catchers"]) for mutant in found) >= 8


def test_a_mutant_without_its_row_in_the_table_is_1(repository):
    result = mutants(repository, "--check")
    assert result.returncode == 1
    assert "docs/mutants.md is not the table of these mutants; run script/mutants --write" in result.stderr


@pytest.mark.parametrize("text, stands", [("  let lit = 1\n", "no longer stand"),
                                          ("  let lit = true\n  let lit = true\n", "stand 2 times")])
def test_lines_that_are_not_found_once_are_told_with_their_place(repository, text, stands):
    (repository / SOURCE).write_text(text)
    result = mutants(repository, "--check")
    assert result.returncode == 3
    assert f"Tests/Mutants/dark.mutant:5: these lines {stands} in {SOURCE}; write them anew" in result.stderr
    assert "  let lit = true" in result.stderr


@pytest.mark.parametrize("old, new, complaint", [
    ("says: the lamp stays dark\n", "", 'dark.mutant: no "says"'),
    ("caught by: test", "caught by: luck", 'dark.mutant:4: "luck LampTests'),
    ("rules: LAMP-1", "rule: LAMP-1", 'dark.mutant:3: "rule" is unknown or stands twice'),
    ("=== becomes\n", "", "dark.mutant:5: an edit is two blocks"),
    ("=== becomes", "=== is", 'dark.mutant:7: expected "=== becomes"'),
    ("lit = false", "lit = true", "dark.mutant:5: nothing is changed"),
    ("Sources/VerificationCore/Lamp", "Sources/VerificationCore/../../script/Lamp", "is not below Sources/VerificationCore/"),
    ("Sources/VerificationCore/Lamp", "Sources/VerificationCore/Candle", "it may have moved: name the new file"),
    ("LAMP-1: it", "LAMP-2: it", "dark.mutant: there is no test LampTests"),
])
def test_what_is_wrong_with_a_mutant_is_told_with_its_place(repository, old, new, complaint):
    path = repository / "Tests/Mutants/dark.mutant"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    result = mutants(repository, "--check")
    assert result.returncode == 3
    assert complaint in result.stderr


def test_two_that_say_the_same_are_told(repository):
    shutil.copy(repository / "Tests/Mutants/dark.mutant", repository / "Tests/Mutants/night.mutant")
    result = mutants(repository, "--list")
    assert result.returncode == 3
    assert "night.mutant: says the same as Tests/Mutants/dark.mutant" in result.stderr


def test_a_name_that_no_mutant_has_is_5(repository):
    result = mutants(repository, "--only", "dusk")
    assert result.returncode == 5
    assert "no mutant is called dusk" in result.stderr


def test_usage_and_help(repository):
    assert mutants(repository, "--write", "--only", "dark").returncode == 2
    result = mutants(repository, "--help")
    assert result.returncode == 0
    assert "Example:" in result.stdout and "Exit codes:" in result.stdout


# A run, with a Swift that stands in for the compiler and the tests


SWIFT = """\
if [ "$1" = build ]; then grep -q "syntax" Sources/VerificationCore/Lamp.swift && echo 'error: syntax' && exit 1; exit 0; fi
if grep -q "lit = true" Sources/VerificationCore/Lamp.swift; then mark=✔ word=passed; else mark=✘ word=failed; fi
[ -e {flag} ] && mark=✔ word=passed
echo "$mark Test \\"LAMP-1: it is \\\\\\"lit\\\\\\"\\" $word after 0.001 seconds."
[ $word = passed ]
"""


@pytest.fixture
def running(repository):
    """Runs the mutants of the tree with that Swift; `escapes` lets every test pass."""
    tools, flag = repository / "tools", repository / "escapes"
    tools.mkdir()
    (tools / "swift").write_text("#!/bin/sh\n" + SWIFT.format(flag=flag))
    (tools / "swift").chmod(0o755)
    subprocess.run(["git", "init", "-q", repository], check=True)
    (repository / ".gitignore").write_text("tools/\nescapes\n.build/\n__pycache__/\n")

    def run(*arguments):
        return subprocess.run([sys.executable, repository / "script/mutants", *arguments], capture_output=True, text=True,
                              env={"PATH": f"{tools}:/usr/bin:/bin", "HOME": str(repository)})

    return run, repository, flag


def test_a_mutant_that_is_caught_is_written_into_the_table(running):
    run, repository, _ = running
    result = run("--write")
    assert (result.returncode, result.stdout.splitlines()[0].split(" (")[0]) == (0, "dark: caught")
    assert "| dark | the lamp stays dark | LAMP-1 | LampTests: LAMP-1: it is \"lit\" |" in (
        repository / "docs/mutants.md").read_text()
    assert run("--check").returncode == 0
    assert "lit = true" in (repository / ".build/mutants/tree" / SOURCE).read_text()


def test_one_that_nothing_catches_is_1(running):
    run, _, flag = running
    flag.touch()
    result = run("--json")
    assert result.returncode == 1
    found = json.loads(result.stdout)
    assert (found["status"], found["caughtBy"]) == ("not caught", [])
    assert found["notCaughtBy"] == ['test LampTests "LAMP-1: it is "lit""']


def test_one_that_does_not_build_is_3(running):
    run, repository, _ = running
    path = repository / "Tests/Mutants/dark.mutant"
    path.write_text(path.read_text().replace("lit = false", "syntax"))
    result = run()
    assert result.returncode == 3
    assert "dark: does not build" in result.stdout and "error: syntax" in result.stdout


def test_what_does_not_hold_without_a_mutant_is_4(running):
    run, repository, _ = running
    for name in ("Tests/Mutants/dark.mutant", "Tests/LampTests.swift"):
        path = repository / name
        path.write_text(path.read_text().replace("LAMP-1: it is", "LAMP-2: it is"))
    result = run()
    assert result.returncode == 4
    assert 'test LampTests "LAMP-2: it is "lit"": is not there without a mutant' in result.stderr


def test_a_scratch_copy_that_is_in_use_is_4(running):
    run, repository, _ = running
    scratch = repository / ".build/mutants"
    scratch.mkdir(parents=True)
    with open(scratch / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = run()
    assert result.returncode == 4
    assert "is in use by another run; wait, or give another --scratch" in result.stderr


def test_without_a_toolchain_it_is_4(repository):
    result = subprocess.run([sys.executable, repository / "script/mutants"], capture_output=True, text=True,
                            env={"PATH": "", "HOME": str(repository)})
    assert result.returncode == 4
    assert "no Swift here" in result.stderr
