"""The same bound and alphabet, explored by poundkey and by Spin.

A case is a set of settings; both programs are told of it, and asked how many distinct states there are.
"""
import json
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
POUNDKEY = Path(os.environ.get("POUNDKEY") or ROOT / ".build/release-static/release/poundkey")
# No reduction of any kind: every state counts. NOREDUCE is said although there is one process only.
PAN_FLAGS = ["-O2", "-DSAFETY", "-DNOREDUCE", "-DMEMLIM=8000"]

MESSAGES = {"GREETING": "fraudGreetingStandard", "WRONG": "authenticationDeniedRetry", "RETRY": "retryStandard",
            "SUCCESS": "authenticationSuccessful", "DENIED": "authenticationDenied",
            "CONFIRMATION": "fraudConfirmation", "REPORTED": "fraudReported"}


class Case:
    """Settings in milliseconds; `keys` of "0", "1" and "*" (and always #); `paces` of atOnce and lastMoment."""

    def __init__(self, keys="0", events=("hangup",), paces=("atOnce",), reporting=2, ring=60_000, inter_digit=5_000,
                 grace=0, limit=300_000, attempts=3):
        self.keys, self.events, self.paces, self.reporting = keys, events, paces, reporting
        self.ring, self.inter_digit, self.grace, self.limit, self.attempts = ring, inter_digit, grace, limit, attempts

    def exploration(self):
        keys = ", ".join(f'"{key}"' for key in "#" + self.keys)
        return f"""explore: The standard call, for a second opinion
given:
  user: omar@larkspur.example
  set:
    fraudAlert.enabled: {str(self.reporting > 0).lower()}
    fraudAlert.block: {str(self.reporting == 2).lower()}
    call.ringTimeout: {self.ring}ms
    call.interDigit: {self.inter_digit}ms
    call.answerGrace: {self.grace}ms
    call.limit: {self.limit}ms
    call.maxAttempts: {self.attempts}
alphabet:
  keys: [{keys}]
  events: [{", ".join(("silence", *self.events))}]
  pace: [{", ".join(self.paces)}]
"""

    def definitions(self, lengths):
        values = {"RING": self.ring, "INTERDIGIT": self.inter_digit, "GRACE": self.grace, "LIMIT": self.limit,
                  "MAXATTEMPTS": self.attempts, "REPORTING": self.reporting,
                  "KEY0": "0" in self.keys, "KEY1": "1" in self.keys, "STAR": "*" in self.keys,
                  "HANGUP": "hangup" in self.events, "DECLINE": "decline" in self.events,
                  "DROP": "drop" in self.events, "CANCEL": "cancel" in self.events,
                  "ATONCE": "atOnce" in self.paces, "LATE": "lastMoment" in self.paces}
        messages = dict(MESSAGES)
        if self.reporting == 0:
            messages["GREETING"] = "greetingStandard"
        values |= {name: lengths[message] for name, message in messages.items()}
        return [f"-D{name}={int(value)}" for name, value in values.items()]


def message_lengths(poundkey=POUNDKEY):
    out = subprocess.run([poundkey, "messages", "--language", "en", "--json"], check=True, capture_output=True).stdout
    return {line["message"]: line["recordings"][0]["milliseconds"] for line in map(json.loads, out.splitlines())}


def build_pan(case, folder, poundkey=POUNDKEY):
    model = ROOT / "Tests/Promela/voice.pml"
    subprocess.run(["spin", *case.definitions(message_lengths(poundkey)), "-a", model], cwd=folder, check=True,
                   capture_output=True)
    subprocess.run(["gcc", "-w", *PAN_FLAGS, "-o", "pan", "pan.c"], cwd=folder, check=True, capture_output=True)
    return Path(folder) / "pan"


def run_pan(pan, options=("-m3000000", "-w24")):
    """Distinct states, transitions, seconds, and bytes of memory in use."""
    out = subprocess.run([pan, *options, "-n"], cwd=pan.parent, check=True, capture_output=True, text=True).stdout
    assert "errors: 0" in out and "max search depth too small" not in out, out
    number = lambda pattern: float(re.search(pattern, out)[1])
    seconds = re.search(r"elapsed time ([\d.e+-]+) seconds", out)
    return {"unique": int(number(r"([\d.e+]+) states, stored")), "generated": int(number(r"([\d.e+]+) transitions")),
            "seconds": float(seconds[1]) if seconds else 0.0,
            "bytes": number(r"([\d.]+)\s+total actual memory usage") * 2**20,
            "vector": int(number(r"State-vector (\d+) byte")), "out": out}


def explore(case, folder, poundkey=POUNDKEY, options=("--no-reduce",)):
    path = Path(folder) / "case.yaml"
    path.write_text(case.exploration())
    process = subprocess.run([poundkey, "explore", path, "--json", *options], capture_output=True, text=True)
    assert process.returncode == 0, process
    found = json.loads(process.stdout)
    assert found["complete"], found
    return found
