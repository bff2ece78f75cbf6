#!/usr/bin/env python3
"""Tenant stores: call events appended in batches, against the sqlite3 shell; how long a tenant takes to be read; starting.

Needs sqlite3, and script/test once (or: bash -c '. script/lib.sh; build_store_load'). Everything runs on one core; what is
compared runs by turns, so that a noisy minute hits all. Medians, with the least and the most.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / ".build/release-static/release"
POUNDKEY, LOAD = BUILT / "poundkey", BUILT / "StoreLoad"
BATCH = 10_000
PRAGMAS = ("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; "
           "PRAGMA wal_autocheckpoint = 4096;")


def run(*command):
    return subprocess.run(["taskset", "-c", "0", *map(str, command)], check=True, capture_output=True, text=True).stdout


def seconds(*command):
    start = time.perf_counter()
    run(*command)
    return time.perf_counter() - start


def told(values, scale=1.0, form="{:,.0f}"):
    low, middle, high = (form.format(value * scale) for value in (min(values), statistics.median(values), max(values)))
    return f"{middle} ({low} to {high})"


def appending(folder, rows, runs):
    """The same rows into the same table with its indexes: by poundkey's store, and by the shell, in one transaction and in
    batches of as many rows."""
    base, full = folder / "base.poundkey", folder / "full.poundkey"
    run(LOAD, "users", base, 10)
    shutil.copy(base, full)
    run(LOAD, "calls", full, rows, BATCH)
    whole = folder / "rows.csv"
    run("sqlite3", full, ".mode csv", f".output {whole}", "SELECT * FROM call_event")
    lines = whole.read_text().splitlines(keepends=True)
    parts = []
    for start in range(0, rows, BATCH):
        parts.append(folder / f"part-{start}.csv")
        parts[-1].write_text("".join(lines[start:start + BATCH]))
    ways = {
        "poundkey's store": lambda store: [LOAD, "calls", store, rows, BATCH],
        "sqlite3 .import, batches": lambda store: ["sqlite3", store, PRAGMAS, *[f".import --csv {part} call_event" for part in parts]],
        "sqlite3 .import, at once": lambda store: ["sqlite3", store, PRAGMAS, f".import --csv {whole} call_event"],
    }
    took = {way: [] for way in ways}
    for _ in range(runs):
        for way, command in ways.items():
            store = folder / "run.poundkey"
            shutil.copy(base, store)
            os.sync()
            took[way].append(seconds(*command(store)))
            count = run("sqlite3", store, "SELECT count(*), min(sum), max(sum) FROM call_event")
            assert count == run("sqlite3", full, "SELECT count(*), min(sum), max(sum) FROM call_event"), (way, count)
            for ending in ("", "-wal", "-shm"):
                Path(f"{store}{ending}").unlink(missing_ok=True)
    print(f"{rows:,} call events, batches of {BATCH:,}; rows a second, whole processes, {runs} runs")
    for way in ways:
        print(f"  {way}: {told([rows / each for each in took[way]])}")
    ours = statistics.median(took["poundkey's store"])
    for way in list(ways)[1:]:
        print(f"  against {way}: {statistics.median(took[way]) / ours:.2f}")


def loading(folder):
    print("a tenant read, ms")
    for what, count in [("users", 1_000), ("users", 20_000), ("users", 100_000), ("tokens", 100_000)]:
        for how in [[], ["checkpoint"]]:
            store = folder / f"{what}-{count}-{len(how)}.poundkey"
            run(LOAD, what, store, count, *how)
            lines = run(LOAD, "loading", store, 7).split("\n")
            took = [float(line) for line in lines[:7]]
            print(f"  {count:,} {what}, {'from a checkpoint' if how else 'from events'}: {told(took, 1_000, '{:,.1f}')}")


def starting(programs):
    took = {program: [] for program in programs}
    for _ in range(40):
        for program in programs:
            took[program].append(seconds(program, "--help"))
    for program in programs:
        print(f"{program} --help, ms: {told(took[program], 1_000, '{:.1f}')}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=500_000, help="call events (500000)")
    parser.add_argument("--runs", type=int, default=7, help="of each way (7)")
    parser.add_argument("--against", type=Path, action="append", default=[], metavar="POUNDKEY",
                        help="another program of ours whose start is compared")
    parser.add_argument("--folder", metavar="DIR", help="where the stores are made, for another disk")
    parser.add_argument("--only", choices=["appending", "loading", "starting"])
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="store-benchmark-", dir=given.folder))
    try:
        if given.only in (None, "appending"):
            appending(folder, given.rows, given.runs)
        if given.only in (None, "loading"):
            loading(folder)
        if given.only in (None, "starting"):
            starting([POUNDKEY, *given.against])
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
