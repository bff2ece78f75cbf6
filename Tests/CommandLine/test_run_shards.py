"""poundkey run --shard: every case once, whoever starts the processes; and the examples that start them."""
import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml
from conftest import POUNDKEY, ROOT

EXAMPLES = ROOT / "examples"
CASE = "scenario: Case {0}\nsteps:\n  - wait: {0}s\n  - fault: {1}\n  - signin\nexpect: {{result: busy}}\n"


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "cases"
    home.mkdir()
    for index in range(30):
        (home / f"n{index:02}.yaml").write_text(CASE.format(index, "rejected" if index == 17 else "busy"))
    return home


def numbers(text):
    return [record["number"] for record in map(json.loads, text.splitlines()) if record["type"] == "case"]


def test_each_case_is_in_one_shard_and_a_shard_keeps_the_order_of_the_plan(poundkey, folder):
    whole = poundkey("run", ".", "--json", cwd=folder)
    earlier = folder.parent / "earlier.jsonl"
    earlier.write_text(whole.out)
    for timings in ([], ["--timings", earlier]):
        shards = [poundkey("run", ".", "--json", "--shard", f"{index}/7", *timings, cwd=folder) for index in range(1, 8)]
        runs = [numbers(shard.out) for shard in shards]
        assert sorted(number for run in runs for number in run) == list(range(1, 31))
        assert all(run == sorted(run) for run in runs)
        assert [shard.code for shard in shards].count(1) == 1
        headers = [json.loads(shard.out.splitlines()[0]) for shard in shards]
        assert {header["plan"] for header in headers} == {json.loads(whole.out.splitlines()[0])["plan"]}
        # Every shard carries the whole plan.
        plans = [[line for line in shard.out.splitlines() if '"type":"plan"' in line] for shard in shards]
        assert all(plan == [line for line in whole.out.splitlines() if '"type":"plan"' in line] for plan in plans)


def test_timings_make_shards_that_take_equally_long(poundkey, folder):
    earlier = folder.parent / "earlier.jsonl"
    earlier.write_text(poundkey("run", ".", "--json", cwd=folder).out)

    def spread(*options):
        ends = [json.loads(poundkey("run", ".", "--json", "--shard", f"{index}/3", *options, cwd=folder).out
                           .splitlines()[-1])["length"] for index in (1, 2, 3)]
        return max(ends) - min(ends)

    assert spread("--timings", earlier) < spread()


@pytest.mark.parametrize("content, code, message", [
    ("x\n", 3, "timings.jsonl:1"), ("", 3, "has no case that was run"), (None, 2, "no such file"),
])
def test_timings_that_are_none_are_told(poundkey, folder, content, code, message):
    timings = folder.parent / "timings.jsonl"
    if content is not None:
        timings.write_text(content)
    result = poundkey("run", ".", "--shard", "1/2", "--timings", timings, cwd=folder)
    assert (result.code, result.out) == (code, "") and message in result.err


