"""A commit is acknowledged when it is on the disk: what the system is asked for is counted."""
import re
import subprocess

import pytest
from stores import LOAD, assert_whole, new_store

COMMITS = 60


def traced(tmp_path, store, *arguments):
    """The calls that take something to the disk, between the two marks of the load."""
    log = tmp_path / "calls"
    command = ["strace", "-f", "-qq", "-y", "-e", "trace=fsync,fdatasync,sync,syncfs,sync_file_range,write",
               "-o", str(log), str(LOAD), "commits", str(store), *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120)
    text = log.read_text() if log.exists() else ""
    if "mark begin" not in text:
        pytest.fail(f"strace cannot follow the program on this machine (is ptrace allowed?), so nothing was counted: "
                    f"{result.stderr}")
    assert result.returncode == 0, result.stderr
    between = text[text.index("mark begin"):text.index("mark end")]
    return re.findall(r"\b(fsync|fdatasync|sync|syncfs|sync_file_range)\(\d+<([^>]*)>", between)


def test_an_acknowledged_commit_takes_exactly_one_fsync_of_the_log(tmp_path):
    store = new_store(tmp_path)
    calls = traced(tmp_path, store, COMMITS, 1)
    assert len(calls) == COMMITS, calls
    assert {path for _, path in calls} == {f"{store}-wal"}
    assert_whole(store)


def test_where_the_log_is_moved_into_the_file_there_are_three_more_each_time(tmp_path):
    # 50 changes of 2,000 rows: the log grows beyond 4,096 pages now and then. Then the log is taken to the disk, the file
    # after it, and the next commit begins the log anew, whose header goes to the disk before it.
    store = new_store(tmp_path)
    calls = traced(tmp_path, store, 50, 2_000)
    moves = sum(path == str(store) for _, path in calls)
    assert moves >= 3, calls
    # The last one's new header may fall behind the mark.
    assert len(calls) in (50 + 3 * moves, 50 + 3 * moves - 1), (moves, len(calls))
