"""Mutants as they are written down: a file each under Tests/Mutants.

    says: # after any entry approves
    rules: CALL-10
    caught by: test StandardCallTests "CALL-10: any other entry is asked again, and the third denies"
    caught by: explore scenarios/explore/voice-standard.yaml "never {result: approved, entry: other}"
    caught by: run scenarios/voice/denied.yaml
    === Sources/VerificationCore/Call/Stages/Listening.swift
    whole lines of that file, as they stand there once
    === becomes
    the lines in their place; none deletes

Several edits follow one another, each with its `===` lines. Lines that begin with `//` before the first `===` are remarks.
"""
import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = "Tests/Mutants"
ENDING = ".mutant"
MUTABLE = ("Sources/VerificationCore/", "Sources/Simulation/")
BECOMES = "becomes"


class RecordError(Exception):
    """A mutant that cannot be read or no longer applies: place, what is wrong, what to do."""


@dataclass(frozen=True, order=True)
class Catcher:
    """What must fail: a Swift test of a suite, a property of an exploration, or a scenario."""
    kind: str
    target: str
    title: str = ""

    @property
    def text(self):
        return f'{self.kind} {self.target} "{self.title}"' if self.title else f"{self.kind} {self.target}"


@dataclass(frozen=True)
class Edit:
    file: str
    line: int
    find: str
    replace: str


@dataclass
class Mutant:
    name: str
    path: str
    says: str = ""
    rules: list = field(default_factory=list)
    catchers: list = field(default_factory=list)
    edits: list = field(default_factory=list)


CATCHER = re.compile(r'(?:(test|explore) (\S+) "(.+)"|(run) (\S+))')


def catcher(text, place):
    match = CATCHER.fullmatch(text)
    if not match:
        raise RecordError(f"{place}: \"{text}\" catches nothing; write: test SUITE \"title\", "
                          "explore FILE \"property\" or run FILE")
    return Catcher(match[4], match[5]) if match[4] else Catcher(match[1], match[2], match[3])


def header(mutant, line, place):
    key, separator, value = line.partition(": ")
    value = value.strip()
    if not separator or not value:
        raise RecordError(f"{place}: expected says, rules, caught by, a // remark or an === line")
    if key == "says" and not mutant.says:
        mutant.says = value
    elif key == "rules":
        mutant.rules += value.split(", ")
    elif key == "caught by":
        mutant.catchers.append(catcher(value, place))
    else:
        raise RecordError(f"{place}: \"{key}\" is unknown or stands twice; the keys are says, rules, caught by")


def blocks(lines, first, path):
    """The texts under the === lines: (heading, number of its line, text)."""
    found = []
    for number, line in enumerate(lines[first:], first + 1):
        if line.startswith("=== "):
            found.append((line[4:].strip(), number, []))
        else:
            found[-1][2].append(line)
    return [(heading, number, "".join(f"{line}\n" for line in text)) for heading, number, text in found]


def edits(found, path):
    if len(found) % 2:
        raise RecordError(f"{path}:{found[-1][1]}: an edit is two blocks: \"=== FILE\" and \"=== {BECOMES}\"")
    for (file, line, find), (becomes, second, replace) in zip(found[::2], found[1::2]):
        if becomes != BECOMES:
            raise RecordError(f"{path}:{second}: expected \"=== {BECOMES}\"")
        if not file.startswith(MUTABLE) or ".." in file:
            raise RecordError(f"{path}:{line}: {file} is not below {' or '.join(MUTABLE)}")
        if not find.strip() or find == replace:
            raise RecordError(f"{path}:{line}: nothing is changed; give the lines as they stand, then what they become")
        yield Edit(file, line, find, replace)


def read(path, root):
    relative = str(path.relative_to(root))
    mutant = Mutant(name=path.name.removesuffix(ENDING), path=relative)
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next((index for index, line in enumerate(lines) if line.startswith("=== ")), len(lines))
    for number, line in enumerate(lines[:first], 1):
        if line.strip() and not line.startswith("//"):
            header(mutant, line, f"{relative}:{number}")
    mutant.edits = list(edits(blocks(lines, first, relative), relative))
    for missing, what in ((mutant.says, "says"), (mutant.rules, "rules"), (mutant.catchers, "caught by"),
                          (mutant.edits, "=== FILE")):
        if not missing:
            raise RecordError(f"{relative}: no \"{what}\"")
    return mutant


def read_all(root):
    """All mutants by name. Every mistake of theirs is told at once."""
    found, mistakes, known = [], [], {}
    for path in sorted((root / FOLDER).glob(f"*{ENDING}")):
        try:
            mutant = read(path, root)
            if mutant.says in known:
                raise RecordError(f"{mutant.path}: says the same as {known[mutant.says]}")
            known[mutant.says] = mutant.path
            found.append(mutant)
        except RecordError as error:
            mistakes.append(str(error))
    if mistakes:
        raise RecordError("\n".join(mistakes))
    return found


def mutated(mutant, root):
    """The files that the mutant changes, with their new text."""
    texts = {}
    for edit in mutant.edits:
        place = f"{mutant.path}:{edit.line}"
        file = Path(root) / edit.file
        if edit.file not in texts:
            if not file.is_file():
                raise RecordError(f"{place}: there is no {edit.file}; it may have moved: name the new file")
            texts[edit.file] = file.read_text(encoding="utf-8")
        lines, find = texts[edit.file].splitlines(keepends=True), edit.find.splitlines(keepends=True)
        found = [start for start in range(len(lines)) if lines[start:start + len(find)] == find]
        if len(found) != 1:
            stands = f"stand {len(found)} times" if found else "no longer stand"
            raise RecordError(f"{place}: these lines {stands} in {edit.file}; write them anew, with enough around them "
                              f"to be found once:\n{edit.find.rstrip()}")
        lines[found[0]:found[0] + len(find)] = [edit.replace]
        texts[edit.file] = "".join(lines)
    return texts
