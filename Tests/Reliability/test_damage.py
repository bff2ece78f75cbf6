"""Bytes that are not what was written: found, refused, or without effect; never a crash."""
import random
import signal
import subprocess

import flips
import pytest
from stores import LOAD, change_by_hand, check, load, new_store, poundkey, query


def test_250_damaged_stores_are_found_or_read_exactly_as_before_and_nothing_crashes(tmp_path):
    found = flips.flip(tmp_path, 250)
    assert sum(found.values()) == 250
    assert found["found"] > 80, found


def test_stores_that_are_cut_are_found(tmp_path):
    found = flips.cut(tmp_path, 20)
    assert found["found"] == sum(found.values()) == 27, found


def test_a_damaged_log_gives_the_changes_up_to_there_and_no_crash(tmp_path):
    # The log has sums of its own: SQLite takes it up to the first frame that is not whole, and drops the rest.
    store = new_store(tmp_path)
    process = subprocess.Popen([LOAD, "changes", store, "30", "logged"], stdout=subprocess.PIPE, text=True)
    for _ in range(12):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    log = (tmp_path / "larkspur.poundkey-wal").read_bytes()
    assert len(log) > 50_000
    chance, counts = random.Random(1), set()
    for number in range(40):
        copy = flips.copied(store, tmp_path / f"{number}.poundkey")
        damaged = bytearray(log)
        damaged[chance.randrange(len(log))] ^= 1 << chance.randrange(8)
        (tmp_path / f"{number}.poundkey-wal").write_bytes(damaged)
        result = check(copy)
        assert result.code == 0, result
        whats = [what for (what,) in query(copy, "SELECT what FROM change WHERE id > 1 ORDER BY id")]
        assert whats == [f"logged {index + 1}" for index in range(len(whats))]
        counts.add(len(whats))
    assert len(counts) > 3, counts


BY_HAND = {
    "a row is deleted": ["DELETE FROM call_event WHERE sequence = 7"],
    "the last row is deleted": ["DELETE FROM call_event WHERE sequence = (SELECT max(sequence) FROM call_event)"],
    "the first row is deleted": ["DELETE FROM sign_in WHERE sequence = 1"],
    "a row is doubled": ["INSERT INTO audit SELECT sequence + 1000, change, at, activity, upn, reason, by, role, sum FROM audit LIMIT 1"],
    "rows are swapped": ["UPDATE sign_in SET sequence = 99 WHERE sequence = 2", "UPDATE sign_in SET sequence = 2 WHERE sequence = 3",
                         "UPDATE sign_in SET sequence = 3 WHERE sequence = 99"],
    "their contents are swapped": ["UPDATE sign_in SET upn = (SELECT upn FROM sign_in WHERE sequence = 1) WHERE sequence = 2"],
    "a word is changed": ["UPDATE event SET body = replace(body, 'Lost', 'Kept') WHERE kind = 'userBlocked'"],
    "a text is emptied": ["UPDATE audit SET reason = NULL WHERE sequence = 1"],
    "a change is deleted": ["DELETE FROM change WHERE id = 2"],
    "a change has other rows": ["UPDATE change SET rows = rows + 1 WHERE id = 2"],
    "rows go to another change": ["UPDATE event SET change = 1 WHERE change = 2"],
    "a recording is gone": ["DELETE FROM greeting_file"],
    "the checkpoint is another's": ["UPDATE checkpoint SET sequence = sequence - 1"],
    "an index is gone": ["DROP INDEX sign_in_by_user"],
    "a table is there that is none of ours": ["CREATE TABLE note (text TEXT)"],
    "a trigger is there": ["CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM audit; END"],
}


def test_a_store_of_an_earlier_version_that_is_damaged_is_told_without_what_stands_in_it(tmp_path):
    store = tmp_path / "old.poundkey"
    assert load("fixture", store, "greetings").code == 0
    change_by_hand(store, "PRAGMA foreign_keys = OFF", "DELETE FROM change WHERE id = 2")
    result = check(store)
    assert (result.code, result.out) == (3, "")
    assert result.err == (f"error: {store} is damaged: rows of it are of a change that is not there; nothing was changed; "
                          f"poundkey tenant check {store} tells more\n")


@pytest.mark.parametrize("what", BY_HAND)
def test_what_is_changed_by_hand_is_found(tmp_path, what):
    store = flips.made(tmp_path)
    change_by_hand(store, "PRAGMA foreign_keys = OFF", *BY_HAND[what])
    result = check(store)
    assert result.code == 3 and "✗" in result.out, result


def test_a_damaged_row_is_refused_where_it_is_read_and_others_are_read(tmp_path):
    store = flips.made(tmp_path)
    change_by_hand(store, "UPDATE sign_in SET number = 'x' WHERE sequence = 5")
    result = load("read", store)
    assert result.code == 4
    assert result.err == (f"store-load: {store} is damaged: row 5 of sign_in is not as it was written; nothing was changed; "
                          f"poundkey tenant check {store} tells more\n")
    assert poundkey("blocked", "--tenant", store, "--at", "2025-01-17").code == 0
    change_by_hand(store, "UPDATE event SET kind = 'x' WHERE sequence = 3", "DELETE FROM checkpoint")
    for arguments in [("blocked",), ("block", "user1@larkspur.example", "--reason", "x")]:
        result = poundkey(*arguments, "--tenant", store)
        assert (result.code, result.out) == (3, ""), result
        assert result.err.startswith(f"error: {store} is damaged: row 3 of event is not as it was written"), result


def test_a_damaged_key_file_a_missing_one_and_one_that_others_may_read_are_named(tmp_path):
    """The store itself needs none; the verbs of tokens do."""
    store = tmp_path / "larkspur.poundkey"
    assert poundkey("tenant", "init", store, "--name", "Acme").code == 0
    key = tmp_path / "larkspur.poundkey.key"
    assert (store.stat().st_mode & 0o777, key.stat().st_mode & 0o777) == (0o600, 0o600)
    key.unlink()
    assert poundkey("blocked", "--tenant", store).code == 0
    assert check(store).code == 0
