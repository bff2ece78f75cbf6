#!/usr/bin/env python3
"""The greeting check beside a bare libsndfile decode and beside soxi, sndfile-info, mediainfo and ffprobe.

Needs script/run once, gcc, lame, sox and, for the peers, sndfile-programs, mediainfo and ffmpeg. Makes two corpora of
500 files out of our own recordings under .build/greeting-corpora; the first time that takes some minutes.
"""
import argparse
import os
import random
import resource
import shutil
import statistics
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POUNDKEY = ROOT / ".build/release-static/release/poundkey"
CORPORA = ROOT / ".build/greeting-corpora"
BARE = CORPORA / "bare_decode"
FILES = 500
PEERS = {
    "soxi": ["soxi"], "sndfile-info": ["sndfile-info"], "mediainfo": ["mediainfo"],
    "ffprobe": ["ffprobe", "-v", "error", "-show_format", "-show_streams"],
}


# The corpora


def speech(rate, channels):
    """All recordings as raw 16-bit samples at a rate."""
    clips = sorted((ROOT / "greetings").glob("*/*.mp3"))
    for clip in clips:
        wave = subprocess.run(["lame", "--quiet", "--decode", clip, "-"], check=True, capture_output=True).stdout
        # A header written to a pipe does not know the length: sox is told to go on to the end.
        yield subprocess.run(["sox", "-R", "-D", "--ignore-length", "-t", "wav", "-", "-t", "raw", "-e", "signed", "-b",
                              "16", "-r", str(rate), "-c", str(channels), "-"], input=wave, check=True,
                             capture_output=True).stdout


def sound(clips, generator, seconds, rate, channels):
    """Recordings one after the other, cut to a length."""
    wanted = int(seconds * rate) * 2 * channels
    raw = b""
    while len(raw) < wanted:
        raw += generator.choice(clips)
    return raw[:wanted]


def encode(task):
    path, raw, rate, channels, kind = task
    source = ["-t", "raw", "-e", "signed", "-b", "16", "-r", str(rate), "-c", str(channels), "-"]
    if kind == "mp3":
        bits = "32" if rate == 8000 else "128"
        command = ["lame", "--quiet", "-r", "-s", str(rate / 1000), "--signed", "--bitwidth", "16", "--little-endian",
                   "-m", "m" if channels == 1 else "j", "-b", bits, "-", path]
    else:
        command = ["sox", "-R", "-D", *source, *(["-e", "mu-law", "-b", "8"] if kind == "mulaw" else []), path]
    subprocess.run(command, input=raw, check=True, stderr=subprocess.DEVNULL)


def make(name, rate, channels, kinds, length):
    folder = CORPORA / name
    if folder.exists() and len(list(folder.iterdir())) == FILES:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    generator = random.Random(4)
    clips = list(speech(rate, channels))
    tasks = []
    for number in range(FILES):
        kind = kinds[number % len(kinds)]
        suffix = "mp3" if kind == "mp3" else "wav"
        seconds = length(generator)
        tasks.append((folder / f"{number:03}-{kind}.{suffix}", sound(clips, generator, seconds, rate, channels), rate,
                      channels, kind))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(encode, tasks))
    return folder


# Measuring


def timed(command):
    """Wall and processor seconds of a command with all its processes."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    result = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert result.returncode in (0, 1), command[0]
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def medians(runs, *commands):
    """The median wall and processor time of each command, measured by turns."""
    times = [[timed(command) for command in commands] for _ in range(runs)]
    return [tuple(statistics.median(run[index][part] for run in times) for part in (0, 1))
            for index in range(len(commands))]


def check(folder, jobs):
    return [POUNDKEY, "greeting", "check", "--json", "-j", str(jobs), folder]


def one_by_one(tool, files):
    start = time.monotonic()
    for path in files:
        subprocess.run([*tool, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def batch(name, folder, runs):
    files = sorted(folder.iterdir())
    bare, ours = medians(runs, [BARE, *files], check(folder, 1))
    per_file = [1000 * part / FILES for part in (bare[1], ours[1])]
    limit = 1.5 * per_file[0] + 1
    print(f"\n{name}: processor time a file: bare decode {per_file[0]:.2f} ms, poundkey {per_file[1]:.2f} ms "
          f"(limit 1.5 x bare + 1 ms: {limit:.2f}; {per_file[1] / limit:.2f} of it)")
    rates = {f"poundkey -j {jobs}": FILES / medians(runs, check(folder, jobs))[0][0] for jobs in (1, os.cpu_count())}
    for peer, tool in PEERS.items():
        if shutil.which(tool[0]):
            rates[peer] = FILES / statistics.median(one_by_one(tool, files) for _ in range(min(runs, 3)))
    ours = rates[f"poundkey -j {os.cpu_count()}"]
    for tool, rate in rates.items():
        print(f"| {tool} | {rate:,.0f} files a second | {ours / rate:.1f} |")


def cold(path, runs):
    bare, ours = medians(runs, [BARE, path], [POUNDKEY, "greeting", "check", "--json", path])
    print(f"\none file from a cold start ({path.name}): poundkey {1000 * ours[0]:.1f} ms, bare decode "
          f"{1000 * bare[0]:.1f} ms, difference {1000 * (ours[0] - bare[0]):.1f} ms")


def memory(folder, copies):
    """The most that all processes of a batch hold together, read every 10 ms; shared pages count for each."""
    many = CORPORA / "many"
    shutil.rmtree(many, ignore_errors=True)
    many.mkdir()
    for copy in range(copies):
        for path in folder.iterdir():
            os.link(path, many / f"{copy:02}-{path.name}")
    start, most, proportional = time.monotonic(), 0, 0
    process = subprocess.Popen(check(many, os.cpu_count()), stdout=subprocess.DEVNULL)
    while process.poll() is None:
        held = shared = 0
        for pid in family(process.pid):
            try:
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            except OSError:
                continue
            held += sum(int(line.split()[1]) for line in lines if line.startswith("Rss:"))
            shared += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        most, proportional = max(most, held), max(proportional, shared)
        time.sleep(0.01)
    count = copies * FILES
    print(f"\n{count:,} files: at most {most / 1024:.0f} MB in all processes, shared pages counted for each "
          f"({proportional / 1024:.0f} MB counted once), {time.monotonic() - start:.1f} s")
    shutil.rmtree(many)


def family(pid):
    try:
        return [pid, *Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return [pid]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    CORPORA.mkdir(parents=True, exist_ok=True)
    subprocess.run(["gcc", "-O2", "-o", BARE, Path(__file__).parent / "bare_decode.c", "-lsndfile"], check=True)
    a = make("a", 8000, 1, ["pcm", "mulaw", "mp3"], lambda generator: generator.uniform(3, 19.5))
    b = make("b", 44100, 2, ["mp3"], lambda _: 19)
    batch("A, 8 kHz mono: WAV PCM, mu-law, MP3, 3 to 19.5 s", a, runs)
    batch("B, 44.1 kHz stereo MP3, 128 kbit/s, 19 s", b, runs)
    cold(a / "002-mp3.mp3", 4 * runs)
    cold(b / "000-mp3.mp3", 4 * runs)
    memory(a, 20)


if __name__ == "__main__":
    main()
