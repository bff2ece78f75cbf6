"""poundkey explore and poundkey diagram."""
import json
from pathlib import Path

import pytest
from conftest import ROOT

SHIPPED = ROOT / "scenarios/explore"
SMALL = """explore: Small
given: {user: omar@larkspur.example}
alphabet: {keys: [pound, "0"], events: [silence, hangup]}
"""


@pytest.fixture
def small(tmp_path):
    def write(more="", name="small.yaml"):
        path = tmp_path / name
        path.write_text(SMALL + more)
        return path

    return write


# Those of a whole service have steps of their own, and test_explore_service.py.
OF_A_CALL = [path for path in sorted(SHIPPED.glob("*.yaml")) if "\nsteps:" not in path.read_text()]


@pytest.mark.parametrize("path", OF_A_CALL, ids=lambda path: path.stem)
def test_the_shipped_explorations_are_complete_and_hold(poundkey, path):
    result = poundkey("explore", path, "--require-complete", "--json")
    assert result.code == 0, result
    found = json.loads(result.out)
    assert found["complete"] and found["collisionChance"] == "0"
    assert found["seconds"] < 30
    assert {one["ruling"] for one in found["properties"]} <= {"holds", "shown"}
    always = {one["property"] for one in found["properties"] if one["property"].startswith("always ")}
    assert always == {f"always {name}" for name in
                      ["oneOutcome", "oneRecord", "namedAnswers", "staleIgnored", "oneDeadline"]}
    assert "alwaysEnds within 300 s" in {one["property"] for one in found["properties"]}
    assert all(one["replays"] is not False for one in found["properties"])


def test_every_message_plays_in_some_run(poundkey):
    found = json.loads(poundkey("explore", SHIPPED / "every-message.yaml", "--json").out)
    assert len(found["heard"]) == 18


def test_the_report_for_people(poundkey, small):
    result = poundkey("explore", small("properties: {never: [{result: denied}], possible: [{result: approved}]}\n"))
    assert result.code == 1
    assert "COMPLETE" in result.out and "INCOMPLETE" not in result.out
    assert "✗ never {result: denied}" in result.out and "✓ possible {result: approved}" in result.out
    assert "♪ authenticationDenied" in result.out
    assert all(len(line) <= 80 for line in result.out.splitlines()), result
    assert "\x1b" not in result.out


def test_a_counterexample_is_a_scenario_that_run_reproduces(poundkey, small, tmp_path):
    path = small('properties: {never: [{result: fraudReported}, {result: denied}]}\n')
    result = poundkey("explore", path, "--emit", tmp_path / "found")
    assert result.code == 1
    assert result.err == f"wrote {tmp_path}/found/small-1.yaml\nwrote {tmp_path}/found/small-2.yaml\n"
    run = poundkey("run", tmp_path / "found")
    assert run.code == 0 and "2 passed, 0 failed" in run.out
    text = (tmp_path / "found/small-1.yaml").read_text()
    assert 'keys: "0#"' in text and text.startswith("# yaml-language-server: $schema=scenario.schema.json\n")
    assert poundkey("fmt", "--check", tmp_path / "found").code == 0


def test_a_bound_makes_it_incomplete_and_7_where_completeness_is_required(poundkey, small):
    path = small()
    assert poundkey("explore", path, "--require-complete").code == 0
    result = poundkey("explore", path, "--depth", "3")
    assert result.code == 0
    assert "INCOMPLETE" in result.out and "the bound of 3 moves was reached" in result.out
    assert poundkey("explore", path, "--states", "5", "--require-complete").code == 7
    assert json.loads(poundkey("explore", small("bound: {depth: 2}\n"), "--json").out)["complete"] is False


