"""The two programs that the tests of stores run, and a look into a store that goes by neither."""
import os
import sqlite3
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# For who builds others, as quick debug builds.
POUNDKEY = Path(os.environ.get("POUNDKEY_UNDER_TEST", ROOT / ".build/release-static/release/poundkey"))
LOAD = Path(os.environ.get("STORE_LOAD_UNDER_TEST", POUNDKEY.parent / "StoreLoad"))
START = "2025-01-15T09:00:00Z"


class Result:
    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout.decode()
        self.err = process.stderr.decode()

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


def start(program, *arguments, seconds=60, before=(), **options):
    command = [*before, str(program), *map(str, arguments)]
    environment = {"PATH": os.environ["PATH"], **options.pop("env", {})}
    return Result(subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds,
                                 env=environment, **options))


def poundkey(*arguments, **options):
    return start(POUNDKEY, *arguments, **options)


def load(*arguments, **options):
    return start(LOAD, *arguments, **options)


def new_store(folder, name="larkspur.poundkey", users=50):
    """A store of so many users, user0@larkspur.example and on."""
    path = Path(folder) / name
    made = load("users", path, users)
    assert made.code == 0, made
    return path


def check(path, **options):
    return poundkey("tenant", "check", path, **options)


def assert_whole(path):
    result = check(path)
    assert result.code == 0 and "✓ whole" in result.out, result


def query(path, sql, *arguments):
    """What SQLite itself reads in the store, beside the program."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute(sql, arguments).fetchall()
    finally:
        connection.close()


def change_by_hand(path, *statements):
    """What somebody does with sqlite3 who knows nothing of sums."""
    connection = sqlite3.connect(path)
    try:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