@pytest.mark.parametrize("variables, options, shard", [
    ({"CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "7"}, [], "2/7"),
    ({"CIRCLE_NODE_INDEX": "1", "CIRCLE_NODE_TOTAL": "7"}, [], "2/7"),
    ({"BUILDKITE_PARALLEL_JOB": "1", "BUILDKITE_PARALLEL_JOB_COUNT": "7"}, [], "2/7"),
    ({"TEST_SHARD_INDEX": "1", "TEST_TOTAL_SHARDS": "7"}, [], "2/7"),
    ({"JOB_COMPLETION_INDEX": "1"}, ["--shards", "7"], "2/7"),
])
def test_auto_reads_the_usual_variables(poundkey, folder, variables, options, shard):
    auto = poundkey("run", ".", "--json", "--shard", "auto", *options, cwd=folder, env=variables)
    assert auto.out == poundkey("run", ".", "--json", "--shard", shard, cwd=folder).out != ""


@pytest.mark.parametrize("variables, options", [
    ({}, []), ({}, ["--shards", "7"]), ({"CI_NODE_INDEX": "2"}, []), ({"CI_NODE_TOTAL": "2"}, []),
    ({"JOB_COMPLETION_INDEX": "1"}, []), ({"JOB_COMPLETION_INDEX": "7"}, ["--shards", "7"]),
    ({"CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "2", "CIRCLE_NODE_INDEX": "1", "CIRCLE_NODE_TOTAL": "2"}, []),
    ({"CI_NODE_INDEX": "0", "CI_NODE_TOTAL": "2"}, []), ({"TEST_SHARD_INDEX": "x", "TEST_TOTAL_SHARDS": "2"}, []),
])
def test_auto_never_runs_all_where_the_variables_do_not_say(poundkey, folder, variables, options):
    result = poundkey("run", ".", "--shard", "auto", *options, cwd=folder, env=variables)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("error: --shard auto: ")


def test_bazel_is_told_that_the_shard_was_heeded(poundkey, folder):
    status = folder.parent / "status"
    variables = {"TEST_SHARD_INDEX": "0", "TEST_TOTAL_SHARDS": "2", "TEST_SHARD_STATUS_FILE": str(status)}
    poundkey("run", ".", "--shard", "auto", cwd=folder, env=variables)
    assert status.exists()


@pytest.mark.parametrize("shard", ["8/7", "0/7", "1/10001", "x", "1/2/3"])
def test_a_shard_that_is_none_is_told_what_it_takes(poundkey, folder, shard):
    result = poundkey("run", ".", "--shard", shard, cwd=folder)
    assert (result.code, result.out) == (2, "")
    assert "it takes i/n, the shard i of n, where i is 1 to n and n at most 10000, as in 2/7; or auto" in result.err


def test_an_empty_shard_is_good_and_says_so(poundkey, folder):
    result = poundkey("run", "n00.yaml", "--shard", "2/2", cwd=folder)
    assert result.code == 0
    assert result.out.endswith("shard 2/2 has none of the 1 cases, which is no failure\n")


def run_shards(folder, out, count):
    return [subprocess.Popen([POUNDKEY, "run", ".", "-q", "--shard", f"{index}/{count}",
                              "--report", f"jsonl={out}/shard-{index}.jsonl"], cwd=folder,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for index in range(1, count + 1)]


def test_merged_shards_are_the_run_byte_by_byte(poundkey, folder, tmp_path):
    whole = poundkey("run", ".", "--json", cwd=folder)
    for process in run_shards(folder, tmp_path, 7):
        process.wait(timeout=30)
    shards = sorted(tmp_path.glob("shard-*.jsonl"))
    merged = poundkey("merge", *shards, "--report", f"jsonl={tmp_path}/run.jsonl")
    assert merged.code == 1 and (tmp_path / "run.jsonl").read_text() == whole.out


def test_of_seven_shards_one_is_killed_and_merge_names_the_cases_that_are_missing(poundkey, folder, tmp_path):
    """The third gets no further than its pipe holds: nobody reads it."""
    # More than fits into a pipe.
    (folder / "many.yaml").write_text(
        f"scenario: Many\nmatrix:\n  axes:\n    a: {list(range(50))}\n    b: {list(range(50))}\n"
        "steps:\n  - wait: ${a}s\n  - wait: ${b}s\n  - fault: busy\n  - signin\nexpect: {result: busy}\n")
    pipe = tmp_path / "shard-3.jsonl"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    processes = run_shards(folder, tmp_path, 7)
    for index, process in enumerate(processes, start=1):
        if index != 3:
            assert process.wait(timeout=60) in (0, 1)
    assert processes[2].poll() is None
    processes[2].kill()
    assert processes[2].wait() == -9
    with os.fdopen(reader, "rb") as stream:
        written = stream.read()
    pipe.unlink()
    pipe.write_bytes(written)
    merged = poundkey("merge", *sorted(tmp_path.glob("shard-*.jsonl")), "--json")
    assert merged.code == 6
    plan = [json.loads(line) for line in poundkey("run", ".", "--shard", "3/7", "--list", "--json", cwd=folder).out
            .splitlines()]
    run = {json.loads(line)["number"] for line in written.decode().splitlines(keepends=True)
           if line.endswith("\n") and '"type":"case"' in line}
    whole = [json.loads(line)["id"] for line in poundkey("run", ".", "--list", "--json", cwd=folder).out.splitlines()]
    mine = {entry["id"] for entry in plan}
    missing = [id for number, id in enumerate(whole, start=1) if id in mine and number not in run]
    assert 0 < len(missing) < len(plan)
    assert json.loads(merged.out)["missing"] == missing
    told = poundkey("merge", *sorted(tmp_path.glob("shard-*.jsonl"))).err
    assert f"{len(missing)} of {len(whole)} cases are missing:\n  {missing[0]}\n" in told


def test_gnu_parallel_runs_the_shards(poundkey, folder, tmp_path):
    script = EXAMPLES / "gnu-parallel/run-shards"
    environment = {**os.environ, "POUNDKEY": str(POUNDKEY), "HOME": str(tmp_path)}
    whole = poundkey("run", ".", "--json", cwd=folder)
    # The second time cuts by the timings of the first.
    for _ in range(2):
        result = subprocess.run([script, "4", tmp_path / "out", "."], cwd=folder, env=environment, capture_output=True,
                                text=True, timeout=60)
        assert result.returncode == 1, result
        assert (tmp_path / "out/run.jsonl").read_text() == whole.out
    assert (tmp_path / "out/timings.jsonl").exists() and (tmp_path / "out/junit.xml").exists()
    usage = subprocess.run([script], capture_output=True, text=True)
    assert usage.returncode == 2 and usage.stderr.startswith("Runs scenarios in shards")


def test_the_workflow_is_one_by_the_schema_of_github_and_its_numbers_agree():
    path = EXAMPLES / "github-actions/scenarios.yml"
    check = subprocess.run([tool("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", path],
                           capture_output=True, text=True)
    assert check.returncode == 0, check.stdout
    jobs = yaml.safe_load(path.read_text())["jobs"]
    shards = jobs["shard"]["strategy"]["matrix"]["shard"]
    assert shards == list(range(1, len(shards) + 1))
    assert f"--shard ${{{{ matrix.shard }}}}/{len(shards)} " in command(jobs, "shard", "Run the shard")
    # In the repository of the scenarios there is nothing of Poundkey but what the workflow puts there.
    [build] = [step["with"] for step in jobs["build"]["steps"] if "with" in step and "repository" in step["with"]]
    assert build["path"] == "poundkey" and (ROOT / "script/run").exists()
    assert not any("script/" in step.get("run", "") for job in ("shard", "merge") for step in jobs[job]["steps"])


def test_the_commands_of_the_workflow_make_one_run_of_seven_shards(poundkey, folder, tmp_path):
    jobs = yaml.safe_load((EXAMPLES / "github-actions/scenarios.yml").read_text())["jobs"]
    assert poundkey(*command(jobs, "build", "Build").split()[1:]).code == 0
    whole = poundkey("run", "scenarios/", "--json", cwd=place(tmp_path / "whole", folder)).out
    # The second time cuts by the timings of the first.
    for run in ("first", "second"):
        build = tmp_path / f"{run}-build"
        build.mkdir()
        (build / "poundkey").symlink_to(ROOT)
        if run == "second":
            (build / "timings.jsonl").write_bytes((tmp_path / "first-merge/timings.jsonl").read_bytes())
        step(jobs, "build", "Gather the program and its recordings", build)
        step(jobs, "build", "Pack", build)
        merge = tmp_path / f"{run}-merge"
        (merge / "shards").mkdir(parents=True)
        (merge / "program.tar.gz").symlink_to(build / "program.tar.gz")
        codes = []
        for index in range(1, 8):
            here = place(tmp_path / f"{run}-{index}", folder)
            (here / "program.tar.gz").symlink_to(build / "program.tar.gz")
            codes.append(step(jobs, "shard", "Run the shard", here, {"${{ matrix.shard }}": str(index)}))
            assert (here / "program/timings.jsonl").exists() == (run == "second")
            (here / f"shard-{index}.jsonl").rename(merge / f"shards/shard-{index}.jsonl")
        assert sorted(codes) == [0] * 6 + [1]
        assert step(jobs, "merge", "Merge", merge) == 1
        assert (merge / "run.jsonl").read_text() == (merge / "timings.jsonl").read_text() == whole
        summary = (merge / "step-summary.md").read_text()
        assert summary.startswith("```\n") and "29 passed, 1 failed" in summary and summary.endswith("\n```\n")
        assert "::error file=scenarios/n17.yaml" in (merge / "annotations.txt").read_text()
        assert (merge / "junit.xml").exists() and (merge / "calls.html").exists()
    (merge / "shards/shard-3.jsonl").unlink()
    (merge / "timings.jsonl").unlink()
    assert step(jobs, "merge", "Merge", merge) == 6 and not (merge / "timings.jsonl").exists()


def place(path, scenarios):
    """A checkout of a repository with scenarios."""
    path.mkdir()
    (path / "scenarios").symlink_to(scenarios)
    return path


def command(jobs, job, name):
    [found] = [step["run"] for step in jobs[job]["steps"] if step.get("name") == name]
    return found


def step(jobs, job, name, folder, values=None):
    """Carries out a step as GitHub does for shell: bash; its exit code."""
    text = command(jobs, job, name)
    for expression, value in (values or {}).items():
        text = text.replace(expression, value)
    assert "${{" not in text
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GITHUB_STEP_SUMMARY": str(folder / "step-summary.md")}
    return subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text], cwd=folder, env=environment,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60).returncode


def test_the_manifests_are_valid_for_kubernetes_and_their_numbers_agree():
    paths = sorted((EXAMPLES / "kubernetes").glob("*.yaml"))
    check = subprocess.run([tool("kubernetes-validate"), "--strict", *paths], capture_output=True, text=True)
    assert check.returncode == 0, check.stdout + check.stderr
    job = next(each for each in yaml.safe_load_all((EXAMPLES / "kubernetes/job.yaml").read_text())
               if each["kind"] == "Job")["spec"]
    [command] = job["template"]["spec"]["containers"][0]["args"]
    assert job["completionMode"] == "Indexed"
    assert f"--shard auto --shards {job['completions']} " in command


def test_the_command_of_the_manifest_writes_the_stream_of_its_shard(folder, tmp_path):
    job = next(each for each in yaml.safe_load_all((EXAMPLES / "kubernetes/job.yaml").read_text())
               if each["kind"] == "Job")["spec"]
    container = job["template"]["spec"]["containers"][0]
    [command] = container["args"]
    command = command.replace("/streams", str(tmp_path)).replace("scenarios/", ".")
    (tmp_path / "poundkey").symlink_to(POUNDKEY)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": "/nonexistent"}
    codes = [subprocess.run([*container["command"], command], cwd=folder, capture_output=True,
                            env={**environment, "JOB_COMPLETION_INDEX": str(index)}).returncode for index in range(7)]
    # One of them had a failed case, which is a result.
    assert codes == [0] * 7
    assert sorted(n for path in tmp_path.glob("*.jsonl") for n in numbers(path.read_text())) == list(range(1, 31))
    assert subprocess.run([*container["command"], command], cwd=folder, capture_output=True,
                          env=environment).returncode == 2


def tool(name):
    """A program of the environment that the tests run in."""
    import sys
    return Path(sys.executable).parent / name
