"""poundkey greeting show: in a terminal, in a pipe, as a picture, as JSON."""
import json
import os
import subprocess
import uuid
import xml.etree.ElementTree as ET

import pytest
from conftest import POUNDKEY, wav

SVG = "{http://www.w3.org/2000/svg}"


def test_a_pipe_gets_a_plain_drawing_of_80_columns(poundkey, tmp_path):
    (tmp_path / "a.wav").write_bytes(wav(2))
    result = poundkey("greeting", "show", "a.wav", cwd=tmp_path)
    assert result.code == 0 and result.err == ""
    lines = result.out.splitlines()
    assert lines[0] == "✓ a.wav"
    assert lines[1] == "  2.00 s · WAV, PCM 16-bit, 8 kHz mono · 32044 bytes"
    assert lines[3].startswith("-12 dB ") and any("⣿" * 60 in line for line in lines)
    assert lines[11].strip("┯━") == " " * 7 and len(lines[11]) == 79 and lines[12].startswith("       0 s   0.2    0.4")
    assert lines[-1] == "  speech 2.00 of 2.00 s at -22.0 dBov (aim for -26 to -18), peak at -19.0 dBFS"
    assert max(map(len, lines)) <= 80 and "\x1b" not in result.out


@pytest.mark.parametrize("width", [40, 60, 120, 400])
def test_no_line_is_wider_than_asked_for(poundkey, tmp_path, width):
    (tmp_path / "a.wav").write_bytes(wav(20.5))
    result = poundkey("greeting", "show", "a.wav", "--width", width, cwd=tmp_path)
    assert result.code == 1
    assert max(map(len, result.out.splitlines())) in range(width - 12, width + 1)
    assert "  1  duration.limit at 20.00 s" in result.out


def test_a_terminal_has_its_width_and_colours(tmp_path):
    (tmp_path / "a.wav").write_bytes(wav(20.5))
    socket = f"show-{uuid.uuid4().hex[:8]}"

    def tmux(*arguments):
        return subprocess.run(["tmux", "-L", socket, *arguments], check=True, capture_output=True, text=True).stdout

    command = f"{POUNDKEY} greeting show a.wav; tmux -L {socket} wait-for -S shown; cat"
    tmux("-f", "/dev/null", "new-session", "-d", "-x", "66", "-y", "30", "-c", str(tmp_path), command)
    try:
        tmux("wait-for", "shown")
        screen = tmux("capture-pane", "-p")
        coloured = tmux("capture-pane", "-p", "-e")
    finally:
        tmux("kill-server")
    drawn = [line for line in screen.splitlines() if "⣿" in line]
    assert drawn and max(map(len, drawn)) == 65
    assert "\x1b[36m" in coloured and "\x1b[31m" in coloured


def test_the_picture_is_xml_with_title_and_description(poundkey, tmp_path):
    (tmp_path / "a&<b>.wav").write_bytes(wav(0.3))
    result = poundkey("greeting", "show", "a&<b>.wav", "--svg", "a.svg", cwd=tmp_path)
    assert result.code == 0
    assert result.out.endswith("\nwrote a.svg\n") and "⣿" in result.out
    root = ET.parse(tmp_path / "a.svg").getroot()
    assert root.find(f"{SVG}title").text == "a&<b>.wav: accepted, 0.30 s"
    assert "duration.short" in root.find(f"{SVG}desc").text
    assert (root.get("width"), root.get("role")) == ("960", "img")
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "text", "tspan", "line", "path", "circle"}
    wide = poundkey("greeting", "show", "a&<b>.wav", "--svg", "-", "--width", 1200, cwd=tmp_path)
    assert ET.fromstring(wide.out).get("width") == "1200"


def test_a_picture_does_not_replace_the_greeting(poundkey, tmp_path):
    (tmp_path / "a.wav").write_bytes(wav(1))
    result = poundkey("greeting", "show", "a.wav", "--svg", "a.wav", cwd=tmp_path)
    assert (result.code, (tmp_path / "a.wav").read_bytes()) == (2, wav(1))


def test_json_has_the_report_and_the_waveform(poundkey, tmp_path):
    (tmp_path / "a.wav").write_bytes(wav(1))
    shown = json.loads(poundkey("greeting", "show", "a.wav", "--json", "--width", 50, cwd=tmp_path).out)
    assert shown["report"]["file"] == "a.wav" and shown["report"]["verdict"] == "accepted"
    waveform = shown["waveform"]
    assert list(waveform) == ["duration", "speechLevel", "peakLevel", "speech", "columns"]
    assert (waveform["duration"], len(waveform["columns"])) == (1, 50)
    # 3,681 of 32,768, and by the square root of two less.
    assert all(low == -112 and high == 112 and rms in (79, 80) for low, high, rms in waveform["columns"])
    (tmp_path / "b.wav").write_bytes(b"<html>")
    rejected = poundkey("greeting", "show", "b.wav", "--json", cwd=tmp_path)
    assert rejected.code == 1 and json.loads(rejected.out)["waveform"] is None


@pytest.mark.parametrize("arguments", [["--width", "10"], ["--svg", "x.svg", "--width", "100"], ["--json", "--svg", "-"]])
def test_wrong_calls_are_usage(poundkey, tmp_path, arguments):
    (tmp_path / "a.wav").write_bytes(wav(1))
    result = poundkey("greeting", "show", "a.wav", *arguments, cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert os.listdir(tmp_path) == ["a.wav"]


def test_a_missing_file_and_standard_input(poundkey, tmp_path):
    assert poundkey("greeting", "show", tmp_path / "no.wav").err == f"error: {tmp_path}/no.wav: no such file or folder\n"
    assert poundkey("greeting", "show", "-", input=wav(1)).out.startswith("✓ -\n")
