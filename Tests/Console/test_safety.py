"""What a server does with clients that mean no good, or no HTTP: raw sockets against a real `poundkey serve`."""
import contextlib
import json
import os
import random
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from browsing import POUNDKEY, ROOT, Server

HELGA = "helga@larkspur.example"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    started = Server(tmp_path_factory.mktemp("home"))
    yield started
    started.stop()


@pytest.fixture(scope="module", autouse=True)
def many_files():
    """As many connections as a full console has."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, before[1]), before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def request(server, path="/api/room", method="GET", host=None, body=b"", keep=False, **fields):
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{server.port}'}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    lines += [] if keep else ["Connection: close"]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}", f"Origin: {server.url}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Line:
    """A connection."""

    def __init__(self, server, data=b"", seconds=10, receive_buffer=None):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(seconds)
        self.socket.connect(("127.0.0.1", server.port))
        if data:
            self.socket.sendall(data)

    def rest(self):
        """All that comes until the server ends the connection."""
        got = b""
        with contextlib.suppress(ConnectionResetError):
            while piece := self.socket.recv(1 << 16):
                got += piece
        return got

    def until(self, mark):
        got = b""
        while mark not in got:
            piece = self.socket.recv(1 << 16)
            assert piece, f"it ended with {got[-200:]}"
            got += piece
        return got

    def close(self):
        self.socket.close()


def answer(server, data, **options):
    """Status and body of what comes back; the connection is at its end then."""
    line = Line(server, data, **options)
    got = line.rest()
    line.close()
    head, _, body = got.partition(b"\r\n\r\n")
    return (int(head.split()[1]) if head else None), body


def error(body):
    return json.loads(body)["error"]


def is_well(server):
    return answer(server, request(server))[0] == 200


GARBAGE = {
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
    "no line": b"GET\r\n\r\n",
    "another version": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "no method": b"F\x01O / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a control character in the address": b"GET /\x7f\x01 HTTP/1.1\r\nHost: x\r\n\r\n",
    "a field without a colon": b"GET / HTTP/1.1\r\nHost x\r\n\r\n",
    "a folded field": b"GET / HTTP/1.1\r\nHost: x\r\nA: 1\r\n 2\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
    "a negative length": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{}",
    "a length and chunks": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE.keys())
def test_what_is_no_http_gets_an_error_like_all_others_and_the_connection_ends(server, data):
    status, body = answer(server, data)
    assert (status, error(body)) == (400, {"id": "request", "message": "this is no HTTP request", "hint": None})
    assert is_well(server)


@pytest.mark.parametrize("path", ["/api/room/pause", "/api/greetings/check?name=a.wav"])
@pytest.mark.parametrize("chunks", [b"zz\r\nhello\r\n", b"-1\r\n", b"5\r\nhelloworld\r\n", b"fffffffffffffffffff\r\n"])
def test_chunks_that_are_none_are_a_bad_request(server, path, chunks):
    kind = "application/json" if "room" in path else "application/octet-stream"
    head = request(server, path, "POST", Origin=server.url, Transfer_Encoding="chunked", Content_Type=kind)
    status, body = answer(server, head + chunks)
    assert (status, error(body)["message"]) == (400, "this is no HTTP request")


@pytest.mark.parametrize("data", [
    b"GET /" + b"a" * 200_000,
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nX: " + b"a" * 9_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"".join(b"X%d: %s\r\n" % (n, b"a" * 1_000) for n in range(20)) + b"\r\n",
    b"GET / HTTP/1.1\r\n" + b"".join(b"X%d: 1\r\n" % n for n in range(80)) + b"\r\n",
], ids=["a line without end", "a long line", "a long field", "long fields", "many fields"])
def test_a_head_that_is_too_large_is_refused(server, data):
    status, body = answer(server, data)
    assert (status, error(body)) == (431, {
        "id": "headTooLarge", "message": "the request line and the header fields are too long", "hint": None})


def test_other_names_and_origins_are_refused_on_the_line_too(server):
    status, body = answer(server, request(server, host="evil.example"))
    assert (status, error(body)) == (421, {
        "id": "host", "message": "the console is not reached by this name", "hint": f"open {server.url}/"})
    # The name in an absolute address counts for nothing, the Host field does.
    assert answer(server, request(server, "http://evil.example/api/room"))[0] == 200
    assert answer(server, request(server, f"{server.url}/api/room", host="evil.example"))[0] == 421
    status, body = answer(server, request(server, Origin="http://evil.example"))
    assert (status, error(body)["message"]) == (403, "a page of another site asks this")
    assert answer(server, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")[0] == 400
    assert answer(server, request(server, "*", "OPTIONS", Origin=server.url))[0] == 404


def test_a_body_without_a_length_is_counted_while_it_comes(server):
    head = request(server, "/api/room/pause", "POST", Origin=server.url, Transfer_Encoding="chunked",
                   Content_Type="application/json")
    status, body = answer(server, head + b"5000\r\n" + b" " * 0x5000 + b"\r\n0\r\n\r\n")
    assert (status, error(body)["message"]) == (413, "the body has more than 16384 bytes")


def test_nobody_can_go_on_sending_after_the_answer(server):
    head = request(server, "/api/room/pause", "POST", keep=True, Origin=server.url, Content_Type="application/json",
                   Content_Length=1 << 30)
    line = Line(server, head)
    begun, sent = time.monotonic(), 0
    assert b"413 " in line.until(b"}}")
    with pytest.raises(OSError):
        while time.monotonic() - begun < 10:
            sent += line.socket.send(bytes(1 << 16))
    assert time.monotonic() - begun < 5 and sent < 16 << 20
    assert is_well(server)


def test_requests_one_behind_the_other_are_answered_in_order(server):
    asked = [request(server, "/api/room/diagram", keep=True), request(server, "/", "HEAD", keep=True),
             request(server, "/nothing", keep=True), request(server, "/", "HEAD", keep=True), request(server)]
    got = Line(server, b"".join(asked)).rest()
    assert [int(code) for code in re.findall(rb"HTTP/1\.1 (\d+) ", got)] == [200, 200, 404, 200, 200]
    assert got.index(b'"machines"') < got.index(b'"notFound"') < got.index(b'"demos"')


def test_who_sends_no_more_still_hears_and_who_goes_away_harms_nobody(server):
    line = Line(server, request(server, keep=True))
    line.socket.shutdown(socket.SHUT_WR)
    assert b"200 OK" in line.rest()
    upload = request(server, "/api/greetings/check?name=a.wav", "POST", Origin=server.url, Content_Length=1_000_000,
                     Content_Type="application/octet-stream")
    for how in (bytes(10), bytes(400_000)):
        for _ in range(10):
            line = Line(server, upload + how)
            # Reset, not ended.
            line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            line.close()
    # None of them holds a place among the files that are looked into.
    deadline = time.monotonic() + 10
    sound = b"RIFF"
    while True:
        got = answer(server, request(server, "/api/greetings/check?name=a.wav", "POST", Origin=server.url,
                                     Content_Type="application/octet-stream", Content_Length=len(sound)) + sound)
        if got[0] == 200 or time.monotonic() > deadline:
            break
    assert got[0] == 200


def test_bytes_by_chance_never_bring_it_down(server):
    chance = random.Random(20_250_115)
    whole = request(server, "/api/room/press", "POST", body=json.dumps({"user": HELGA, "key": "#"}).encode())
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(len(data))
            match chance.randrange(3):
                case 0: data[at] = chance.randrange(256)
                case 1: del data[at:at + chance.randrange(20)]
                case 2: data[at:at] = chance.randbytes(chance.randrange(20))
        line = Line(server, bytes(data))
        line.socket.shutdown(socket.SHUT_WR)
        got = line.rest()
        line.close()
        assert not re.search(rb"HTTP/1\.1 5", got), bytes(data)
    assert server.process.poll() is None and is_well(server)


def test_slow_senders_and_slow_readers_are_dropped_while_others_go_on(tmp_path):
    """All at once, since each has its time: 10 s for a head or a body that drips, 20 s for a page that takes nothing."""
    server = Server(tmp_path)
    try:
        good = Line(server, request(server, "/api/events", keep=True), seconds=60)
        good.until(b'"type":"now"')
        deaf = Line(server, request(server, "/api/events", keep=True), receive_buffer=4_096)
        ended, begun = {}, time.monotonic()
        body = request(server, "/api/room/pause", "POST", keep=True, Origin=server.url, Content_Type="application/json",
                       Content_Length=1_000)

        def drip(name, first):
            line = Line(server, first, seconds=0.5)
            while time.monotonic() - begun < 40:
                with contextlib.suppress(TimeoutError):
                    ended[name] = (line.socket.recv(4_096).split(b"\r\n")[0], time.monotonic() - begun)
                    return
                with contextlib.suppress(OSError):
                    line.socket.send(b"a")

        threads = [threading.Thread(target=drip, args=pair) for pair in [("head", b"GET /"), ("body", body)]]
        for thread in threads:
            thread.start()
        heard, is_dropped = [0], threading.Event()

        def hear():
            while piece := good.socket.recv(1 << 16):
                heard[0] += piece.count(b"\nid: ")

        hearing = threading.Thread(target=hear, daemon=True)
        hearing.start()
        # More than the system keeps for one who does not read.
        while time.monotonic() - begun < 60:
            for _ in range(50):
                server.post("/api/room/sign-in", user=HELGA, method="call")
                server.post("/api/room/cancel", user=HELGA)
            sockets = subprocess.run(["ss", "-Htn", "state", "established", f"( sport = :{server.port} )"],
                                     capture_output=True, text=True, check=True).stdout
            if f":{deaf.socket.getsockname()[1]}" not in sockets:
                is_dropped.set()
                break
        for thread in threads:
            thread.join()
        assert is_dropped.is_set(), "the page that takes nothing is still there"
        assert time.monotonic() - begun > 15
        for name in ("head", "body"):
            line, seconds = ended[name]
            assert line == b"HTTP/1.1 408 Request Timeout" and 9 < seconds < 16, (name, ended)
        assert hearing.is_alive() and heard[0] > 1_000
    finally:
        server.stop()


def test_connections_beyond_what_there_may_be_are_told_so(tmp_path):
    server = Server(tmp_path)
    lines = []
    try:
        lines = [Line(server) for _ in range(899)]
        # Which of many that come at once is counted first, nobody knows: these are counted when they are answered.
        for line in lines:
            line.socket.sendall(request(server, "/nothing", keep=True))
        for line in lines:
            line.until(b"}}")
        assert is_well(server)
        lines.append(Line(server, request(server, "/nothing", keep=True)))
        lines[-1].until(b"}}")
        status, body = answer(server, b"")
        assert (status, error(body)["message"]) == (503, "too many connections are open; try again later")
        for line in lines[:10]:
            line.close()
        deadline = time.monotonic() + 5
        while not is_well(server):
            assert time.monotonic() < deadline
    finally:
        for line in lines:
            line.close()
        server.stop()


@pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_at_once_whoever_is_connected(tmp_path, way):
    server = Server(tmp_path)
    stream = Line(server, request(server, "/api/events", keep=True))
    stream.until(b'"type":"now"')
    others = [Line(server), Line(server, b"GET / HT"), Line(server, request(server, keep=True))]
    upload = Line(server, request(server, "/api/room/pause", "POST", keep=True, Origin=server.url,
                                  Content_Type="application/json", Content_Length=100) + b"{")
    time.sleep(0.2)
    begun = time.monotonic()
    server.process.send_signal(way)
    assert server.process.wait(10) == 0
    assert time.monotonic() - begun < 4
    assert stream.rest().endswith(b"0\r\n\r\n"), "the stream has no end"
    for line in (*others, upload):
        line.close()
    server.stop()


def test_calls_in_progress_are_written_when_it_stops(tmp_path):
    store = tmp_path / "larkspur.poundkey"
    subprocess.run([POUNDKEY, "tenant", "init", store], check=True, capture_output=True)
    server = Server(tmp_path, "--tenant", store, "--keep")
    stream = Line(server, request(server, "/api/events", keep=True))
    server.post("/api/room/sign-in", user=HELGA, method="call")
    stream.until(b'"type":"ring"')
    server.post("/api/room/answer", user=HELGA)
    stream.until(b'"type":"play"')
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(10) == 0
    server.stop()

    def log(name):
        told = subprocess.run([POUNDKEY, "log", name, "--tenant", store, "--format", "jsonl"], check=True, capture_output=True, text=True)
        return told.stdout

    assert HELGA in log("signins") and '"outcome":"' in log("signins").replace(" ", "")
    kinds = [json.loads(line)["kind"] for line in log("calls").splitlines()]
    assert {"dial", "ring", "answer", "message", "outcome", "record"} <= set(kinds) and kinds[-1] == "hangUp", kinds


def started(tmp_path, *options, **more):
    return subprocess.run([POUNDKEY, "serve", *options], cwd=ROOT, capture_output=True, text=True, timeout=20,
                          env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)}, **more)


def test_a_port_that_is_taken_is_said_and_without_one_the_next_is_taken(server, tmp_path):
    result = started(tmp_path, "--port", str(server.port))
    assert (result.returncode, result.stdout) == (4, "")
    assert result.stderr == (f"error: port {server.port} is taken; leave out --port, and the next free one is taken\n")
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8_080))
            taken.listen()
        except OSError:
            pass  # somebody else has it, which is as good
        process = subprocess.Popen([POUNDKEY, "serve"], cwd=ROOT, stdout=subprocess.PIPE, text=True,
                                   env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)})
        port = int(re.search(r":(\d+)/", process.stdout.readline())[1])
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert 8_081 <= port <= 8_180


@pytest.mark.parametrize("text", ["example.com", "300.1.1.1", "localhost", ""])
def test_listen_takes_addresses_only(tmp_path, text):
    result = started(tmp_path, "--listen", text)
    assert result.returncode == 2
    assert "--listen takes an IP address of this machine, as in 192.168.1.5, or 0.0.0.0 for all of them" in result.stderr


def test_an_address_of_another_machine_cannot_be_listened_on(tmp_path):
    result = started(tmp_path, "--listen", "203.0.113.7", "--port", "0")
    assert result.returncode == 4
    assert "203.0.113.7 port 0: this machine has no such address" in result.stderr


def test_loopback_of_ipv6_is_this_machine_too(tmp_path):
    process = subprocess.Popen([POUNDKEY, "serve", "--listen", "::1", "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE,
                               text=True, env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)})
    line = process.stdout.readline()
    port = int(re.fullmatch(r"The console is at http://\[::1\]:(\d+)/  \(Ctrl-C ends it\)\n", line)[1])
    with socket.create_connection(("::1", port)) as connection:
        connection.sendall(f"GET /api/room HTTP/1.1\r\nHost: [::1]:{port}\r\nConnection: close\r\n\r\n".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 200 OK")
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert process.stdout.read() == ""


def test_a_phone_in_the_network_comes_in_by_its_invitation_alone(tmp_path):
    """In a network of its own, with two addresses: the machine's and the phone's."""
    script = ("ip link set lo up && ip addr add 10.7.0.1/32 dev lo && ip addr add 10.7.0.2/32 dev lo && "
              f"exec {sys.executable} {Path(__file__).parent / 'phone_in_network.py'} {POUNDKEY} {tmp_path}")
    result = subprocess.run(["unshare", "-rn", "sh", "-c", script], capture_output=True, text=True, timeout=60, cwd=ROOT)
    if "unshare" in result.stderr and "not permitted" in result.stderr:
        pytest.skip("this machine lets nobody make a network of one's own")
    assert (result.returncode, result.stderr) == (0, "")


def test_a_telephone_that_left_the_network_without_a_word_is_let_go_within_45_s(tmp_path):
    script = f"ip link set lo up && exec {sys.executable} {Path(__file__).parent / 'gone_from_network.py'} {POUNDKEY} {tmp_path}"
    result = subprocess.run(["unshare", "-rn", "sh", "-c", script], capture_output=True, text=True, timeout=120, cwd=ROOT)
    if "unshare" in result.stderr and "not permitted" in result.stderr:
        pytest.skip("this machine lets nobody make a network of one's own")
    assert (result.returncode, result.stderr) == (0, ""), result.stdout
