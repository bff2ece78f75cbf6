#!/usr/bin/env python3
"""Reads and plays docs/scenarios.md: its files are written, its commands run, its texts compared.

A ```yaml or ```csv block is the file that the line before it names, as in "`report.yaml`:"; a later block of that name
replaces it, as a reader would edit it. A ```sh block is run in the folder of those files, and a ```text block behind it is
what it prints, both streams as they come. <!-- exit 1 --> before a block says how its last command ends, 0 where nothing
is said; <!-- live --> that it needs a person, and is played by its own test.

`scenarios_page.py --write` writes the texts and the reference of keys anew; look at what has changed.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs/scenarios.md"
PROGRAM = ROOT / ".build/release-static/release/poundkey"
KINDS = ("yaml", "csv", "sh", "text")
BEGIN, END = "<!-- reference: made from the schemas -->\n", "<!-- end of reference -->\n"


@dataclass
class Block:
    kind: str
    body: str
    before: str  # the line before it
    line: int
    span: tuple  # of the body, in the page

    @property
    def file(self):
        found = re.search(r"`([\w./-]+)`:$", self.before)
        return found[1] if found else None

    @property
    def is_live(self):
        return self.before == "<!-- live -->"

    @property
    def code(self):
        found = re.fullmatch(r"<!-- exit (\d+) -->", self.before)
        return int(found[1]) if found else 0


class PageError(Exception):
    """A block that nothing would run or write."""


def blocks(text):
    """All fenced blocks of a page, in order."""
    found = []
    for match in re.finditer(r"^```(.*)\n((?:(?!```).*\n)*)```$", text, re.MULTILINE):
        before = text[:match.start()].rstrip("\n").rsplit("\n", 1)[-1]
        found.append(Block(match[1], match[2], before, text.count("\n", 0, match.start()) + 1, match.span(2)))
    if 2 * len(found) != len(re.findall(r"^\s*```", text, re.MULTILINE)):
        raise PageError("a fence is indented or not closed")
    check(found)
    return found


def check(found):
    earlier = None
    for block in found:
        if block.kind not in KINDS:
            raise PageError(f"line {block.line}: a block of kind \"{block.kind}\", which nothing would try")
        if block.kind in ("yaml", "csv") and block.file is None:
            raise PageError(f"line {block.line}: the line before the block names no file")
        if block.kind == "text" and (earlier is None or earlier.kind != "sh"):
            raise PageError(f"line {block.line}: a text that no command prints")
        earlier = block


@dataclass
class Run:
    block: Block
    text: Block | None  # what it should print, where the page says so
    code: int
    output: str


def play(found, folder):
    """Writes and runs the blocks one after the other, as somebody would who reads the page."""
    folder.mkdir(exist_ok=True)
    environment = {"PATH": f"{PROGRAM.parent}:{os.environ['PATH']}", "HOME": str(folder.parent), "TERM": "xterm",
                   "XDG_STATE_HOME": f"{folder}-state", "LC_ALL": "C.UTF-8"}
    for index, block in enumerate(found):
        if block.file and block.kind in ("yaml", "csv"):
            path = folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")
        if block.kind != "sh" or block.is_live:
            continue
        result = subprocess.run(["bash", "-c", block.body], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
        after = found[index + 1] if index + 1 < len(found) and found[index + 1].kind == "text" else None
        yield Run(block, after, result.returncode, steady(result.stdout.decode(), folder))


def steady(output, folder):
    """What must vary: where the folder is."""
    return output.replace(str(folder), "FOLDER")


# The reference of keys.

def schema(name):
    return json.loads((ROOT / f"docs/{name}.schema.json").read_text(encoding="utf-8"))


def groups(scenario, fragment):
    """The tables: a title, and mappings with what they stand behind."""
    known = scenario["definitions"]

    def group(title, *pairs):
        return title, [(said, known[word]) for said, word in pairs]

    return [
        ("The file", [("a scenario file", scenario), ("a fragment file", fragment), ("matrix", known["matrix"])]),
        group("given", ("given", "given"), ("user, each of users", "user"), ("phones", "phones"),
              ("each of greetings", "greeting"), ("each of locations", "location"),
              ("tenant, where it is inline", "inlineTenant")),
        group("What has happened to a user", ("each of apps", "registeredApp"), ("each of blocked", "block"),
              ("each of risk", "riskDetection"), ("lockout", "lockout"), ("pass", "issuedPass"),
              ("each of remembered", "rememberedClient"), ("verifiedForReset", "verifiedForReset"),
              ("each of calls", "placedCall"), ("each of tokens", "token")),
        group("Steps", ("a step", "stepMapping")),
        group("What a step takes", ("signin", "signIn"), ("answer", "answer"), ("press", "press"),
              ("hear, during", "hear"), ("text", "text"), ("hear and text, where nothing may come", "absence"),
              ("enter", "enter"), ("app", "app"), ("register", "register"), ("restore", "restore"),
              ("password", "password"), ("use", "use"), ("repeat", "repeat")),
        group("Faults", ("fault", "fault"), ("voicemail", "voicemail"), ("carrier", "carrier"), ("sms", "delayedTexts")),
        group("expect", ("expect", "expect"), ("user", "expectedUser"), ("each of records", "record"), ("mail", "mail"),
              ("result", "otherResult"), ("length", "lengthRange")),
        group("Matchers", ("a text", "textMatcher"), ("a text that may be missing", "presence"),
              ("a text that may occur several times", "countedMatcher"), ("times, segments", "countRange")),
    ]


def reference():
    scenario = schema("scenario")
    known = scenario["definitions"]
    parts = []
    for title, mappings in groups(scenario, schema("fragment")):
        parts.append(f"### {title}\n\n")
        if title == "Faults":
            parts.append(f"In a word, {words(known['stepMapping']['properties']['fault'])}. Or one of:\n\n")
        parts.append("| key | what | unless given |\n|---|---|---|\n")
        for name, mapping in mappings:
            parts.append(f"| **{name}** | {mapping['description']} | |\n")
            parts += [row(key, value, key in mapping.get("required", []))
                      for key, value in mapping["properties"].items() if key != "when" or name.startswith("a step")]
        parts.append("\n")
    parts += [*admin_commands(known), *results(known)]
    return "".join(parts).rstrip("\n") + "\n"


def row(key, shape, is_required):
    listed = words(shape)
    what = shape["description"] + (f" {listed}." if listed else "")
    default = shape.get("default")
    shown = " must be there" if is_required else "" if default is None else f" `{json.dumps(default).strip(chr(34))}`"
    return f"| `{key}` | {what} |{shown} |\n"


def words(shape):
    """The words that a value may be, where the schema lists them in place."""
    if "enum" in shape:
        meanings = shape.get("enumDescriptions", [""] * len(shape["enum"]))
        texts = [f"`{word}`" + (f" ({meaning})" if meaning else "") for word, meaning in zip(shape["enum"], meanings)]
        return ", ".join(dict.fromkeys(texts))
    return next((found for found in map(words, shape.get("anyOf", [])) if found), "")


def admin_commands(known):
    common = {"as", "by", "refused", "when"}
    yield "### admin\n\n| command | what | also takes |\n|---|---|---|\n"
    for name, mapping in known.items():
        if not name.startswith("admin."):
            continue
        command = name.removeprefix("admin.")
        extras = [f"`{key}`" + (" (must be there)" if key in mapping["required"] else "")
                  for key in mapping["properties"] if key not in common | {command}]
        yield f"| `{command}` | {mapping['description']} | {', '.join(extras)} |\n"
    properties = known["admin.block"]["properties"]
    yield "\nAnd each of them:\n\n| key | what | unless given |\n|---|---|---|\n"
    yield from (row(key, properties[key], False) for key in ("as", "by", "refused"))
    yield f"\nRoles: {words(known['role'])}.\n\n"


def results(known):
    yield "### Words\n\n| word | what |\n|---|---|\n"
    for title, name in [("methods", "method"), ("results", "result"), ("messages", "message")]:
        yield f"| **{title}** | |\n"
        shape = next(part for part in known[name].get("anyOf", [known[name]]) if "enum" in part)
        yield from (f"| `{word}` | {meaning} |\n" for word, meaning in zip(shape["enum"], shape["enumDescriptions"]))


def write():
    text = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        runs = list(play(blocks(text), Path(folder) / "calls"))
    for run in reversed(runs):
        if run.code != run.block.code:
            print(f"line {run.block.line} ends with {run.code}, not {run.block.code}:\n{run.output}")
        if run.text is not None:
            text = text[:run.text.span[0]] + run.output + text[run.text.span[1]:]
    head, rest = text.split(BEGIN)
    PAGE.write_text(head + BEGIN + "\n" + reference() + "\n" + END + rest.split(END)[1], encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    write()
