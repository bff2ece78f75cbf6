"""The stream of a run: every line is as its schema says, and holds no secret."""
import json
import re

import jsonschema
import pytest
from conftest import ROOT

SECRET = """scenario: The PIN 8362 in a title
tags: ["8362"]
given:
  set: {pin.mode: enabled}
  user: {upn: omar@larkspur.example, pin: "8362"}
steps:
  - admin: {block: omar@larkspur.example, reason: "knows 8362"}
  - admin: {unblock: omar@larkspur.example, reason: "8362"}
  - signin
  - answer
  - press: "8362#"
expect: {records: [{signin: "8362"}]}
"""


@pytest.fixture(scope="module")
def schema():
    told = json.loads((ROOT / "docs/run-stream.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(told)
    return jsonschema.Draft202012Validator(told)


def wrong(schema, line):
    return [error.message for error in schema.iter_errors(line)]


def test_every_line_of_a_run_of_all_shipped_scenarios_is_as_the_schema_says(poundkey, tmp_path, schema):
    (tmp_path / "bad.yaml").write_text(SECRET)
    (tmp_path / "none.yaml").write_text("scenario: T\nsteps: [hangupp]\n")
    (tmp_path / "skipped.yaml").write_text("scenario: T\nskip: not today\nsteps: [signin]\n")
    poundkey("run", "scenarios", tmp_path, "--report", f"jsonl={tmp_path}/s.jsonl", "--trace", "on", cwd=ROOT)
    lines = [json.loads(line) for line in (tmp_path / "s.jsonl").read_text().splitlines()]
    assert [line["type"] for line in lines[:2]] == ["run", "plan"] and lines[-1]["type"] == "end"
    assert {line["type"] for line in lines} == {"run", "plan", "invalid", "recording", "case", "end"}
    for line in lines:
        assert not wrong(schema, line), line
    # And the schema would notice.
    case = next(line for line in lines if line["type"] == "case")
    for key in ("number", "status", "moments"):
        assert wrong(schema, {name: value for name, value in case.items() if name != key})
    assert wrong(schema, {**case, "moments": [{"at": 1, "what": "key"}]})
    assert wrong(schema, {**case, "moments": [{"at": 1, "what": "answer", "more": 1}]})


def test_the_page_names_every_key_and_every_moment_of_the_schema(schema):
    page = (ROOT / "docs/run-stream.md").read_text()
    words = set(re.findall(r"\w+", page))
    definitions = schema.schema["$defs"]
    for name in ("run", "plan", "recording", "case", "end"):
        assert set(definitions[name]["properties"]) - {"type"} <= words
    for moment in definitions["moment"]["oneOf"]:
        assert moment["properties"]["what"]["const"] in words
        assert set(moment["properties"]) <= words, moment


def test_no_report_holds_a_pin(poundkey, tmp_path):
    (tmp_path / "secret.yaml").write_text(SECRET)
    kinds = ("jsonl", "junit", "tap", "html", "github")
    options = [part for kind in kinds for part in ("--report", f"{kind}={tmp_path}/out.{kind}")]
    result = poundkey("run", tmp_path / "secret.yaml", "--trace", "on", *options)
    assert result.code == 1
    for text in [result.out, result.err, *((tmp_path / f"out.{kind}").read_text() for kind in kinds)]:
        assert "8362" not in text
    assert "••••" in (tmp_path / "out.jsonl").read_text()


def test_tap_is_as_tap_14_wants_it(poundkey, tmp_path):
    (tmp_path / "secret.yaml").write_text(SECRET)
    poundkey("run", "scenarios", tmp_path, "--report", f"tap={tmp_path}/out.tap", cwd=ROOT)
    lines = (tmp_path / "out.tap").read_text().splitlines()
    assert lines[0] == "TAP version 14"
    points, inside, blocks = [], False, 0
    for line in lines[1:-1]:
        if inside:
            assert line.startswith("  "), line
            inside = line != "  ..."
        elif line == "  ---":
            assert points, "a block belongs to a point"
            inside, blocks = True, blocks + 1
        elif not line.startswith("#"):
            point = re.fullmatch(r"(not )?ok (\d+) - ((?:[^\\#]|\\[\\#])*)( # SKIP (?:[^\\#]|\\[\\#])*)?", line)
            assert point, line
            points.append(int(point[2]))
    assert not inside and blocks == 1
    assert points == list(range(1, len(points) + 1))
    assert lines[-1] == f"1..{len(points)}"
