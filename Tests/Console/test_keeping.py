"""What happens in a kept room while another process holds the store: a real `poundkey serve`, and a second connection."""
import contextlib
import http.client
import json
import signal
import sqlite3
import subprocess
import threading
import time

import pytest
from browsing import POUNDKEY, Server

HELGA = "helga@larkspur.example"


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "larkspur.poundkey"
    subprocess.run([POUNDKEY, "tenant", "init", path], check=True, capture_output=True)
    return path


@pytest.fixture
def kept(tmp_path, store):
    """A kept room, and what its pages are told."""
    server = Server(tmp_path, "--tenant", store, "--keep")
    yield server
    server.stop()


class Holder:
    """Another process's write, which comes to no end."""

    def __init__(self, store):
        self.connection = sqlite3.connect(store, isolation_level=None, check_same_thread=False)
        self.connection.execute("BEGIN IMMEDIATE")

    def release(self):
        self.connection.execute("ROLLBACK")
        self.connection.close()


class Page:
    """Hears the events of a room in a thread of its own."""

    def __init__(self, server):
        self.told, self.news = [], threading.Condition()
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.connection.request("GET", "/api/events")
        self.response = self.connection.getresponse()
        threading.Thread(target=self.hear, daemon=True).start()

    def hear(self):
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError, AttributeError):
            for line in self.response:
                if line.startswith(b"data: "):
                    with self.news:
                        self.told.append(json.loads(line[6:]))
                        self.news.notify_all()

    def of(self, type):
        with self.news:
            return [event for event in self.told if event["type"] == type]

    def until(self, type, seconds=20, **details):
        def found():
            return next((event for event in self.told
                         if event["type"] == type and all(event.get(name) == value for name, value in details.items())), None)

        with self.news:
            assert self.news.wait_for(found, seconds), f"{type} {details} never came: {self.told}"
            return found()


def report_fraud(server, page):
    """A call in which fraud is reported, each act answered at once; the longest time that one of them took."""
    longest = 0
    acts = [("sign-in", {"method": "call"}), ("answer", {})] + [("press", {"key": key}) for key in "0#1"] + [("hang-up", {})]
    for act, fields in acts:
        begun = time.monotonic()
        server.post(f"/api/room/{act}", user=HELGA, **fields)
        longest = max(longest, time.monotonic() - begun)
    page.until("outcome", outcome="fraudReported")
    return longest


def log(store, name):
    told = subprocess.run([POUNDKEY, "log", name, "--tenant", store, "--format", "jsonl"], check=True, capture_output=True,
                          text=True).stdout
    return [json.loads(line) for line in told.splitlines()]


def outcomes(store):
    return [entry["outcome"] for entry in log(store, "signins")]


def is_whole(store):
    return subprocess.run([POUNDKEY, "tenant", "check", store], capture_output=True).returncode == 0


def test_a_store_that_is_held_stops_no_key_and_pages_are_told_until_all_is_kept(kept, store):
    page, holder = Page(kept), Holder(store)
    # The first act is what waits longest.
    begun = time.monotonic()
    assert report_fraud(kept, page) < 1
    trouble = page.until("trouble")
    assert 2 < time.monotonic() - begun < 6
    assert (trouble["kind"], trouble["reason"], trouble["waiting"] > 10) == ("notKept", "busy", True)
    assert outcomes(store) == []
    holder.release()
    page.until("trouble", kind="kept")
    # Nothing is lost that was told as kept.
    kept.process.kill()
    kept.process.wait()
    assert outcomes(store) == ["fraudReported"]
    assert [entry["activity"] for entry in log(store, "audit")] == ["Fraud reported - user is blocked for MFA"]
    kinds = [entry["kind"] for entry in log(store, "calls")]
    assert (kinds.count("dial"), kinds.count("answer"), kinds.count("outcome")) == (1, 1, 1)
    assert is_whole(store)


