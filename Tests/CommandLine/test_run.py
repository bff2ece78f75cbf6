"""poundkey run: exit codes, reports, and what is written where."""
import fcntl
import os
import pty
import re
import struct
import subprocess
import termios

import pytest
from conftest import POUNDKEY, ROOT
from junitparser import Error, Failure, JUnitXml

GOOD = "scenario: It is busy\nsteps:\n  - fault: busy\n  - signin\nexpect: {result: busy}\n"
BAD = "scenario: It is busy\nsteps:\n  - fault: rejected\n  - signin\nexpect: {result: busy}\n"


def test_every_shipped_scenario_passes(poundkey):
    result = poundkey("run", "scenarios")
    assert result.code == 0, result
    assert re.search(r"^(\d+) passed, 0 failed", result.out, re.MULTILINE)
    assert result.err == ""


def test_the_shipped_scenarios_show_every_outcome_and_every_message(poundkey):
    out = poundkey("run", "scenarios", "--transcript").out
    outcomes = """approved fraudReported denied userHungUp noInput poundNotPressed busy rejected noAnswer invalidNumber
        carrierFailed userBlocked lockedOut duplicate throttled cancelled""".split()
    assert [o for o in outcomes if not re.search(rf"(■ |refused: |✓ ){o}\b", out)] == []
    messages = [line.split()[0] for line in poundkey("messages").out.splitlines()[1:19] if not line.startswith(" ")]
    source = (ROOT / "Sources/VerificationCore/Greetings/MessageType.swift").read_text()
    catalogue = re.findall(r"^  case ((?:\w+(?:, )?)+)$", source, re.MULTILINE)
    names = {name for line in catalogue for name in line.split(", ")}
    assert len(names) == 18
    assert {name for name in names if f"♪ {name} " not in out} == set()
    assert set(messages) <= names


def test_a_scenario_that_fails_is_1_with_the_place_and_how_to_run_it_again(poundkey, tmp_path):
    (tmp_path / "bad.yaml").write_text(BAD)
    result = poundkey("run", "bad.yaml", "--seed", "7", cwd=tmp_path)
    assert result.code == 1
    assert result.out == ("✗ bad.yaml  It is busy  00:01.500 rejected\n\n"
                          "0 passed, 1 failed · 00:01.500 of calls, seed 7\n")
    assert result.err == """error[expected-result]: expected busy, got rejected
 --> bad.yaml:5:18
  |
4 |   - signin
5 | expect: {result: busy}
  |                  ^^^^ at 00:01.500, the call ended: rejected
  = rerun: poundkey run bad.yaml:5 --seed 7

"""


def test_a_file_with_a_mistake_is_3_and_the_others_still_run(poundkey, tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "b.yaml").write_text("scenario: T\nsteps: [hangupp]\n")
    result = poundkey("run", tmp_path)
    assert result.code == 3
    assert "1 passed, 0 failed, 1 invalid" in result.out
    assert 'unknown step "hangupp"' in result.err


def test_junit_is_read_by_an_independent_parser(poundkey, tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "b.yaml").write_text(BAD.replace("It is busy", 'Not <busy> & "gone" ☎'))
    (tmp_path / "c.yaml").write_text("scenario: T\nsteps: [hangupp]\n")
    result = poundkey("run", tmp_path, "--report", f"junit={tmp_path}/out.xml", "--seed", "3")
    assert result.code == 3
    report = JUnitXml.fromfile(str(tmp_path / "out.xml"))
    assert (report.tests, report.failures, report.errors) == (3, 1, 1)
    [suite] = list(report)
    good, bad, invalid = list(suite)
    assert good.name == "It is busy" and good.is_passed and good.time == 1.5
    assert bad.name == 'Not <busy> & "gone" ☎'
    assert isinstance(bad.result[0], Failure) and bad.result[0].message == "expected busy, got rejected"
    assert bad._elem.attrib["line"] == "1"
    assert isinstance(invalid.result[0], Error)
    properties = {p.name: p.value for p in suite.properties()}
    assert properties["seed"] == "3" and re.fullmatch("[0-9a-f]{16}", properties["plan"])


def test_the_shipped_scenarios_make_a_junit_report_without_failures(poundkey, tmp_path):
    poundkey("run", "scenarios", "--report", f"junit={tmp_path}/out.xml")
    report = JUnitXml.fromfile(str(tmp_path / "out.xml"))
    assert report.tests >= 46 and report.failures == 0 and report.errors == 0
    cases = [case for suite in report for case in suite]
    assert len({(case.classname, case.name) for case in cases}) == report.tests


