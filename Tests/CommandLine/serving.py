"""`poundkey serve` as a process, and what asks its API."""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
#: s after which an answer counts as missing.
PATIENCE = 30


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.bytes = response.read()

    @property
    def text(self):
        return self.bytes.decode()

    @property
    def json(self):
        return json.loads(self.bytes)

    @property
    def error(self):
        """In English: what is wrong and what to do, without what other languages are made of."""
        return {key: value for key, value in self.json["error"].items() if key != "sentences"}

    def __repr__(self):
        return f"{self.status} {self.bytes[:2000]!r}"


class Server:
    """On a free port; nothing of it is left when it is stopped."""

    def __init__(self, program, home, *options):
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "POUNDKEY_HOME": str(ROOT)}
        self.process = subprocess.Popen(
            [program, "serve", "--port", "0", *map(str, options)], env=environment, cwd=ROOT, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        self.said = b""
        for line in self.process.stdout:
            self.said += line
            if found := re.search(rb"http://127\.0\.0\.1:(\d+)/", line):
                self.port = int(found[1])
                return
        raise AssertionError(f"poundkey serve ended: {self.said.decode()}")

    def stop(self):
        """What it has said since it was started."""
        self.process.send_signal(signal.SIGTERM)
        self.said += self.process.stdout.read()
        self.process.wait(PATIENCE)
        return self.said.decode()

    def ask(self, method, path, body=None, **fields):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        fields = {name.replace("_", "-"): value for name, value in fields.items()}
        connection.request(method, f"/api/{path}", body, {"Origin": f"http://127.0.0.1:{self.port}", **fields})
        answer = Answer(connection.getresponse())
        connection.close()
        return answer

    def get(self, path):
        return self.ask("GET", path)

    def delete(self, path):
        return self.ask("DELETE", path)

    def post(self, path, method="POST", /, **members):
        return self.ask(method, path, json.dumps(members), Content_Type="application/json")

    def put(self, path, /, **members):
        return self.post(path, "PUT", **members)

    def upload(self, path, content, method="POST"):
        return self.ask(method, path, content, Content_Type="application/octet-stream")

    def begin_upload(self, path, **fields):
        """A socket on which the head of an upload has been sent, and its body may follow."""
        line = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        head = {"Host": f"127.0.0.1:{self.port}", "Origin": f"http://127.0.0.1:{self.port}",
                "Content-Type": "application/octet-stream", **fields}
        lines = [f"PUT /api/{path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
        line.sendall("\r\n".join(lines).encode())
        return line

    def events(self):
        """The running session from its start, and then whatever comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/api/events")
        response = connection.getresponse()
        for line in response:
            if line.startswith(b"data: "):
                yield json.loads(line[6:])
        connection.close()

    def wait_for(self, type, **details):
        """The first event of the session that is like that, as soon as it comes."""
        told, pulses = [], 0
        for event in self.events():
            if event["type"] == type and all(event.get(name) == value for name, value in details.items()):
                return event
            told.append(event)
            # The first comes behind what has been, the others every 5 s.
            pulses += event["type"] == "now"
            if pulses > 6:
                break
        raise AssertionError(f"{type} never came: {told}")
