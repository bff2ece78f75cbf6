"""docs/scenarios.md: all it shows is played, and prints what stands there; the reference has every key there is."""
import re
import signal
import struct

import pytest
import scenarios_page
from conftest import ROOT
from scenarios_page import PAGE, PageError, blocks, play
from test_run_watch import Watch

TEXT = PAGE.read_text(encoding="utf-8")


def differences(text, folder):
    """What a page says that is not so, block by block."""
    found = []
    for run in play(blocks(text), folder):
        if run.code != run.block.code:
            found.append(f"line {run.block.line} ends with {run.code}, not {run.block.code}:\n{run.output}")
        if run.text is not None and run.output != run.text.body:
            found.append(f"line {run.text.line} is\n{run.text.body}and should be\n{run.output}")
    return found


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The folder after all of the page was done in it, and what was otherwise than it says."""
    folder = tmp_path_factory.mktemp("page") / "calls"
    return folder, differences(TEXT, folder)


def test_every_command_of_the_page_ends_and_prints_as_it_says(played):
    assert played[1] == []


def test_every_file_of_the_page_is_read_by_a_command(played):
    folder, _ = played
    plan = (folder / "run.jsonl").read_text(encoding="utf-8")
    found = blocks(TEXT)
    said = "".join(block.body for block in found if block.kind == "sh")
    for block in found:
        if block.kind in ("yaml", "csv") and "scenario" not in block.body.split(":")[0]:
            # A fragment, a table or a tenant: some scenario of the plan names it.
            users = [other for other in found if other.kind == "yaml" and f"{block.file}" in other.body]
            assert any(f'"path":"{user.file}"' in plan for user in users), block.file
        elif block.kind == "yaml":
            assert f'"path":"{block.file}"' in plan or f"run {block.file}" in said, block.file


def test_the_watch_of_the_page_plays_what_changes(played):
    folder, _ = played
    [command] = [block.body for block in blocks(TEXT) if block.is_live and "--watch" in block.body]
    assert command == "poundkey run . --watch\n"
    watch = Watch(folder, ".")
    try:
        assert " 0 failed" in watch.result()
        table = folder / "entries.csv"
        table.write_text(table.read_text().replace("2580#,approved", "2581#,approved"))
        assert "✗ table.yaml" in watch.result()
        table.write_text(table.read_text().replace("2581#", "2580#"))
        assert " 0 failed" in watch.result()
        assert watch.end() == 130
    finally:
        watch.process.send_signal(signal.SIGKILL)


def test_the_recording_of_the_page_is_a_scenario_that_passes(terminal, poundkey, tmp_path):
    [command] = [block.body for block in blocks(TEXT) if block.is_live and "--watch" not in block.body]
    assert command == "poundkey record recorded.yaml\n"
    call = terminal(f"record {tmp_path}/recorded.yaml")
    call.wait_for("● ringing")
    call.type("a")
    call.wait_for("♪ fraudGreetingStandard")
    call.type("#")
    call.wait_for("approved, saying goodbye")
    call.type("q")
    call.wait_for("done-42")
    assert poundkey("run", tmp_path / "recorded.yaml").code == 0


SMALL = """`a.yaml`:

```yaml
scenario: A
steps: [{fault: busy}, signin]
expect: {result: busy}
```

