"""Damages copies of a store, and looks whether that is found, refused, or without effect."""
import random
import shutil
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from stores import START, load, poundkey

# What a verb may end with: done, refused by the tenant's rules, no store or damaged, not readable.
CODES = {0, 1, 2, 3, 4}
SECONDS = 20


class Broken(AssertionError):
    pass


def made(folder):
    """A store with something in every table, and free pages."""
    store = Path(folder) / "whole.poundkey"
    result = load("fixture", store, "sentences")
    assert result.code == 0, result
    return store


def damaged(content, seed):
    """What has become of the bytes, and in words where."""
    chance = random.Random(seed)
    content = bytearray(content)
    # The header of the file and those of the pages are small, and tell most.
    place = chance.choice([chance.randrange(len(content)), chance.randrange(len(content)), chance.randrange(100),
                           chance.randrange(len(content) // 4096) * 4096 + chance.randrange(64)])
    way = chance.choice(["bit", "bit", "byte", "sector"])
    if way == "bit":
        content[place] ^= 1 << chance.randrange(8)
    elif way == "byte":
        content[place] ^= chance.randrange(1, 256)
    else:
        start = place // 512 * 512
        content[start:start + 512] = bytes(512)
    return bytes(content), f"seed {seed}: {way} at byte {place}"


def run(program, *arguments):
    try:
        result = program(*arguments, seconds=SECONDS)
    except subprocess.TimeoutExpired:
        raise Broken(f"{arguments} went on for {SECONDS} s") from None
    if result.code not in CODES:
        raise Broken(f"{arguments} crashed: {result}")
    return result


def look(store, whole, as_before):
    """Check, read, and write: nothing crashes, nothing is read that is not as it was, unless the check found it.

    - Returns: `found`, or `without effect`.
    """
    check = run(poundkey, "tenant", "check", store)
    if check.code not in (0, 2, 3, 4):
        raise Broken(f"the check ends with {check}")
    reading = run(load, "read", store)
    is_same = reading.code == 0 and reading.out == whole.out
    if check.code == 0 and not is_same:
        raise Broken(f"the check finds nothing, but what is read differs or fails:\n{reading}")
    # Whatever is read is as it was, also where other parts are damaged.
    before = dict(line.rpartition(" ")[::2] for line in whole.out.splitlines())
    for line in reading.out.splitlines():
        what, _, value = line.rpartition(" ")
        if before.get(what) != value:
            raise Broken(f"read, though it is not as it was: {line}")
    for arguments in [("blocked", "--tenant", store, "--at", START),
                      ("block", "user1@larkspur.example", "--reason", "x", "--tenant", store, "--at", START)]:
        result = run(poundkey, *arguments)
        if arguments[0] == "blocked" and result.code == 0 and result.out != as_before:
            raise Broken(f"read, though it is not as it was: {result}")
    return "without effect" if check.code == 0 else "found"


def flip(folder, count, seed=1, jobs=2):
    """- Returns: how many were found, and how many had no effect."""
    store = made(folder)
    whole = load("read", store)
    blocked = poundkey("blocked", "--tenant", store, "--at", START)
    assert whole.code == blocked.code == 0 and whole.out.count("\n") > 10, (whole, blocked)
    content = store.read_bytes()

    def one(number):
        bytes, where = damaged(content, seed * 1_000_000 + number)
        copy = Path(folder) / f"{number}.poundkey"
        copy.write_bytes(bytes)
        try:
            return look(copy, whole, blocked.out)
        except Broken as error:
            raise Broken(f"{where}: {error}") from None
        finally:
            for ending in ("", "-wal", "-shm"):
                Path(f"{copy}{ending}").unlink(missing_ok=True)

    with ThreadPoolExecutor(jobs) as pool:
        return Counter(pool.map(one, range(count)))


def cut(folder, count, seed=1):
    """The same of files that end too early."""
    store = made(folder)
    whole = load("read", store)
    blocked = poundkey("blocked", "--tenant", store, "--at", START)
    content = store.read_bytes()
    chance = random.Random(seed)
    lengths = [0, 1, 99, 100, 4095, 4096, len(content) - 1] + [chance.randrange(len(content)) for _ in range(count)]
    found = Counter()
    for length in lengths:
        copy = Path(folder) / "cut.poundkey"
        copy.write_bytes(content[:length])
        found[look(copy, whole, blocked.out)] += 1
        for ending in ("", "-wal", "-shm"):
            Path(f"{copy}{ending}").unlink(missing_ok=True)
    return found


def copied(store, to):
    """A store with its log, as it lies there."""
    for ending in ("", "-wal"):
        if Path(f"{store}{ending}").exists():
            shutil.copy(f"{store}{ending}", f"{to}{ending}")
    return to
