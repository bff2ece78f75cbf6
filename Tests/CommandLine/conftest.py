"""What the tests of the program share."""
import math
import os
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
POUNDKEY = ROOT / ".build/release-static/release/poundkey"


class Result:
    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout.decode()
        self.err = process.stderr.decode()

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


@pytest.fixture
def poundkey(tmp_path):
    """Runs the program in an empty folder, with an empty HOME and no terminal."""

    def run(*arguments, cwd=None, input=b"", env=None, program=POUNDKEY, **options):
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TERM": "xterm-256color",
                       # What a run keeps for the next is none of the files that a test looks at.
                       "XDG_STATE_HOME": f"{tmp_path}-state", **(env or {})}
        command = [str(program), *map(str, arguments)]
        return Result(subprocess.run(command, cwd=cwd or ROOT, input=input, env=environment, capture_output=True,
                                     timeout=60, **options))

    return run


@pytest.fixture
def as_nobody(tmp_path):
    """How to run as somebody who may read nothing; the tests may run as root, who may read everything."""
    if os.geteuid() != 0:
        return {}
    for folder in [tmp_path, *tmp_path.parents]:
        if str(folder) not in ("/", "/tmp"):
            folder.chmod(folder.stat().st_mode | 0o055)
    # The repository may lie where nobody else may look.
    program = shutil.copy2(POUNDKEY, tmp_path / "poundkey")
    return {"user": 65534, "group": 65534, "program": program, "cwd": tmp_path}


def wav(seconds=1.0, rate=8000, level=3681, samples=None, pad_to=None):
    """A mono 16-bit WAV of a 440 Hz tone of -22 dBov, which is a good level, written byte by byte."""
    count = round(seconds * rate) if samples is None else samples
    sound = b"".join(struct.pack("<h", round(level * math.sin(2 * math.pi * 440 * n / rate))) for n in range(count))
    chunks = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * 2, 2, 16)
    chunks += b"data" + struct.pack("<I", len(sound)) + sound
    if pad_to is not None:
        room = pad_to - len(chunks) - 12 - 8
        chunks += b"junk" + struct.pack("<I", room) + bytes(room)
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks
