"""poundkey call: a real terminal (tmux), a real clock."""
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from conftest import POUNDKEY, ROOT


def test_a_fraud_report_from_ring_to_record_at_80_columns(terminal, tmp_path):
    call = terminal("call --user helga@larkspur.example")
    ringing = call.wait_for("● ringing")
    assert "+33 744081468  →  helga@larkspur.example, +XX XXXXXXX78" in ringing
    call.type("a")
    call.wait_for("♪ fraudGreetingStandard fr · default")
    call.type("0")
    call.wait_for(r"1 key so far")
    call.type("#")
    confirm = call.wait_for("waiting for 1 to confirm the block")
    assert "Merci, votre signalement est enregistré." in confirm
    assert "sign-in record: MFA denied; fraud code entered" in confirm
    call.type("1")
    call.wait_for("fraudReported, saying goodbye")
    call.type("q")
    call.wait_for("done-42")
    history = call.history()
    assert "code=0" in history
    assert "this is the demo tenant" in history
    assert "helga@larkspur.example is blocked until" in history
    assert (tmp_path / "before").read_text() == (tmp_path / "after").read_text()


def test_ctrl_c_gives_the_terminal_back_as_it_was(terminal, tmp_path):
    call = terminal("call --user omar@larkspur.example")
    call.wait_for("● ringing")
    call.type("C-c")
    call.wait_for("done-42")
    assert "code=130" in call.history()
    assert (tmp_path / "before").read_text() == (tmp_path / "after").read_text()


def test_a_signal_gives_the_terminal_back_too(terminal, tmp_path):
    call = terminal("call --user omar@larkspur.example")
    call.wait_for("● ringing")
    call.tell(signal.SIGTERM)
    call.wait_for("done-42")
    assert "code=143" in call.history()
    assert (tmp_path / "before").read_text() == (tmp_path / "after").read_text()


def test_p_stops_the_clock_and_goes_on(terminal):
    call = terminal("call --user omar@larkspur.example")
    call.wait_for("● ringing")
    call.type("p")
    first = re.search(r"(\d\d:\d\d\.\d)  ❚❚ paused", call.wait_for("❚❚ paused"))[1]
    time.sleep(0.6)
    assert f"{first}  ❚❚ paused" in call.screen()
    call.type("p")
    call.wait_for("▶ live")
    call.type("a")
    call.wait_for("♪ fraudGreetingStandard en")
    call.type("h")
    call.wait_for("The call is over: ■ userHungUp")
    call.type("s")
    call.wait_for("● ringing")


def test_a_blocked_user_is_not_called(terminal, tmp_path):
    tenant = tmp_path / "t.yaml"
    tenant.write_text('tenant: T\nusers: [{upn: a@b.example, phone: "+44 7700900123", blocked: true}]\n')
    call = terminal(f"call --tenant {tenant}")
    call.wait_for("userBlocked")
    call.type("q")
    call.wait_for("done-42")


def test_a_pin_is_dots_on_the_screen(terminal, tmp_path):
    tenant = tmp_path / "t.yaml"
    tenant.write_text('tenant: T\nsettings: {pin.mode: true}\nusers: [{upn: a@b.example, phone: "+44 7700900123", pin: "8362"}]\n')
    call = terminal(f"call --tenant {tenant}")
    call.wait_for("● ringing")
    call.type("a")
    call.wait_for("collecting PIN, attempt 1 of 3")
    for key in "8362":
        call.type(key)
    shown = call.wait_for("4 keys so far")
    assert "⌨ key •" in shown and "⌨ key 8" not in shown
    call.type("#")
    call.wait_for("approved, saying goodbye")
    call.type("q")
    call.wait_for("done-42")


def fake_player(folder, script=""):
    """A player that notes what it is given and who it is, then plays for longer than any test."""
    player = folder / "bin/aplay"
    player.parent.mkdir()
    player.write_text(f"""#!/bin/sh
cp "$2" {folder}/last.wav
echo "$$ $2" >> {folder}/played
{script}
exec sleep 60
""")
    player.chmod(0o755)
    for tool in ["sh", "sleep", "cp", "stty", "bash"]:
        (folder / "bin" / tool).symlink_to(shutil.which(tool))
    return {"PATH": str(folder / "bin")}