def test_whenever_it_is_killed_the_store_has_what_was_told_as_kept_and_no_half_of_anything(tmp_path, store):
    had = 0
    for round in range(4):
        server = Server(tmp_path, "--tenant", store, "--keep")
        page, holder = Page(server), Holder(store)
        for _ in range(3):
            server.post("/api/room/sign-in", user=HELGA, method="call")
            server.post("/api/room/cancel", user=HELGA)
        if round % 2:
            page.until("trouble", kind="notKept")
            holder.release()
            page.until("trouble", kind="kept")
            had += 3
        server.process.kill()
        server.process.wait()
        if round % 2 == 0:
            holder.release()
        server.stop()
        assert outcomes(store) == ["cancelled"] * had
        assert is_whole(store)


def test_an_admins_command_waits_for_what_the_room_has_done_and_is_decided_on_that(kept, store):
    page, holder = Page(kept), Holder(store)
    report_fraud(kept, page)
    answers = []

    def unblock():
        answers.append(kept.post(f"/api/users/{HELGA}/unblock", reason="it was a mistake"))

    asking = threading.Thread(target=unblock)
    asking.start()
    asking.join(1)
    assert asking.is_alive(), "it was decided on a store that lacks the block"
    kept.post("/api/room/press", user=HELGA, key="1")
    holder.release()
    asking.join(20)
    assert [answer["user"]["blocked"] for answer in answers] == [False]
    assert [entry["activity"] for entry in log(store, "audit")] == [
        "Fraud reported - user is blocked for MFA", "User unblocked for MFA"]
    assert page.until("user", user={**page.of("user")[-1]["user"]})["user"]["blocked"] is False
    kept.post("/api/room/sign-in", user=HELGA, method="call")
    assert page.until("dial", call=2)["user"] == HELGA


def test_what_the_room_does_while_a_command_waits_for_the_store_comes_before_it(kept, store):
    """The command is first in the line, and still is decided on a tenant that has the block."""
    page, holder = Page(kept), Holder(store)
    answers = []
    asking = threading.Thread(target=lambda: answers.append(kept.post(f"/api/users/{HELGA}/unblock", reason="a mistake")))
    asking.start()
    asking.join(1)
    assert asking.is_alive()
    assert report_fraud(kept, page) < 1
    holder.release()
    asking.join(20)
    assert [answer["user"]["blocked"] for answer in answers] == [False]
    assert [entry["activity"] for entry in log(store, "audit")] == [
        "Fraud reported - user is blocked for MFA", "User unblocked for MFA"]


def test_a_reset_and_the_end_of_the_program_wait_until_all_is_written(kept, store):
    page, holder = Page(kept), Holder(store)
    kept.post("/api/room/sign-in", user=HELGA, method="call")
    resetting = threading.Thread(target=lambda: kept.post("/api/room/reset"))
    resetting.start()
    resetting.join(1)
    assert resetting.is_alive()
    kept.post("/api/room/answer", user=HELGA)
    page.until("answered")
    holder.release()
    resetting.join(20)
    assert len(page.of("session")) == 2
    assert outcomes(store) == ["cancelled"]
    holder = Holder(store)
    kept.post("/api/room/sign-in", user=HELGA, method="call")
    page.until("dial", call=1)
    kept.process.send_signal(signal.SIGTERM)
    with pytest.raises(subprocess.TimeoutExpired):
        kept.process.wait(5)
    holder.release()
    assert kept.process.wait(20) == 0
    assert outcomes(store) == ["cancelled", "cancelled"]


def test_the_room_of_a_page_that_comes_late_has_what_waits_in_its_events(kept, store):
    page, holder = Page(kept), Holder(store)
    kept.post("/api/room/sign-in", user=HELGA, method="call")
    page.until("trouble", kind="notKept")
    assert Page(kept).until("trouble")["reason"] == "busy"
    holder.release()
    page.until("trouble", kind="kept")
