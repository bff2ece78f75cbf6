"""poundkey run: which cases are run, how often, in which order, and what a script can read of it."""
import json
import os
import re
import signal
import subprocess
import time

import pytest
from conftest import POUNDKEY, wav

BUSY = "scenario: {title}\ntags: [{tags}]\nsteps:\n  - fault: {fault}\n  - signin\nexpect: {{result: busy}}\n"


@pytest.fixture
def folder(tmp_path):
    """Three files: a.yaml and b.yaml pass, c.yaml does not."""
    home = tmp_path / "cases"
    home.mkdir()
    for name, tags, fault in [("a", "fraud", "busy"), ("b", "fraud, slow", "busy"), ("c", "pin", "rejected")]:
        (home / f"{name}.yaml").write_text(BUSY.format(title=name.upper(), tags=tags, fault=fault))
    return home


def ids(result):
    return [line.split("::")[0] for line in result.out.splitlines()]


def stream(text):
    return [json.loads(line) for line in text.splitlines()]


def cases(text):
    return [record for record in stream(text) if record["type"] == "case"]


@pytest.mark.parametrize("arguments, expected", [
    (["."], "abc"), (["b.yaml", "a.yaml"], "ab"), (["./b.yaml", ".//b.yaml"], "b"), (["a.yaml:3"], "a"),
    ([".", "--tags", "fraud"], "ab"), ([".", "--tags", "fraud,!slow"], "a"), ([".", "--tags", "!slow"], "ac"),
    ([".", "--grep", "::[AC]$"], "ac"), ([".", "--case", "b.yaml::B"], "b"), (["c.yaml:6:18", "a.yaml"], "ac"),
])
def test_paths_and_filters_choose_the_cases(poundkey, folder, arguments, expected):
    result = poundkey("run", *arguments, "--list", cwd=folder)
    assert (result.code, ids(result)) == (0, [f"{name}.yaml" for name in expected])


def test_the_list_is_json_for_scripts(poundkey, folder):
    result = poundkey("run", ".", "--list", "--json", "--repeat-each", "2", cwd=folder)
    first, second = stream(result.out)[:2]
    assert first == {"id": "a.yaml::A#1", "file": "a.yaml", "title": "A", "name": None, "line": 1, "tags": ["fraud"],
                     "rules": [], "seed": "1"}
    assert (second["id"], second["seed"]) == ("a.yaml::A#2", "2")


@pytest.mark.parametrize("arguments, message", [
    (["--tags", "fruad"], '--tags fruad leaves none of the 3 cases; did you mean "fraud"?'),
    (["--grep", "zzz"], "--grep 'zzz' is found in the id of none of the 3 cases, as in a.yaml::A"),
    (["--case", "x=y"], "--case 'x=y' is none of the 3 cases; these files have no matrix"),
    (["--last-failed"], "--last-failed: no run of this folder is kept yet; run without it first"),
])
def test_nothing_left_to_run_is_5_and_says_which_filter_did_it(poundkey, folder, arguments, message):
    result = poundkey("run", ".", *arguments, cwd=folder)
    assert (result.code, result.out, result.err) == (5, "", f"error: {message}\n")


def test_a_line_behind_the_end_of_its_file_is_5_and_one_of_a_folder_is_2(poundkey, folder):
    behind = poundkey("run", "a.yaml:99", cwd=folder)
    assert (behind.code, behind.err) == (5, "error: a.yaml has 6 lines; there is no line 99\n")
    last = poundkey("run", "a.yaml:6", "a.yaml:7", cwd=folder)
    assert (last.code, last.err) == (5, "error: a.yaml has 6 lines; there is no line 7\n")
    of_folder = poundkey("run", ".:3", cwd=folder)
    assert (of_folder.code, of_folder.err) == (2, "error: . is a folder; it has no line 3\n")
    assert poundkey("run", "no.yaml:3", cwd=folder).code == 2


def test_a_file_whose_name_ends_like_a_line_is_that_file(poundkey, folder):
    (folder / "a.yaml").rename(folder / "a.yaml:3")
    assert ids(poundkey("run", "a.yaml:3", "--list", cwd=folder)) == ["a.yaml:3"]


@pytest.mark.parametrize("arguments, message", [
    (["-j", "0"], "--jobs is 1 to 256, not 0"), (["-j", "257"], "--jobs is 1 to 256, not 257"),
    (["--shard", "0/3"], "The value '0/3' is invalid for '--shard"), (["--shard", "a/b"], "The value 'a/b' is invalid"),
    (["--shard", "4/3"], "The value '4/3' is invalid"), (["--shards", "3"], "--shards says of how many"),
    (["--timings", "x"], "--timings is for --shard"), (["--max-failures", "0"], "--max-failures is 1 or more, not 0"),
    (["--repeat-each", "0"], "--repeat-each is 1 to 10000, not 0"), (["--clock", "slow"], "'slow' is invalid"),
    (["--grep", "("], '"(" is no regular expression'), (["--grep", "(a+)+"], "could search without end"),
    (["--tags", "a,,b"], "it takes tags with commas"), (["--list", "--dry-run"], "--list and --dry-run: choose one"),
    (["--list", "--report", "tap=x"], "--list writes no report"), (["--watch", "--json"], "--watch does not go with --json"),
])
def test_wrong_options_are_usage(poundkey, folder, arguments, message):
    result = poundkey("run", ".", *arguments, cwd=folder)
    assert (result.code, result.out) == (2, "")
    assert message in result.err.replace("\n", " ")


