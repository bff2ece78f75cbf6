"""Ends a program that writes at seeded moments, and looks whether anything that it acknowledged is lost or doubled."""
import contextlib
import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter

from stores import LOAD, assert_whole, new_store, query

BIG = 10_000
# How the moment is chosen: the program stops within a change until it is killed; a while after it has begun; at one of its
# system calls that write, of which most belong to a commit or to SQLite's moving the log into the file.
WAYS = ("within a small change", "within a change of 10,000 rows", "at some time", "at a system call")


class Broken(AssertionError):
    pass


class Kill:
    def __init__(self, way, seed):
        self.way, self.seed = way, seed
        self.acknowledged = set()
        self.begun = None
        # What the store shows of it afterwards.
        self.is_inside = False
        self.is_committed_unsaid = False


class Killing:
    """Kills on one store, one after the other: each begins with what the last has left, log and all."""

    def __init__(self, folder, fresh=None):
        self.store = folder / "killed.poundkey"
        if fresh:
            shutil.copy(fresh, self.store)
        else:
            new_store(folder, self.store.name)
        self.acknowledged, self.unsaid, self.first = set(), set(), 1

    def kill(self, way, seed):
        kill = Kill(way, seed)
        chance = random.Random(seed)
        process = self.begin(kill, chance)
        watchdog = threading.Timer(60, os.killpg, (process.pid, signal.SIGKILL))
        watchdog.start()
        try:
            self.wait(kill, process, chance)
        finally:
            watchdog.cancel()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            for line in process.stdout:
                self.note(kill, line)
            process.wait(timeout=30)
        self.judge(kill)
        return kill

    def begin(self, kill, chance):
        self.held = self.first + chance.randrange(3)
        command = [str(LOAD), "load", str(self.store), str(self.first), str(kill.seed)]
        if kill.way == WAYS[0]:
            command += [str(self.held), str(chance.choice([1, 3, 5]))]
        if kill.way == WAYS[1]:
            command += [str(self.held), str(chance.choice([chance.randrange(6, BIG), BIG]))]
        if kill.way == WAYS[3]:
            call = chance.choice(["pwrite64", "pwrite64", "fdatasync"])
            when = chance.randrange(1, 12 if call == "fdatasync" else 600)
            command = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                        f"inject={call}:signal=SIGKILL:when={when}", *command]
        # A group of its own: strace would let go of what it follows.
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)

    def wait(self, kill, process, chance):
        if kill.way == WAYS[3]:
            # Of its own accord; what it says is read to the end.
            for line in process.stdout:
                self.note(kill, line)
            return
        for line in process.stdout:
            self.note(kill, line)
            if line.startswith("held") or (kill.way == WAYS[2] and line.startswith("in")):
                break
        else:
            raise Broken(f"the load ended by itself: {process.stderr.read()}")
        if kill.way == WAYS[2]:
            time.sleep(chance.choice([0.0005, 0.005, 0.05, 0.2]) * chance.random())

    @staticmethod
    def note(kill, line):
        word, _, number = line.partition(" ")
        if word == "in":
            kill.begun = int(number)
        if word == "ack":
            kill.acknowledged.add(int(number))

    def judge(self, kill):
        assert_whole(self.store)
        changes = Counter(int(what.split()[1]) for (what,) in query(self.store, "SELECT what FROM change WHERE what LIKE 'load %'"))
        records = Counter(int(number) for (number,) in query(self.store, "SELECT number FROM sign_in"))
        self.acknowledged |= kill.acknowledged
        there = set(changes)
        if changes.most_common(1) and changes.most_common(1)[0][1] > 1 or changes != records:
            raise Broken(f"doubled, or a change without its record: {changes - records} {records - changes}")
        if lost := self.acknowledged - there:
            raise Broken(f"acknowledged and lost: {sorted(lost)}")
        open_one = {kill.begun} - kill.acknowledged - {None}
        if more := there - self.acknowledged - self.unsaid - open_one:
            raise Broken(f"there, and never begun: {sorted(more)}")
        kill.is_inside = bool(open_one) and not open_one & there
        kill.is_committed_unsaid = bool(open_one & there)
        if kill.way in WAYS[:2] and not kill.is_inside:
            raise Broken(f"change {kill.begun} was not at its end, and is there")
        self.unsaid |= open_one & there
        for call, rows in query(self.store, "SELECT call, count(*) FROM call_event GROUP BY call"):
            if rows != BIG or int(call.split("-")[1]) not in there:
                raise Broken(f"{call} has {rows} rows of {BIG}")
        self.first = max([0, *there, kill.begun or 0]) + 1

    def checkpoints(self):
        [(count,)] = query(self.store, "SELECT count(*) FROM checkpoint")
        return count


def run(folder, count, seed=1, each=lambda kill: None, per_store=10):
    """Kills in turn, in all four ways.

    - Returns: the kills, and in how many stores a checkpoint of the tenant was crossed.
    """
    fresh = new_store(folder, "fresh.poundkey")
    kills, crossed, killing = [], 0, None
    for number in range(count):
        if number % per_store == 0:
            crossed += killing.checkpoints() if killing else 0
            part = folder / f"store-{number}"
            part.mkdir()
            killing = Killing(part, fresh)
        kill = killing.kill(WAYS[number % len(WAYS)], seed * 1_000_000 + number)
        each(kill)
        kills.append(kill)
    return kills, crossed + killing.checkpoints()
