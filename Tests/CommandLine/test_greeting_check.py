"""poundkey greeting check, as a person and a script use it."""
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios
import time

import pytest
from conftest import POUNDKEY, ROOT, wav
from junitparser import JUnitXml


def check(poundkey, path, *options, **more):
    result = poundkey("greeting", "check", path, "--json", *options, **more)
    return result, [json.loads(line) for line in result.out.splitlines()]


def ids(report):
    return [finding["id"] for finding in report["findings"]]


def test_a_good_greeting_is_accepted_in_one_line(poundkey, tmp_path):
    (tmp_path / "hello.wav").write_bytes(wav(2.5))
    result = poundkey("greeting", "check", "hello.wav", cwd=tmp_path)
    assert result.code == 0
    assert result.out == "✓ hello.wav  2.50 s · WAV, PCM 16-bit, 8 kHz mono · 40044 bytes\n"
    assert result.err == ""


def test_json_is_one_object_a_file_with_every_key_in_order(poundkey, tmp_path):
    (tmp_path / "hello.wav").write_bytes(wav(2.5))
    result, reports = check(poundkey, tmp_path / "hello.wav")
    assert list(reports[0]) == ["file", "verdict", "findings", "container", "codec", "sampleRate", "channels",
                                "bitDepth", "duration", "bytes"]
    assert reports[0]["verdict"] == "accepted"
    assert (reports[0]["sampleRate"], reports[0]["channels"], reports[0]["bitDepth"]) == (8000, 1, 16)
    assert (reports[0]["duration"], reports[0]["bytes"]) == (2.5, 40044)


@pytest.mark.parametrize("size, verdict", [(1_048_576, "accepted"), (1_048_577, "rejected")])
def test_a_megabyte_is_1048576_bytes(poundkey, tmp_path, size, verdict):
    # An odd chunk is followed by a byte of padding, so the sizes are made even and one byte is appended.
    even = size - size % 2
    (tmp_path / "big.wav").write_bytes(wav(1, pad_to=even) + bytes(size - even))
    _, [report] = check(poundkey, tmp_path / "big.wav")
    assert report["bytes"] == size
    assert report["verdict"] == verdict
    assert ("size.limit" in ids(report)) == (verdict == "rejected")
    if verdict == "accepted":
        assert ids(report) == ["size.near"]


@pytest.mark.parametrize("samples, code", [(159_999, 0), (160_000, 1)])
def test_20_seconds_are_too_long_to_the_sample(poundkey, tmp_path, samples, code):
    (tmp_path / "long.wav").write_bytes(wav(samples=samples))
    result, [report] = check(poundkey, tmp_path / "long.wav")
    assert result.code == code
    assert ids(report) == (["duration.limit"] if code else [])


def test_renamed_flac_and_m4a_are_named_for_what_they_are(poundkey, tmp_path):
    (tmp_path / "in.wav").write_bytes(wav(1))
    subprocess.run(["flac", "--silent", "-o", tmp_path / "flac.wav", tmp_path / "in.wav"], check=True)
    box = struct.pack(">I", 24) + b"ftypM4A \x00\x00\x02\x00M4A mp42" + struct.pack(">I", 8) + b"moov"
    (tmp_path / "m4a.mp3").write_bytes(box + struct.pack(">I", 4008) + b"mdat" + bytes(4000))
    for name, kind in [("flac.wav", "FLAC"), ("m4a.mp3", "M4A")]:
        result, [report] = check(poundkey, tmp_path / name)
        assert result.code == 1
        assert ids(report) == ["format.mismatch"]
        assert kind in report["findings"][0]["message"]


