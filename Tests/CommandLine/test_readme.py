"""Every command of the README works, and what it shows is true."""
import re
import shutil
import subprocess
import urllib.request

import pytest
from conftest import ROOT


def commands(text):
    return [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines() if line]


README = (ROOT / "README.md").read_text(encoding="utf-8")
GREETINGS = (ROOT / "docs/greetings.md").read_text(encoding="utf-8")
COMMANDS = commands(README)
# These need a person at a terminal; test_call.py and test_record.py take the same calls in tmux.
SERVE = [command for command in COMMANDS if re.search(r"\brun serve\b", command)]
LIVE = [command for command in COMMANDS if re.search(r"\bcall --(user|tenant)|\brecord ", command)]


def test_the_readme_has_commands_for_everybody():
    verbs = {command.split()[1] for command in COMMANDS if command.startswith("script/run ")}
    assert verbs == {"greeting", "messages", "run", "rules", "call", "explore", "tenant", "settings", "signin", "sms",
                     "number", "caller-id", "oath", "new", "merge", "record", "lint", "fmt", "user", "block", "blocked", "log", "serve"}
    assert COMMANDS[:2] == ["script/run", "script/test"]
    assert len(LIVE) == 4 and len(SERVE) == 1


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """The repository in a folder where commands may write; what is built is shared."""
    folder = tmp_path_factory.mktemp("clone") / "poundkey"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".git", ".build", "results.*", "shard-*.jsonl", "my*.yaml", "class*.yaml", "larkspur*"))
    (folder / ".build").symlink_to(ROOT / ".build")
    return folder


# script/test is what runs this test.
@pytest.mark.parametrize("command", [c for c in COMMANDS + [c for c in commands(GREETINGS) if c not in COMMANDS]
                                     if c not in LIVE + SERVE and c != "script/test" and not c.startswith("Benchmarks/")])
def test_a_command_of_the_readme_works(command, clone):
    result = subprocess.run(command, shell=True, cwd=clone, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                            timeout=120)
    assert result.returncode == 0, result
    # Where nothing is to be laid out anew, fmt says nothing.
    assert (result.stdout or " fmt " in command) and not result.stderr


@pytest.mark.parametrize("command", LIVE)
def test_a_live_command_of_the_readme_gets_as_far_as_the_terminal(command, clone):
    subprocess.run("script/run tenant init class.yaml --force", shell=True, cwd=clone, check=True, capture_output=True)
    result = subprocess.run(command, shell=True, cwd=clone, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert result.returncode == 4
    assert result.stderr.startswith("error: a call needs a terminal")


@pytest.mark.parametrize("command", SERVE)
def test_a_server_of_the_readme_serves_until_it_is_told_to_stop(command, clone):
    with subprocess.Popen(f"exec {command}", shell=True, cwd=clone, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True) as server:
        try:
            link = re.search(r"http://\S+", server.stdout.readline())[0]
            with urllib.request.urlopen(link, timeout=30) as page:
                text = page.read().decode()
        finally:
            server.terminate()
        assert "<title" in text and (server.wait(30), server.stderr.read()) == (0, "")


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("index, cases", [(0, 1), (1, 12)])
def test_a_scenario_of_the_readme_passes(tmp_path, poundkey, index, cases):
    (tmp_path / "readme.yaml").write_text(blocks("yaml")[index])
    result = poundkey("run", tmp_path / "readme.yaml")
    assert result.code == 0 and f"\n{cases} passed, 0 failed" in result.out, result
    assert len(blocks("yaml")) == 2


def test_the_failure_of_the_readme_looks_like_that(tmp_path, poundkey):
    lines = blocks("yaml")[0].splitlines(keepends=True)
    left = [line for line in lines if line != "  - hear: fraudConfirmation\n"]
    assert len(left) == len(lines) - 1
    (tmp_path / "report.yaml").write_text("".join(left))
    result = poundkey("run", "report.yaml", cwd=tmp_path, env={"POUNDKEY_STARTED_AS": "script/run"})
    assert result.code == 1
    assert [result.err.rstrip("\n")] == [text.rstrip("\n") for text in blocks("text")]


def test_the_exit_codes_are_those_of_the_program(poundkey):
    told = re.sub(r"\s+", " ", README[README.index("## Exit codes"):README.index("## The code")])
    shown = re.sub(r"\s+", " ", poundkey("--help").out)
    codes = re.findall(r"\b(\d+) [a-z]", shown[shown.index("Exit codes:"):shown.index("USAGE:")])
    assert len(codes) == 9 and [code for code in codes if not re.search(rf"[:;] {code} [a-z]", told)] == []


@pytest.mark.parametrize("page", ["README.md", "docs/greetings.md", "docs/editors.md", "docs/run-stream.md",
                                  "examples/README.md", "Benchmarks/README.md", "docs/console.md", "docs/console-threats.md"])
def test_every_link_of_a_page_leads_to_a_file(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]
    assert [target for target in targets if not ((ROOT / page).parent / target).exists()] == []


@pytest.mark.parametrize("page, word", [("README.md", "fraudConfirmation"), ("docs/greetings.md", "silence.lead")])
def test_the_picture_is_there(page, word):
    [path] = re.findall(r"!\[.*?\]\((.*?\.svg)\)", (ROOT / page).read_text(encoding="utf-8"))
    picture = ((ROOT / page).parent / path).read_text(encoding="utf-8")
    assert word in picture and "<script" not in picture and "http" not in picture.replace(
        "http://www.w3.org/2000/svg", "")


def test_the_pictures_of_the_console_are_there():
    paths = re.findall(r"!\[.*?\]\((.*?\.png)\)", README)
    assert paths == ["docs/console-room.png", "docs/console-greetings.png"]
    assert all((ROOT / path).read_bytes().startswith(b"\x89PNG") for path in paths)


def test_the_page_on_greetings_has_every_check_with_its_severity():
    source = (ROOT / "Sources/VerificationCore/Greetings/CheckID.swift").read_text()
    ids = [spelled or name for name, spelled in re.findall(r'case (\w+)(?: = "([\w.-]+)")?\n', source)]
    rows = re.findall(r"^\| (`.*?) \| ([RW ]+) \|", GREETINGS, re.MULTILINE)
    named = [name for row, _ in rows for name in re.findall(r"`([\w.-]+)`", row)]
    assert sorted(named) == sorted(ids) and len(ids) > 40
