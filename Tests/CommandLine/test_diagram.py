"""Diagrams are drawn from the machines, and the committed ones are not stale."""
import re
import subprocess

import pytest
from conftest import ROOT

SUBJECTS = ["voice", "sms", "challenge", "signin"]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_committed_diagram_is_what_the_machine_draws(poundkey, subject):
    result = poundkey("diagram", subject)
    assert (result.code, result.err) == (0, "")
    committed = (ROOT / f"docs/diagrams/{subject}.mmd").read_text(encoding="utf-8")
    assert result.out == committed, f"stale: script/run diagram {subject} > docs/diagrams/{subject}.mmd"


def test_the_diagram_of_the_readme_is_the_committed_one():
    [block] = re.findall(r"```mermaid\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block == (ROOT / "docs/diagrams/voice.mmd").read_text(encoding="utf-8")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_graphviz_draws_it_without_a_word(poundkey, subject):
    result = poundkey("diagram", subject, "--format", "dot")
    assert (result.code, result.err) == (0, "")
    drawn = subprocess.run(["dot", "-Tsvg"], input=result.out, capture_output=True, text=True)
    assert (drawn.returncode, drawn.stderr) == (0, "")
    assert drawn.stdout.count('class="node"') >= 3 and drawn.stdout.count('class="edge"') >= 3


def test_the_diagram_of_a_sign_in_has_every_gate_in_order(poundkey):
    gates = ["account", "risk", "device", "required", "location", "remembered", "legacyClient", "registration", "method",
             "blocked", "lockedOut", "duplicate", "throttled", "verification"]
    lines = poundkey("diagram", "signin").out.splitlines()
    for before, after in zip(gates, gates[1:]):
        assert f"  {before} --> {after}" in lines


def test_a_diagram_that_there_is_not_is_usage(poundkey):
    result = poundkey("diagram", "fax")
    assert (result.code, result.out) == (2, "")
    assert "The value 'fax' is invalid" in result.err
