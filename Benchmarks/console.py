#!/usr/bin/env python3
"""The console: how soon a second page hears of a key; 500 pages that follow; the first page; 200 calls at once on one core.

Needs script/run once; the peer of the fan-out: nodejs; the first page: chromium, chromium-driver and script/test once. The
server runs on one core (0) and its clients on the other, but for `keys`, where nothing is pinned. One part: console.py keys
"""
import argparse
import json
import multiprocessing
import os
import re
import resource
import selectors
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POUNDKEY = Path(os.environ.get("POUNDKEY_UNDER_TEST", ROOT / ".build/release-static/release/poundkey"))
PEER = ROOT / "Benchmarks/console_peer.js"
HELGA = "helga@larkspur.example"
CORES = os.cpu_count() or 1
IDS = re.compile(rb"^id: [^.\n]*\.(\d+)$", re.MULTILINE)


class Server:
    """A server as a process: poundkey, or the peer."""

    def __init__(self, *command, core=None, home=None):
        pin = ["taskset", "-c", str(core)] if core is not None else []
        self.process = subprocess.Popen(
            [*pin, *map(str, command)], stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "HOME": str(home or tempfile.gettempdir())})
        line = self.process.stdout.readline()
        self.port = int(re.search(r":(\d+)/", line)[1])

    def peak(self):
        """The most memory that it has had, in MB."""
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", text)[1]) / 1_000

    def processor(self):
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(10) in (0, -15, 143), "the server did not end well"


class Client:
    """One connection that stays open, for posts and gets one after the other."""

    def __init__(self, port):
        self.port = port
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.socket.makefile("rb")

    def send(self, method, path, body=None):
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
        data = b"" if body is None else json.dumps(body).encode()
        if body is not None:
            head += (f"Origin: http://127.0.0.1:{self.port}\r\nContent-Type: application/json\r\n"
                     f"Content-Length: {len(data)}\r\n")
        self.socket.sendall(head.encode() + b"\r\n" + data)

    def receive(self):
        status = int(self.reader.readline().split()[1])
        length = 0
        while (line := self.reader.readline().strip()):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return status, self.reader.read(length)

    def post(self, path, **body):
        self.send("POST", path, body)
        status, data = self.receive()
        return status, data

    def get(self, path):
        self.send("GET", path)
        return self.receive()


def follow(port, path="/api/events"):
    stream = socket.create_connection(("127.0.0.1", port))
    stream.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\r\n".encode())
    return stream


def pin(core):
    if CORES > 1:
        os.sched_setaffinity(0, {core})


def listen(port, count, wanted, ready, done, core):
    """In a process of its own: so many pages. Each must hear events 0 to `wanted`, in order, each once; without `wanted`
    they hear until they are ended."""
    if core is not None:
        pin(core)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    selector = selectors.DefaultSelector()
    pages = []
    for number in range(count):
        stream = follow(port)
        stream.setblocking(False)
        pages.append({"rest": b"", "next": 0})
        selector.register(stream, selectors.EVENT_READ, number)
    ready.set()
    missing = set(range(count))
    while missing or wanted is None:
        for key, _ in selector.select():
            page, data = pages[key.data], key.fileobj.recv(1 << 18)
            if not data:
                done.put(f"page {key.data} was dropped at event {page['next']}")
                return
            if wanted is None:
                continue
            text = page["rest"] + data
            end = text.rfind(b"\n") + 1
            page["rest"] = text[end:]
            for found in IDS.finditer(text[:end]):
                if int(found[1]) != page["next"]:
                    done.put(f"page {key.data} heard {int(found[1])} and not {page['next']}")
                    return
                page["next"] += 1
            if page["next"] > wanted:
                missing.discard(key.data)
    done.put("all")


class Listeners:
    def __init__(self, port, count, wanted=None, core=CORES - 1):
        ready, self.done = multiprocessing.Event(), multiprocessing.Queue()
        self.process = multiprocessing.Process(target=listen, args=(port, count, wanted, ready, self.done, core), daemon=True)
        self.process.start()
        assert ready.wait(60), "the pages did not come"

    def result(self, seconds=120):
        return self.done.get(timeout=seconds)

    def end(self):
        self.process.kill()
        self.process.join()


class Ear:
    """One page, read as it comes."""

    def __init__(self, port):
        self.socket, self.rest = follow(port), b""

    def until(self, *marks):
        """Until the stream says one of these; when it did."""
        while True:
            for mark in marks:
                if (at := self.rest.find(mark)) >= 0:
                    now = time.perf_counter()
                    self.rest = self.rest[at + len(mark):]
                    return now
            data = self.socket.recv(1 << 18)
            assert data, "the stream has ended"
            self.rest += data


