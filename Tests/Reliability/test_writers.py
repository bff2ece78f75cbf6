"""Several processes at one store."""
import subprocess
import time

from stores import LOAD, POUNDKEY, START, assert_whole, load, new_store, poundkey, query

OTHERS = 8
CHANGES = 50


def holding(store, rows=1):
    """A process within a change, until its standard input ends."""
    process = subprocess.Popen([LOAD, "hold", store, str(rows)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def test_who_comes_second_waits_says_so_and_succeeds(tmp_path):
    store = new_store(tmp_path)
    first = holding(store)
    second = subprocess.Popen([POUNDKEY, "block", "user1@larkspur.example", "--reason", "Lost", "--tenant", store, "--at", START],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert second.stderr.readline() == f"another process writes to {store}; waiting for it ...\n"
    assert second.poll() is None
    first.communicate()
    out, err = second.communicate(timeout=30)
    assert (second.returncode, err) == (0, ""), (out, err)
    assert out.startswith("✓ user1@larkspur.example is blocked")
    assert [what for (what,) in query(store, "SELECT what FROM change ORDER BY id")] == ["tenant init", "hold", "block"]
    assert_whole(store)


def test_who_waits_too_long_gives_up_and_says_so(tmp_path):
    store = new_store(tmp_path)
    first = holding(store)
    result = load("changes", store, 1, "late", 400)
    assert result.code == 4, result
    assert result.err == (f"waiting\nstore-load: another process writes to {store} and does not come to an end; "
                          "nothing was changed: try again\n")
    first.communicate()
    assert_whole(store)


def test_readers_see_what_was_before_a_long_change_and_wait_for_nothing(tmp_path):
    store = new_store(tmp_path)
    before = load("read", store)
    first = holding(store, rows=20_000)
    started = time.monotonic()
    during = load("read", store)
    assert time.monotonic() - started < 5
    assert (during.code, during.out, during.err) == (0, before.out, "")
    assert poundkey("blocked", "--tenant", store).out == "nobody is blocked\n"
    assert_whole(store)
    first.communicate()
    assert "\ncalls 20000 " in load("read", store).out


def test_eight_processes_write_fifty_changes_each_and_all_are_there_once_and_in_order(tmp_path):
    store = new_store(tmp_path)
    processes = [subprocess.Popen([LOAD, "changes", store, str(CHANGES), f"writer{number}"], stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True) for number in range(OTHERS)]
    for number, process in enumerate(processes):
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert out == "".join(f"ack writer{number} {index}\n" for index in range(1, CHANGES + 1))
    changes = query(store, "SELECT id, what FROM change ORDER BY id")
    assert [id for id, _ in changes] == list(range(1, OTHERS * CHANGES + 2))
    for number in range(OTHERS):
        mine = [what for _, what in changes if what.startswith(f"writer{number} ")]
        assert mine == [f"writer{number} {index}" for index in range(1, CHANGES + 1)]
    reasons = [reason for (reason,) in query(store, "SELECT reason FROM audit ORDER BY sequence")]
    assert reasons == [what for _, what in changes[1:]]
    assert_whole(store)