def test_a_dry_run_reads_all_and_runs_nothing(poundkey, folder):
    result = poundkey("run", ".", "--dry-run", "--tags", "fraud", "--seed", "7", cwd=folder)
    assert result.code == 0
    assert re.fullmatch(r"a.yaml  A  1 case\nb.yaml  B  1 case\n\nwould run 2 cases · seed 7, virtual clock, "
                        r"plan [0-9a-f]{16}\n", result.out)
    (folder / "d.yaml").write_text("scenario: T\nsteps: [hangupp]\n")
    broken = poundkey("run", ".", "--dry-run", cwd=folder)
    assert broken.code == 3 and 'unknown step "hangupp"' in broken.err and "would run 3 cases" in broken.out


def test_the_stream_has_the_same_bytes_whatever_j_the_order_of_paths_or_the_place_of_the_folder(poundkey, folder):
    for index in range(100):
        fault = "rejected" if index % 7 == 0 else "busy"
        (folder / f"n{index}.yaml").write_text(BUSY.format(title=index, tags="many", fault=fault))
    one = poundkey("run", ".", "--json", "-j", "1", "--seed", "5", cwd=folder)
    assert one.code == 1 and len(cases(one.out)) == 103
    for arguments in [["-j", "2"], ["-j", "16"], ["-j", "7", "c.yaml", "./a.yaml"], [folder, "-q"]]:
        assert poundkey("run", ".", "--json", "--seed", "5", *arguments, cwd=folder).out == one.out
    assert str(folder) not in one.out
    assert poundkey("run", ".", "--json", "--seed", "6", cwd=folder).out != one.out


def test_with_json_text_for_people_goes_to_stderr(poundkey, folder):
    result = poundkey("run", ".", "--json", cwd=folder)
    records = stream(result.out)
    assert [record["type"] for record in records][0] == "run" and records[-1]["type"] == "end"
    assert "2 passed, 1 failed" in result.err and "expected busy, got rejected" in result.err


def test_quiet_shows_failures_and_the_summary_only(poundkey, folder):
    result = poundkey("run", ".", "-q", cwd=folder)
    assert result.out == "\n2 passed, 1 failed · 00:04.500 of calls, seed 1\n"
    assert "rerun: poundkey run c.yaml:6 --seed 1\n" in result.err


def test_the_command_to_rerun_a_failure_shows_it_again(poundkey, folder):
    first = poundkey("run", ".", "--repeat-each", "3", "--seed", "5", cwd=folder)
    commands = re.findall(r"rerun: poundkey (.*)", first.err)
    assert commands == [f"run c.yaml:6 --seed {seed}" for seed in (5, 6, 7)]
    assert "--> c.yaml:6:18   case #2\n" in first.err
    again = poundkey(*commands[1].split(), cwd=folder)
    assert again.code == 1 and "expected busy, got rejected" in again.err


def test_rounds_have_their_numbers_and_seeds(poundkey, folder):
    result = poundkey("run", "a.yaml", "--repeat-each", "3", "--seed", "5", "--json", cwd=folder)
    assert [(case["round"], case["seed"]) for case in cases(result.out)] == [(1, 5), (2, 6), (3, 7)]
    assert "3 passed, 0 failed · 00:04.500 of calls, seed 5, 3 rounds" in result.err


def test_shuffled_cases_are_the_same_cases_in_another_order(poundkey, folder):
    for index in range(20):
        (folder / f"n{index}.yaml").write_text(BUSY.format(title=index, tags="many", fault="busy"))
    plain, first, again = (poundkey("run", ".", "--json", *options, cwd=folder)
                           for options in ([], ["--shuffle", "9"], ["--shuffle", "9", "-j", "5"]))
    assert first.out == again.out
    assert cases(first.out) != cases(plain.out)
    assert sorted(map(str, cases(first.out))) == sorted(map(str, cases(plain.out)))


@pytest.mark.parametrize("jobs", ["1", "8"])
def test_max_failures_stops_at_the_same_case_whatever_j(poundkey, folder, jobs):
    for index in range(300):
        (folder / f"n{index:03}.yaml").write_text(
            BUSY.format(title=index, tags="many", fault="rejected" if index > 9 else "busy"))
    result = poundkey("run", ".", "--max-failures", "3", "--json", "-j", jobs, cwd=folder)
    assert result.code == 1
    end = stream(result.out)[-1]
    assert (end["failed"], end["passed"], end["notRun"], end["stopped"]) == (3, 12, 288, "maxFailures")
    assert "12 passed, 3 failed, 288 not run after too many failures" in result.err


