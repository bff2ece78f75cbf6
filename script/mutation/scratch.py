"""The scratch copy in which mutants are built, and what is run there to catch them."""
import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

# What a first build would fetch from the network, where this tree has it already.
FETCHED = ("checkouts", "repositories", "artifacts", "workspace-state.json")
BUILD_LIMIT, TEST_LIMIT, EXPLORE_LIMIT, RUN_LIMIT = 1800, 300, 300, 60  # seconds
# A test that recorded an issue has failed, also where the process did not live to say so.
FAILED = re.compile(r'^\S+ Test "(.*?)"(?: with \d+ test cases?)? (?:failed after |recorded an issue )')
PASSED = re.compile(r'^\S+ Test "(.*?)"(?: with \d+ test cases?)? passed after ')
CRASHED = re.compile(r"exited with unexpected signal code (\d+)")


class EnvironmentProblem(Exception):
    """Something other than a mutant stands in the way."""


class Scratch:
    """A copy of the working tree below `home`, built incrementally from one mutant to the next."""

    def __init__(self, root, home):
        self.root, self.tree = Path(root), Path(home) / "tree"
        self.tree.mkdir(parents=True, exist_ok=True)
        self.lock = open(Path(home) / "lock", "w")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise EnvironmentProblem(f"{home} is in use by another run; wait, or give another --scratch") from None
        self.changed = []

    def files(self):
        command = ["git", "-C", self.root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
        return [name for name in listed if name and os.path.lexists(self.root / name)]

    def synchronise(self):
        """Makes the copy equal to the working tree; what is equal keeps its time, so that nothing is built twice."""
        wanted = self.files()
        for name in wanted:
            source, target = self.root / name, self.tree / name
            if source.is_symlink():
                if not (target.is_symlink() and os.readlink(target) == os.readlink(source)):
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.unlink(missing_ok=True)
                    target.symlink_to(os.readlink(source))
            elif not target.is_file() or target.read_bytes() != source.read_bytes():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, target)
        self._remove_others(set(wanted))
        self._bring_fetched()
        self.changed = []

    def _remove_others(self, wanted):
        for folder, folders, names in os.walk(self.tree):
            if Path(folder) == self.tree and ".build" in folders:
                folders.remove(".build")
            for name in names:
                relative = str((Path(folder) / name).relative_to(self.tree))
                if relative not in wanted and relative != "Package.resolved":
                    os.unlink(self.tree / relative)

    def _bring_fetched(self):
        build = self.tree / ".build"
        if build.exists() or not (self.root / ".build/checkouts").is_dir():
            return
        build.mkdir()
        for name in FETCHED:
            source = self.root / ".build" / name
            if source.is_dir():
                shutil.copytree(source, build / name, symlinks=True)
            elif source.is_file():
                shutil.copy2(source, build / name)
        if (self.root / "Package.resolved").is_file():
            shutil.copy2(self.root / "Package.resolved", self.tree)

    def change(self, texts):
        """Puts back what was changed before, then writes these files."""
        for name in self.changed:
            if name not in texts:
                shutil.copy(self.root / name, self.tree / name)
        self.changed = sorted(texts)
        for name, text in texts.items():
            (self.tree / name).write_text(text, encoding="utf-8")

    def build(self):
        """None where it builds, else the end of what the compiler said."""
        code, text = self._run(["swift", "build", "--build-tests"], BUILD_LIMIT)
        if code == 0:
            return None
        errors = [line for line in text.splitlines() if "error:" in line]
        return "\n".join((errors or text.splitlines())[-5:]) or f"swift build ended with {code}"

    def _run(self, command, limit):
        """Exit code (None: over its time) and output, standard error last."""
        process = subprocess.Popen(command, cwd=self.tree, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, start_new_session=True,
                                   env={**os.environ, "NO_COLOR": "1", "TERM": "dumb",
                                        "SWIFT_BACKTRACE": "enable=no"})
        try:
            out, errors = process.communicate(timeout=limit)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            if isinstance(error, subprocess.TimeoutExpired):
                return None, ""
            raise
        return process.returncode, (out + b"\n" + errors).decode(errors="replace")

    @property
    def program(self):
        return self.tree / ".build/debug/poundkey"

    def test_results(self, suites):
        """Titles of the tests that failed and that passed, of these suites."""
        pattern = rf"\.({'|'.join(sorted(suites))})/"
        code, text = self._run(["swift", "test", "--skip-build", "--disable-xctest", "--filter", pattern], TEST_LIMIT)
        failed, passed = ({match[1].replace('\\"', '"') for line in text.splitlines() if (match := shape.match(line))}
                          for shape in (FAILED, PASSED))
        if crash := CRASHED.search(text):
            return failed, passed - failed, self._end(-int(crash[1]), "the tests")
        return failed, passed - failed, None if code in (0, 1) else self._end(code, "the tests")

    def properties(self, file):
        """Of an exploration: the properties that do not hold, those that do, and what went wrong, else None."""
        code, text = self._run([self.program, "explore", "--json", file], EXPLORE_LIMIT)
        if code not in (0, 1):
            return set(), set(), self._end(code, f"poundkey explore {file}")
        found = json.loads(text.splitlines()[0])["properties"]
        broken = {entry["property"] for entry in found if not holds(entry)}
        return broken, {entry["property"] for entry in found} - broken, None

    def scenario(self, file):
        """Whether a scenario fails, whether it passes, and what went wrong, else None."""
        code, _ = self._run([self.program, "run", file], RUN_LIMIT)
        return code == 1, code == 0, None if code in (0, 1) else self._end(code, f"poundkey run {file}")

    @staticmethod
    def _end(code, what):
        if code is None:
            return f"{what} did not end in time"
        return f"{what} ended by signal {-code}" if code < 0 else f"{what} ended with {code}"


def holds(entry):
    return entry["holds"] if "holds" in entry else entry["ruling"] in ("holds", "holdsSoFar", "shown")


def look(scratch, catchers):
    """What each of these sees in the copy as it is built: catcher to True (fails), False (holds), None (not there).

    Returns also the other tests of the same suites that failed, and what went wrong.
    """
    seen, others, troubles = {}, set(), []
    tests = [catcher for catcher in catchers if catcher.kind == "test"]
    if tests:
        failed, passed, trouble = scratch.test_results({catcher.target for catcher in tests})
        troubles.append(trouble)
        for catcher in tests:
            seen[catcher] = True if catcher.title in failed else False if catcher.title in passed else None
        others = failed - {catcher.title for catcher in tests}
    for file in sorted({catcher.target for catcher in catchers if catcher.kind == "explore"}):
        broken, whole, trouble = scratch.properties(file)
        troubles.append(trouble)
        for catcher in catchers:
            if (catcher.kind, catcher.target) == ("explore", file):
                seen[catcher] = True if catcher.title in broken else False if catcher.title in whole else None
    for catcher in catchers:
        if catcher.kind == "run":
            fails, passes, trouble = scratch.scenario(catcher.target)
            troubles.append(trouble)
            seen[catcher] = True if fails else False if passes else None
    return seen, sorted(others), [trouble for trouble in troubles if trouble]
