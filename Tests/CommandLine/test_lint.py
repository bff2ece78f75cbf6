"""What is wrong in files, or suspect: exit codes and outputs; the findings themselves are the Swift tests'."""
import json
import re

import pytest
from conftest import ROOT

LINE = "# yaml-language-server: $schema=scenario.schema.json\n"
GOOD = LINE + "scenario: Good\nsteps: [signin]\nexpect: {result: noAnswer}\n"
SUSPECT = LINE + "scenario: Suspect\nsteps: [signin]\n"


def test_a_suspect_file_is_told_with_its_place(poundkey, tmp_path):
    (tmp_path / "x.yaml").write_text(SUSPECT)
    result = poundkey("lint", "x.yaml", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert result.out == """warning[no-check]: nothing is checked: the scenario passes whatever happens
 --> x.yaml:2:11
  |
1 | # yaml-language-server: $schema=scenario.schema.json
2 | scenario: Suspect
  |           ^^^^^^^
  = hint: say what is heard, as in - hear: fraudReported, or what must hold, as in expect: {result: approved}

0 errors, 1 warning, 0 notes in 1 file
"""


@pytest.mark.parametrize("text, plain, strict", [
    (GOOD, 0, 0), (SUSPECT, 0, 1), (GOOD.replace(LINE, ""), 0, 0), (LINE + "scenario: [\n", 3, 3),
    (GOOD.replace("noAnswer", "noAnswr"), 3, 3), ("- a list\n", 3, 3), ("", 3, 3),
])
def test_exit_codes(poundkey, tmp_path, text, plain, strict):
    (tmp_path / "x.yaml").write_text(text)
    assert poundkey("lint", "x.yaml", cwd=tmp_path).code == plain
    assert poundkey("lint", "x.yaml", "--strict", cwd=tmp_path).code == strict


def test_a_tenant_with_an_error_in_how_it_is_set_up(poundkey, tmp_path):
    text = "tenant: T\nusers: [{upn: a@t.example}]\n"
    (tmp_path / "t.yaml").write_text(text)
    result = poundkey("lint", ".", cwd=tmp_path)
    assert result.code == 1 and "error[user.no-method]" in result.out
    (tmp_path / "t.yaml").write_text(text + "setings: {}\n")
    result = poundkey("lint", ".", cwd=tmp_path)
    assert result.code == 3 and "error[unknown-key]" in result.out and "error[user.no-method]" in result.out


def test_the_date_counts_for_tenants(poundkey, tmp_path):
    (tmp_path / "t.yaml").write_text("tenant: T\nsettings: {fraudAlert.enabled: true}\nusers: [{upn: a@t.example}]\n")
    assert "[retired]" not in poundkey("lint", ".", "--at", "2025-02-28", cwd=tmp_path).out
    assert "[retired]" in poundkey("lint", ".", "--at", "2025-03-01", cwd=tmp_path).out


def test_json_is_an_object_a_finding(poundkey, tmp_path):
    (tmp_path / "a.yaml").write_text(SUSPECT)
    (tmp_path / "b.yaml").write_text(SUSPECT)
    lines = [json.loads(line) for line in poundkey("lint", ".", "--json", cwd=tmp_path).out.splitlines()]
    assert [(line["id"], line["severity"], line["file"], line["line"]) for line in lines] == [
        ("no-check", "warning", "./a.yaml", 2), ("no-check", "warning", "./b.yaml", 2),
        ("same-title", "warning", "./b.yaml", 2)]
    assert all(list(line) == ["id", "severity", "message", "remedy", "file", "line", "column"] for line in lines)


def test_no_pin_is_shown(poundkey, tmp_path):
    (tmp_path / "t.yaml").write_text("tenant: T\nusers: [{upn: a@t.example, pin: '8362'}]\nsettings: {fraudAlert.code: '8362'}\n")
    result = poundkey("lint", ".", cwd=tmp_path)
    assert result.code == 3 and "pin-is-report-code" in result.out and "8362" not in result.out + result.err


def test_paths(poundkey, tmp_path):
    assert poundkey("lint", "nowhere", cwd=tmp_path).code == 2
    assert poundkey("lint", cwd=tmp_path).code == 2
    assert poundkey("lint", ".", cwd=tmp_path).code == 5


def test_shipped_files_have_no_warnings(poundkey):
    result = poundkey("lint", "scenarios", "--strict", cwd=ROOT)
    assert result.code == 0, result
    assert result.out.splitlines()[-1].startswith("0 errors, 0 warnings, ")


def test_the_page_for_editors_lists_what_lint_finds(poundkey):
    page = (ROOT / "docs/editors.md").read_text()
    listed = re.findall(r"^\| `([a-z]+-[a-z]+)` \|", page, re.MULTILINE)
    told = poundkey("lint", "--help").out.replace("\n", " ")
    ids = re.search(r"probably not meant: (.*?)\. Notes", re.sub(r" +", " ", told))[1].split(", ")
    assert sorted(listed) == sorted(ids)


def test_it_reads_no_more_than_run_does_unless_allowed(poundkey, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.yaml").write_text(LINE + "scenario: S\ngiven: {tenant: ../t.yaml}\nsteps: [signin]\n"
                                        "expect: {result: noAnswer}\n")
    (tmp_path / "t.yaml").write_text(LINE + "tenant: T\nusers: [{upn: a@t.example, phone: \"+44 7700900120\"}]\n")
    refused = poundkey("lint", "a.yaml", cwd=tmp_path / "in")
    assert refused.code == 3 and "lies outside the folders of the scenarios" in refused.out
    assert poundkey("run", "a.yaml", cwd=tmp_path / "in").code == 3
    assert poundkey("lint", "a.yaml", "--allow-outside", cwd=tmp_path / "in").code == 0
    assert poundkey("lint", "in", cwd=tmp_path).code == 0
