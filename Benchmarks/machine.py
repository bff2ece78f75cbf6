#!/usr/bin/env python3
"""One step of the plain machine: steps a second, instructions, allocations.

Needs valgrind. Instructions and allocations are those of twice as many calls less those of once as many, so that
starting up counts for nothing.
"""
import re
import statistics
import subprocess
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent / "Machine"
STEPS = PACKAGE / ".build/release/steps"
STEPS_A_CALL = 16


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True)


def valgrind(tool, calls):
    return run("valgrind", f"--tool={tool}", *(["--callgrind-out-file=/dev/null"] if tool == "callgrind" else []),
               STEPS, str(calls)).stderr


def counted(tool, pattern, calls=2_000):
    number = [int(re.search(pattern, valgrind(tool, n))[1].replace(",", "")) for n in (calls, 2 * calls)]
    return (number[1] - number[0]) / (calls * STEPS_A_CALL)


def main():
    run("swift", "build", "-c", "release", "--package-path", PACKAGE)
    rates = [int(re.search(r"(\d+) steps/s", run(STEPS, "1000000").stdout)[1]) for _ in range(7)]
    print(f"steps a second       {statistics.median(rates):,.0f} (median of 7; {min(rates):,} to {max(rates):,})")
    instructions = counted("callgrind", r"Collected : (\d+)")
    mallocs = counted("memcheck", r"total heap usage: ([0-9,]+) allocs")
    print(f"instructions a step  {instructions:.1f}")
    print(f"mallocs a step       {mallocs:.3f}")


if __name__ == "__main__":
    main()