def test_last_failed_runs_what_failed_and_then_nothing(poundkey, folder):
    assert poundkey("run", ".", cwd=folder).code == 1
    assert ids(poundkey("run", ".", "--last-failed", "--list", cwd=folder)) == ["c.yaml"]
    # A part of the plan, or of the run, says nothing about the whole.
    assert poundkey("run", ".", "--shard", "1/3", cwd=folder).code == 0
    assert ids(poundkey("run", ".", "--last-failed", "--list", cwd=folder)) == ["c.yaml"]
    (folder / "c.yaml").write_text(BUSY.format(title="C", tags="pin", fault="busy"))
    assert poundkey("run", ".", "--last-failed", cwd=folder).code == 0
    done = poundkey("run", ".", "--last-failed", cwd=folder)
    assert (done.code, done.err) == (5, "error: --last-failed: nothing failed last time\n")


def failed_last(poundkey, folder):
    return ids(poundkey("run", ".", "--last-failed", "--list", cwd=folder))


def test_what_a_run_of_some_cases_did_not_choose_has_still_failed(poundkey, folder):
    (folder / "b.yaml").write_text("scenario: B\nsteps: [hangupp]\n")
    (folder / "m.yaml").write_text(MATRIX)
    assert poundkey("run", ".", cwd=folder).code == 3
    (folder / "b.yaml").write_text(BUSY.format(title="B", tags="", fault="busy"))
    assert failed_last(poundkey, folder) == ["b.yaml", "c.yaml", "m.yaml"]
    for arguments in (["a.yaml"], [".", "--tags", "fraud"], [".", "--case", "first"]):
        assert poundkey("run", *arguments, cwd=folder).code == 0
        assert failed_last(poundkey, folder) == ["b.yaml", "c.yaml", "m.yaml"], arguments
    # Run again, mended, gone: no longer.
    assert poundkey("run", "b.yaml", cwd=folder).code == 0
    assert failed_last(poundkey, folder) == ["c.yaml", "m.yaml"]
    (folder / "m.yaml").write_text(MATRIX.replace("second", "other"))
    assert poundkey("run", "m.yaml", "--case", "first", cwd=folder).code == 0
    assert failed_last(poundkey, folder) == ["c.yaml"]
    (folder / "c.yaml").unlink()
    assert poundkey("run", "a.yaml", cwd=folder).code == 0
    done = poundkey("run", ".", "--last-failed", cwd=folder)
    assert (done.code, done.err) == (5, "error: --last-failed: nothing failed last time\n")


def test_an_invalid_file_failed_too(poundkey, folder):
    (folder / "b.yaml").write_text("scenario: B\nsteps: [hangupp]\n")
    assert poundkey("run", ".", cwd=folder).code == 3
    (folder / "b.yaml").write_text(BUSY.format(title="B", tags="", fault="busy"))
    assert ids(poundkey("run", ".", "--last-failed", "--list", cwd=folder)) == ["b.yaml", "c.yaml"]


def test_a_state_folder_that_cannot_be_written_keeps_no_run_and_says_so_when_asked(poundkey, folder, tmp_path):
    (tmp_path / "file").write_text("")
    nowhere = {"XDG_STATE_HOME": f"{tmp_path}/file/state"}
    run = poundkey("run", "a.yaml", cwd=folder, env=nowhere)
    assert (run.code, run.err) == (0, "")
    asked = poundkey("run", ".", "--last-failed", cwd=folder, env=nowhere)
    assert asked.code == 5
    assert asked.err == f"error: --last-failed: no run could be kept: {tmp_path}/file is not a folder\n"
    neither = poundkey("run", ".", "--last-failed", cwd=folder, env={"XDG_STATE_HOME": "relative", "HOME": "/nonexistent"})
    assert neither.code == 5 and "neither XDG_STATE_HOME nor HOME names a folder" in neither.err


def test_reports_that_would_replace_an_input_or_each_other_are_refused(poundkey, folder):
    for reports, message in [
        (["junit=a.yaml"], "--report would overwrite a.yaml"), (["jsonl=x", "tap=./x"], ""),
        (["jsonl=-", "tap=-"], "only one report can be written to standard output"),
    ]:
        (folder / "x").write_text("")
        result = poundkey("run", ".", *[part for report in reports for part in ("--report", report)], cwd=folder)
        assert (result.code, result.out) == (2, "") and message in result.err
    earlier = folder / "earlier.jsonl"
    earlier.write_text(poundkey("run", ".", "--json", cwd=folder).out)
    same = poundkey("run", ".", "--shard", "1/2", "--timings", earlier, "--report", f"jsonl={earlier}", cwd=folder)
    assert same.code == 2 and "would overwrite" in same.err


def test_a_folder_as_a_report_is_4_and_the_result_and_the_other_reports_are_still_there(poundkey, folder):
    (folder / "out").mkdir()
    result = poundkey("run", ".", "--report", "jsonl=out", "--report", "junit=good.xml", cwd=folder)
    assert result.code == 4
    assert "2 passed, 1 failed" in result.out and "error: out cannot be written: Is a directory\n" in result.err
    assert (folder / "good.xml").read_text().startswith("<?xml")


MATRIX = """scenario: Busy, whoever it is
tags: [many]
matrix:
  rows:
    - {id: first, fault: busy, result: busy}
    - {id: second, fault: rejected,
       result: busy}
    - {id: third, fault: busy, result: busy}
steps:
  - fault: ${fault}
  - signin
expect: {result: "${result}"}
"""


