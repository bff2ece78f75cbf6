"""What a caller hears, against others: multimon-ng finds the same keys, a plain P.56 the same speech level.

multimon-ng is Debian's. The P.56 here is written from the recommendation, sample by sample and in plain Python.
"""
import json
import math
import random
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "CommandLine"))
from conftest import POUNDKEY  # noqa: E402

RATE = 8000
LOW, HIGH = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
KEYS = "123A456B789C*0#D"


def check(path):
    result = subprocess.run([POUNDKEY, "greeting", "check", path, "--json"], capture_output=True, timeout=60)
    assert result.returncode in (0, 1), result.stderr
    return {finding["id"]: finding["message"] for finding in json.loads(result.stdout)["findings"]}


def write(path, samples):
    data = b"".join(struct.pack("<h", max(-32768, min(32767, round(32767 * value)))) for value in samples)
    path.write_bytes(struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", len(data) + 36, b"WAVE", b"fmt ", 16, 1, 1, RATE,
                                 RATE * 2, 2, 16, b"data", len(data)) + data)


def tone(hertz, seconds, amplitude, phase):
    return [amplitude * math.sin(2 * math.pi * hertz * n / RATE + phase) for n in range(round(seconds * RATE))]


def dialled(keys, chance, seconds=0.07):
    """Keys with pauses, each with its own phases and level; in tune and in balance as far as multimon-ng needs it."""
    sound = [0.0] * 2000
    for key in keys:
        row, column = divmod(KEYS.index(key), 4)
        level, twist = 10 ** (chance.uniform(-30, -12) / 20), 10 ** (chance.uniform(-2, 2) / 20)
        low = tone(LOW[row] * chance.uniform(0.996, 1.004), seconds, level, chance.uniform(0, 6))
        high = tone(HIGH[column] * chance.uniform(0.996, 1.004), seconds, level * twist, chance.uniform(0, 6))
        sound += [a + b for a, b in zip(low, high)] + [0.0] * chance.randrange(800, 1600)
    return sound


def multimon(path):
    raw = subprocess.run(["sox", path, "-t", "raw", "-e", "signed", "-b", "16", "-r", "22050", "-"],
                         capture_output=True, check=True).stdout
    result = subprocess.run(["multimon-ng", "-q", "-a", "DTMF", "-t", "raw", "-"], input=raw, capture_output=True,
                            check=True, timeout=60)
    # It writes the star as E and the number sign as F.
    return [key.translate(str.maketrans("EF", "*#")) for key in re.findall(r"DTMF: (\S)", result.stdout.decode())]


def heard(path):
    """Keys and seconds from the message; it names five."""
    message = check(path).get("tone.dtmf", "")
    return [(key, float(at)) for key, at in re.findall(r"(\S) at ([0-9.]+) s", message)]


@pytest.mark.parametrize("seed", range(12))
def test_multimon_hears_the_same_keys(tmp_path, seed):
    chance = random.Random(seed)
    keys = [chance.choice(KEYS) for _ in range(5)]
    write(tmp_path / "keys.wav", dialled(keys, chance))
    assert [key for key, _ in heard(tmp_path / "keys.wav")] == keys
    assert multimon(tmp_path / "keys.wav") == keys


@pytest.mark.parametrize("detune", [0.94, 1.06])
def test_neither_hears_tones_that_are_6_per_cent_out_of_tune(tmp_path, detune):
    sound = [a + b for a, b in zip(tone(941 * detune, 0.5, 0.1, 0), tone(1477 * detune, 0.5, 0.1, 1))]
    write(tmp_path / "keys.wav", [0.0] * 2000 + sound + [0.0] * 2000)
    assert heard(tmp_path / "keys.wav") == []
    assert multimon(tmp_path / "keys.wav") == []


def speech_level(samples):
    """Active speech level in dBov by method B of ITU-T P.56."""
    keep = math.exp(-1 / (RATE * 0.03))
    once = twice = 0.0
    envelope = []
    for sample in samples:
        once = keep * once + (1 - keep) * abs(sample)
        twice = keep * twice + (1 - keep) * once
        envelope.append(twice)
    energy = sum(sample * sample for sample in samples)
    below = None
    for exponent in range(-20, 1):
        active, left = 0, 0
        for value in envelope:
            left = 1601 if value >= 2.0 ** exponent else left - 1
            active += left > 0
        if not active:
            return None
        level = 10 * math.log10(energy / active)
        excess = level - 20 * math.log10(2.0 ** exponent) - 15.9
        if excess <= 0:
            return below[0] + below[1] / (below[1] - excess) * (level - below[0])
        below = (level, excess)
    return None


@pytest.mark.parametrize("voice, level", [("en", -41), ("fr", -55), ("de+f3", -38), ("en+m3", -9)])
def test_the_speech_level_is_that_of_p56(tmp_path, voice, level):
    text = "Please press the pound key. Appuyez sur la touche dièse."
    subprocess.run(["espeak-ng", "-v", voice, "-w", tmp_path / "spoken.wav", text], check=True)
    raw = subprocess.run(["sox", tmp_path / "spoken.wav", "-r", str(RATE), "-e", "floating-point", "-b", "32", "-t", "raw",
                          "-"], capture_output=True, check=True).stdout
    spoken = struct.unpack(f"<{len(raw) // 4}f", raw)
    gain = 10 ** ((level - speech_level(spoken)) / 20)
    # As the file has them: rounded to 16 bits, and clipped.
    samples = [max(-32768, min(32767, round(32767 * gain * value))) / 32768 for value in spoken]
    write(tmp_path / "greeting.wav", [gain * value for value in spoken])
    message = check(tmp_path / "greeting.wav")["level.low" if level < -22 else "level.high"]
    measured = float(re.search(r"at (-[0-9.]+) dBov", message)[1])
    # The message rounds away from the threshold, to a tenth.
    assert abs(measured - speech_level(samples)) <= 0.11