def eventually(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


def played(folder):
    """The players so far: process and file."""
    notes = folder / "played"
    return [line.split() for line in notes.read_text().splitlines()] if notes.exists() else []


def is_alive(process):
    return Path(f"/proc/{process}").exists() and "sleep" in Path(f"/proc/{process}/cmdline").read_text()


def temporary_folders():
    return {path.name for path in Path(tempfile.gettempdir()).glob("poundkey-??????")}


def test_play_hands_the_sound_to_a_player_and_stops_it_at_a_key_and_at_the_end(terminal, tmp_path):
    before = temporary_folders()
    call = terminal("call --user omar@larkspur.example --play", env=fake_player(tmp_path))
    call.wait_for("● ringing")
    call.type("a")
    eventually(lambda: len(played(tmp_path)) == 1)
    [[greeting, path]] = played(tmp_path)
    assert path.endswith("/fraudGreetingStandard-en.wav")
    sound = (tmp_path / "last.wav").read_bytes()
    assert sound[:4] == b"RIFF" and 12.6 < (len(sound) - 44) / 2 / 16_000 < 12.8
    eventually(lambda: is_alive(greeting))
    call.type("#")
    eventually(lambda: len(played(tmp_path)) == 2)
    assert not is_alive(greeting)
    goodbye, path = played(tmp_path)[1]
    assert path.endswith("/authenticationSuccessful-en.wav")
    eventually(lambda: is_alive(goodbye))
    call.type("q")
    call.wait_for("done-42")
    assert not is_alive(goodbye)
    assert temporary_folders() == before


def test_a_signal_stops_the_player_and_leaves_nothing_behind(terminal, tmp_path):
    before = temporary_folders()
    call = terminal("call --user desk@larkspur.example --play", env=fake_player(tmp_path))
    call.wait_for("● ringing")
    call.type("a")
    eventually(lambda: played(tmp_path) and is_alive(played(tmp_path)[0][0]))
    call.tell(signal.SIGHUP)
    call.wait_for("done-42")
    assert "code=129" in call.history()
    assert not is_alive(played(tmp_path)[0][0])
    assert temporary_folders() == before


def test_the_digits_of_an_extension_are_played_too(terminal, tmp_path):
    call = terminal("call --user desk@larkspur.example --play", env=fake_player(tmp_path))
    call.wait_for("● ringing")
    call.type("a")
    eventually(lambda: len(played(tmp_path)) == 2, seconds=15)
    assert played(tmp_path)[1][1].endswith("/digits-204.wav")
    call.type("q")
    call.wait_for("done-42")


def test_a_player_that_gives_up_is_told_of_on_the_screen(terminal, tmp_path):
    call = terminal("call --user omar@larkspur.example --play", env=fake_player(tmp_path, "exit 1"))
    call.wait_for("● ringing")
    call.type("a")
    call.wait_for("no sound: .*aplay gave up")
    call.type("q")
    call.wait_for("done-42")


@pytest.mark.parametrize("columns, rows", [(80, 24), (60, 20), (40, 10), (20, 5), (200, 50)])
def test_who_calls_how_it_stands_and_the_keys_are_seen_in_any_window(terminal, columns, rows):
    call = terminal("call --user omar@larkspur.example", size=(columns, rows))
    call.wait_for("● ringing")
    call.type("a")
    call.wait_for("● waiting for")
    shown = call.wait_for("a answer").splitlines()
    assert len(shown) == rows and shown[-1].startswith(" a answer")
    call.type("p")
    assert "paused: p goes" in call.wait_for("paused: p goes").splitlines()[-1]
    call.type("q")
    call.wait_for("done-42")


def test_a_terminal_that_cannot_draw_gets_lines(poundkey):
    result = subprocess.run(["script", "-qec", f"{POUNDKEY} call --scenario scenarios/network/busy.yaml", "/dev/null"],
                            cwd=ROOT, env={**os.environ, "TERM": "dumb"}, capture_output=True, timeout=30)
    assert result.returncode == 0
    assert b"\x1b[?1049h" not in result.stdout and "not put through: busy".encode() in result.stdout


def test_play_without_a_player_says_what_to_install(poundkey, tmp_path):
    result = poundkey("call", "--scenario", "scenarios/network/busy.yaml", "--play", env={"PATH": str(tmp_path)})
    assert result.code == 4
    assert result.err.startswith("error: no player for --play: install one of pw-play, paplay, aplay, play, ffplay")


def test_a_scenario_replays_in_real_time_as_it_runs_in_virtual_time(poundkey):
    started = time.monotonic()
    replay = poundkey("call", "--scenario", "scenarios/voice/hung-up.yaml")
    took = time.monotonic() - started
    assert replay.code == 0, replay
    assert 5.0 <= took < 15
    run = poundkey("run", "scenarios/voice/hung-up.yaml", "--transcript").out
    transcript = [line[4:] for line in run.splitlines() if line.startswith("    0") or line.startswith("     ")]
    ours = [line for line in replay.out.splitlines()]
    assert [line for line in ours if re.match(r"\d\d:", line)] == [line for line in transcript if re.match(r"\d\d:", line)]


def test_a_scenario_on_the_screen_shows_its_call_and_waits_for_a_key(terminal):
    call = terminal("call --scenario scenarios/network/busy.yaml")
    shown = call.wait_for("The call is over: ■ busy")
    assert "The line is busy" in shown and "▶ replay" in shown or "❚❚" in shown
    call.type("x")
    call.wait_for("done-42")
    assert "code=0" in call.history()


def test_a_scenario_that_fails_is_told_after_the_replay(poundkey, tmp_path):
    (tmp_path / "bad.yaml").write_text("scenario: T\nsteps: [{fault: busy}, signin]\nexpect: {result: approved}\n")
    result = poundkey("call", "--scenario", tmp_path / "bad.yaml")
    assert result.code == 1
    assert "expected approved, got busy" in result.err


@pytest.mark.parametrize("arguments, code, message", [
    (["--user", "helg@larkspur.example"], 2, 'did you mean "helga@larkspur.example"?'),
    (["--tenant", "nowhere.yaml"], 2, "error: nowhere.yaml does not exist"),
    (["--scenario", "nowhere.yaml"], 2, "error: nowhere.yaml does not exist"),
    (["--language", "?"], 2, '"?" is no language, as fr or fr-CA are'),
    (["--scenario", "scenarios"], 2, "error: scenarios is not a file"),
    (["--scenario", "x", "--user", "y"], 2, "--scenario says all about the call"),
    ([], 4, "error: a call needs a terminal; --scenario FILE replays one without"),
])
def test_what_cannot_be_called(poundkey, arguments, code, message):
    result = poundkey("call", *arguments)
    assert result.code == code
    assert message in result.err and result.out == ""


def test_a_case_of_a_matrix_is_chosen_by_name(poundkey, tmp_path):
    file = tmp_path / "m.yaml"
    file.write_text("scenario: M\nmatrix: {rows: [{id: one, fault: busy}, {id: two, fault: rejected}]}\n"
                    "steps:\n  - fault: ${fault}\n  - signin: call\nexpect: {result: \"${fault}\"}\n")
    result = poundkey("call", "--scenario", file, "--case", "two")
    assert (result.code, result.err) == (0, "")
    assert "rejected" in result.out
    first = poundkey("call", "--scenario", file)
    assert (first.code, first.err) == (0, "note: this is one, the first of 2 cases; --case chooses another\n")
    nobody = poundkey("call", "--scenario", file, "--case", "three")
    assert (nobody.code, nobody.err) == (
        5, f"error: {file} has no case three; poundkey run --list {file} tells them\n")
