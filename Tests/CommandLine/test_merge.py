"""poundkey merge: the streams of shards become the stream of the whole run, or it says what is missing."""
import json
import os
import random
import re
import resource
import subprocess

import pytest
from conftest import POUNDKEY, ROOT
from junitparser import JUnitXml

BAD = "scenario: Not busy\nsteps:\n  - fault: rejected\n  - signin\nexpect: {result: busy}\n"
HANGS_UP = "scenario: Hangs up\nsteps:\n  - signin\n  - answer\n  - wait: 2s\n  - hangup\nexpect: {result: approved}\n"
MATRIX = """scenario: Busy
matrix:
  rows:
    - {id: first, fault: busy}
    - {id: second, fault: busy}
steps:
  - fault: ${fault}
  - signin
expect: {result: busy}
"""
INVALID = "scenario: T\nsteps: [hangupp]\n"


def stream_of(poundkey, tmp_path, *paths, code=0):
    result = poundkey("run", *paths, "--report", f"jsonl={tmp_path}/whole.jsonl", "--seed", "5", cwd=ROOT)
    assert result.code == code, result
    return (tmp_path / "whole.jsonl").read_bytes()


def shard(whole, index, count, keep=lambda number: True):
    """The stream that shard `index` of `count` would have written: every count-th case."""
    lines = [json.loads(line) for line in whole.splitlines()]
    recordings = {line["key"]: line for line in lines if line["type"] == "recording"}
    out, told = [], set()
    tally = {"passed": 0, "failed": 0, "skipped": 0, "length": 0}
    for line in lines:
        if line["type"] == "run":
            out.append({**line, "shard": f"{index}/{count}"})
        elif line["type"] in ("plan", "invalid"):
            out.append(line)
        elif line["type"] == "case" and line["number"] % count == index % count and keep(line["number"]):
            for moment in line["moments"]:
                key = moment.get("recording")
                if key and key not in told:
                    told.add(key)
                    out.append(recordings[key])
            tally[line["status"]] += 1
            tally["length"] += line["length"]
            out.append(line)
        elif line["type"] == "end":
            out.append({**line, **tally})
    return b"".join(json.dumps(line, separators=(",", ":"), ensure_ascii=False).encode() + b"\n" for line in out)


def case_id(case):
    return f"{case['path']}::{case['title']}" + (f"[{case['name']}]" if case["name"] else "")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    subprocess.run([POUNDKEY, "run", "scenarios", "--report", f"jsonl={folder}/whole.jsonl", "--seed", "5"], cwd=ROOT,
                   check=True, capture_output=True)
    return (folder / "whole.jsonl").read_bytes()


def write_shards(folder, whole, count=7):
    paths = []
    for index in range(1, count + 1):
        path = folder / f"shard-{index}.jsonl"
        path.write_bytes(shard(whole, index, count))
        paths.append(path)
    return paths


def test_the_shards_together_are_the_whole_run_byte_by_byte_in_whatever_order(poundkey, tmp_path, whole):
    paths = write_shards(tmp_path, whole)
    for order in (paths, paths[::-1]):
        result = poundkey("merge", *order, "--report", f"jsonl={tmp_path}/merged.jsonl")
        assert (result.code, result.err) == (0, ""), result
        assert (tmp_path / "merged.jsonl").read_bytes() == whole
    assert f"{json.loads(whole.splitlines()[-1])['passed']} passed, 0 failed" in result.out


def test_a_run_without_shards_merges_with_itself(poundkey, tmp_path, whole):
    (tmp_path / "w.jsonl").write_bytes(whole)
    result = poundkey("merge", tmp_path / "w.jsonl", "--report", "jsonl=-")
    assert result.code == 0 and result.out.encode() == whole
    # What people read goes elsewhere.
    assert "passed, 0 failed" in result.err


