"""The helper processes of poundkey greeting check: what they may not do, and that losing one is a verdict."""
import json
import os
import platform
import re
import signal
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import POUNDKEY, wav


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_for(what, seconds=20):
    """Polls until it is so: for processes of others there is nothing to wait on."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.002)
    raise AssertionError("it never came to that")


class Batch:
    """`greeting check FILE -`: while it waits for standard input, its helper is idle and can be looked at."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([POUNDKEY, "greeting", "check", "--json", "-j", "1", *arguments, "-"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        # The first report is out, and so the helper has nothing to do.
        self.first = json.loads(self.process.stdout.readline())
        [self.helper] = children(self.process.pid)

    def send(self, content):
        self.process.stdin.write(content)
        self.process.stdin.close()

    def send_and_wait(self, content):
        """Hands standard input over; the program then waits for its helper, which must be stopped."""
        self.send(content)
        wait_for(lambda: Path(f"/proc/{self.process.pid}/syscall").read_text().split()[0] in POLL)

    def finish(self):
        with self.process:
            return json.loads(self.process.stdout.read()), self.process.wait(timeout=60)


# The numbers of poll and ppoll on x86-64 and arm64.
POLL = {"7", "271", "73"}


def job(content):
    """A job as the program sends it: length, then length of the JSON, JSON, content."""
    text = json.dumps({"check": {"name": "a.wav", "limits": {"maxBytes": 1048576, "nearBytes": 1000000,
                                                             "maxSeconds": 20}}}).encode()
    packed = struct.pack("<I", len(text)) + text + content
    return struct.pack("<Q", len(packed)) + packed


# Milliseconds, seconds of the processor, bytes of memory, bytes of an answer.
LIMITS = f"20000,10,{256 << 20},{64 << 20}"


class Helper:
    """A helper process of our own, started as the program starts it."""

    def __init__(self):
        self.channel, theirs = socket.socketpair()
        self.channel.settimeout(60)
        self.process = subprocess.Popen([POUNDKEY, "--helper-process", LIMITS], stdin=theirs, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, env={"SWIFT_BACKTRACE": "enable=no"})
        theirs.close()
        assert self.receive() == b"ready"

    def receive(self):
        head = self.exactly(8)
        return head and self.exactly(struct.unpack("<Q", head)[0])

    def exactly(self, count):
        content = b""
        while len(content) < count:
            part = self.channel.recv(count - len(content))
            if not part:
                return None
            content += part
        return content

    def check(self, content):
        self.channel.sendall(job(content))
        answer = self.receive()
        return answer and json.loads(answer[4:4 + struct.unpack("<I", answer[:4])[0]])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.channel.close()
        assert self.process.wait(timeout=20) is not None


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.wav"
    path.write_bytes(wav(1))
    return path


def test_a_helper_answers_until_its_channel_is_closed():
    with Helper() as helper:
        for _ in range(3):
            assert helper.check(wav(1))["findings"] == []
        helper.channel.close()
        assert helper.process.wait(timeout=20) == 0


def test_a_helper_is_in_an_empty_folder_without_open_files_and_filtered():
    with Helper() as helper:
        helper.check(wav(1))
        process = Path(f"/proc/{helper.process.pid}")
        assert re.search(r"/poundkey-\w{6} \(deleted\)$", os.readlink(process / "cwd"))
        assert {int(name) for name in os.listdir(process / "fd")} == {0, 1, 2}
        status = (process / "status").read_text()
        assert "Seccomp:\t2\n" in status and "NoNewPrivs:\t1\n" in status
        limits = {line[:26].strip(): line[26:].split() for line in (process / "limits").read_text().splitlines()}
        assert limits["Max file size"][0] == "0" and limits["Max core file size"][0] == "0"
        assert int(limits["Max address space"][0]) < 2 << 30
        assert int(limits["Max cpu time"][0]) <= 12


def test_a_helper_that_crashes_is_a_verdict(good):
    batch = Batch(good)
    os.kill(batch.helper, signal.SIGSTOP)
    batch.send_and_wait(wav(1))
    os.kill(batch.helper, signal.SIGSEGV)
    os.kill(batch.helper, signal.SIGCONT)
    report, code = batch.finish()
    assert code == 1 and report["verdict"] == "rejected" and report["bytes"] == len(wav(1))
    assert [(f["id"], f["message"]) for f in report["findings"]] == [
        ("decode.crashed", "the decoder crashed on this file (signal 11)")]