def test_a_cut_mp3_is_truncated(poundkey, tmp_path):
    whole = (ROOT / "greetings/en/greetingStandard.mp3").read_bytes()
    (tmp_path / "cut.mp3").write_bytes(whole[:len(whole) * 2 // 3])
    result, [report] = check(poundkey, tmp_path / "cut.mp3")
    assert result.code == 1
    assert "mp3.truncated" in ids(report)


def test_silence_is_rejected(poundkey, tmp_path):
    (tmp_path / "silent.wav").write_bytes(wav(3, level=0))
    result, [report] = check(poundkey, tmp_path / "silent.wav")
    assert result.code == 1
    assert ids(report) == ["level.silent"]


def test_the_list_chunk_that_hangs_libsndfile_does_not_hang(poundkey, tmp_path):
    trap = b"LIST" + struct.pack("<I", 12) + b"INFO" + b"ISFT" + struct.pack("<I", 0xFFFFFFF8)
    good = wav(1)
    body = good[12:] + trap
    (tmp_path / "trap.wav").write_bytes(b"RIFF" + struct.pack("<I", len(body) + 4) + b"WAVE" + body)
    started = time.monotonic()
    result, [report] = check(poundkey, tmp_path / "trap.wav")
    assert result.code == 0 and report["duration"] == 1
    assert time.monotonic() - started < 30


def test_five_gigabytes_are_refused_without_reading_them(poundkey, tmp_path):
    path = tmp_path / "huge.wav"
    with open(path, "wb") as file:
        file.truncate(5 * 1024**3)
    result, [report] = check(poundkey, path)
    assert result.code == 1
    assert ids(report) == ["size.limit"]
    assert report["bytes"] == 5 * 1024**3


def test_a_fifo_is_a_rejection_and_does_not_wait(poundkey, tmp_path):
    os.mkfifo(tmp_path / "pipe.wav")
    result, [report] = check(poundkey, tmp_path / "pipe.wav")
    assert result.code == 1
    assert ids(report) == ["file.kind"]


def test_a_missing_path_is_usage(poundkey, tmp_path):
    result = poundkey("greeting", "check", tmp_path / "nowhere.wav")
    assert result.code == 2
    assert result.out == ""
    assert result.err == f"error: {tmp_path}/nowhere.wav: no such file or folder\n"


def test_an_unreadable_file_is_environment(poundkey, tmp_path, as_nobody):
    path = tmp_path / "secret.wav"
    path.write_bytes(wav(1))
    path.chmod(0)
    result = poundkey("greeting", "check", path, **as_nobody)
    assert result.code == 4
    assert result.err == f"error: {path}: no permission to read it\n"


def test_a_folder_without_greetings_matches_nothing(poundkey, tmp_path):
    (tmp_path / "notes.txt").write_text("nothing here")
    result = poundkey("greeting", "check", tmp_path)
    assert result.code == 5
    assert result.err == f"error: {tmp_path}: no .wav or .mp3 file in this folder\n"


def test_a_folder_is_checked_in_order_with_a_summary(poundkey, tmp_path):
    (tmp_path / "b.wav").write_bytes(wav(1))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.WAV").write_bytes(wav(0.3))
    (tmp_path / "c.wav").write_bytes(b"")
    result = poundkey("greeting", "check", ".", cwd=tmp_path)
    assert result.code == 1
    assert [line.split()[1] for line in result.out.splitlines() if line and line[0] in "✓✗!"] == [
        "./b.wav", "./c.wav", "./sub/a.WAV"]
    assert result.out.endswith("3 files: 2 accepted, 1 of them with warnings, 1 rejected\n")


def test_strict_makes_warnings_fail(poundkey, tmp_path):
    (tmp_path / "short.wav").write_bytes(wav(0.3))
    assert check(poundkey, tmp_path / "short.wav")[0].code == 0
    assert check(poundkey, tmp_path / "short.wav", "--strict")[0].code == 1


def test_standard_input_is_a_greeting_too(poundkey):
    result, [report] = check(poundkey, "-", input=wav(1))
    assert result.code == 0
    assert report["file"] == "-" and report["duration"] == 1
    mp3 = (ROOT / "greetings/fr/digit-3.mp3").read_bytes()
    assert check(poundkey, "-", input=mp3)[1][0]["container"] == "MP3"
    assert check(poundkey, "-", input=b"")[0].code == 1
    _, [long] = check(poundkey, "-", input=bytes((32 << 20) + 1))
    assert (long["bytes"], long["findings"][0]["message"]) == (None, "more than 33554432 bytes came")


def test_one_wrong_path_does_not_keep_the_others_from_being_checked(poundkey, tmp_path):
    (tmp_path / "good.wav").write_bytes(wav(1))
    result = poundkey("greeting", "check", tmp_path / "nowhere.wav", tmp_path / "good.wav")
    assert result.code == 2
    assert "✓" in result.out and "no such file" in result.err


def test_every_default_greeting_is_accepted_without_a_warning(poundkey):
    result, reports = check(poundkey, ROOT / "greetings", "--strict")
    assert result.code == 0
    assert len(reports) == 6 * 28
    assert all(report["findings"] == [] for report in reports)


def test_the_lengths_that_calls_use_are_those_of_the_decoded_files(poundkey):
    _, reports = check(poundkey, ROOT / "greetings")
    measured = {os.path.relpath(report["file"], ROOT / "greetings"): report["duration"] for report in reports}
    manifest = json.loads((ROOT / "greetings/manifest.json").read_text())
    assert len(manifest) == 6 * 28
    for entry in manifest:
        # The report rounds down, the manifest to the nearest millisecond.
        assert abs(measured[entry["file"]] * 1000 - entry["milliseconds"]) <= 1


def test_a_link_that_leads_nowhere_and_an_odd_name_do_not_keep_the_rest_from_being_checked(poundkey, tmp_path):
    (tmp_path / "a.wav").write_bytes(wav(1))
    (tmp_path / "b.wav").symlink_to(tmp_path / "gone.wav")
    (tmp_path / "c.wav").write_bytes(wav(2))
    os.close(os.open(os.fsencode(tmp_path) + b"/Begr\xfc\xdfung.wav", os.O_CREAT))
    result = poundkey("greeting", "check", tmp_path)
    assert result.code == 4
    assert result.out.endswith("2 files: 2 accepted, 0 rejected\n")
    assert f"error: {tmp_path}/b.wav: no such file or folder\n" in result.err
    assert "its name is not UTF-8 text, and it was left out; rename it" in result.err


def test_a_name_cannot_draw_on_the_screen(poundkey, tmp_path):
    (tmp_path / "a\x1b[31m.wav").write_bytes(wav(1))
    assert "\x1b" not in poundkey("greeting", "check", tmp_path).out


@pytest.mark.parametrize("content, kind, remedy", [
    (b"<!DOCTYPE html><title>404</title>", "HTML", "fetch the sound again"), (b"PK\x03\x04" + bytes(99), "ZIP", "Unpack it"),
    (b"%PDF-1.7" + bytes(99), "PDF", "was the right file chosen?"), (b"RIFF", "RIFF without WAVE", "cut or damaged"),
    (b"OggS" + bytes(99), "Ogg", "renaming does not change what it is"), (b"hello", "text", "was the right file chosen?"),
    (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n", "a Git LFS pointer", "git lfs pull"),
])
def test_what_is_no_wav_gets_the_remedy_for_what_it_is(poundkey, tmp_path, content, kind, remedy):
    (tmp_path / "a.wav").write_bytes(content)
    _, [report] = check(poundkey, tmp_path / "a.wav")
    assert ids(report) == ["format.mismatch"]
    assert f"this is {kind}, not WAV" in report["findings"][0]["message"]
    assert remedy in report["findings"][0]["remedy"]


def test_what_callers_would_hear_is_told_with_place_and_remedy(poundkey, tmp_path):
    (tmp_path / "faint.wav").write_bytes(wav(2, level=300))
    result, [report] = check(poundkey, tmp_path / "faint.wav")
    assert result.code == 0
    assert report["verdict"] == "accepted"
    assert report["findings"] == [{
        "id": "level.low", "severity": "warn",
        "message": "the speech is at -43.8 dBov: callers strain to hear it",
        "remedy": "Make it louder by 21.8 dB: -22 dBov is best, -26 to -18 is good.", "at": None}]
    assert check(poundkey, tmp_path / "faint.wav", "--strict")[0].code == 1


def test_reports_come_in_the_order_of_the_paths_whatever_finishes_first(poundkey, tmp_path):
    names = []
    for number in range(60):
        path = tmp_path / f"{number:02}.wav"
        # Long and short by turns, and some that need no looking into.
        path.write_bytes(b"" if number % 7 == 3 else wav([19, 0.6][number % 2]))
        names.append(str(path))
    for jobs in ["1", "2", "16"]:
        _, reports = check(poundkey, tmp_path, "-j", jobs)
        assert [report["file"] for report in reports] == names


def test_junit_has_a_case_a_file_with_failures_and_warnings(poundkey, tmp_path):
    (tmp_path / "good & plain.wav").write_bytes(wav(1))
    (tmp_path / "short.wav").write_bytes(wav(0.3))
    (tmp_path / "silent.wav").write_bytes(wav(1, level=0))
    (tmp_path / "link.wav").symlink_to(tmp_path / "gone")
    result = poundkey("greeting", "check", ".", "--junit", "report.xml", cwd=tmp_path)
    assert result.code == 4
    suite = next(iter(JUnitXml.fromfile(str(tmp_path / "report.xml"))))
    assert (suite.tests, suite.failures, suite.errors) == (4, 1, 1)
    cases = {case.name: case for case in suite}
    assert cases["./good & plain.wav"].is_passed and cases["./good & plain.wav"].time == 1
    [failure] = cases["./silent.wav"].result
    assert (failure.type, failure.message) == ("level.silent", "silent: 0 ms are above -60 dBFS, 100 are needed")
    assert "Record it again" in failure.text
    assert cases["./short.wav"].is_passed and "duration.short" in cases["./short.wav"].system_out
    [error] = cases["./link.wav"].result
    assert error.message == "no such file or folder"


def test_in_junit_warnings_are_failures_where_they_count(poundkey, tmp_path):
    (tmp_path / "short.wav").write_bytes(wav(0.3))
    result = poundkey("greeting", "check", "short.wav", "--strict", "--junit", "report.xml", cwd=tmp_path)
    assert result.code == 1
    suite = next(iter(JUnitXml.fromfile(str(tmp_path / "report.xml"))))
    assert (suite.failures, [case.result[0].type for case in suite]) == (1, ["duration.short"])


def test_a_report_that_cannot_be_written_is_environment_and_the_verdicts_are_still_told(poundkey, tmp_path):
    (tmp_path / "good.wav").write_bytes(wav(1))
    result = poundkey("greeting", "check", "good.wav", "--junit", "no/where.xml", cwd=tmp_path)
    assert result.code == 4
    assert result.out.startswith("✓ good.wav") and "no/where.xml cannot be written" in result.err


def test_a_report_never_replaces_what_is_to_be_checked(poundkey, tmp_path):
    (tmp_path / "good.wav").write_bytes(wav(1))
    result = poundkey("greeting", "check", "good.wav", "--junit", "./good.wav", cwd=tmp_path)
    assert result.code == 2
    assert result.err == "error: --junit ./good.wav: this is the name of a recording: name another file\n"
    (tmp_path / "link.xml").symlink_to("good.wav")
    result = poundkey("greeting", "check", "good.wav", "--junit", "link.xml", cwd=tmp_path)
    assert result.err == "error: --junit would overwrite good.wav, which is to be checked\n"
    assert (tmp_path / "good.wav").read_bytes() == wav(1)


@pytest.mark.parametrize("options, message", [
    (["-j", "0"], "--jobs is 1 to 256, not 0"), (["-"], "standard input can be read only once")])
def test_what_makes_no_sense_is_usage(poundkey, options, message):
    result = poundkey("greeting", "check", "-", *options)
    assert result.code == 2 and message in result.err


def on_a_terminal(tmp_path, arguments):
    """What is drawn on a terminal of 80 columns: stdout and stderr together."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen([POUNDKEY, *arguments], stdout=follower, stderr=follower, stdin=subprocess.DEVNULL,
                               cwd=tmp_path, env={"TERM": "xterm", "PATH": os.environ["PATH"]})
    os.close(follower)
    drawn = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:
            break
        if not part:
            break
        drawn += part
    os.close(leader)
    assert process.wait(timeout=60) == 0
    return drawn.decode()


def test_a_long_run_shows_how_far_it_is_on_a_terminal_and_leaves_nothing_of_it(tmp_path):
    # What is done in a moment has no bar.
    (tmp_path / "000.wav").write_bytes(wav(15))
    for number in range(1, 400):
        (tmp_path / f"{number:03}.wav").hardlink_to(tmp_path / "000.wav")
    drawn = on_a_terminal(tmp_path, ["greeting", "check", "."])
    assert re.search("Checking ▕█+.?  *▏ [0-9]+ of 400", drawn)
    assert drawn.rindex("\r\x1b[K") > drawn.rindex(" of 400")
    (tmp_path / "few").mkdir()
    (tmp_path / "few/a.wav").write_bytes(wav(0.6))
    assert "Checking" not in on_a_terminal(tmp_path, ["greeting", "check", "few"])


def test_other_sounds_in_a_folder_are_told_of_and_cost_nothing(poundkey, tmp_path):
    (tmp_path / "good.wav").write_bytes(wav(1))
    (tmp_path / "memo.M4A").write_bytes(b"")
    result = poundkey("greeting", "check", ".", cwd=tmp_path)
    assert result.code == 0
    assert result.err == "note: .: memo.M4A, was not looked at: greetings are .wav or .mp3\n"
    (tmp_path / "a.flac").write_bytes(b"")
    assert "2 other sounds, a.flac among them" in poundkey("greeting", "check", ".", cwd=tmp_path).err
    (tmp_path / "good.wav").unlink()
    result = poundkey("greeting", "check", ".", cwd=tmp_path)
    assert result.code == 5 and "no .wav or .mp3 file in this folder; 2 other sounds" in result.err


def test_a_recording_under_another_name_is_not_said_to_be_renamed(poundkey, tmp_path):
    (tmp_path / "memo.m4a").write_bytes(struct.pack(">I", 24) + b"ftypM4A \x00\x00\x02\x00M4A mp42" + bytes(99))
    _, [report] = check(poundkey, tmp_path / "memo.m4a")
    assert ids(report) == ["name.extension", "format.mismatch"]
    assert report["findings"][1]["remedy"] == "Convert it to WAV or MP3, in an audio editor for example."


@pytest.mark.parametrize("verb, option", [("check", "--junit"), ("show", "--svg")])
def test_a_report_never_takes_the_place_of_a_recording(poundkey, tmp_path, verb, option):
    for name in ["good.wav", "other.WAV"]:
        (tmp_path / name).write_bytes(wav(1))
    result = poundkey("greeting", verb, "good.wav", option, "other.WAV", cwd=tmp_path)
    assert result.code == 2
    assert result.err == f"error: {option} other.WAV: this is the name of a recording: name another file\n"
    assert (tmp_path / "other.WAV").read_bytes() == wav(1)


def test_a_full_disk_is_told_by_its_name(tmp_path):
    (tmp_path / "good.wav").write_bytes(wav(1))
    with open("/dev/full", "w") as full:
        result = subprocess.run([POUNDKEY, "greeting", "check", "good.wav"], cwd=tmp_path, stdout=full,
                                stderr=subprocess.PIPE, text=True)
    assert (result.returncode, result.stderr) == (4, "error: the output cannot be written: No space left on device\n")


def test_what_was_typed_cannot_draw_on_the_screen(poundkey):
    result = poundkey("greeting", "resolve", "greetingStandard", "--language", "fr\x1b[31m\u202e")
    assert result.code == 2
    assert "\x1b" not in result.err and "\u202e" not in result.err


def test_a_closed_output_is_told_and_no_helper_takes_its_place(tmp_path):
    (tmp_path / "good.wav").write_bytes(wav(1))
    result = subprocess.run(["sh", "-c", f"exec {POUNDKEY} greeting check good.wav >&-"], cwd=tmp_path,
                            stderr=subprocess.PIPE, text=True)
    assert (result.returncode, result.stderr) == (4, "error: the output cannot be written: Bad file descriptor\n")
