"""script/fuzz: what it says of a run, with a fuzzer that only pretends; script/fuzz_seeds.py: what a run starts from."""
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
STATISTICS = "\n".join(f"echo 'stat::{name}: {value}'" for name, value in [
    ("number_of_executed_units", 1234), ("average_exec_per_sec", 123), ("new_units_added", 7), ("peak_rss_mb", 99)])


@pytest.fixture
def fuzz(tmp_path):
    """A repository of scripts, in which building the fuzzer writes the given one."""
    copy = tmp_path / "repository"
    shutil.copytree(ROOT / "script", copy / "script")
    (copy / "Tests/Fuzz/Corpus").mkdir(parents=True)
    tools = tmp_path / "bin"
    tools.mkdir()

    def add(name, script):
        (tools / name).write_text(f"#!/bin/sh\n{script}\n")
        (tools / name).chmod(0o755)

    def run(*arguments, fuzzer="exit 0", build="exit 0"):
        (tmp_path / "fuzzer").write_text(f"#!/bin/sh\n{fuzzer}\n")
        (tmp_path / "fuzzer").chmod(0o755)
        add("dpkg-query", "echo 'install ok installed'")
        add("swift", "[ \"$1\" = --version ] && echo 'Swift version 6.3.1' && exit\n"
            f"mkdir -p .build/fuzz/release; cp {tmp_path}/fuzzer .build/fuzz/release/GreetingFuzzer; {build}")
        return subprocess.run([copy / "script/fuzz", *arguments], capture_output=True, text=True,
                              env={"PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(tmp_path)})

    return run


def test_a_run_without_a_finding_gives_its_figures(fuzz):
    result = fuzz("60", fuzzer=f'echo "$@" > arguments; {STATISTICS}')
    assert (result.returncode, result.stdout) == (
        0, "runs 1234, executions a second 123, new inputs 7, memory 99 MB, crashes 0\n")


def test_a_finding_is_named_and_fails_the_run(fuzz):
    result = fuzz(fuzzer=f"echo 'Fatal error: a.wav: another size'; echo 'Test unit written to .build/fuzz/found/crash-1'\n"
                  f"{STATISTICS}\nexit 77")
    assert result.returncode == 1
    assert result.stdout.endswith("crashes 1\nfound: .build/fuzz/found/crash-1\n")
    assert "Fatal error: a.wav: another size" in result.stderr


def test_inputs_are_tried_one_by_one(fuzz, tmp_path):
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.touch()
    bad.touch()
    result = fuzz("--try", good, bad, fuzzer='case "$*" in *bad) echo "ERROR: deadly signal"; exit 77; esac')
    assert (result.returncode, result.stdout) == (1, f"well: {good}\nfound: {bad}\n")
    assert fuzz("--try", tmp_path / "gone").returncode == 2


def test_a_fuzzer_that_does_not_start_is_no_success(fuzz):
    result = fuzz(fuzzer="echo 'cannot execute'; exit 1")
    assert result.returncode == 4
    assert "cannot execute" in result.stderr and "the fuzzer did not start" in result.stderr


def test_a_build_that_fails_shows_why(fuzz):
    result = fuzz(build="echo 'error: it broke'; exit 1")
    assert result.returncode == 4
    assert "error: it broke" in result.stderr and "the build failed" in result.stderr


@pytest.mark.parametrize("arguments", [["0"], ["-1"], ["soon"], ["60", "60"], ["--try"], ["--minimise", "x"], [""]])
def test_usage(fuzz, arguments):
    result = fuzz(*arguments)
    assert result.returncode == 2
    assert result.stderr.startswith("Usage: script/fuzz [SECONDS]")


def test_help_has_an_example(fuzz):
    result = fuzz("--help")
    assert result.returncode == 0
    assert "Example:\n  script/fuzz 60" in result.stdout and "Exit codes: 0 " in result.stdout


def test_the_seeds_are_of_every_kind_and_small(tmp_path):
    assert subprocess.run([ROOT / "script/fuzz_seeds.py", tmp_path / "seeds"]).returncode == 0
    seeds = {path.name: path.read_bytes() for path in (tmp_path / "seeds").iterdir()}
    assert max(map(len, seeds.values())) <= 8_192
    codecs = {int.from_bytes(seed[20:22], "little") for seed in seeds.values() if seed.startswith(b"RIFF")}
    assert codecs >= {1, 2, 3, 6, 7, 0x11, 0x31, 0xFFFE}
    for mark in [b"ID3", b"APETAGEX", b"VBRI", b"Info", b"LYRICS200", b"fLaC", b"FORM", b"\xff\xfd", b"\xff\xff\x14"]:
        assert any(mark in seed for seed in seeds.values()), mark
    assert sum(name.startswith("cut-") for name in seeds) == 10
