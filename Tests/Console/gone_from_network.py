"""Run by test_safety.py in a network of its own, as root there: a telephone on the other end of a cable, which is cut."""
import atexit
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time

POUNDKEY, HOME = sys.argv[1:]
MACHINE, PHONE = "10.7.1.1", "10.7.1.2"


def run(*command):
    subprocess.run(command, check=True)


def followers(port):
    """Connections of the telephone that the server has still."""
    told = subprocess.run(["ss", "-Htn", "state", "established", f"( sport = :{port} and dst {PHONE} )"], check=True,
                          capture_output=True, text=True).stdout
    return len(told.splitlines())


# The telephone lives in a namespace below this one.
phone = subprocess.Popen(["unshare", "-n", "sleep", "300"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
processes = [phone]
atexit.register(lambda: [process.kill() for process in processes if process.poll() is None])
time.sleep(0.3)
inside = ["nsenter", "-t", str(phone.pid), "-n"]
run("ip", "link", "add", "here", "type", "veth", "peer", "name", "there")
run("ip", "link", "set", "there", "netns", str(phone.pid))
run("ip", "addr", "add", f"{MACHINE}/24", "dev", "here")
run("ip", "link", "set", "here", "up")
run(*inside, "ip", "addr", "add", f"{PHONE}/24", "dev", "there")
run(*inside, "ip", "link", "set", "there", "up")

server = subprocess.Popen([POUNDKEY, "serve", "--port", "0", "--listen", MACHINE], stdout=subprocess.PIPE, text=True,
                          env={"PATH": os.environ["PATH"], "HOME": HOME})
processes.append(server)
for line in server.stdout:
    if found := re.search(r":(\d+)/", line):
        port = int(found[1])
        break

# An invitation for it, asked for on the machine itself.
here = http.client.HTTPConnection(MACHINE, port, timeout=10, source_address=(MACHINE, 0))
here.request("POST", "/api/invitation", headers={"Sec-Fetch-Site": "none"})
link = json.loads(here.getresponse().read())["link"]

WATCH = """
import http.client, sys, time
address, port, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
first = http.client.HTTPConnection(address, port, timeout=10)
first.request("GET", path, headers={"Sec-Fetch-Site": "none"})
answer = first.getresponse(); answer.read()
cookie = answer.getheader("Set-Cookie").split(";")[0]
stream = http.client.HTTPConnection(address, port)
stream.request("GET", "/api/events", headers={"Cookie": cookie})
response = stream.getresponse()
assert response.status == 200, response.status
for line in response:
    if b'"now"' in line:
        print("hears", flush=True)
        break
first.close()
time.sleep(300)
"""
watching = subprocess.Popen([*inside, sys.executable, "-c", WATCH, MACHINE, str(port), re.sub(r"^https?://[^/]+", "", link)],
                            stdout=subprocess.PIPE, text=True)
processes.append(watching)
assert watching.stdout.readline() == "hears\n"
assert followers(port) == 1, followers(port)

# No end of the connection, no reset: packets go nowhere.
run(*inside, "ip", "link", "set", "there", "down")
begun = time.monotonic()
while followers(port):
    assert time.monotonic() - begun < 60, "the connection of a telephone that is gone stands after a minute"
    time.sleep(0.5)
print(f"gone after {time.monotonic() - begun:.0f} s")
assert 20 < time.monotonic() - begun < 45

here.request("GET", "/api/room")
assert here.getresponse().status == 200
server.send_signal(signal.SIGTERM)
assert server.wait(10) == 0