def test_shortest_transitions_and_walk(poundkey, small, tmp_path):
    path = small("properties: {never: [{result: userHungUp}]}\n")
    shortest = json.loads(poundkey("explore", path, "--mode", "shortest", "--to", "{result: approved}", "--json").out)
    assert shortest["moves"] == ["the service dials", "answers", "presses #"] and shortest["replays"]
    assert poundkey("explore", path, "--mode", "shortest", "--to", "{result: carrierFailed}").code == 1
    cover = poundkey("explore", path, "--mode", "transitions", "--emit", tmp_path / "all")
    assert cover.code == 0
    run = poundkey("run", tmp_path / "all")
    assert run.code == 0 and " 0 failed" in run.out
    walk = poundkey("explore", path, "--mode", "walk", "--walks", "300", "--seed", "5", "--json")
    assert walk.code == 1
    assert json.loads(walk.out)["violations"] == ["never {result: userHungUp}"]
    assert json.loads(walk.out)["ended"] == 300


def test_coverage_says_what_scenarios_do_not_take_and_writes_them(poundkey, small, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/a.yaml").write_text(
        'scenario: T\nrules: [CALL-7]\ngiven: {user: omar@larkspur.example}\nsteps: [signin, answer, press: "#"]\n')
    result = poundkey("explore", small(), "--coverage", tmp_path / "mine", "--emit", tmp_path / "missing")
    assert result.code == 0
    assert "1 scenarios take" in result.out and "show 1 of 73 rules" in result.out
    assert "not taken: digits + # -> confirmingBlock (fraudReported)" in result.out
    assert "not taken: prompt + # -> closing (approved)" not in result.out
    assert poundkey("run", tmp_path / "missing").code == 0


@pytest.mark.parametrize("arguments, code, message", [
    (["nowhere.yaml"], 2, "error: nowhere.yaml: no such file or folder"),
    (["{small}", "--mode", "shortest"], 2, "--mode shortest needs --to"),
    (["{small}", "--to", "{{result: approved}}"], 2, "--to belongs to --mode shortest"),
    (["{small}", "--mode", "shortest", "--to", "{{reslt: approved}}"], 2, 'did you mean "result"?'),
    (["{small}", "--depth", "0"], 2, "--depth is at least 1"),
    (["{small}", "--mode", "some"], 2, "some"),
])
def test_mistakes_of_usage(poundkey, small, tmp_path, arguments, code, message):
    path = small()
    result = poundkey("explore", *[argument.format(small=path) for argument in arguments], cwd=tmp_path)
    assert result.code == code, result
    assert result.out == "" and message in result.err


def test_files_that_are_no_exploration(poundkey, tmp_path):
    (tmp_path / "empty").mkdir()
    assert poundkey("explore", tmp_path / "empty").code == 5
    (tmp_path / "a.yaml").write_text("scenario: T\nsteps: [signin]\n")
    assert poundkey("explore", tmp_path).code == 5
    result = poundkey("explore", tmp_path / "a.yaml")
    assert result.code == 3 and "this is no exploration" in result.err
    (tmp_path / "b.yaml").write_text(SMALL.replace("silence", "rightPIN").replace(
        "omar@larkspur.example", "desk@larkspur.example"))
    result = poundkey("explore", tmp_path / "b.yaml")
    assert result.code == 3 and "desk@larkspur.example has no pin" in result.err


def test_run_leaves_explorations_of_a_folder_out_and_says_what_one_is(poundkey, small, tmp_path):
    path = small()
    (tmp_path / "a.yaml").write_text("scenario: T\nsteps: [signin]\n")
    result = poundkey("run", tmp_path)
    assert result.code == 0 and "1 passed" in result.out
    result = poundkey("run", path)
    assert result.code == 3 and "poundkey explore FILE" in result.err


def test_the_diagram_is_the_committed_one_and_dot_is_dot(poundkey):
    result = poundkey("diagram", "voice")
    assert result.code == 0
    assert result.out == Path(ROOT / "docs/diagrams/voice.mmd").read_text()
    dot = poundkey("diagram", "voice", "--format", "dot")
    assert dot.code == 0 and dot.out.startswith("digraph voice {") and dot.out.count("{") == dot.out.count("}")