def told(values, scale=1_000):
    values = sorted(value * scale for value in values)
    return f"{statistics.median(values):.2f} ms, p95 {values[int(len(values) * 0.95)]:.2f}, most {values[-1]:.2f} (n = {len(values)})"


def key_presses(rounds):
    """POST press until a second page has the event."""
    for listeners in (0, 500):
        server = Server(POUNDKEY, "serve", "--port", "0")
        crowd = Listeners(server.port, listeners, core=None) if listeners else None
        client, ear, times = Client(server.port), Ear(server.port), []
        ear.until(b'"type":"now"')
        for _ in range(rounds):
            assert client.post("/api/room/reset")[0] == 200
            ear.until(b'"type":"session"')
            assert client.post("/api/room/sign-in", user=HELGA, method="call")[0] == 200
            assert client.post("/api/room/answer", user=HELGA)[0] == 200
            ear.until(b'"type":"play"')
            for _ in range(5):
                time.sleep(0.02)
                start = time.perf_counter()
                client.send("POST", "/api/room/press", {"user": HELGA, "key": "5"})
                times.append(ear.until(b'"type":"key"') - start)
                assert client.receive()[0] == 200
        print(f"key to a second page, {listeners} more follow: {told(times)}", flush=True)
        if crowd:
            crowd.end()
        server.stop()


def fan_out(count, events, runs):
    """500 pages hear 1,000 events: of poundkey and of the peer by turns, the same bytes one after the other."""
    rates = {}
    for _ in range(runs):
        for name in ("poundkey", "node"):
            command = [POUNDKEY, "serve", "--port", "0"] if name == "poundkey" else ["node", PEER]
            server = Server(*command, core=0)
            crowd = Listeners(server.port, count, events)
            client, before, start = Client(server.port), server.processor(), time.perf_counter()
            for number in range(events):
                client.post("/api/room/resume" if number % 2 else "/api/room/pause")
            result = crowd.result()
            seconds = time.perf_counter() - start
            used, peak = server.processor() - before, server.peak()
            crowd.end()
            server.stop()
            assert result == "all", result
            rates.setdefault(name, []).append((count * events / seconds, used, peak))
    for name, values in rates.items():
        rate, used, peak = (statistics.median(column) for column in zip(*values))
        print(f"{count} pages, {events} events each, {name}: {rate:,.0f} events/s, {used:.2f} s of processor time, "
              f"peak {peak:.0f} MB (median of {runs})", flush=True)
    ratio = statistics.median(row[0] for row in rates["poundkey"]) / statistics.median(row[0] for row in rates["node"])
    print(f"  poundkey / node: {ratio:.2f}", flush=True)


def calls_heard(count, events):
    """500 pages hear 1,000 events of real calls; every one in order."""
    server = Server(POUNDKEY, "serve", "--port", "0", core=0)
    crowd = Listeners(server.port, count, events)
    client, start = Client(server.port), time.perf_counter()
    while crowd.done.empty():
        for user in (HELGA, "omar@larkspur.example"):
            client.post("/api/room/sign-in", user=user, method="call")
            client.post("/api/room/answer", user=user)
            client.post("/api/room/press", user=user, key="#")
            client.post("/api/room/hang-up", user=user)
        time.sleep(0.005)
        assert time.perf_counter() - start < 120, "not all was heard"
    result, seconds, peak = crowd.result(), time.perf_counter() - start, server.peak()
    crowd.end()
    server.stop()
    print(f"{count} pages, the first {events} events of real calls: {result} heard in order in {seconds:.1f} s, peak {peak:.0f} MB",
          flush=True)


def tenant_of(folder, users):
    people = "\n".join(
        f'  - {{upn: user{number:03}@larkspur.example, name: User {number:03}, phone: "+44 7700{900000 + number}", language: '
        f'{"fr" if number % 2 else "en"}}}' for number in range(users))
    (folder / "tenant.yaml").write_text(f"tenant: Larkspur\nusers:\n{people}\n")
    store = folder / "larkspur.poundkey"
    subprocess.run([POUNDKEY, "tenant", "init", store, "--from", folder / "tenant.yaml"], check=True, capture_output=True)
    return store


