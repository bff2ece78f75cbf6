"""poundkey record: a call in a real terminal, written out as a scenario."""
import signal

import pytest

TENANT = """tenant: T
settings: {pin.mode: true}
users:
  - {upn: first@b.example, phone: "+44 7700900120"}
  - {upn: second@b.example, phone: "+44 7700900123", pin: "8362"}
"""


# As new writes it where no schema is near.
LINE = "# yaml-language-server: $schema=scenario.schema.json\n"


def steps(path):
    return [line[4:] for line in path.read_text().split("steps:\n")[1].split("expect:")[0].splitlines()]


def verbs(path):
    return [step.split(":")[0] for step in steps(path)]


def report_fraud(call):
    call.wait_for("● ringing")
    call.type("a")
    call.wait_for("♪ fraudGreetingStandard")
    call.type("0")
    call.wait_for("1 key so far")
    call.type("#")
    call.wait_for("waiting for 1 to confirm the block")
    call.type("1")
    call.wait_for("fraudReported, saying goodbye")


def test_a_fraud_report_is_recorded_and_passes(terminal, poundkey, tmp_path):
    file = tmp_path / "report.yaml"
    call = terminal(f"record {file}")
    report_fraud(call)
    call.type("q")
    call.wait_for("done-42")
    history = call.history()
    assert "code=0" in history
    assert "report.yaml: helga reports fraud with 0#, and is blocked" in history.replace("\n", "")
    assert "It passes: poundkey run" in history
    assert verbs(file) == ["signin", "answer", "press", "press", "hear"]
    text = file.read_text()
    assert text.startswith(LINE + "scenario: helga reports fraud with 0#, and is blocked\nsteps:\n")
    assert '"0#", during: fraudGreetingStandard' in text and '"1", during: fraudConfirmation' in text
    assert text.endswith("""expect:
  result: fraudReported
  user: {blocked: true, reported: true}
  records:
    - {signin: MFA denied; fraud code entered, times: 1}
""")
    assert "4711" not in text and "2580" not in text
    result = poundkey("run", file)
    assert result.code == 0 and "1 passed" in result.out, result
    assert poundkey("fmt", "--check", file).code == 0
    linted = poundkey("lint", "--json", file)
    assert (linted.code, linted.out) == (0, "")
    assert [path.name for path in tmp_path.iterdir() if ".part-" in path.name] == []


def test_a_pin_is_not_in_the_file_and_its_tenant_is_named_by_its_path(terminal, poundkey, tmp_path):
    (tmp_path / "tenants").mkdir()
    (tmp_path / "recorded").mkdir()
    tenant, file = tmp_path / "tenants/t.yaml", tmp_path / "recorded/call.yaml"
    tenant.write_text(TENANT)
    call = terminal(f"call --record {file} --tenant {tenant} --user second@b.example --title 'A PIN, # at the end'")
    call.wait_for("● ringing")
    call.type("a")
    call.wait_for("collecting PIN, attempt 1 of 3")
    for keys in ["1234#", "8362#"]:
        for key in keys:
            call.type(key)
        call.wait_for("collecting PIN, attempt 2 of 3|approved, saying goodbye")
    call.wait_for("approved, saying goodbye")
    call.type("q")
    call.wait_for("done-42")
    text = file.read_text()
    assert text.startswith(LINE + 'scenario: "A PIN, # at the end"\n'
                           "given: {tenant: ../tenants/t.yaml, user: second@b.example}\nsteps:\n")
    assert "pin: wrong" in text and "pin: right" in text
    assert "8362" not in text and "1234" not in text
    # From the folder that holds both.
    assert poundkey("run", file, cwd=tmp_path).code == 0