@pytest.mark.parametrize("arguments, names", [
    (["m.yaml"], ["first", "second", "third"]), (["m.yaml:5"], ["first"]), (["m.yaml:7", "m.yaml:8"], ["second", "third"]),
    (["m.yaml:5", "m.yaml"], ["first", "second", "third"]), (["m.yaml:11"], ["first", "second", "third"]),
    (["m.yaml", "--case", "third"], ["third"]), (["m.yaml", "--grep", "ir"], ["first", "third"]),
])
def test_a_line_of_a_matrix_is_its_row(poundkey, folder, arguments, names):
    (folder / "m.yaml").write_text(MATRIX)
    result = poundkey("run", *arguments, "--list", cwd=folder)
    assert re.findall(r"\[(.*)\]$", result.out, re.MULTILINE) == names


def test_a_file_with_many_cases_has_one_line_with_its_count_and_names_the_case_that_failed(poundkey, folder):
    (folder / "m.yaml").write_text(MATRIX)
    result = poundkey("run", "m.yaml", "a.yaml", cwd=folder)
    assert result.out.splitlines()[:2] == [
        "✓ a.yaml  A  00:01.500 busy", "✗ m.yaml  Busy, whoever it is  00:04.500 1 of 3 failed"]
    assert re.search(r"--> m.yaml:\d+:\d+   case \[second\]\n", result.err)
    [command] = re.findall(r"rerun: poundkey (run m.yaml:\d+ --case second --seed 1)\n", result.err)
    again = poundkey(*command.split(), cwd=folder)
    assert again.code == 1 and "0 passed, 1 failed" in again.out


def test_a_skipped_file_is_told_with_its_reason(poundkey, folder):
    (folder / "m.yaml").write_text(MATRIX.replace("tags:", "skip: until the new numbers are there\ntags:"))
    result = poundkey("run", "m.yaml", cwd=folder)
    assert result.code == 0
    assert result.out == ("- m.yaml  Busy, whoever it is  00:00.000 skipped\n\nskipped:\n"
                          "  m.yaml: until the new numbers are there (3 cases)\n"
                          "0 passed, 0 failed, 3 skipped · 00:00.000 of calls, seed 1\n")


def test_a_snapshot_is_kept_with_u_and_compared_without(poundkey, folder):
    path = folder / "s.yaml"
    path.write_text("scenario: S\nsteps: [{fault: busy}, signin]\nexpect: {result: busy, snapshot: the end}\n")
    none = poundkey("run", "s.yaml", cwd=folder)
    assert none.code == 1 and 'no transcript is kept as "the end" yet' in none.err
    kept = poundkey("run", "s.yaml", "-u", cwd=folder)
    assert kept.code == 0 and kept.out.endswith("wrote s.yaml.snap\n")
    assert "=== the end\n" in (folder / "s.yaml.snap").read_text()
    assert poundkey("run", "s.yaml", cwd=folder).code == 0
    assert "wrote" not in poundkey("run", "s.yaml", "-u", cwd=folder).out
    path.write_text(path.read_text().replace("signin]", "{wait: 2s}, signin]"))
    other = poundkey("run", "s.yaml", "--json", cwd=folder)
    assert other.code == 1 and "the transcript is another one" in other.err
    assert cases(other.out)[0]["problems"][0]["id"] == "snapshot-differs"


SNAPSHOT = "scenario: S\nsteps: [{fault: FAULT}, signin]\nexpect: {result: busy, snapshot: the end}\n"
SEEDED = ("scenario: S\ngiven: {user: {upn: a@b.example, phone: '+86 13812345678'}}\nsteps: [{fault: busy}, signin]\n"
          "expect: {result: busy, snapshot: the number that calls}\n")
ROWS = """scenario: M
matrix: {rows: [{id: one, fault: busy}, {id: two, fault: busy}, {id: three, fault: rejected}]}
steps: [{fault: "${fault}"}, signin]
expect: {result: busy, snapshot: the end}
"""


def headings(path):
    return re.findall("^=== (.*)$", path.read_text(), re.MULTILINE)


def test_a_yaml_and_a_yml_keep_snapshots_of_their_own(poundkey, tmp_path):
    (tmp_path / "s.yaml").write_text(SNAPSHOT.replace("FAULT", "busy"))
    (tmp_path / "s.yml").write_text(SNAPSHOT.replace("FAULT", "rejected").replace("result: busy", "result: rejected"))
    kept = poundkey("run", ".", "-u", cwd=tmp_path)
    assert kept.code == 0 and kept.out.endswith("wrote s.yaml.snap\nwrote s.yml.snap\n")
    assert "■ busy" in (tmp_path / "s.yaml.snap").read_text() and "■ rejected" in (tmp_path / "s.yml.snap").read_text()
    assert poundkey("run", ".", cwd=tmp_path).code == 0