def calls_at_once(users, options):
    """200 people are called at once; each fetches its greeting, listens for four seconds, confirms, and is told so to the end.
    How late comes what is due at a time of its own: the ringing, the end of that message, the hanging up."""
    pin(CORES - 1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = Server(POUNDKEY, "serve", "--port", "0", "--tenant", tenant_of(folder, users), *options, core=0, home=folder)
        client, sounds, ear = Client(server.port), Client(server.port), follow(server.port)
        names = [f"user{number:03}@larkspur.example" for number in range(users)]
        events, rest, waves, late_waves = [], b"", {}, []
        fetched, confirmed, presses = set(), 0, []
        signed, most = iter(names), 0
        ear.setblocking(False)
        before, start = server.processor(), time.perf_counter()
        active = set()
        while True:
            upn = next(signed, None)
            if upn:
                assert client.post("/api/room/sign-in", user=upn, method="call")[0] == 200
            try:
                data = ear.recv(1 << 18)
                assert data, "the stream has ended"
                rest += data
            except BlockingIOError:
                time.sleep(0.0005)
                data = b""
            now = time.perf_counter()
            *frames, rest = rest.split(b"\n\n")
            for frame in frames:
                at = frame.find(b"\ndata: {") + 1
                if at < 1:
                    continue
                event = json.loads(frame[at + 6:])
                event["heard"] = now
                events.append(event)
                user = event.get("user")
                if event["type"] == "ring":
                    assert client.post("/api/room/answer", user=user)[0] == 200
                elif event["type"] == "play" and event["audio"] and user not in fetched:
                    fetched.add(user)
                    active.add(user)
                    most = max(most, len(active))
                    begun = time.perf_counter()
                    status, wave = sounds.get(event["audio"])
                    late_waves.append(time.perf_counter() - begun)
                    assert status == 200 and wave[:4] == b"RIFF", "no greeting"
                    waves[event["audio"]] = len(wave)
                    presses.append((now + 4, user))
                elif event["type"] == "outcome":
                    confirmed += event["outcome"] == "approved"
                elif event["type"] == "hangUp":
                    active.discard(user)
            while presses and presses[0][0] <= time.perf_counter():
                assert client.post("/api/room/press", user=presses.pop(0)[1], key="#")[0] == 200
            if confirmed == users and not active:
                break
            assert time.perf_counter() - start < 120, f"only {confirmed} of {users} were confirmed"
        seconds, used = time.perf_counter() - start, server.processor() - before
        peak = server.peak()
        server.stop()
    timed = [event for event in events
             if event["type"] in ("ring", "hangUp") or event["type"] == "playEnd" and not event["stopped"]]
    # When the session began, in the client's time: nothing is heard before it happens.
    origin = min(event["heard"] - event["at"] / 1_000 for event in events if event["type"] != "session")
    lateness = [event["heard"] - event["at"] / 1_000 - origin for event in timed]
    what = " ".join(options) or "for practice"
    print(f"{users} calls ({what}): {confirmed} confirmed, most at once {most}, {len(events)} events in {seconds:.1f} s", flush=True)
    print(f"  what is due at a time of its own, later than that: {told(lateness)}")
    print(f"  a greeting's WAV ({len(late_waves)} fetched, {len(waves)} kinds): {told(late_waves)}")
    print(f"  processor time {used:.2f} s, {100 * used / seconds:.0f} % of one core; peak {peak:.0f} MB", flush=True)


def first_page():
    """What the room's page loads before anybody clicks, as the browser itself counts."""
    sys.path.insert(0, str(ROOT / "Tests/Console"))
    try:
        from browsing import Browser
    except ImportError:
        print("the first page: run this with .build/test-venv/bin/python, which script/test makes")
        return
    server = Server(POUNDKEY, "serve", "--port", "0")
    browser = Browser("en")
    browser.get(f"http://127.0.0.1:{server.port}/")
    time.sleep(2)
    entries = browser.execute_script(
        "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".map(e => [e.name, e.decodedBodySize])")
    browser.quit()
    status, room = Client(server.port).get("/api/room")
    server.stop()
    paths = {name.split(str(server.port))[1]: size for name, size in entries}
    paths.setdefault("/api/events", 0)
    if "/api/room" in paths:
        paths["/api/room"] = max(paths["/api/room"], len(room))
    print(f"the first page: {sum(paths.values()):,} bytes in {len(paths)} requests")
    for path, size in sorted(paths.items()):
        print(f"  {size:7,} {path}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="*", choices=["keys", "pages", "first", "calls", []], default=[])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=40, help="of five keys each")
    options = parser.parse_args()
    parts = options.part or ["keys", "pages", "first", "calls"]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    print(f"load before: {os.getloadavg()[0]:.1f} on {CORES} cores", flush=True)
    if "keys" in parts:
        key_presses(options.rounds)
    if "pages" in parts:
        calls_heard(500, 1_000)
        fan_out(500, 1_000, options.runs)
    if "first" in parts:
        first_page()
    if "calls" in parts:
        for kept in ([], ["--keep"]):
            calls_at_once(200, kept)
    print(f"load after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