def test_a_report_that_cannot_be_written_is_4_and_the_result_is_still_told(poundkey, tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD)
    result = poundkey("run", tmp_path / "a.yaml", "--report", f"junit={tmp_path}/no/folder.xml")
    assert result.code == 4
    assert "1 passed" in result.out
    assert result.err == f"error: {tmp_path}/no/folder.xml cannot be written: No such file or directory\n"


def test_a_report_replaces_no_pipe_no_link_and_no_scenario(poundkey, tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD)
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert poundkey("run", tmp_path / "a.yaml", "--report", f"junit={tmp_path}/pipe").code == 0
    assert os.read(reader, 100).startswith(b"<?xml") and (tmp_path / "pipe").is_fifo()
    (tmp_path / "real.xml").write_text("old")
    (tmp_path / "link.xml").symlink_to(tmp_path / "real.xml")
    assert poundkey("run", tmp_path / "a.yaml", "--report", f"junit={tmp_path}/link.xml").code == 0
    assert (tmp_path / "link.xml").is_symlink() and (tmp_path / "real.xml").read_text().startswith("<?xml")
    same = poundkey("run", tmp_path, "--report", f"junit={tmp_path}/a.yaml")
    assert same.code == 2 and "would overwrite" in same.err
    assert (tmp_path / "a.yaml").read_text() == GOOD
    assert sorted(os.listdir(tmp_path)) == ["a.yaml", "link.xml", "pipe", "real.xml"]
    assert "<?xml" in poundkey("run", tmp_path / "a.yaml", "--report", "junit=-").out