```sh
poundkey run a.yaml
```
```text
✓ a.yaml  A  00:01.500 busy

1 passed, 0 failed · 00:01.500 of calls, seed 1
```
"""


@pytest.mark.parametrize("old, new, is_told", [
    ("", "", False),
    ("00:01.500 busy", "00:01.501 busy", True),
    ("result: busy", "result: approved", True),
    ("poundkey run a.yaml", "poundkey run b.yaml", True),
    ("seed 1\n", "seed 1\n\n", True),
    ("```sh", "<!-- exit 1 -->\n```sh", True),
    ("[{fault: busy}, signin]", "[{fault: busy}, signn]", True),
])
def test_a_page_that_says_what_is_not_so_is_found_out(tmp_path, old, new, is_told):
    assert bool(differences(SMALL.replace(old, new, 1), tmp_path / "calls")) == is_told


@pytest.mark.parametrize("old, new, message", [
    ("`a.yaml`:", "A file:", "line 3: the line before the block names no file"),
    ("```sh", "```console", 'line 9: a block of kind "console", which nothing would try'),
    ("```yaml", "```", 'line 3: a block of kind "", which nothing would try'),
    ("```sh\npoundkey run a.yaml\n```\n", "", "line 9: a text that no command prints"),
    ("```text", "  ```text", "a fence is indented or not closed"),
])
def test_a_block_that_nothing_would_try_is_found_out(old, new, message):
    with pytest.raises(PageError, match=re.escape(message)):
        blocks(SMALL.replace(old, new, 1))


def test_the_reference_is_what_the_schemas_say():
    """They are made of what the readers go by; test_schema.py holds the files against the program."""
    told = TEXT.split(scenarios_page.BEGIN)[1].split(scenarios_page.END)[0]
    assert told.strip("\n") == scenarios_page.reference().strip("\n"), "Tests/CommandLine/scenarios_page.py --write"


def section(title):
    return re.search(rf"^### {title}\n(.*?)^(?:###|<!--)", TEXT, re.DOTALL | re.MULTILINE)[1]


def test_every_verb_key_and_word_is_in_the_reference():
    model = (ROOT / "Sources/ScenarioModel/Step.swift").read_text()
    verbs = re.findall(r'"(\w+)"', re.search(r"static let verbs = \[(.*?)\]", model, re.DOTALL)[1])
    assert len(verbs) > 15 and [verb for verb in verbs if f"| `{verb}` |" not in section("Steps")] == []
    grammar = "".join(path.read_text() for path in sorted((ROOT / "Sources/ScenarioYAML/Grammar").glob("*.swift")))
    for name, title in [("given", "given"), ("matrix", "The file"), ("press", "What a step takes"), ("expect", "expect")]:
        body = re.search(rf'static let {name} = MappingShape\((.*?)\n    \]\)', grammar, re.DOTALL)[1]
        keys = re.findall(r'KeyShape\(\s*"(\w+)"', body)
        assert len(keys) > 5 and [key for key in keys if f"| `{key}` |" not in section(title)] == []
    for folder, name in [("Calls", "MessageType"), ("", "Outcome")]:
        [source] = (ROOT / "Sources/VerificationCore").rglob(f"{name}.swift")
        words = re.findall(r"^  case (\w+(?:, \w+)*)$", source.read_text(), re.MULTILINE)
        words = [word for line in words for word in line.split(", ")]
        assert len(words) > 10 and [word for word in words if f"| `{word}` |" not in section("Words")] == []


def test_no_mapping_of_the_schemas_is_left_out_of_the_reference():
    known = scenarios_page.schema("scenario")["definitions"]
    told = {id(mapping) for _, mappings in scenarios_page.groups(scenarios_page.schema("scenario"),
                                                                 scenarios_page.schema("fragment"))
            for _, mapping in mappings}
    shown = sum(1 for _ in told)
    mappings = [name for name, shape in known.items() if "properties" in shape
                and not name.startswith("admin.") and name not in ("settings",)]
    # The two files stand beside the definitions.
    assert shown == len(mappings) + 2, sorted(mappings)


def test_every_link_of_the_page_leads_somewhere():
    anchors = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
               for title in re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE)}
    targets = re.findall(r"\]\(([^)]+)\)", TEXT)
    assert len(targets) > 15
    for target in targets:
        if target.startswith("#"):
            assert target[1:] in anchors, target
        else:
            assert (PAGE.parent / target).is_file(), target


def test_the_picture_is_small_and_shows_two_pages_side_by_side():
    data = (PAGE.parent / "report.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) < 200_000
    width, height = struct.unpack(">II", data[16:24])
    assert width == 1800 and height > 1000