@pytest.mark.parametrize("way, code", [("C-c", 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_call_that_is_broken_off_is_recorded_to_its_end(terminal, poundkey, tmp_path, way, code):
    file = tmp_path / "left.yaml"
    call = terminal(f"record {file} --user omar@larkspur.example")
    call.wait_for("● ringing")
    call.type("a")
    call.wait_for("♪ fraudGreetingStandard")
    if isinstance(way, str):
        call.type(way)
    else:
        call.tell(way)
    call.wait_for("done-42")
    assert f"code={code}" in call.history()
    assert (tmp_path / "before").read_text() == (tmp_path / "after").read_text()
    text = file.read_text()
    assert text.startswith(LINE + "scenario: omar answers and presses nothing\ngiven: {user: omar@larkspur.example}\n")
    assert poundkey("run", file).code == 0


def test_what_is_there_is_kept_unless_force_is_given(terminal, poundkey, tmp_path):
    file = tmp_path / "call.yaml"
    file.write_text("mine\n")
    result = poundkey("record", file)
    assert (result.code, result.err) == (4, f"error: {file} is there already; --force replaces it\n")
    assert file.read_text() == "mine\n"
    call = terminal(f"record {file} --force")
    call.wait_for("● ringing")
    call.type("h")
    call.wait_for("The call is over: ■ rejected")
    call.type("q")
    call.wait_for("done-42")
    assert file.read_text().startswith(LINE + "scenario: helga declines the call\nsteps:\n")
    assert poundkey("run", file).code == 0


def test_a_recording_that_cannot_be_written_after_all_is_shown(terminal, tmp_path):
    folder = tmp_path / "gone"
    folder.mkdir()
    call = terminal(f"record {folder}/call.yaml")
    call.wait_for("● ringing")
    folder.rmdir()
    call.type("h")
    call.wait_for("The call is over: ■ rejected")
    call.type("q")
    call.wait_for("done-42")
    history = call.history()
    assert "code=4" in history
    assert "scenario: helga declines the call" in history and "result: rejected" in history
    assert "call.yaml cannot be written: No such file or directory" in history.replace("\n", "")


def test_a_path_that_cannot_be_written_is_told_before_the_call(poundkey, tmp_path, as_nobody):
    tmp_path.joinpath("shut").mkdir(mode=0o555)
    result = poundkey("record", "shut/call.yaml", **{"cwd": tmp_path, **as_nobody})
    assert (result.code, result.out) == (4, "")
    assert result.err == "error: shut/call.yaml cannot be written: Permission denied\n"


@pytest.mark.parametrize("arguments, code, message", [
    (["record"], 2, "Missing expected argument '<file>'"),
    (["record", "no/such/folder/x.yaml"], 4, "error: no/such/folder/x.yaml cannot be written: No such file or directory"),
    (["record", "scenarios"], 4, "error: scenarios is there already; --force replaces it"),
    (["record", "scenarios", "--force"], 4, "error: scenarios cannot be written: Is a directory"),
    (["record", "greeting.wav"], 2, "error: record greeting.wav: this is the name of a recording: name another file"),
    (["record", "{tmp}/x.yaml"], 4, "error: a call needs a terminal\n"),
    (["record", "{tmp}/x.yaml", "--user", "helg@larkspur.example"], 2, 'did you mean "helga@larkspur.example"?'),
    (["record", "{tmp}/x.yaml", "--title", ""], 2, "it takes 1 to 200 characters on one line"),
    (["record", "{tmp}/x.yaml", "--title", "a\nb"], 2, "it takes 1 to 200 characters on one line"),
    (["record", "{tmp}/t.yaml", "--tenant", "{tmp}/t.yaml", "--force"], 2, "is the tenant file: record into another file"),
    (["call", "--title", "x"], 2, "--title and --force belong to --record FILE"),
    (["call", "--force"], 2, "--title and --force belong to --record FILE"),
    (["call", "--scenario", "x", "--record", "y"], 2, "--scenario FILE is a scenario already: leave out --record"),
])
def test_what_cannot_be_recorded(poundkey, tmp_path, arguments, code, message):
    (tmp_path / "t.yaml").write_text(TENANT)
    result = poundkey(*[argument.replace("{tmp}", str(tmp_path)) for argument in arguments])
    assert result.code == code, result
    assert message in result.err and result.out == ""
    assert not (tmp_path / "x.yaml").exists()


@pytest.mark.parametrize("name, isFound", [("call.yml", True), ("call.txt", False), ("call", False)])
def test_a_name_that_a_run_of_the_folder_never_finds_is_told_before_the_call(poundkey, tmp_path, name, isFound):
    result = poundkey("record", name, cwd=tmp_path)
    assert result.code == 4 and "needs a terminal" in result.err
    assert (f"note: {name} does not end in .yaml: run finds it only by its name" in result.err) is not isFound
