"""poundkey greeting speak."""
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from conftest import POUNDKEY, wav


def speak(poundkey, *arguments, **more):
    result = poundkey("greeting", "speak", *arguments, "--json", **more)
    return result, json.loads(result.out) if result.out else None


def made(folder):
    """What was written, without the folder that a sound library of the voice makes in any HOME."""
    return [name for name in os.listdir(folder) if name != ".config"]


@pytest.mark.parametrize("language", ["en", "fr", "fr-CA"])
def test_our_own_words_are_spoken_checked_and_fine(poundkey, tmp_path, language):
    result, spoken = speak(poundkey, "greetingStandard", "--language", language, cwd=tmp_path)
    assert result.code == 0, result
    assert list(spoken) == ["message", "language", "text", "rate", "warnings", "report"]
    assert (spoken["message"], spoken["language"], spoken["rate"], spoken["warnings"]) == (
        "greetingStandard", language, 160, [])
    report = spoken["report"]
    assert report["file"] == f"greetingStandard-{language}.wav"
    assert (report["verdict"], report["findings"], report["codec"], report["sampleRate"]) == ("accepted", [], "PCM", 8000)
    assert 4 < report["duration"] < 12
    assert made(tmp_path) == [report["file"]]
    shown = json.loads(poundkey("greeting", "show", tmp_path / report["file"], "--json").out)
    assert abs(shown["waveform"]["speechLevel"] + 22) < 0.3


def test_ones_own_words_in_another_format(poundkey, tmp_path):
    result = poundkey("greeting", "speak", "greetingStandard", "--language", "en", "--text", "Please press pound.", "-o",
                      "hello.mp3", cwd=tmp_path)
    assert result.code == 0, result
    lines = result.out.splitlines()
    assert lines[0].startswith("✓ hello.mp3  ") and "MPEG-2.5 Layer III, 8 kHz mono" in lines[0]
    assert lines[1:] == ["    Please press pound."]


@pytest.mark.parametrize("arguments, warnings", [
    (["greetingStandard", "--language", "en", "--text", "Press the key."],
     ['greetingStandard waits for #, and the text does not say "pound" or "hash"']),
    (["fraudGreetingStandard", "--language", "de", "--text", "Drücken Sie die Rautetaste."],
     ['fraud is reported with 0 # unless the code is set otherwise, and the text does not say "null"']),
    (["fraudConfirmation", "--language", "it", "--text", "Premi il tasto."],
     ['fraudConfirmation waits for 1, and the text says neither 1 nor "uno"']),
    (["greetingStandard", "--language", "nl", "--text", "Druk op hekje."],
     ["whether the text names the key that greetingStandard waits for is not known in nl: look yourself"]),
    (["authenticationDenied", "--language", "nl", "--text", "Tot ziens."], []),
])
def test_a_text_that_leaves_out_a_key_is_warned_of(poundkey, tmp_path, arguments, warnings):
    result, spoken = speak(poundkey, *arguments, cwd=tmp_path)
    assert result.code == 0
    assert spoken["warnings"] == warnings


def test_too_much_text_is_too_long_and_says_by_how_much(poundkey, tmp_path):
    result = poundkey("greeting", "speak", "greetingStandard", "--language", "en", "--text", "one two three " * 40,
                      cwd=tmp_path)
    assert result.code == 1
    assert result.err.startswith("error: greetingStandard, spoken at 160 words a minute: ")
    assert " s more must go. Shorten the text or speak it faster" in result.err
    assert made(tmp_path) == []


