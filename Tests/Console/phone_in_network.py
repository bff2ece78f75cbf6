"""Run by test_safety.py in a network of its own: the machine is 10.7.0.1 and the phone 10.7.0.2."""
import http.client
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time

import zxingcpp

POUNDKEY, HOME = sys.argv[1:]
MACHINE, PHONE = "10.7.0.1", "10.7.0.2"


class Seen:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body


def ask(source, address, port, method, path, **fields):
    connection = http.client.HTTPConnection(address, port, timeout=10, source_address=(source, 0))
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in fields.items()})
    answer = connection.getresponse()
    return Seen(answer.status, answer.headers, answer.read().decode())


def rows_of_terminal(lines):
    """Two rows of modules a line; what is drawn is light."""
    rows = []
    for line in lines:
        rows.append([character in "▀█" for character in line])
        rows.append([character in "▄█" for character in line])
    return rows


def rows_of_svg(drawing):
    """Each piece of the path is a row of dark modules that touch."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', drawing)[1])
    rows = [[True] * side for _ in range(side)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", drawing):
        for column in range(int(x), int(x) + int(length)):
            rows[int(y)][column] = False
    return rows


def decoded(rows):
    """What a phone reads of it; True is light."""
    scale = 4
    width = len(rows[0]) * scale
    pixels = bytearray()
    for row in rows:
        pixels += bytes(255 if is_light else 0 for is_light in row for _ in range(scale)) * scale
    image = memoryview(bytes(pixels)).cast("B", (len(rows) * scale, width))
    [found] = zxingcpp.read_barcodes(image)
    return found.text


def shown(listen):
    """What somebody sees at the start, in a terminal."""
    master, slave = pty.openpty()
    process = subprocess.Popen([POUNDKEY, "serve", "--port", "0", "--listen", listen], stdout=slave, stderr=subprocess.PIPE,
                               env={"PATH": os.environ["PATH"], "HOME": HOME, "NO_COLOR": "1", "TERM": "xterm"})
    os.close(slave)
    text = ""
    while "may do everything here." not in text:
        text += os.read(master, 65_536).decode()
    return process, text.replace("\r\n", "\n")


def stopped(process):
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    return process.stderr.read().decode()


for listen in (MACHINE, "0.0.0.0"):
    process, text = shown(listen)
    own = MACHINE if listen == MACHINE else "127.0.0.1"
    port = int(re.search(r"The console is at http://" + own + r":(\d+)/  \(Ctrl-C ends it\)\n", text)[1])
    assert "One device comes in with this link, once, within 15 minutes." in text
    assert "The line is not encrypted: whoever can listen in this network can read all of it" in text
    [link] = re.findall(rf"\n  (http://{MACHINE}:{port}/join/[\w-]{{22}})\n", text)
    drawn = [line[2:] for line in text.split("\n") if re.fullmatch(r"  [ ▀▄█]{20,}", line)]
    assert decoded(rows_of_terminal(drawn)) == link, "the QR code says something else"
    path = link.removeprefix(f"http://{MACHINE}:{port}")

    closed = ask(PHONE, MACHINE, port, "GET", "/")
    assert closed.status == 401 and "This device has not been let in" in closed.body
    refused = ask(PHONE, MACHINE, port, "GET", "/api/room")
    assert refused.status == 401 and json.loads(refused.body)["error"]["id"] == "notInvited"
    assert ask(PHONE, MACHINE, port, "GET", f"/join/{'A' * 22}").status == 410

    welcome = ask(PHONE, MACHINE, port, "GET", path)
    assert welcome.status == 200, welcome.body
    cookie = welcome.headers["Set-Cookie"]
    assert re.fullmatch(rf"poundkey-{port}=[\w-]{{22}}; Path=/; HttpOnly; SameSite=Strict", cookie), cookie
    pair = cookie.split(";")[0]
    assert ask(PHONE, MACHINE, port, "GET", "/api/room", Cookie=pair).status == 200
    assert ask(PHONE, MACHINE, port, "GET", path).status == 410, "a link is good once"
    # By the name of somebody else, and from another site, the cookie is worth nothing.
    assert ask(PHONE, MACHINE, port, "GET", "/api/room", Cookie=pair, Host="evil.example").status == 421
    assert ask(PHONE, MACHINE, port, "POST", "/api/room/pause", Cookie=pair, Origin="http://evil.example").status == 403
    # This machine itself needs no invitation, and makes them.
    assert ask(MACHINE, MACHINE, port, "GET", "/api/room").status == 200
    origin = f"http://{MACHINE}:{port}"
    assert ask(PHONE, MACHINE, port, "POST", "/api/invitation", Cookie=pair, Origin=origin).status == 403
    made = json.loads(ask(MACHINE, MACHINE, port, "POST", "/api/invitation", Origin=origin).body)
    assert made["validFor"] == 900_000 and made["link"] != link
    drawing = ask(MACHINE, MACHINE, port, "GET", "/api/invitation/qr")
    assert drawing.headers["Content-Type"] == "image/svg+xml" and drawing.body.startswith("<svg ")
    assert decoded(rows_of_svg(drawing.body)) == made["link"], "the drawing says something else"
    # Nor are they looked at or closed from elsewhere, by whom is in.
    assert ask(PHONE, MACHINE, port, "GET", "/api/invitation", Cookie=pair).status == 403
    assert ask(PHONE, MACHINE, port, "GET", "/api/invitation/qr", Cookie=pair).status == 403
    assert ask(PHONE, MACHINE, port, "DELETE", "/api/invitation", Cookie=pair, Origin=origin).status == 403
    assert json.loads(ask(PHONE, MACHINE, port, "GET", "/api/room", Cookie=pair).body)["invites"] is False
    assert json.loads(ask(MACHINE, MACHINE, port, "GET", "/api/room").body)["invites"] is True
    standing = json.loads(ask(MACHINE, MACHINE, port, "GET", "/api/invitation").body)
    assert standing["link"] == made["link"] and (standing["open"], standing["devices"]) == (1, 1)
    assert ask(PHONE, MACHINE, port, "GET", made["link"].removeprefix(origin)).status == 200
    last = json.loads(ask(MACHINE, MACHINE, port, "POST", "/api/invitation", Origin=origin).body)["link"]
    assert ask(MACHINE, MACHINE, port, "DELETE", "/api/invitation", Origin=origin).status == 200
    assert ask(PHONE, MACHINE, port, "GET", last.removeprefix(origin)).status == 410, "it was closed"
    assert ask(PHONE, MACHINE, port, "GET", "/api/room", Cookie=pair).status == 200, "who is in stays in"
    assert stopped(process) == "", "nothing is logged"

# An output that is kept is told no secret.
with open(os.path.join(HOME, "log.txt"), "w+") as log:
    process = subprocess.Popen([POUNDKEY, "serve", "--port", "0", "--listen", MACHINE], stdout=log, stderr=subprocess.PIPE,
                               env={"PATH": os.environ["PATH"], "HOME": HOME})
    deadline = time.monotonic() + 15
    while "may do everything here." not in (text := open(log.name).read()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    port = int(re.search(r":(\d+)/", text)[1])
    made = json.loads(ask(MACHINE, MACHINE, port, "POST", "/api/invitation", Origin=f"http://{MACHINE}:{port}").body)
    token = made["link"].rsplit("/", 1)[1]
    cookie = ask(PHONE, MACHINE, port, "GET", f"/join/{token}").headers["Set-Cookie"]
    errors = stopped(process)
    text = open(log.name).read()
    assert "/join/" not in text and "each good once and for 15 minutes" in text
    for secret in (token, cookie.split(";")[0].split("=")[1]):
        assert secret not in text + errors