def test_u_takes_away_what_nothing_asks_for_any_more(poundkey, tmp_path):
    path, snap = tmp_path / "s.yaml", tmp_path / "s.yaml.snap"
    path.write_text(ROWS.replace("rejected", "busy"))
    assert poundkey("run", ".", "-u", cwd=tmp_path).code == 0
    assert headings(snap) == ["the end [one]", "the end [three]", "the end [two]"]
    path.write_text(ROWS.replace(", {id: three, fault: rejected}", ""))
    assert poundkey("run", ".", "-u", cwd=tmp_path).out.endswith("wrote s.yaml.snap\n")
    assert headings(snap) == ["the end [one]", "the end [two]"]
    path.write_text(ROWS.replace(", {id: three, fault: rejected}", "").replace(", snapshot: the end", ""))
    for options in ([], ["-u", "--case", "one"]):
        assert poundkey("run", ".", *options, cwd=tmp_path).code == 0
        assert headings(snap) == ["the end [one]", "the end [two]"]
    gone = poundkey("run", ".", "-u", cwd=tmp_path)
    assert gone.code == 0 and gone.out.endswith("removed s.yaml.snap\n") and not snap.exists()
    # What is no file of snapshots is somebody's.
    snap.write_text("mine\n")
    assert poundkey("run", ".", "-u", cwd=tmp_path).code == 0
    assert snap.read_text() == "mine\n"


def test_u_keeps_nothing_of_cases_that_fail(poundkey, tmp_path):
    path, snap = tmp_path / "s.yaml", tmp_path / "s.yaml.snap"
    path.write_text(ROWS)
    failed = poundkey("run", ".", "-u", cwd=tmp_path)
    assert failed.code == 1 and "2 passed, 1 failed" in failed.out
    assert headings(snap) == ["the end [one]", "the end [two]"]
    before = snap.read_text()
    # A case that fails now keeps what it had.
    path.write_text(ROWS.replace("id: one, fault: busy", "id: one, fault: rejected"))
    assert poundkey("run", ".", "-u", cwd=tmp_path).code == 1
    assert snap.read_text() == before


def test_u_with_a_case_leaves_the_other_rows(poundkey, tmp_path):
    path, snap = tmp_path / "s.yaml", tmp_path / "s.yaml.snap"
    path.write_text(ROWS)
    poundkey("run", ".", "-u", cwd=tmp_path)
    before = snap.read_text()
    path.write_text(ROWS.replace("signin]", "{wait: 2s}, signin]"))
    assert poundkey("run", ".", "-u", "--case", "two", cwd=tmp_path).code == 0
    one, two = (text.split("=== the end [two]\n") for text in (before, snap.read_text()))
    assert one[0] == two[0] and one[1] != two[1]
    # The row of another name, of which nothing is asked now, stays too.
    path.write_text(ROWS.replace("id: one", "id: other"))
    assert poundkey("run", ".", "-u", "--case", "two", cwd=tmp_path).code == 0
    assert headings(snap) == ["the end [one]", "the end [two]"]


def test_one_name_for_two_transcripts_of_a_case_keeps_neither(poundkey, tmp_path):
    (tmp_path / "s.yaml").write_text("scenario: S\nsteps: [{fault: busy}, signin, {expect: {snapshot: it}}, {wait: 1s}, "
                                     "signin]\nexpect: {snapshot: it}\n")
    twins = poundkey("run", ".", "-u", cwd=tmp_path)
    assert twins.code == 1 and 'the transcript is another one than was kept as "it"' in twins.err
    assert not (tmp_path / "s.yaml.snap").exists()


@pytest.mark.parametrize("jobs", ["1", "8"])
@pytest.mark.parametrize("order", [[], ["--shuffle", "3"], ["--shuffle", "8"]])
def test_of_several_rounds_the_first_is_kept(poundkey, tmp_path, jobs, order):
    (tmp_path / "s.yaml").write_text(SEEDED)
    once = poundkey("run", ".", "-u", cwd=tmp_path)
    assert once.code == 0
    kept = (tmp_path / "s.yaml.snap").read_bytes()
    (tmp_path / "s.yaml.snap").unlink()
    rounds = poundkey("run", ".", "-u", "--repeat-each", "200", "-j", jobs, *order, cwd=tmp_path)
    assert rounds.code == 0 and "200 passed" in rounds.out
    assert (tmp_path / "s.yaml.snap").read_bytes() == kept
    # Another seed is another transcript: else this would show nothing.
    assert poundkey("run", ".", "--seed", "2", cwd=tmp_path).code == 1


def test_what_is_kept_is_part_of_the_plan_where_a_case_asks_for_it(poundkey, tmp_path):
    def plan():
        return stream(poundkey("run", ".", "--json", cwd=tmp_path).out)[0]["plan"]

    path, snap = tmp_path / "s.yaml", tmp_path / "s.yaml.snap"
    path.write_text(SNAPSHOT.replace("FAULT", "busy"))
    plans = [plan()]
    poundkey("run", ".", "-u", cwd=tmp_path)
    plans.append(plan())
    snap.write_text(snap.read_text() + "one more line\n")
    plans.append(plan())
    assert len(set(plans)) == 3
    # As a step, too.
    path.write_text("scenario: S\nsteps: [signin, {expect: {snapshot: it}}]\n")
    before = plan()
    snap.write_text("")
    assert plan() != before
    path.write_text("scenario: S\nsteps: [signin]\n")
    before = plan()
    snap.write_text("# other\n")
    assert plan() == before


def test_a_report_does_not_replace_what_is_kept(poundkey, tmp_path):
    (tmp_path / "s.yaml").write_text(SNAPSHOT.replace("FAULT", "busy"))
    assert poundkey("run", ".", "-u", cwd=tmp_path).code == 0
    refused = poundkey("run", ".", "--report", "tap=s.yaml.snap", cwd=tmp_path)
    assert refused.code == 2 and "--report would overwrite s.yaml.snap" in refused.err


