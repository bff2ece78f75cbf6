"""The logs of a tenant store: filters, forms, and following what comes."""
import csv
import io
import json
import os
import signal
import subprocess
import time

import pytest
from conftest import POUNDKEY

HELGA, OMAR = "helga@larkspur.example", "omar@larkspur.example"


@pytest.fixture
def kept(poundkey, store):
    """A store in which an admin has done a few things; the words for `poundkey`, behind a verb."""
    on = ("--tenant", store)
    for minute, (verb, reason) in enumerate([("block", "Lost phone"), ("unblock", '=cmd|"/c calc"!A1'), ("block", "+1,2")]):
        result = poundkey(verb, HELGA, "--reason", reason, *on, "--by", OMAR, "--at", f"2025-01-15T09:0{minute}:00Z")
        assert result.code == 0, result
    return on


def test_json_lines_have_the_keys_that_are_told(poundkey, kept):
    result = poundkey("log", "audit", *kept, "--json")
    assert (result.code, result.err) == (0, ""), result
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert lines[0] == {"sequence": 1, "at": "2025-01-15T09:00:00Z", "user": HELGA, "activity": "User blocked for MFA",
                        "reason": "Lost phone", "by": OMAR, "role": "globalAdministrator"}
    assert poundkey("log", "audit", *kept, "--format", "jsonl", "--as", "globalReader").out == result.out
    assert [line["sequence"] for line in lines] == [1, 2, 3]


def test_csv_is_quoted_and_no_cell_is_a_formula(poundkey, kept):
    out = poundkey("log", "audit", *kept, "--format", "csv").out
    assert out.count("\r\n") == 4
    rows = list(csv.reader(io.StringIO(out, newline="")))
    assert rows[0] == ["sequence", "at", "user", "activity", "reason", "by", "role"]
    assert [row[4] for row in rows[1:]] == ["Lost phone", "'=cmd|\"/c calc\"!A1", "'+1,2"]
    assert "\"'=cmd|\"\"/c calc\"\"!A1\"" in out


def test_the_table_wraps_to_the_width(poundkey, kept):
    out = poundkey("log", "audit", *kept, "--last", "1").out
    assert out == ("at                    user                    by                     activity\n"
                   f"2025-01-15T09:02:00Z  {HELGA}  {OMAR}  User blocked for\n"
                   + " " * 69 + "MFA (+1,2)\n"), out


@pytest.mark.parametrize("filters, found", [
    (["--user", HELGA], [1, 2, 3]), (["--activity", "user BLOCKED for mfa"], [1, 3]), (["--admin", OMAR, "--last", "2"], [2, 3]),
    (["--admin", HELGA], []), (["--since", "2025-01-15T09:01:00Z"], [2, 3]), (["--until", "2025-01-15T09:01:00Z"], [1]),
    (["--since", "90s", "--at", "2025-01-15T09:02:00Z"], [2, 3]),
    (["--user", HELGA, "--activity", "User unblocked for MFA", "--since", "2025-01-01", "--until", "2026-01-01"], [2]),
])
def test_filters(poundkey, kept, filters, found):
    result = poundkey("log", "audit", *kept, "--json", *filters)
    assert result.code == 0, result
    assert [json.loads(line)["sequence"] for line in result.out.splitlines()] == found


@pytest.mark.parametrize("arguments, code, message", [
    (["signins", "--outcome", "aproved"], 2, '"aproved" is none; did you mean "approved"?'),
    (["signins", "--method", "phone"], 2, '"phone" is none; the methods are: call, text, app, code, passkey, pass'),
    (["audit", "--activity", "User blokked for MFA"], 2, 'did you mean "User blocked for MFA"?'),
    (["calls", "--kind", "hangup"], 0, ""),  # capitals do not matter
    (["calls", "--kind", "hangsup"], 2, 'did you mean "hangUp"?'),
    (["calls", "--call", "twelve"], 2, "it takes the name of a call in the log, as in 12.1"),
    (["messages", "--kind", "mial"], 2, 'did you mean "mail"?'),
    (["signins", "--user", "hegla@larkspur.example"], 2, f'did you mean "{HELGA}"?'),
    (["signins", "--last", "0"], 2, "it takes a whole number from 1 on"),
    (["signins", "--since", "7"], 2, "it takes a date or time, as in 2025-10-01 or 2025-10-01T09:00:00Z, or a length"),
    (["signins", "--follow", "--until", "2025-01-01"], 2, "--follow has no end: leave out --until"),
    (["signins", "--json", "--format", "csv"], 2, "--json is --format jsonl: choose one format"),
    (["signins", "--as", "reader"], 2, "the roles are "),
])
def test_values_are_checked(poundkey, store, arguments, code, message):
    result = poundkey("log", *arguments, "--tenant", store)
    assert result.code == code, result
    assert message in result.err


def test_nothing_found_is_told_to_people_only(poundkey, store):
    assert poundkey("log", "risk", "--tenant", store).out == "the log has no such row\n"
    assert poundkey("log", "risk", "--tenant", store, "--json").out == ""
    assert poundkey("log", "risk", "--tenant", store, "--format", "csv").out == "sequence,at,user,state,kind\r\n"


@pytest.fixture
def follow(store):
    """Starts `log audit --follow`, and ends it with the test."""
    started = []

    def start(*arguments, stdout=subprocess.PIPE):
        process = subprocess.Popen([POUNDKEY, "log", "audit", "--follow", "--tenant", store, *arguments], stdout=stdout,
                                   stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_follow_prints_what_comes_line_by_line_and_ctrl_c_ends_it_with_130(poundkey, kept, follow):
    process = follow("--format", "jsonl", "--last", "1")
    assert json.loads(process.stdout.readline())["sequence"] == 3  # piped, and there at once
    for number, verb in [(4, "unblock"), (5, "block")]:
        # Closing the store writes the log into the file and begins it anew.
        poundkey(verb, HELGA, "--reason", "again", *kept, "--at", "2025-01-15T10:00:00Z")
        assert json.loads(process.stdout.readline())["sequence"] == number
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 130
    assert process.stderr.read() == ""


def test_follow_begins_with_now_where_nothing_else_is_asked_for(poundkey, kept, follow):
    process = follow("--format", "csv", "--activity", "User unblocked for MFA")
    assert process.stdout.readline().startswith("sequence,at,")
    poundkey("unblock", HELGA, "--reason", "found", *kept, "--at", "2025-01-15T10:00:00Z")
    assert process.stdout.readline().startswith("4,2025-01-15T10:00:00Z")


def test_follow_costs_next_to_nothing_while_nothing_comes(kept, follow):
    process = follow("--format", "jsonl", "--last", "1")
    process.stdout.readline()

    def ticks():
        fields = open(f"/proc/{process.pid}/stat").read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    before = ticks()
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline:
        assert process.poll() is None
        signal.sigtimedwait([], 0.2)
    assert (ticks() - before) / os.sysconf("SC_CLK_TCK") < 0.1


def test_a_reader_that_is_gone_ends_it_without_a_word(kept, follow):
    reading, writing = os.pipe()
    process = follow("--format", "jsonl", "--last", "1", stdout=writing)
    os.close(writing)
    assert b'"sequence":3' in os.read(reading, 4096)
    os.close(reading)
    assert process.wait(timeout=10) == -signal.SIGPIPE
    assert process.stderr.read() == ""