def test_a_helper_that_hangs_is_a_verdict(good):
    batch = Batch("--timeout", "1", good)
    os.kill(batch.helper, signal.SIGSTOP)
    batch.send_and_wait(wav(1))
    report, code = batch.finish()
    assert code == 1
    assert [(f["id"], f["message"]) for f in report["findings"]] == [
        ("decode.timeout", "the decoder did not come to an end within 1 s")]
    assert not Path(f"/proc/{batch.helper}").exists()


def test_a_helper_that_dies_while_it_has_nothing_to_do_costs_no_file_its_verdict(good):
    batch = Batch(good)
    os.kill(batch.helper, signal.SIGKILL)
    batch.send(wav(1))
    report, code = batch.finish()
    assert code == 0 and report["findings"] == []


def test_after_a_crash_a_new_helper_takes_over(good):
    process = subprocess.Popen([POUNDKEY, "greeting", "check", "--json", "-j", "2", *[good] * 200],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    killed, found = set(), []
    for line in process.stdout:
        found += [finding["id"] for finding in json.loads(line)["findings"]]
        for helper in set(children(process.pid)) - killed if len(killed) < 6 else ():
            try:
                os.kill(helper, signal.SIGSEGV)
                killed.add(helper)
            except ProcessLookupError:
                pass
    process.stderr.close()
    assert process.wait(timeout=60) == (1 if found else 0)
    assert len(killed) >= 6 and set(found) <= {"decode.crashed"} and len(found) <= len(killed)


def test_a_program_that_is_gone_leaves_no_helper_behind(good):
    batch = Batch(good)
    batch.process.kill()
    batch.process.wait()
    wait_for(lambda: not Path(f"/proc/{batch.helper}").exists())


@pytest.mark.parametrize("value", ["0", "601", "-1"])
def test_a_timeout_is_a_second_to_ten_minutes(poundkey, good, value):
    result = poundkey("greeting", "check", f"--timeout={value}", good)
    assert result.code == 2
    assert result.err.startswith(f"Error: --timeout is 1 to 600 s, not {value}\n")


@pytest.fixture
def refusing_filters(tmp_path):
    """A command before which the system lets nobody filter system calls, as some containers do."""
    script = tmp_path / "refuse.py"
    script.write_text(REFUSE)
    return [sys.executable, script]


# Numbers of x86-64: seccomp is 317 and prctl 157, whose PR_SET_SECCOMP is 22.
REFUSE = """
import ctypes, os, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
step = lambda code, yes, no, value: struct.pack("HBBI", code, yes, no, value)
program = (step(0x20, 0, 0, 0) + step(0x15, 0, 1, 317) + step(6, 0, 0, 0x00050001) + step(0x15, 0, 3, 157)
           + step(0x20, 0, 0, 16) + step(0x15, 0, 1, 22) + step(6, 0, 0, 0x00050016) + step(6, 0, 0, 0x7fff0000))
code = ctypes.create_string_buffer(program, len(program))
filter = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(code)))
libc.prctl(38, 1, 0, 0, 0)
assert libc.prctl(22, 2, ctypes.byref(filter), 0, 0) == 0
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers of the system calls are those of x86-64")
def test_where_no_filter_can_be_had_that_is_said_once_and_files_are_judged(refusing_filters, good):
    result = subprocess.run([*refusing_filters, POUNDKEY, "greeting", "check", good, good], capture_output=True,
                            text=True, timeout=60)
    assert result.returncode == 0 and "2 accepted" in result.stdout
    assert result.stderr.startswith("warning: this system lets no program filter its system calls (seccomp)")
    assert result.stderr.count("warning") == 1


def test_without_its_arguments_the_program_says_so(poundkey, good):
    """They are read from /proc, which a jail may not have."""
    jail = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs none /proc && exec "$0" greeting check nowhere.wav', POUNDKEY]
    result = subprocess.run(jail, capture_output=True, text=True, timeout=60)
    if result.returncode != 4 and ("unshare:" in result.stderr or "mount:" in result.stderr):
        pytest.skip("no namespaces here")
    assert (result.returncode, result.stdout) == (4, "")
    assert result.stderr == "error: the arguments cannot be read: is /proc mounted?\n"