def test_a_pin_in_a_tag_or_the_reason_of_a_skip_is_not_listed(poundkey, tmp_path):
    (tmp_path / "pin.yaml").write_text(
        'scenario: P\ntags: ["8362"]\nskip: until 8362 is another\n'
        'given:\n  set: {pin.mode: true}\n  user: {upn: omar@larkspur.example, pin: "8362"}\nsteps: [signin]\n')
    dry = poundkey("run", ".", "--dry-run", cwd=tmp_path)
    assert dry.code == 0 and "skipped: until •••• is another" in dry.out and "8362" not in dry.out
    listed = poundkey("run", ".", "--list", "--json", cwd=tmp_path)
    assert stream(listed.out)[0]["tags"] == ["••••"]
    hint = poundkey("run", ".", "--tags", "zzz", cwd=tmp_path)
    assert hint.code == 5 and "the tags are: ••••" in hint.err and "8362" not in hint.err


@pytest.mark.parametrize("options, expected", [
    (["--tags", "pin,slow"], "bc"), (["--tags", "fraud, ! slow"], "a"), (["--tags", "fraud", "--grep", "B"], "b"),
    (["--grep", "^b\\.yaml"], "b"), (["--grep", "B$", "--tags", "slow"], "b"),
])
def test_what_tags_and_grep_leave_is_what_is_run(poundkey, folder, options, expected):
    result = poundkey("run", ".", *options, "--json", cwd=folder)
    assert [case["path"] for case in cases(result.out)] == [f"{name}.yaml" for name in expected]


def test_a_file_whose_name_begins_with_a_dash_can_be_run_again(poundkey, tmp_path):
    (tmp_path / "-x.yaml").write_text(BUSY.format(title="X", tags="x", fault="rejected"))
    result = poundkey("run", ".", cwd=tmp_path)
    [command] = re.findall(r"rerun: poundkey (run \./-x\.yaml:6 --seed 1)\n", result.err)
    again = poundkey(*command.split(), cwd=tmp_path)
    assert again.code == 1 and "0 passed, 1 failed" in again.out


@pytest.mark.parametrize("files", [
    {"a.yaml": "scenario: A\nsteps: [{use: ../f.yaml}]\n", "../f.yaml": "fragment: F\nsteps: [signin]\n"},
    {"a.yaml": "scenario: A\nsteps: [{use: f.yaml}]\n", "f.yaml": "fragment: F\nsteps: [{use: ../g.yaml}]\n",
     "../g.yaml": "fragment: G\nsteps: [signin]\n"},
    {"a.yaml": "scenario: A\nmatrix: {csv: ../r.csv}\nsteps: [{fault: '${fault}'}, signin]\n",
     "../r.csv": "fault\nbusy\n"},
    {"a.yaml": "scenario: A\ngiven: {tenant: t.yaml, user: a@b.example}\nsteps: [signin]\n",
     "t.yaml": "tenant: T\nusers: [{upn: a@b.example, phone: '+33 612345678'}]\n"
               "greetings: [{message: greetingStandard, language: en, file: ../w.wav}]\n", "../w.wav": wav(3)},
])
def test_no_piece_of_any_kind_lies_outside_unless_allowed(poundkey, tmp_path, files):
    (tmp_path / "in").mkdir()
    for name, content in files.items():
        path = tmp_path / "in" / name
        path.write_bytes(content) if isinstance(content, bytes) else path.write_text(content)
    refused = poundkey("run", "a.yaml", cwd=tmp_path / "in")
    assert refused.code == 3 and refused.err.count("error[") == 1
    assert "lies outside the folders of the scenarios" in refused.err and "--allow-outside" in refused.err
    assert poundkey("run", "a.yaml", "--allow-outside", cwd=tmp_path / "in").code == 0


def test_pieces_of_a_scenario_lie_in_the_folders_of_the_run_unless_allowed(poundkey, tmp_path):
    (tmp_path / "in").mkdir()
    assert poundkey("tenant", "init", "our.yaml", cwd=tmp_path).code == 0
    (tmp_path / "in/a.yaml").write_text("scenario: A\ngiven: {tenant: ../our.yaml}\nsteps: [signin]\n")
    refused = poundkey("run", "a.yaml", cwd=tmp_path / "in")
    assert refused.code == 3
    assert "lies outside the folders of the scenarios" in refused.err and "--allow-outside" in refused.err
    assert poundkey("run", "a.yaml", "--allow-outside", cwd=tmp_path / "in").code == 0
    assert poundkey("run", "in/a.yaml", cwd=tmp_path).code == 0
    # A link is where it leads.
    (tmp_path / "in/here.yaml").symlink_to(tmp_path / "our.yaml")
    (tmp_path / "in/a.yaml").write_text("scenario: A\ngiven: {tenant: here.yaml}\nsteps: [signin]\n")
    assert poundkey("run", "a.yaml", cwd=tmp_path / "in").code == 3
    # A scenario that was named is read wherever it lies.
    assert poundkey("run", tmp_path / "in/a.yaml", cwd=tmp_path / "in").code == 3
    assert poundkey("run", tmp_path / "in/a.yaml", cwd=tmp_path).code == 0


