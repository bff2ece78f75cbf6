"""What the tests of the program share."""
import math
import os
import re
import shutil
import struct
import subprocess
import time
import uuid
from pathlib import Path

import admin_verbs
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# For who builds another one, as a quick debug build.
POUNDKEY = Path(os.environ.get("POUNDKEY_UNDER_TEST", ROOT / ".build/release-static/release/poundkey"))


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


@pytest.fixture(scope="session")
def fresh_store(tmp_path_factory):
    """A store of the demo tenant, made once: its PINs take a while to hash."""
    path = tmp_path_factory.mktemp("store") / "larkspur.poundkey"
    subprocess.run([POUNDKEY, "tenant", "init", path, "--at", "2025-01-15T09:00:00Z"], check=True, capture_output=True)
    return path


@pytest.fixture
def store(tmp_path, fresh_store):
    """A store of one's own, with its key file."""
    for ending in ("", ".key"):
        shutil.copy(f"{fresh_store}{ending}", tmp_path / f"larkspur.poundkey{ending}")
    return tmp_path / "larkspur.poundkey"


@pytest.fixture(scope="session")
def furnished_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("furnished")
    path = folder / "larkspur.poundkey"
    (folder / "tenant.yaml").write_text(admin_verbs.TENANT)
    for verb in (["tenant", "init", path, "--from", folder / "tenant.yaml"],
                 ["pass", "issue", admin_verbs.HELGA, "--minutes", "43200", "--tenant", path],
                 ["risk", "confirm-compromised", admin_verbs.HELGA, "--tenant", path]):
        subprocess.run([POUNDKEY, *verb, "--at", "2025-01-15T09:00:00Z"], check=True, capture_output=True)
    return path


@pytest.fixture
def furnished(tmp_path, furnished_once):
    """A store in which every admin verb about people finds what it needs."""
    for path in furnished_once.parent.glob("larkspur.poundkey*"):
        shutil.copy(path, tmp_path)
    return tmp_path / "larkspur.poundkey"


class Terminal:
    """A tmux session of 80 x 24, as a person has one."""

    def __init__(self, folder, command, env, size):
        self.socket = f"poundkey-test-{uuid.uuid4().hex[:8]}"
        exports = " ".join(f"{key}='{value}'" for key, value in env.items())
        script = folder / "session.sh"
        script.write_text(f"cd {ROOT}\nstty -a > {folder}/before\n{exports} {command}\necho \"code=$?\"\n"
                          f"stty -a > {folder}/after\necho done-$((40 + 2))\nsleep 60\n")
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), f"bash {script}")

    def tmux(self, *arguments):
        return subprocess.run(["tmux", "-L", self.socket, *arguments], check=True, capture_output=True, text=True).stdout

    def screen(self):
        return self.tmux("capture-pane", "-p")

    def history(self):
        return self.tmux("capture-pane", "-p", "-S", "-200")

    def type(self, *keys):
        self.tmux("send-keys", *keys)

    def wait_for(self, pattern, seconds=15):
        """Until the screen shows it; the screen then."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            shown = self.screen()
            if re.search(pattern, shown):
                return shown
            time.sleep(0.05)
        raise AssertionError(f"{pattern} never came:\n{self.screen()}")

    def tell(self, number):
        """Sends a signal to the program that runs in it."""
        os.kill(self.program(), number)

    def program(self):
        """The process id of the program, not of its helpers."""
        shell = int(self.tmux("display-message", "-p", "#{pane_pid}"))
        parents = {int(path.parent.name): int(path.read_text().rsplit(")", 1)[1].split()[1])
                   for path in Path("/proc").glob("[0-9]*/stat")}
        children = [process for process, parent in parents.items() if parent == shell]
        [found] = [process for process in children if Path(f"/proc/{process}/exe").resolve() == POUNDKEY.resolve()]
        return found

    def close(self):
        subprocess.run(["tmux", "-L", self.socket, "kill-server"], capture_output=True)


@pytest.fixture
def terminal(tmp_path):
    opened = []

    def open_terminal(arguments, env=None, size=(80, 24)):
        opened.append(Terminal(tmp_path, f"{POUNDKEY} {arguments}", env or {}, size))
        return opened[-1]

    yield open_terminal
    for each in opened:
        each.close()


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