@pytest.mark.parametrize("arguments, message", [
    (["greetingStandrad", "--language", "en"],
     'error: there is no message "greetingStandrad"; did you mean "greetingStandard"?\n'),
    (["greetingStandard", "--language", "nl"], "error: no words of ours in nl: give --text (there are words in en, "),
    (["greetingStandard", "--language", "en", "--text", " ... "], "error: --text: the text has no word\n"),
    (["greetingStandard", "--language", "en", "--text", "a" * 1001],
     "error: --text: the text has 1001 characters: at most 1000 are spoken\n"),
    (["greetingStandard", "--language", "en", "--text", "[[p'in]]"],
     "error: --text: [[ begins phonemes, which are not taken: write words\n"),
    (["greetingStandard", "--language", "en", "--text", "a\x1bb"], "error: --text: the text holds control characters\n"),
    (["greetingStandard", "--language", "en", "--voice", "xyzzy"], "error: espeak-ng speaks with no voice xyzzy; "),
    (["greetingStandard", "--language", "qx", "--text", "a"], "error: espeak-ng speaks with no voice qx; "),
    (["greetingStandard", "--language", "en", "--voice=-w/tmp/x"], "Error: --voice is a name, as in fr-be or en-us+f3."),
    (["greetingStandard", "--language", "en", "--rate", "5"], "Error: --rate is from 80 to 450 words a minute."),
    (["greetingStandard"], "Error: Missing expected argument '--language <language>'"),
])
def test_wrong_calls_are_usage(poundkey, tmp_path, arguments, message):
    result = poundkey("greeting", "speak", *arguments, cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(message)
    assert made(tmp_path) == []


def test_a_text_that_looks_like_an_option_is_text(poundkey, tmp_path):
    result, spoken = speak(poundkey, "authenticationDenied", "--language", "en", "--text=-w evil.wav and goodbye $(touch x)",
                           cwd=tmp_path)
    assert result.code == 0, result
    assert made(tmp_path) == ["authenticationDenied-en.wav"]


def test_what_is_there_stays_unless_forced(poundkey, tmp_path):
    (tmp_path / "retryPIN-en.wav").write_bytes(wav(1))
    result = poundkey("greeting", "speak", "retryPIN", "--language", "en", cwd=tmp_path)
    assert (result.code, result.err) == (4, "error: retryPIN-en.wav is there already; --force replaces it\n")
    assert poundkey("greeting", "speak", "retryPIN", "--language", "en", "--force", cwd=tmp_path).code == 0
    assert (tmp_path / "retryPIN-en.wav").read_bytes() != wav(1)


def test_without_espeak_it_says_how_to_get_it(poundkey, tmp_path):
    result = poundkey("greeting", "speak", "retryPIN", "--language", "en", cwd=tmp_path, env={"PATH": "/nowhere"})
    assert (result.code, result.err) == (4, "error: espeak-ng is not here, and it speaks: apt-get install espeak-ng\n")


@pytest.mark.parametrize("script, message", [
    ("exit 1", "error: espeak-ng speaks with no voice en-us"), ("echo no sound", "error: greetingStandard, spoken at"),
])
def test_an_espeak_that_fails_is_told_of(poundkey, tmp_path, script, message):
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "espeak-ng").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "espeak-ng").chmod(0o755)
    result = poundkey("greeting", "speak", "greetingStandard", "--language", "en", cwd=tmp_path,
                      env={"PATH": f"{folder}:/bin"})
    assert result.code in (1, 2) and result.err.startswith(message)
    assert made(tmp_path) == ["bin"]


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_told_to_stop_it_leaves_neither_a_voice_nor_a_folder_behind(tmp_path, number, code):
    (tmp_path / "bin").mkdir()
    voice = tmp_path / "bin/espeak-ng"
    voice.write_text("#!/bin/sh\nexec sleep 60\n")
    voice.chmod(0o755)
    (tmp_path / "scratch").mkdir()
    process = subprocess.Popen([POUNDKEY, "greeting", "speak", "greetingStandard", "--language", "en"], cwd=tmp_path,
                               env={"PATH": f"{tmp_path}/bin:/usr/bin:/bin", "TMPDIR": f"{tmp_path}/scratch"})
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    end = time.monotonic() + 20
    while not (speaking := children.read_text().split()) and time.monotonic() < end:
        time.sleep(0.002)
    process.send_signal(number)
    assert process.wait(timeout=20) == code
    assert list((tmp_path / "scratch").iterdir()) == [] and not Path(f"/proc/{speaking[0]}").exists()