@pytest.mark.parametrize("choice, traced", [("off", []), ("on", ["a.yaml", "c.yaml"]), ("on-failure", ["c.yaml"])])
def test_a_trace_is_in_the_stream_where_it_is_asked_for(poundkey, folder, choice, traced):
    result = poundkey("run", "a.yaml", "c.yaml", "--trace", choice, "--json", cwd=folder)
    assert [case["path"] for case in cases(result.out) if case.get("trace")] == traced


def test_nobody_reading_standard_output_keeps_no_report_from_being_written(folder):
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run([POUNDKEY, "run", ".", "--report", "junit=out.xml"], cwd=folder, stdout=writer,
                            stderr=subprocess.PIPE, text=True)
    os.close(writer)
    assert result.returncode == 4
    assert result.stderr.endswith("error: the output cannot be written: Broken pipe\n")
    assert (folder / "out.xml").read_text().startswith("<?xml")


def test_real_time_takes_real_time_and_plays_many_calls_at_once(poundkey, folder):
    (folder / "c.yaml").unlink()
    start = time.monotonic()
    real = poundkey("run", ".", "--clock", "real", "--json", cwd=folder)
    took = time.monotonic() - start
    assert real.code == 0 and 1.5 <= took < 2.9  # two calls of 1.5 s, not one after the other
    assert cases(real.out) == cases(poundkey("run", ".", "--json", cwd=folder).out)
    assert stream(real.out)[0]["clock"] == "real"


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_told_to_stop_it_tells_what_was_run_and_pretends_nothing(poundkey, folder, number, code):
    state = {**os.environ, "XDG_STATE_HOME": f"{folder.parent}-state"}
    assert subprocess.run([POUNDKEY, "run", "."], cwd=folder, env=state, capture_output=True).returncode == 1
    for path in folder.iterdir():
        path.write_text(path.read_text() + "  \n")
    failing = (folder / "c.yaml").read_text()
    (folder / "c.yaml").write_text("scenario: Long\nsteps: [{wait: 10m}, signin]\n")
    process = subprocess.Popen([POUNDKEY, "run", ".", "--clock", "real", "--report", "jsonl=out.jsonl"], cwd=folder,
                               env=state, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if (folder / "out.jsonl").exists() and (folder / "out.jsonl").read_text().count('"type":"case"') == 2:
            break
        time.sleep(0.02)
    process.send_signal(number)
    out, _ = process.communicate(timeout=10)
    assert process.returncode == code
    assert "2 passed, 0 failed, 1 not run, interrupted" in out
    end = stream((folder / "out.jsonl").read_text())[-1]
    assert (end["type"], end["passed"], end["notRun"], end["stopped"]) == ("end", 2, 1, "interrupted")
    # What failed before is not forgotten for it.
    (folder / "c.yaml").write_text(failing)
    assert failed_last(poundkey, folder) == ["c.yaml"]


def test_a_pin_in_no_list_no_state_and_no_stream(poundkey, tmp_path):
    (tmp_path / "pin.yaml").write_text(
        'scenario: The PIN 8362\ngiven:\n  set: {pin.mode: true}\n  user: {upn: omar@larkspur.example, pin: "8362"}\n'
        'steps:\n  - signin\n  - answer\n  - press: "8362#"\n  - hear: retryPIN\n')
    shown = [poundkey("run", "pin.yaml", *options, cwd=tmp_path)
             for options in (["--json"], ["--list"], ["--list", "--json"], ["--dry-run"], ["--grep", "zzz"])]
    kept = [path.read_text() for path in (tmp_path.parent / f"{tmp_path.name}-state").rglob("*") if path.is_file()]
    assert len(kept) == 1 and "The PIN ••••" in kept[0]
    assert all("8362" not in result.out + result.err for result in shown)
    assert ids(poundkey("run", "pin.yaml", "--last-failed", "--list", cwd=tmp_path)) == ["pin.yaml"]


def test_a_skipped_step_is_told_wherever_the_case_is(poundkey, tmp_path):
    (tmp_path / "s.yaml").write_text("scenario: S\nsteps:\n  - fault: busy\n  - signin: call\n"
                                     "  - expect: {result: approved}\n    skip: Not agreed yet\n")
    result = poundkey("run", "s.yaml", "--report", "jsonl=s.jsonl", "--report", "junit=s.xml", cwd=tmp_path)
    assert result.code == 0
    assert "skipped steps:\n  s.yaml:5:5: Not agreed yet\n" in result.out
    [case] = [json.loads(line) for line in (tmp_path / "s.jsonl").read_text().splitlines() if '"type":"case"' in line]
    assert case["skippedSteps"] == ["s.yaml:5:5: Not agreed yet"]
    assert "<system-out>skipped step s.yaml:5:5: Not agreed yet</system-out>" in (tmp_path / "s.xml").read_text()
    merged = poundkey("merge", "s.jsonl", "--report", "jsonl=again.jsonl", cwd=tmp_path)
    assert merged.code == 0
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "s.jsonl").read_bytes()


