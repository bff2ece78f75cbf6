"""poundkey run --watch: what a change touches is run again, at once."""
import os
import pty
import queue
import signal
import subprocess
import threading
import time

import pytest
from conftest import POUNDKEY

CASE = "scenario: {0}\nsteps:\n  - fault: {1}\n  - signin\nexpect: {{result: busy}}\n"


class Watch:
    """A watch that is under way, and what it says."""

    def __init__(self, folder, *arguments):
        self.process = subprocess.Popen([POUNDKEY, "run", *arguments, "--watch"], cwd=folder, text=True,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.lines = queue.Queue()
        threading.Thread(target=lambda: [self.lines.put(line) for line in self.process.stdout], daemon=True).start()

    def result(self):
        """All it says until it waits again."""
        said = ""
        while "watching " not in said:
            said += self.lines.get(timeout=20)
        return said

    def end(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=10)


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "cases"
    (home / "inner").mkdir(parents=True)
    for index in range(250):
        (home / f"n{index}.yaml").write_text(CASE.format(index, "busy"))
    return home


@pytest.fixture
def watch(folder):
    watching = Watch(folder, ".")
    assert "250 passed, 0 failed" in watching.result()
    yield watching
    watching.process.kill()


def test_one_file_of_250_is_run_again_in_less_than_a_second(watch, folder):
    path = folder / "n7.yaml"
    start = time.monotonic()
    path.write_text(CASE.format("changed", "rejected"))
    said = watch.result()
    assert time.monotonic() - start < 1
    assert "✗ n7.yaml  changed" in said and "0 passed, 1 failed" in said
    path.write_text(CASE.format("mended", "busy"))
    assert "1 passed, 0 failed" in watch.result()


def test_what_still_fails_is_named_until_it_is_mended(watch, folder):
    (folder / "n7.yaml").write_text(CASE.format(7, "rejected"))
    watch.result()
    (folder / "n8.yaml").write_text(CASE.format(8, "busy") + "# changed\n")
    said = watch.result()
    assert "1 passed, 0 failed" in said and "still failing: n7.yaml (1)" in said
    (folder / "n7.yaml").write_text("scenario: broken\nsteps: [hangupp]\n")
    assert 'unknown step "hangupp"' in watch.result()
    (folder / "n7.yaml").write_text(CASE.format(7, "busy"))
    assert "still failing" not in watch.result()


def test_new_files_join_also_in_new_folders_and_deleted_ones_leave(watch, folder):
    (folder / "inner/new.yaml").write_text(CASE.format("new", "busy"))
    assert "watching .: 251 files" in watch.result()
    (folder / "later").mkdir()
    (folder / "later/new.yaml").write_text(CASE.format("later", "busy"))
    assert "watching .: 252 files" in watch.result()
    (folder / "inner/new.yaml").unlink()
    assert "watching .: 251 files" in watch.result()
    # As editors save: beside, then renamed over it.
    (folder / ".n3.swp").write_text(CASE.format("renamed", "busy"))
    (folder / ".n3.swp").rename(folder / "n3.yaml")
    assert "n3.yaml  renamed" in watch.result()


def test_a_tenant_touches_all_that_stand_on_it(poundkey, tmp_path):
    assert poundkey("tenant", "init", "our.yaml", cwd=tmp_path).code == 0
    ours = "scenario: {0}\ngiven: {{tenant: ../our.yaml}}\nsteps: [{{fault: busy}}, signin]\n"
    (tmp_path / "cases").mkdir()
    for name in "ab":
        (tmp_path / f"cases/{name}.yaml").write_text(ours.format(name))
    (tmp_path / "cases/c.yaml").write_text(CASE.format("c", "busy"))
    watching = Watch(tmp_path, "cases")
    try:
        assert "3 passed" in watching.result()
        (tmp_path / "our.yaml").write_text((tmp_path / "our.yaml").read_text() + "# changed\n")
        said = watching.result()
        assert "2 passed, 0 failed" in said and "cases/c.yaml" not in said
    finally:
        watching.process.kill()


def test_what_is_beside_the_scenarios_changes_nothing_and_ctrl_c_ends(watch, folder):
    (folder / "readme.md").write_text("x")
    (folder / "n5.yaml").write_text(CASE.format("after", "busy"))
    assert "n5.yaml  after" in watch.result()
    assert watch.lines.empty()
    assert watch.end() == 130


def test_on_a_terminal_q_ends_it_and_the_terminal_is_as_it_was(folder):
    ours, theirs = pty.openpty()
    before = subprocess.run(["stty", "-a"], stdin=theirs, capture_output=True, text=True).stdout
    process = subprocess.Popen([POUNDKEY, "run", "n1.yaml", "--watch"], cwd=folder, stdin=theirs, stdout=theirs,
                               stderr=theirs, env={**os.environ, "TERM": "xterm-256color", "HOME": "/nonexistent"})
    written = b""
    while b"q ends" not in written:
        written += os.read(ours, 4096)
    assert written.startswith(b"\x1b[H\x1b[2J")
    os.write(ours, b"xq")
    assert process.wait(timeout=10) == 0
    assert subprocess.run(["stty", "-a"], stdin=theirs, capture_output=True, text=True).stdout == before
    os.close(theirs)
    os.close(ours)


def test_a_snapshot_that_is_edited_runs_its_scenario_again(watch, folder, poundkey):
    (folder / "n7.yaml").write_text(CASE.format(7, "busy").replace("busy}", "busy, snapshot: all}"))
    assert 'no transcript is kept as "all" yet' in watch.result()
    kept = poundkey("run", "n7.yaml", "-u", cwd=folder)
    assert kept.code == 0
    assert "1 passed, 0 failed" in watch.result()
    snap = folder / "n7.yaml.snap"
    snap.write_text(snap.read_text().replace("busy", "idle"))
    said = watch.result()
    assert "0 passed, 1 failed" in said and "the transcript is another one" in said
    # One that nobody asks for may change as it likes.
    (folder / "n8.yaml.snap").write_text("x\n")
    (folder / "n9.yaml").write_text(CASE.format("nine", "busy"))
    said = watch.result()
    assert "n9.yaml  nine" in said and "n8.yaml" not in said
