#!/usr/bin/env python3
"""The logs of a store with 1,000,000 sign-ins: how long making it takes, every filter, and the newest 20 of one user.

Needs `script/run` once. Makes the store with Benchmarks/Filling, through the store itself. Prints medians; what is
compared runs by turns, so that a noisy minute hits both.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / ".build/release-static/release/poundkey"
FILLING = ROOT / ".build/filling/release/filling"
USER = "user7@larkspur.example"
FILTERS = [
    ("--user", ["--user", USER]),
    ("--outcome (5 %)", ["--outcome", "fraudReported"]),
    ("--method (25 %)", ["--method", "text"]),
    ("--user --outcome", ["--user", USER, "--outcome", "denied"]),
    ("--outcome --method", ["--outcome", "codeWrong", "--method", "text"]),
    ("--since --until, a day", ["--since", "2025-06-01", "--until", "2025-06-02"]),
    ("--user --since --until", ["--user", USER, "--since", "2025-06-01", "--until", "2025-07-01"]),
    ("--outcome --since --until", ["--outcome", "denied", "--since", "2025-06-01", "--until", "2025-06-02"]),
    ("--last 20", ["--last", "20"]),
    ("--outcome --last 20", ["--outcome", "fraudReported", "--last", "20"]),
    ("--method --last 20", ["--method", "text", "--last", "20"]),
    ("--user --method --last 20", ["--user", USER, "--method", "text", "--last", "20"]),
]


def timed(*arguments):
    """Seconds, rows of output and kilobytes at most of one run."""
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        process = subprocess.Popen([PROGRAM, *arguments], stdout=out)
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - start
        if status:
            sys.exit(f"{arguments} failed")
        out.seek(0)
        return took, sum(block.count(b"\n") for block in iter(lambda: out.read(1 << 20), b"")), used.ru_maxrss


def build():
    subprocess.run(["swift", "build", "-c", "release", "--static-swift-stdlib", "--package-path", ROOT / "Benchmarks/Filling",
                    "--scratch-path", ROOT / ".build/filling"], check=True, stdout=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=21, help="of what is compared; the filters get 3")
    options = parser.parse_args()
    build()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "large.poundkey"
        start = time.perf_counter()
        subprocess.run([FILLING, store, str(options.rows)], check=True)
        took = time.perf_counter() - start
        print(f"{options.rows:,} sign-ins made in {took:.1f} s ({options.rows / took:,.0f} a second), "
              f"{store.stat().st_size / 1e6:,.0f} MB")
        log = ["log", "signins", "--tenant", store]
        for name, filters in FILTERS:
            runs = [timed(*log, *filters, "--json") for _ in range(3)]
            print(f"  {name:28} {statistics.median(run[0] for run in runs) * 1000:8.1f} ms  {runs[0][1]:7,} rows  "
                  f"{max(run[2] for run in runs) / 1024:4.0f} MB")
        for form in ("jsonl", "csv", "table"):
            took, rows, memory = timed(*log, "--format", form)
            print(f"  all, {form:23} {took * 1000:8.0f} ms  {rows:7,} lines {memory / 1024:4.0f} MB")
        newest, plain = [], []
        for _ in range(options.runs):
            newest.append(timed(*log, "--user", USER, "--last", "20")[0] * 1000)
            plain.append(timed("--help")[0] * 1000)
        more = [first - second for first, second in zip(newest, plain)]
        print(f"  --user --last 20: {statistics.median(newest):.1f} ms, poundkey --help {statistics.median(plain):.1f} ms; "
              f"{statistics.median(more):.1f} ms more ({min(more):.1f} to {max(more):.1f}), medians of {options.runs}")


if __name__ == "__main__":
    main()