def test_what_is_no_file_is_4(poundkey, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", "/dev/null"):
        result = poundkey("merge", path)
        assert result.code == 4, result
        assert f"error: {path} is no regular file, and a stream is read twice" in result.err


def test_a_missing_shard_is_6_with_the_cases_that_are_missing(poundkey, tmp_path, whole):
    paths = write_shards(tmp_path, whole)
    result = poundkey("merge", *paths[:2], *paths[3:], "--report", f"junit={tmp_path}/out.xml")
    cases = [json.loads(line) for line in whole.splitlines()]
    lost = [case_id(c) for c in cases if c["type"] == "case" and c["number"] % 7 == 3]
    total = sum(c["type"] == "case" for c in cases)
    assert result.code == 6
    assert "error: shard 3/7 is missing" in result.err
    assert f"error: {len(lost)} of {total} cases are missing:\n" in result.err
    for name in lost[:20]:
        assert f"  {name}\n" in result.err
    for name in lost[20:]:
        assert name not in result.err
    if len(lost) > 20:
        assert f"and {len(lost) - 20} more; --json lists all" in result.err
    # What is there is reported, and does not pretend to be all.
    suite = next(iter(JUnitXml.fromfile(str(tmp_path / "out.xml"))))
    assert {p.name: p.value for p in suite.properties()}["stopped"] == "incomplete"
    assert suite.tests == total - len(lost)


def test_json_lists_every_missing_case(poundkey, tmp_path, whole):
    paths = write_shards(tmp_path, whole, 2)
    result = poundkey("merge", paths[0], "--json")
    assert result.code == 6
    told = json.loads(result.out)
    lost = [json.loads(line) for line in paths[1].read_bytes().splitlines()]
    assert told["complete"] is False
    assert told["problems"] == ["shard 2/2 is missing"]
    assert told["missing"] == [case_id(c) for c in lost if c["type"] == "case"]


@pytest.mark.parametrize("cut, says", [
    (lambda lines: b"".join(lines[:-1]), "was cut off after"),
    (lambda lines: b"".join(lines[:-1]) + lines[-1][:20], "was cut off after"),
    (lambda lines: b"".join(lines[:-2]) + lines[-2][:200], "was cut off after"),
    (lambda lines: b"", "is empty: its run wrote nothing"),
])
def test_a_stream_that_was_cut_off_is_6_and_says_how_far_it_got(poundkey, tmp_path, whole, cut, says):
    paths = write_shards(tmp_path, whole, 2)
    lines = paths[1].read_bytes().splitlines(keepends=True)
    paths[1].write_bytes(cut(lines))
    result = poundkey("merge", *paths)
    assert result.code == 6
    assert f"error: {paths[1]} {says}" in result.err


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """The stream of three cases, which fail, with a file that cannot be run."""
    folder = tmp_path_factory.mktemp("broken")
    for name, text in [("a", BAD), ("b", BAD), ("c", HANGS_UP), ("d", INVALID)]:
        (folder / f"{name}.yaml").write_text(text)
    process = subprocess.run([POUNDKEY, "run", ".", "--trace", "on", "--report", "jsonl=whole.jsonl"], cwd=folder,
                             capture_output=True)
    assert process.returncode == 3
    return (folder / "whole.jsonl").read_bytes()


def index_of(lines, kind):
    return next(index for index, line in enumerate(lines) if json.loads(line)["type"] == kind)


CUTS = {
    "empty": lambda lines: [],
    "header": lambda lines: lines[:1],
    "plan": lambda lines: lines[:2],
    "invalid": lambda lines: lines[:index_of(lines, "invalid")],
    "cases": lambda lines: lines[:index_of(lines, "case")],
}


@pytest.mark.parametrize("where", CUTS)
@pytest.mark.parametrize("which", [0, 1, 2])
def test_whichever_shard_is_cut_wherever_the_plan_and_the_other_cases_are_there(poundkey, tmp_path, broken, which, where):
    paths = write_shards(tmp_path, broken, 3)
    paths[which].write_bytes(b"".join(CUTS[where](paths[which].read_bytes().splitlines(keepends=True))))
    result = poundkey("merge", *paths, "--json", "--report", f"jsonl={tmp_path}/m.jsonl")
    assert result.code == 6, result
    told = json.loads(result.out)
    whole = [json.loads(line) for line in broken.splitlines()]
    merged = [json.loads(line) for line in (tmp_path / "m.jsonl").read_bytes().splitlines()]
    lost = which + 1
    assert told["missing"] == [case_id(c) for c in whole if c["type"] == "case" and c["number"] == lost]
    assert (told["result"]["failed"], told["result"]["invalid"], told["result"]["missing"]) == (2, 1, 1)
    for kind in ("plan", "invalid"):
        assert [line for line in merged if line["type"] == kind] == [line for line in whole if line["type"] == kind]
    assert [line["number"] for line in merged if line["type"] == "case"] == [n for n in (1, 2, 3) if n != lost]


def test_where_no_stream_has_the_whole_plan_it_says_so(poundkey, tmp_path, broken):
    paths = write_shards(tmp_path, broken, 2)
    for path in paths:
        path.write_bytes(b"".join(CUTS["plan"](path.read_bytes().splitlines(keepends=True))))
    result = poundkey("merge", *paths)
    assert result.code == 6
    assert "error: no stream has the whole plan: of 3 cases, none can be told by name\n" in result.err
    assert "3 missing" in result.out


def test_a_stream_whose_plan_lost_a_line_is_6_and_the_others_plan_holds(poundkey, tmp_path, broken):
    paths = write_shards(tmp_path, broken, 2)
    lines = paths[0].read_bytes().splitlines(keepends=True)
    paths[0].write_bytes(b"".join(lines[:1] + lines[2:]))
    result = poundkey("merge", *paths, "--json")
    assert result.code == 6
    told = json.loads(result.out)
    assert f"{paths[0]} was changed: it is of a run of 3 cases, and its plan has 2" in told["problems"]
    assert [name.split("::")[0] for name in told["missing"]] == ["a.yaml", "c.yaml"]


def test_a_stream_of_another_run_is_held_against_the_first_that_says_which(poundkey, tmp_path, broken):
    paths = write_shards(tmp_path, broken, 2)
    (tmp_path / "empty.jsonl").write_bytes(b"")
    paths[1].write_bytes(paths[1].read_bytes().replace(b'"seed":1,"clock"', b'"seed":9,"clock"', 1))
    result = poundkey("merge", tmp_path / "empty.jsonl", *paths)
    assert result.code == 6
    assert f"error: {paths[1]} is of another plan than {paths[0]}: seed 9, not 1\n" in result.err


def test_a_doubled_case_and_a_doubled_shard_are_6(poundkey, tmp_path, whole):
    paths = write_shards(tmp_path, whole, 2)
    (tmp_path / "again.jsonl").write_bytes(paths[0].read_bytes())
    result = poundkey("merge", *paths, tmp_path / "again.jsonl")
    assert result.code == 6
    assert f"error: {tmp_path}/again.jsonl is shard 1/2 as {paths[0]} is" in result.err
    paths[1].write_bytes(shard(whole, 1, 2).replace(b'"shard":"1/2"', b'"shard":"2/2"'))
    result = poundkey("merge", *paths)
    assert result.code == 6
    assert f" is in {paths[1]} and in {paths[0]}" in result.err


@pytest.mark.parametrize("old, new, says", [
    ('"seed":5,"clock"', '"seed":6,"clock"', "seed 6, not 5"),
    ('"clock":"virtual"', '"clock":"real"', "real clock, not virtual"),
    ('"rounds":1', '"rounds":2', "2 rounds of each case, not 1"),
    ('"shard":"2/2"', '"shard":"2/3"', "3 shards, not 2"),
    ('"plan":"0', '"plan":"f', "plan hash f"),
])
def test_a_stream_of_another_run_is_6_and_says_what_differs(poundkey, tmp_path, whole, old, new, says):
    paths = write_shards(tmp_path, whole, 2)
    first, rest = paths[1].read_text().split("\n", 1)
    if old.startswith('"plan"'):
        at = first.index('"plan":"') + 8
        first = first[:at] + ("e" if first[at] == "f" else "f") + first[at + 1:]
        says = "plan hash"
    else:
        assert old in first
        first = first.replace(old, new)
    paths[1].write_text(first + "\n" + rest)
    result = poundkey("merge", *paths, "--report", f"tap={tmp_path}/out.tap")
    assert result.code == 6
    assert f"error: {paths[1]} is of another plan than {paths[0]}: " in result.err and says in result.err
    assert not (tmp_path / "out.tap").exists()


@pytest.mark.parametrize("number, line, says", [
    (1, '{"type":"plan","path":"a","title":"b","cases":null}', ':1: this is no stream of a run'),
    (1, 'scenario: a', ':1:1: this is no JSON'),
    (2, '{"type":"plan","path":"a"}', ':2: "title" is missing'),
    (2, '{"type":"plan","path":7,"title":"b"}', ':2: "path" is a whole number, and must be a text'),
    (2, '{"type":"plan","path":"a","title":"b"', ":2:38: the line ends within an object"),
    (1, '{"type":"run","version":2}', ":1: this stream has version 2, and version 1 is what can be read"),
    (3, '{"type":"end","passed":-1}', ':3: "passed" is a whole number, and must be a whole number from 0'),
    (3, "[1]", ":3: a line must be an object"),
    (3, '"a"', ":3: a line must be an object"),
    (3, "[" * 5000, ":3:34: more than 32 levels of nesting"),
    (3, '{"type":"end\\ud800"}', ":3:"),
], ids=["plan first", "no JSON", "missing key", "wrong kind", "half an object", "version", "negative", "list", "text",
        "deep", "half a character"])
def test_a_line_that_cannot_be_read_is_3_with_its_place(poundkey, tmp_path, whole, number, line, says):
    lines = whole.decode().split("\n")
    lines[number - 1] = line
    (tmp_path / "s.jsonl").write_text("\n".join(lines))
    result = poundkey("merge", tmp_path / "s.jsonl")
    assert result.code == 3, result
    assert f"error: {tmp_path}/s.jsonl{says}" in result.err


def test_what_a_later_version_adds_is_passed_over_and_kept(poundkey, tmp_path, whole):
    lines = whole.decode().splitlines()
    lines[1] = lines[1][:-1] + ',"later":{"a":[1.5e3,null,true]}}'
    lines.insert(2, '{"type":"weather","sun":true}')
    lines[-2] = lines[-2].replace('"moments":[', '"moments":[{"at":0,"what":"hologram"},', 1)
    (tmp_path / "s.jsonl").write_text("\n".join(lines) + "\n")
    result = poundkey("merge", tmp_path / "s.jsonl", "--report", f"jsonl={tmp_path}/m.jsonl")
    assert result.code == 0, result
    assert '"later":{"a":[1.5e3,null,true]}' in (tmp_path / "m.jsonl").read_text()
    assert "hologram" in (tmp_path / "m.jsonl").read_text()


def test_the_result_of_the_run_is_the_exit_code(poundkey, tmp_path):
    (tmp_path / "bad.yaml").write_text(BAD)
    stream_of(poundkey, tmp_path, tmp_path / "bad.yaml", code=1)
    result = poundkey("merge", tmp_path / "whole.jsonl")
    assert result.code == 1
    assert "error[expected-result]: expected busy, got rejected" in result.err
    assert "5 | expect: {result: busy}\n  |                  ^^^^ at 00:01.500" in result.err
    assert f"rerun: poundkey run {tmp_path}/bad.yaml:5 --seed 5" in result.err
    (tmp_path / "worse.yaml").write_text(INVALID)
    stream_of(poundkey, tmp_path, tmp_path / "bad.yaml", tmp_path / "worse.yaml", code=3)
    result = poundkey("merge", tmp_path / "whole.jsonl")
    assert result.code == 3
    assert "1 failed, 1 invalid" in result.out


def test_a_report_that_cannot_be_written_is_4_and_the_result_is_printed(poundkey, tmp_path, whole):
    (tmp_path / "s.jsonl").write_bytes(whole)
    for kind in ("jsonl", "junit", "tap", "html", "github"):
        result = poundkey("merge", tmp_path / "s.jsonl", "--report", f"{kind}={tmp_path}/none/x", "--report",
                          f"junit={tmp_path}/good.xml")
        assert result.code == 4, (kind, result)
        assert f"error: {tmp_path}/none/x cannot be written: No such file or directory" in result.err
        assert "passed, 0 failed" in result.out
        assert JUnitXml.fromfile(str(tmp_path / "good.xml")).failures == 0


@pytest.mark.parametrize("reports, says", [
    (["tap=-", "junit=-"], "only one report can be written to standard output"),
    (["tap=OUT", "junit=OUT"], "two reports would be written to"),
    (["jsonl=IN"], "--report would overwrite"),
    (["pdf=OUT"], "jsonl=PATH"),
    (["junit"], "junit=PATH"),
])
def test_reports_that_cannot_be_are_2(poundkey, tmp_path, whole, reports, says):
    (tmp_path / "s.jsonl").write_bytes(whole)
    options = [part for report in reports for part in
               ("--report", report.replace("OUT", f"{tmp_path}/out").replace("IN", f"{tmp_path}/./s.jsonl"))]
    result = poundkey("merge", tmp_path / "s.jsonl", *options)
    assert result.code == 2, result
    assert says in result.err
    assert (tmp_path / "s.jsonl").read_bytes() == whole


def test_a_missing_stream_is_2_and_no_stream_is_2(poundkey, tmp_path):
    assert poundkey("merge", tmp_path / "none.jsonl").code == 2
    assert poundkey("merge").code == 2


def test_a_case_of_a_plan_without_cases_is_6(poundkey, tmp_path, broken):
    lines = broken.splitlines(keepends=True)
    at = index_of(lines, "case")
    head = lines[0].replace(b'"cases":3', b'"cases":0')
    for kept in ([head, lines[at]], [head, lines[at], lines[-1]], [head] + lines[1:]):
        (tmp_path / "s.jsonl").write_bytes(b"".join(kept))
        result = poundkey("merge", tmp_path / "s.jsonl")
        assert result.code == 6, result


NUMBERS = (0, 1, 2, -1, 255, 20_000_000, 1 << 31, (1 << 53) - 1, 1 << 53, (1 << 63) - 1, 1 << 64)


def mutate(chance, lines):
    """A stream with one to three things changed: bytes, lines, numbers, texts, keys, lists."""
    lines = list(lines)
    for _ in range(chance.randint(1, 3)):
        lines = [line for line in lines if line]
        if not lines:
            break
        # The first line decides most.
        at, other = chance.choice([0, chance.randrange(len(lines))]), chance.randrange(len(lines))
        what = chance.randrange(8)
        if what == 0:
            line = bytearray(lines[at])
            line[chance.randrange(len(line))] = chance.randrange(256)
            lines[at] = bytes(line)
        elif what == 1:
            del lines[at]
        elif what == 2:
            lines.insert(other, lines[at])
        elif what == 3:
            lines[at], lines[other] = lines[other], lines[at]
        elif what == 4:
            lines[at] = lines[at][:chance.randrange(len(lines[at]))] + b"\n" * chance.randrange(2)
        else:
            numbers = list(re.finditer(rb"(?<=[:,\[])\d+(?=[,}\]])", lines[at]))
            texts = list(re.finditer(rb'"[^"\\]*"', lines[at]))
            spot = chance.choice(numbers if what < 7 and numbers else texts) if numbers or texts else None
            if spot is not None:
                new = str(chance.choice(NUMBERS)).encode() if what < 7 else chance.choice([b'""', b"null", b"[]", b'"x"'])
                lines[at] = lines[at][:spot.start()] + new + lines[at][spot.end():]
    return b"".join(lines)


def test_no_stream_that_was_changed_anywhere_crashes_a_merge(poundkey, tmp_path, broken):
    chance = random.Random(20)
    paths = write_shards(tmp_path, broken, 2)
    streams = [path.read_bytes().splitlines(keepends=True) for path in paths]
    codes = set()
    for turn in range(500):
        which = turn % 2
        paths[which].write_bytes(mutate(chance, streams[which]))
        paths[1 - which].write_bytes(b"".join(streams[1 - which]))
        reports = [part for kind in ("jsonl", "junit", "tap", "html", "github")
                   for part in ("--report", f"{kind}={tmp_path}/out.{kind}")]
        result = poundkey("merge", *paths, *reports)
        assert result.code in (0, 1, 3, 6), (turn, paths[which].read_bytes(), result)
        codes.add(result.code)
    assert codes >= {3, 6}


def test_what_could_not_be_looked_at_when_it_was_run_is_in_the_stream_and_4(poundkey, tmp_path):
    home = tmp_path / "cases"
    home.mkdir()
    for name in ("a", "b", "c"):
        (home / f"{name}.yaml").write_text(BAD.replace("rejected", "busy"))
    whole = poundkey("run", ".", "--report", f"jsonl={tmp_path}/plain.jsonl", cwd=home)
    assert whole.code == 0 and b"unreadable" not in (tmp_path / "plain.jsonl").read_bytes()
    for name in ("x", "y"):
        (home / f"{name}.yaml").symlink_to("nowhere")
    for index in (1, 2, None):
        shard = ["--shard", f"{index}/2"] if index else []
        result = poundkey("run", ".", "--report", f"jsonl={tmp_path}/{index}.jsonl", *shard, cwd=home)
        assert result.code == 4 and "error: ./x.yaml: no such file or folder" in result.err, result
    result = poundkey("merge", tmp_path / "1.jsonl", tmp_path / "2.jsonl", "--report", f"jsonl={tmp_path}/m.jsonl")
    assert result.code == 4, result
    assert "3 passed, 0 failed, 2 unreadable" in result.out
    assert (tmp_path / "m.jsonl").read_bytes() == (tmp_path / "None.jsonl").read_bytes()
    assert json.loads((tmp_path / "m.jsonl").read_text().splitlines()[-1])["unreadable"] == 2
    told = json.loads(poundkey("merge", tmp_path / "None.jsonl", "--json").out)
    assert (told["complete"], told["result"]["unreadable"]) == (True, 2)


def test_more_shards_than_files_may_be_open_are_one_run(poundkey, tmp_path):
    (tmp_path / "many.yaml").write_text(BAD.replace("rejected", "busy"))
    run = poundkey("run", "many.yaml", "--repeat-each", "60", "--report", "jsonl=whole.jsonl", cwd=tmp_path)
    assert run.code == 0, run
    whole = (tmp_path / "whole.jsonl").read_bytes()
    paths = write_shards(tmp_path, whole, 60)
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    result = poundkey("merge", *paths, "--report", f"jsonl={tmp_path}/m.jsonl", preexec_fn=limit)
    assert (result.code, result.err) == (0, ""), result
    assert (tmp_path / "m.jsonl").read_bytes() == whole


def test_a_doubled_shard_is_told_once_and_not_by_each_of_its_cases(poundkey, tmp_path, broken):
    paths = write_shards(tmp_path, broken, 2)
    again = tmp_path / "again.jsonl"
    again.write_bytes(paths[0].read_bytes())
    told = json.loads(poundkey("merge", *paths, again, "--json").out)
    assert told["problems"] == [f"{again} is shard 1/2 as {paths[0]} is"]
    assert (told["missing"], told["result"]["failed"]) == ([], 3)


@pytest.mark.parametrize("count", ["passed", "failed", "skipped", "invalid"])
def test_an_end_that_counts_other_cases_than_there_are_is_6(poundkey, tmp_path, broken, count):
    lines = broken.splitlines(keepends=True)
    end = json.loads(lines[-1])
    lines[-1] = json.dumps({**end, count: end[count] + 1}).encode() + b"\n"
    (tmp_path / "s.jsonl").write_bytes(b"".join(lines))
    result = poundkey("merge", tmp_path / "s.jsonl")
    assert result.code == 6, result
    assert f"error: {tmp_path}/s.jsonl was changed: its end counts other cases than it has\n" in result.err


@pytest.mark.parametrize("order", [(0, 2, 1), (0, 1, 1)], ids=["exchanged", "twice"])
def test_cases_that_are_not_in_the_order_of_the_run_are_3(poundkey, tmp_path, broken, order):
    lines = broken.splitlines(keepends=True)
    cases = [line for line in lines if json.loads(line)["type"] == "case"]
    head = [line for line in lines[:-1] if line not in cases]
    (tmp_path / "s.jsonl").write_bytes(b"".join(head + [cases[index] for index in order] + lines[-1:]))
    result = poundkey("merge", tmp_path / "s.jsonl")
    assert result.code == 3, result
    assert ": case 2 stands behind one that is run later, or twice\n" in result.err


@pytest.mark.parametrize("shuffle", [[], ["--shuffle", "3"]])
def test_a_missing_case_is_told_with_its_round_and_in_a_shuffled_run_too(poundkey, tmp_path, shuffle):
    (tmp_path / "a.yaml").write_text(MATRIX)
    (tmp_path / "b.yaml").write_text(BAD)
    for index in (1, 2):
        poundkey("run", "a.yaml", "b.yaml", "--repeat-each", "3", "--shard", f"{index}/2", *shuffle, "--report",
                 f"jsonl={index}.jsonl", cwd=tmp_path)
    told = json.loads(poundkey("merge", "1.jsonl", "--json", cwd=tmp_path).out)
    lost = [json.loads(line) for line in (tmp_path / "2.jsonl").read_bytes().splitlines()]
    lost = sorted((case for case in lost if case["type"] == "case"), key=lambda case: case["number"])
    assert told["missing"] == [f"{case_id(case)}#{case['round']}" for case in lost]
    assert len(lost) > 3 and {case["round"] for case in lost} == {1, 2, 3}


def test_what_is_missing_goes_before_a_report_that_cannot_be_written(poundkey, tmp_path, broken):
    paths = write_shards(tmp_path, broken, 2)
    result = poundkey("merge", paths[0], "--report", f"junit={tmp_path}/none/x")
    assert result.code == 6, result
    assert "error: shard 2/2 is missing" in result.err
    assert f"error: {tmp_path}/none/x cannot be written: No such file or directory" in result.err