def test_a_failure_in_a_named_row_tells_what_the_row_holds(poundkey, tmp_path):
    (tmp_path / "r.yaml").write_text("scenario: R\nmatrix: {rows: [{id: one, fault: busy, result: approved}]}\n"
                                     "steps:\n  - fault: ${fault}\n  - signin: call\nexpect: {result: \"${result}\"}\n")
    assert "= row: fault=busy,result=approved\n" in poundkey("run", "r.yaml", cwd=tmp_path).err


def test_what_is_quoted_is_what_was_read(tmp_path):
    """A file that changes while it runs does not put other lines under the caret, nor another PIN into the open."""
    text = ("scenario: W\ngiven: {set: {pin.mode: true}, user: {upn: a@b.example, phone: \"+33 612345678\", pin: \"8362\"}}\n"
            "steps:\n  - signin: call\n  - answer: {after: 1s}\n  - press: {keys: \"8362#\", during: retryPIN}\n")
    file = tmp_path / "w.yaml"
    file.write_text(text)
    run = subprocess.Popen([POUNDKEY, "run", "w.yaml", "--clock", "real", "--json"], cwd=tmp_path, text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    first = run.stdout.readline()
    assert '"type":"run"' in first
    file.write_text(text.replace("8362", "9471").replace("steps:", "tags: [x]\nsteps:"))
    out, err = first + run.stdout.read(), run.stderr.read()
    assert run.wait(timeout=60) == 1
    assert "9471" not in out + err and "8362" not in out + err
    assert 'press: {keys: \\"••••#\\", during: retryPIN}' in out


def test_pieces_may_lie_anywhere_in_the_git_work_tree_of_a_path_but_not_in_what_git_keeps(poundkey, tmp_path):
    scenarios = tmp_path / "repo/scenarios/fraud"
    scenarios.mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (scenarios / "a.yaml").write_text("scenario: S\nsteps:\n  - use: {fragment: ../fragments/f.yaml}\n")
    fragments = tmp_path / "repo/scenarios/fragments"
    fragments.mkdir()
    (fragments / "f.yaml").write_text("fragment: F\nsteps: [signin]\n")
    (tmp_path / "outside.yaml").write_text("fragment: F\nsteps: [signin]\n")
    refused = poundkey("run", scenarios, cwd=tmp_path / "elsewhere")
    assert refused.code == 3 and "lies outside" in refused.err
    # Of a linked work tree .git is a file.
    (tmp_path / "repo/.git").write_text("gitdir: /nowhere\n")
    assert poundkey("run", scenarios, cwd=tmp_path / "elsewhere").code == 0
    assert poundkey("run", scenarios / "a.yaml", cwd=tmp_path / "elsewhere").code == 0
    (tmp_path / "repo/.git").unlink()
    (tmp_path / "repo/.git").mkdir()
    (tmp_path / "repo/.git/f.yaml").write_text("fragment: F\nsteps: [signin]\n")
    for name in ("../../.git/f.yaml", "../../../outside.yaml"):
        (scenarios / "a.yaml").write_text(f"scenario: S\nsteps:\n  - use: {{fragment: {name}}}\n")
        refused = poundkey("run", scenarios, cwd=tmp_path / "elsewhere")
        assert refused.code == 3 and "lies outside" in refused.err


# A line of a name could be a command to who reads the log.
HOSTILE = "y\n::error::x'\u202e.yaml"


def test_the_name_of_a_file_begins_no_line_and_its_command_can_be_pasted(poundkey, tmp_path):
    (tmp_path / HOSTILE).write_text("scenario:  S\nsteps:\n  - signin\nexpect: {result: approved}\n")
    (tmp_path / ("broken-" + HOSTILE)).write_text("scenario: S\nsteps: [nothing]\n")
    result = poundkey("run", ".", "--transcript", cwd=tmp_path)
    assert result.code == 3
    shown = "y\\u{A}::error::x'\\u{202E}.yaml"
    assert f"--> {shown}:4:" in result.err and f"--> broken-{shown}:2:9\n" in result.err
    assert "\u202e" not in result.out + result.err
    [command] = re.findall("= rerun: poundkey (.*)\n", result.err)
    assert command == "run $'y\\n::error::x\\'\\342\\200\\256.yaml:4' --seed 1"
    again = subprocess.run(["bash", "-c", f"{POUNDKEY} {command}"], cwd=tmp_path, capture_output=True, text=True)
    assert again.returncode == 1 and "1 failed" in again.stdout
    # No other verb lets it through either.
    for arguments in (["run", HOSTILE + "x"], ["run", HOSTILE + ":99"], ["lint", "."], ["lint", HOSTILE + "x"],
                      ["fmt", "--check", "."], ["run", ".", "--list"], ["run", ".", "--report", "junit=junit.xml"]):
        told = poundkey(*arguments, cwd=tmp_path)
        assert told.code != 0 and "::error" in told.out + told.err, arguments
        assert "\n::error" not in told.out + told.err, arguments


def test_times_are_shown_in_the_zone_of_the_scenario(poundkey):
    result = poundkey("run", "scenarios/block/across-summer-time.yaml", "--transcript", "--trace", "on", "--json")
    assert result.code == 0
    assert "2025-04-15T10:00:00+02:00" in result.err and "2025-04-15T08:00:00Z" not in result.err
    assert result.out.count("2025-04-15T10:00:00+02:00") >= 2 and "2025-04-15T08:00:00Z" not in result.out