@pytest.mark.parametrize("arguments", [["run", "scenarios/network"], ["tenant", "init", "-"], ["messages"], ["--help"]])
def test_output_that_cannot_be_written_is_4(arguments):
    with open("/dev/full", "wb") as full:
        result = subprocess.run([POUNDKEY, *arguments], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
    assert result.returncode == 4
    assert result.stderr.endswith("error: the output cannot be written: No space left on device\n")


def test_the_same_file_by_two_ways_is_one_case(poundkey, tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    result = poundkey("run", tmp_path / "a.yaml", tmp_path, f"{tmp_path}/./a.yaml")
    assert "1 passed, 0 failed" in result.out


def test_one_unreadable_entry_does_not_keep_the_others_from_being_run(poundkey, tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "b.yaml").symlink_to(tmp_path / "gone.yaml")
    result = poundkey("run", tmp_path)
    assert result.code == 4
    assert "1 passed" in result.out and "b.yaml: no such file or folder" in result.err


def test_what_to_run_again_can_be_pasted(poundkey, tmp_path):
    (tmp_path / "it's bad.yaml").write_text(BAD)
    result = poundkey("run", "it's bad.yaml", cwd=tmp_path, env={"POUNDKEY_STARTED_AS": "script/run"})
    assert "= rerun: script/run run 'it'\\''s bad.yaml:5' --seed 1\n" in result.err


def test_an_unknown_report_is_usage(poundkey):
    result = poundkey("run", "scenarios", "--report", "xunit=a.xml")
    assert result.code == 2
    assert "'junit=PATH'" in result.err


def test_paths_that_are_wrong(poundkey, tmp_path, as_nobody):
    missing = poundkey("run", tmp_path / "nowhere.yaml")
    assert (missing.code, missing.out) == (2, "")
    assert missing.err == f"error: {tmp_path}/nowhere.yaml: no such file or folder\n"
    empty = poundkey("run", tmp_path)
    assert empty.code == 5
    assert empty.err.startswith(f"error: no scenario in {tmp_path}")
    secret = tmp_path / "secret.yaml"
    secret.write_text(GOOD)
    secret.chmod(0)
    assert poundkey("run", secret, **as_nobody).code == 4
    os.mkfifo(tmp_path / "pipe.yaml")
    assert poundkey("run", tmp_path / "pipe.yaml").code == 3


def test_random_bytes_are_an_invalid_file(poundkey, tmp_path):
    (tmp_path / "noise.yaml").write_bytes(bytes((n * 197 + 13) % 256 for n in range(4096)))
    result = poundkey("run", tmp_path / "noise.yaml")
    assert result.code == 3
    assert "is not UTF-8 text" in result.err


def test_a_tenant_beside_scenarios_is_no_scenario(poundkey, tmp_path):
    assert poundkey("tenant", "init", tmp_path / "our.yaml").code == 0
    (tmp_path / "a.yaml").write_text(
        "scenario: Ours\ngiven: {tenant: our.yaml, user: omar@larkspur.example}\nsteps: [signin]\n")
    result = poundkey("run", tmp_path)
    assert result.code == 0, result
    assert "1 passed" in result.out


def test_a_greeting_of_the_tenant_is_checked_and_measured(poundkey, tmp_path):
    from conftest import wav
    (tmp_path / "ok.wav").write_bytes(wav(3.25))
    (tmp_path / "long.wav").write_bytes(wav(21))
    text = ("scenario: Ours\ngiven:\n  user: omar@larkspur.example\n  set: {fraudAlert.enabled: false}\n"
            "  greetings: [{message: greetingStandard, language: en, file: FILE}]\n"
            "steps: [signin, answer, {hear: {message: greetingStandard, source: custom}}]\nexpect: {result: noInput}\n")
    (tmp_path / "a.yaml").write_text(text.replace("FILE", "ok.wav"))
    good = poundkey("run", tmp_path / "a.yaml")
    assert good.code == 0 and "00:05.250" in good.out
    (tmp_path / "a.yaml").write_text(text.replace("FILE", "long.wav"))
    bad = poundkey("run", tmp_path / "a.yaml")
    assert bad.code == 3
    assert "long.wav would be rejected: duration.limit" in bad.err


def test_a_pin_that_somebody_gives_as_a_reason_is_shown_nowhere(poundkey, terminal, tmp_path):
    (tmp_path / "reason.yaml").write_text(
        'scenario: "Block, of 739146"\ngiven:\n  user: {upn: omar@larkspur.example, pin: "739146"}\n'
        "steps:\n  - admin: {block: omar@larkspur.example, reason: PIN 739146 was shared}\n  - signin\n"
        "expect: {result: userBlocked}\n")
    run = poundkey("run", "reason.yaml", "--transcript", cwd=tmp_path)
    assert run.code == 0 and "PIN •••••• was shared" in run.out and "739146" not in run.out + run.err
    played = poundkey("call", "--scenario", "reason.yaml", cwd=tmp_path)
    assert played.code == 0 and "PIN •••••• was shared" in played.out and "739146" not in played.out + played.err
    call = terminal(f"call --scenario {tmp_path}/reason.yaml", size=(100, 40))
    shown = call.wait_for("was shared")
    assert "PIN •••••• was shared" in shown and "Block, of ••••••" in shown and "739146" not in shown


def test_no_pin_is_shown_anywhere(poundkey, tmp_path):
    (tmp_path / "pin.yaml").write_text(
        'scenario: PIN\ngiven:\n  set: {pin.mode: true}\n  user: {upn: omar@larkspur.example, pin: "8362"}\n'
        'steps:\n  - signin\n  - answer\n  - press: "8362#"\n  - hear: retryPIN\n')
    result = poundkey("run", tmp_path / "pin.yaml", "--transcript", "--report", f"junit={tmp_path}/out.xml")
    assert result.code == 1
    everything = result.out + result.err + (tmp_path / "out.xml").read_text()
    assert "8362" not in everything and "key 8" not in everything
    assert "key •" in result.out and "••••" in result.err


def on_a_terminal(*arguments, env=None):
    """What is written when stdout is a terminal of 80 x 24."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen([str(POUNDKEY), *arguments], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=theirs,
                               stderr=theirs, env={**os.environ, "TERM": "xterm-256color", "HOME": "/nonexistent", **(env or {})})
    os.close(theirs)
    written = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        written += part
    process.wait()
    os.close(ours)
    return written.decode()


def test_colours_are_for_terminals_and_can_be_refused(poundkey, tmp_path):
    arguments = ["run", "scenarios/network/busy.yaml"]
    assert "\x1b" not in poundkey(*arguments).out
    environment = {key: "" for key in ["NO_COLOR"]}
    assert "\x1b[32m✓" in on_a_terminal(*arguments, env=environment)
    assert "scenarios/network/" in on_a_terminal(*arguments, env=environment)
    assert "\x1b" not in on_a_terminal(*arguments, env={"NO_COLOR": "1"})
    assert "\x1b" not in on_a_terminal(*arguments, env={**environment, "TERM": "dumb"})


def test_a_run_fits_a_terminal_of_80_columns_and_names_each_folder_once():
    written = on_a_terminal("run", "scenarios", env={"NO_COLOR": "1"})
    # The bar is wiped before anything else is written.
    lines = re.sub(r"\r\x1b\[K([^\n]*?▏ \d+ of \d+[^\r\n]*(?=\r))?", "", written).splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert lines.count("scenarios/voice/") == 1
    assert any(line.startswith("  ✓ denied ") for line in lines)
