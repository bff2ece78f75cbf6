#!/usr/bin/env python3
"""Cases a second of `poundkey run`: generated files with a matrix each, parsed, played, told as JSON lines and as JUnit.

Needs `script/run` once. Prints medians; the runs to be compared are made by turns, so that a noisy minute hits all.
"""
import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / ".build/release-static/release/poundkey"

# Ten steps, of which the rows change the language, the keys, what is heard and what comes of it.
FILE = """\
scenario: Generated {number}, a report of fraud and what may come between
tags: [generated]
matrix:
  rows:
{rows}
given:
  set: {{fraudAlert.enabled: true, fraudAlert.block: "${{block}}"}}
  user: {{upn: helga@larkspur.example, language: "${{language}}"}}
steps:
  - signin: call
  - answer: {{after: "${{after}}"}}
  - hear: fraudGreetingStandard
  - wait: 3s
  - press: "${{first}}"
  - hear: {{message: "${{then}}", language: "${{language}}"}}
  - wait: 2s
  - press: "${{last}}"
  - hear: "${{closing}}"
  - expect: {{result: "${{result}}"}}
expect:
  result: "${{result}}"
  user: {{blocked: "${{block}}"}}
  records:
    - {{signin: "MFA denied; fraud code entered", times: 1}}
"""
LANGUAGES = ["de", "en", "es", "fr", "it", "pt"]


def row(number, index):
    language = LANGUAGES[index % len(LANGUAGES)]
    after = 1 + index // len(LANGUAGES) + number % 3
    return (f"    - {{id: r{index}, language: {language}, after: {after}s, block: true, first: \"0#\", "
            f"then: fraudConfirmation, last: \"1\", closing: fraudReported, result: fraudReported}}")


def generate(folder, files, rows):
    for number in range(files):
        text = FILE.format(number=number, rows="\n".join(row(number, index) for index in range(rows)))
        (folder / f"g{number:04}.yaml").write_text(text, encoding="utf-8")


def run(folder, jobs, *, core=None, reports=True):
    """CPU seconds, wall seconds and kilobytes at most of one run."""
    out = folder / "out"
    out.mkdir(exist_ok=True)
    command = [str(PROGRAM), "run", str(folder / "in"), "-q", "-j", str(jobs)]
    if reports:
        command += ["--report", f"jsonl={out}/run.jsonl", "--report", f"junit={out}/junit.xml"]
    if core is not None:
        command = ["taskset", "-c", str(core)] + command
    with open(out / "told", "w+") as told:
        started = time.monotonic()
        process = subprocess.Popen(command, stdout=told, stderr=told, env={**os.environ, "XDG_STATE_HOME": str(out)})
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        if status:
            told.seek(0)
            sys.exit(f"the run failed: {told.read()[-4000:]}")
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss


def instructions(folder, *arguments):
    command = ["perf", "stat", "-x", ",", "-e", "instructions:u", str(PROGRAM), *arguments]
    result = subprocess.run(command, capture_output=True, text=True)
    found = re.search(r"^(\d+),.*instructions", result.stderr, re.MULTILINE)
    return int(found[1]) if found else None


def one_process_each(folder, files):
    """Cases a second where each has a process of its own, on one core."""
    cases = [(path, f"r{index}") for path in sorted((folder / "in").iterdir())[:files] for index in range(5)]
    start = time.perf_counter()
    for path, row in cases:
        subprocess.run(["taskset", "-c", "0", str(PROGRAM), "run", str(path), "-q", "-j", "1", "--case", row], check=True,
                       stdout=subprocess.DEVNULL, env={**os.environ, "XDG_STATE_HOME": str(folder / "out")})
    return len(cases) / (time.perf_counter() - start)


def watched(folder, changes):
    """Seconds from each of some saved files to the end of what is told of it."""
    command = [str(PROGRAM), "run", str(folder / "in"), "--watch"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env={**os.environ, "XDG_STATE_HOME": str(folder / "out")}) as process:
        def wait():
            for line in process.stdout:
                if "watching " in line:
                    return
            sys.exit("the watch ended by itself")

        wait()
        took = []
        for path in sorted((folder / "in").iterdir())[:changes]:
            text = path.read_text(encoding="utf-8") + "# changed\n"
            start = time.perf_counter()
            path.write_text(text, encoding="utf-8")
            wait()
            took.append(time.perf_counter() - start)
        process.send_signal(signal.SIGINT)
    return took


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--files", type=int, default=250)
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--others", action="store_true", help="a process a case, and --watch, too")
    parser.add_argument("--large", action="store_true", help="100,000 cases too, for the memory")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        generate(folder / "in", options.files, options.rows)
        cases = options.files * options.rows
        one, two, walls, memory = [], [], [], []
        for _ in range(options.runs):
            cpu, wall, kilobytes = run(folder, 1, core=0)
            one.append(cpu)
            walls.append(wall)
            memory.append(kilobytes)
            two.append(run(folder, 2)[0])
        list_only = [str(folder / "in"), "--list", "-j", "1"]
        print(f"{cases} cases in {options.files} files of {options.rows} rows, 10 steps each; medians of {options.runs}")
        print(f"  one core: {cases / statistics.median(walls):,.0f} cases a second "
              f"({cases / max(walls):,.0f} to {cases / min(walls):,.0f}), {max(memory) / 1024:.0f} MB")
        ratios = [second / first for first, second in zip(one, two)]
        print(f"  CPU: -j 1 {statistics.median(one):.3f} s, -j 2 {statistics.median(two):.3f} s, "
              f"ratio {statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})")
        whole = instructions(folder, "run", str(folder / "in"), "-q", "-j", "1", "--report", f"jsonl={folder}/x.jsonl",
                             "--report", f"junit={folder}/x.xml")
        read = instructions(folder, "run", *list_only)
        if whole and read:
            print(f"  instructions: {whole / cases:,.0f} a case; reading all files is {read / whole:.0%} of them")
        if options.others:
            print(f"  a process a case: {one_process_each(folder, 100):,.0f} cases a second")
            took = watched(folder, 20)
            print(f"  watch: {statistics.median(took) * 1000:.0f} ms from a saved file to its result "
                  f"({min(took) * 1000:.0f} to {max(took) * 1000:.0f}, 20 files of {options.rows} rows)")
    if options.large:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "in").mkdir()
            generate(folder / "in", 2_500, 40)
            for jobs in (1, 2):
                _, wall, kilobytes = run(folder, jobs)
                size = (folder / "out/run.jsonl").stat().st_size / 1e6
                print(f"100,000 cases, -j {jobs}: {100_000 / wall:,.0f} a second, {kilobytes / 1024:.0f} MB at most, "
                      f"stream {size:.0f} MB")


if __name__ == "__main__":
    main()
