"""Every command of the README works, and what it shows is true."""
import re
import shutil
import subprocess

import pytest
from conftest import ROOT



def commands(text):
    return [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines() if line]


README = (ROOT / "README.md").read_text(encoding="utf-8")
GREETINGS = (ROOT / "docs/greetings.md").read_text(encoding="utf-8")
COMMANDS = commands(README)
# These need a person at a terminal; test_call.py takes the same calls in tmux.
LIVE = [command for command in COMMANDS if re.search(r"\bcall --(user|tenant)", command)]


def test_the_readme_has_commands_for_everybody():
    verbs = {command.split()[1] for command in COMMANDS if command.startswith("script/run ")}
    assert verbs == {"greeting", "messages", "run", "rules", "call", "explore", "tenant", "settings", "signin", "sms",
                     "number", "caller-id", "oath"}
    assert COMMANDS[:2] == ["script/run", "script/test"]
    assert len(LIVE) == 2


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """The repository in a folder where commands may write; what is built is shared."""
    folder = tmp_path_factory.mktemp("clone") / "poundkey"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".git", ".build", "results.xml", "my.yaml", "class.yaml"))
    (folder / ".build").symlink_to(ROOT / ".build")
    return folder


# script/test is what runs this test.
@pytest.mark.parametrize("command", [c for c in COMMANDS + [c for c in commands(GREETINGS) if c not in COMMANDS]
                                     if c not in LIVE and c != "script/test" and not c.startswith("Benchmarks/")])
def test_a_command_of_the_readme_works(command, clone):
    result = subprocess.run(command, shell=True, cwd=clone, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                            timeout=120)
    assert result.returncode == 0, result
    assert result.stdout and not result.stderr


@pytest.mark.parametrize("command", LIVE)
def test_a_live_command_of_the_readme_gets_as_far_as_the_terminal(command, clone):
    subprocess.run("script/run tenant init class.yaml --force", shell=True, cwd=clone, check=True, capture_output=True)
    result = subprocess.run(command, shell=True, cwd=clone, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert result.returncode == 4
    assert result.stderr == "error: a call needs a terminal; --scenario FILE replays one without\n"


def test_the_scenario_of_the_readme_passes(tmp_path, poundkey):
    [text] = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "readme.yaml").write_text(text)
    result = poundkey("run", tmp_path / "readme.yaml")
    assert result.code == 0, result


def test_the_steps_of_the_table_are_all_there_are():
    model = (ROOT / "Sources/ScenarioModel/Step.swift").read_text()
    verbs = re.findall(r'"(\w+)"', re.search(r"static let verbs = \[(.*?)\]", model, re.DOTALL)[1])
    table = README[README.index("| step |"):README.index("Quote the keys")]
    assert [verb for verb in verbs if f"`{verb}" not in table] == []
    reader = (ROOT / "Sources/ScenarioYAML/ScenarioReader.swift").read_text()
    keys = re.findall(r'"(\w+)"', re.search(r"givenKeys = \[(.*?)\]", reader, re.DOTALL)[1])
    given = README[README.index("`given` is what"):README.index("## Trainers")]
    assert [key for key in keys if f"`{key}`" not in given] == []


@pytest.mark.parametrize("page, word", [("README.md", "fraudConfirmation"), ("docs/greetings.md", "silence.lead")])
def test_the_picture_is_there(page, word):
    [path] = re.findall(r"!\[.*?\]\((.*?)\)", (ROOT / page).read_text(encoding="utf-8"))
    picture = ((ROOT / page).parent / path).read_text(encoding="utf-8")
    assert word in picture and "<script" not in picture and "http" not in picture.replace(
        "http://www.w3.org/2000/svg", "")


def test_the_page_on_greetings_has_every_check_with_its_severity():
    source = (ROOT / "Sources/VerificationCore/Greetings/CheckID.swift").read_text()
    ids = [spelled or name for name, spelled in re.findall(r'case (\w+)(?: = "([\w.-]+)")?\n', source)]
    rows = re.findall(r"^\| (`.*?) \| ([RW ]+) \|", GREETINGS, re.MULTILINE)
    named = [name for row, _ in rows for name in re.findall(r"`([\w.-]+)`", row)]
    assert sorted(named) == sorted(ids) and len(ids) > 40
