"""poundkey greeting fix and preview, as a person and a script use them."""
import json
import os
import signal
import struct
import subprocess
import wave

import pytest
from conftest import POUNDKEY, ROOT, wav


def frames(path):
    with wave.open(str(path)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, 8000)
        return struct.unpack(f"<{sound.getnframes()}h", sound.readframes(sound.getnframes()))


def quiet(seconds=2.0, **more):
    """-42 dBov: accepted with a warning."""
    return wav(seconds, level=368, **more)


def fix(poundkey, *arguments, **more):
    result = poundkey("greeting", "fix", *arguments, "--json", **more)
    return result, [json.loads(line) for line in result.out.splitlines()]


def test_the_copy_stands_beside_the_greeting_and_says_what_changed(poundkey, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/hello.WAV").write_bytes(quiet())
    before = (tmp_path / "in/hello.WAV").read_bytes()
    result = poundkey("greeting", "fix", "in/hello.WAV", cwd=tmp_path)
    assert result.code == 0, result
    assert result.out == (
        "✓ in/hello-fixed.wav  2.00 s · WAV, PCM 16-bit, 8 kHz mono · 32044 bytes\n"
        "    from in/hello.WAV, accepted with warnings: level.low\n"
        "    level  the speech is brought from -42.0 to -22.0 dBov (+20.0 dB)\n")
    assert (tmp_path / "in/hello.WAV").read_bytes() == before
    assert sorted(os.listdir(tmp_path / "in")) == ["hello-fixed.wav", "hello.WAV"]
    assert max(frames(tmp_path / "in/hello-fixed.wav")) == pytest.approx(3681, rel=0.02)
    assert poundkey("greeting", "check", tmp_path / "in/hello-fixed.wav", "--strict").code == 0


def test_what_is_fine_is_left_alone_unless_forced(poundkey, tmp_path):
    (tmp_path / "a.wav").write_bytes(wav(2))
    result = poundkey("greeting", "fix", "a.wav", cwd=tmp_path)
    assert result.code == 0
    assert result.out.endswith("\n    fine as it is: nothing was written\n")
    assert os.listdir(tmp_path) == ["a.wav"]
    assert poundkey("greeting", "fix", "a.wav", "--force", cwd=tmp_path).code == 0
    assert (tmp_path / "a-fixed.wav").read_bytes() == (tmp_path / "a.wav").read_bytes()


def test_json_has_every_key_in_order(poundkey, tmp_path):
    (tmp_path / "a.wav").write_bytes(quiet())
    (tmp_path / "b.wav").write_bytes(wav(2))
    (tmp_path / "c.wav").write_bytes(b"")
    result, [a, b, c] = fix(poundkey, tmp_path / "a.wav", tmp_path / "b.wav", tmp_path / "c.wav")
    assert result.code == 1
    for line in (a, b, c):
        assert list(line) == ["file", "written", "changes", "refused", "before", "after"]
    assert (a["written"], a["changes"][0]["what"]) == (f"{tmp_path}/a-fixed.wav", "level")
    assert [finding["id"] for finding in a["before"]["findings"]] == ["level.low"] and a["after"]["findings"] == []
    assert (b["written"], b["changes"], b["after"]) == (None, [], None)
    assert (c["written"], c["refused"][0]["id"]) == (None, "size.empty")


@pytest.mark.parametrize("name, make", [
    ("cut.wav", lambda: wav(2)[:-1000]), ("silent.wav", lambda: wav(2, level=0)), ("page.wav", lambda: b"<html>" + bytes(99)),
    ("long.wav", lambda: wav(21)), ("empty.mp3", lambda: b""), ("noise.mp3", lambda: bytes(range(256)) * 50),
])
def test_what_cannot_be_mended_is_refused_and_nothing_is_written(poundkey, tmp_path, name, make):
    (tmp_path / name).write_bytes(make())
    result = poundkey("greeting", "fix", name, cwd=tmp_path)
    assert result.code == 1
    assert result.out.startswith(f"✗ {name}  cannot be mended\n    ")
    assert "→ " in result.out
    assert os.listdir(tmp_path) == [name]


def test_too_long_says_how_much_must_go(poundkey, tmp_path):
    (tmp_path / "long.wav").write_bytes(wav(26))
    result = poundkey("greeting", "fix", tmp_path / "long.wav")
    assert ("duration.limit at 20.00 s: 26.00 s are left once the silence at both ends is cut: 6.1 s more must go\n"
            in result.out)


@pytest.mark.parametrize("option, tag", [("mulaw", 7), ("wav", 1)])
def test_wav_formats_by_name(poundkey, tmp_path, option, tag):
    (tmp_path / "a.wav").write_bytes(quiet())
    assert poundkey("greeting", "fix", "a.wav", "--format", option, "-o", "b.wav", cwd=tmp_path).code == 0
    assert struct.unpack("<H", (tmp_path / "b.wav").read_bytes()[20:22]) == (tag,)


def test_the_ending_says_the_format_and_must_not_contradict_it(poundkey, tmp_path):
    (tmp_path / "a.wav").write_bytes(quiet())
    assert poundkey("greeting", "fix", "a.wav", "-o", "b.mp3", cwd=tmp_path).code == 0
    [report] = [json.loads(line) for line in poundkey("greeting", "check", tmp_path / "b.mp3", "--json").out.splitlines()]
    assert (report["codec"], report["sampleRate"], report["channels"], report["findings"]) == (
        "MPEG-2.5 Layer III", 8000, 1, [])
    wrong = poundkey("greeting", "fix", "a.wav", "-o", "c.mp3", "--format", "wav", cwd=tmp_path)
    assert (wrong.code, wrong.err) == (
        2, "error: --format wav is no .mp3: name it .wav, or leave --format out\n")
    odd = poundkey("greeting", "fix", "a.wav", "-o", "c.flac", cwd=tmp_path)
    assert (odd.code, odd.err) == (2, "error: c.flac: a greeting ends in .wav or .mp3\n")


@pytest.mark.parametrize("link", ["same", "symbolic", "hard"])
def test_the_greeting_itself_is_never_written_to(poundkey, tmp_path, link):
    path = tmp_path / "a.wav"
    path.write_bytes(quiet())
    target = "a.wav" if link == "same" else "b.wav"
    if link == "symbolic":
        (tmp_path / "b.wav").symlink_to(path)
    if link == "hard":
        os.link(path, tmp_path / "b.wav")
    result = poundkey("greeting", "fix", "a.wav", "-o", target, "--force", cwd=tmp_path)
    assert result.code == 2
    assert result.err == f"error: {target} is the greeting itself, which is never replaced: name another file\n"
    assert path.read_bytes() == quiet()


def test_another_file_is_replaced_only_by_force(poundkey, tmp_path):
    (tmp_path / "a.wav").write_bytes(quiet())
    (tmp_path / "a-fixed.wav").write_bytes(b"mine")
    result = poundkey("greeting", "fix", "a.wav", cwd=tmp_path)
    assert (result.code, result.err) == (4, "error: a-fixed.wav is there already; --force replaces it\n")
    assert (tmp_path / "a-fixed.wav").read_bytes() == b"mine"
    assert poundkey("greeting", "fix", "a.wav", "--force", cwd=tmp_path).code == 0
    assert (tmp_path / "a-fixed.wav").read_bytes().startswith(b"RIFF")
    assert len(os.listdir(tmp_path)) == 2


def test_several_go_into_a_folder_under_their_names(poundkey, tmp_path):
    (tmp_path / "a.wav").write_bytes(quiet())
    (tmp_path / "b.wav").write_bytes(b"")
    (tmp_path / "c.mp3").write_bytes((ROOT / "greetings/en/digit-1.mp3").read_bytes())
    result, _ = fix(poundkey, "a.wav", "b.wav", "c.mp3", "nowhere.wav", "-o", "out", "--force", cwd=tmp_path)
    assert result.code == 2
    assert result.err == "error: nowhere.wav: no such file or folder\n"
    assert sorted(os.listdir(tmp_path / "out")) == ["a.wav", "c.wav"]
    (tmp_path / "a.mp3").write_bytes(b"")
    twins = poundkey("greeting", "fix", "a.wav", "a.mp3", "-o", "out", "--force", cwd=tmp_path)
    assert (twins.code, twins.err) == (2, "error: a.mp3: its copy would be out/a.wav, as that of a.wav is: name one of them with -o\n")
    assert (tmp_path / "out/a.wav").exists()


def test_a_pipe_in_and_a_pipe_out(tmp_path):
    result = subprocess.run([POUNDKEY, "greeting", "fix", "-", "-o", "-"], input=quiet(), capture_output=True)
    assert result.returncode == 0
    assert len(frames(save(tmp_path, result.stdout))) == 16_000
    assert "level" in result.stderr.decode()


def save(folder, content):
    (folder / "piped.wav").write_bytes(content)
    return folder / "piped.wav"


@pytest.mark.parametrize("arguments, said", [
    (["a.wav", "--level", "-10"], "--level is from -36 to -14 dBov"), (["-"], "-o says where its copy goes"),
    (["a.wav", "--format", "flac"], "flac"), ([], "Missing expected argument"),
])
def test_wrong_calls_are_usage(poundkey, tmp_path, arguments, said):
    result = poundkey("greeting", "fix", *arguments, cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


def test_folders_pipes_and_large_files_are_not_read(poundkey, tmp_path):
    os.mkfifo(tmp_path / "pipe.wav")
    with open(tmp_path / "huge.wav", "wb") as file:
        file.truncate(5 * 1024**3)
    for name, said in [(".", "this is a folder, not a file"), ("pipe.wav", "this is a pipe, not a file"),
                       ("huge.wav", "larger than 32 MB")]:
        result = poundkey("greeting", "fix", name, "-o", "b.wav", cwd=tmp_path)
        assert result.code == 1 and said in result.err, result


def test_a_folder_that_cannot_be_written_to_is_environment(poundkey, tmp_path):
    (tmp_path / "a.wav").write_bytes(quiet())
    result = poundkey("greeting", "fix", tmp_path / "a.wav", "-o", tmp_path / "no/where.wav")
    assert result.code == 4
    assert result.err == f"error: {tmp_path}/no/where.wav cannot be written: No such file or directory\n"


# preview

@pytest.mark.parametrize("law", ["mu", "a"])
def test_a_preview_is_what_g711_leaves(poundkey, tmp_path, law):
    (tmp_path / "a.wav").write_bytes(wav(1))
    result = poundkey("greeting", "preview", "a.wav", "--law", law, cwd=tmp_path)
    assert (result.code, result.out) == (0, "wrote a-preview.wav\n")
    heard, original = frames(tmp_path / "a-preview.wav"), frames(tmp_path / "a.wav")
    assert len(heard) == len(original) and heard != original
    # Segments of 16 steps; at this level none is wider than 256 of 32,768.
    assert max(abs(x - y) for x, y in zip(heard, original)) <= 128
    assert poundkey("greeting", "preview", "a.wav", cwd=tmp_path).code == 4


def test_a_preview_into_a_pipe(tmp_path):
    result = subprocess.run([POUNDKEY, "greeting", "preview", "-", "-o", "-"], input=wav(1), capture_output=True)
    assert result.returncode == 0 and result.stderr == b""
    assert len(frames(save(tmp_path, result.stdout))) == 8000


def test_no_preview_of_what_is_no_sound(poundkey, tmp_path):
    (tmp_path / "a.wav").write_bytes(b"%PDF-1.7")
    result = poundkey("greeting", "preview", tmp_path / "a.wav")
    assert result.code == 1
    assert result.err == f"error: {tmp_path}/a.wav: no sound to hear: format.mismatch: this is PDF, not WAV or MP3\n"


def player(tmp_path, script):
    """A PATH whose only player is this shell script."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "pw-play").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "pw-play").chmod(0o755)
    return {"PATH": f"{folder}:/usr/bin:/bin", "TMPDIR": str(tmp_path)}


def test_play_hands_the_preview_to_the_player_and_leaves_nothing(poundkey, tmp_path):
    (tmp_path / "a.wav").write_bytes(wav(1))
    environment = player(tmp_path, f'cp "$1" {tmp_path}/played.wav')
    result = poundkey("greeting", "preview", "a.wav", "--play", cwd=tmp_path, env=environment)
    assert (result.code, result.out, result.err) == (0, "", "")
    assert len(frames(tmp_path / "played.wav")) == 8000
    assert sorted(os.listdir(tmp_path)) == ["a.wav", "bin", "played.wav"]


def test_a_player_that_gives_up_and_one_that_is_missing_are_environment(poundkey, tmp_path):
    (tmp_path / "a.wav").write_bytes(wav(1))
    result = poundkey("greeting", "preview", "a.wav", "--play", cwd=tmp_path, env=player(tmp_path, "exit 3"))
    assert (result.code, result.err) == (4, "error: no sound: pw-play gave up with exit code 3\n")
    none = poundkey("greeting", "preview", "a.wav", "--play", cwd=tmp_path, env={"PATH": "/nowhere"})
    assert none.code == 4 and "error: no player for --play: install one of pw-play" in none.err


def test_playing_is_interrupted_with_the_player(tmp_path):
    (tmp_path / "a.wav").write_bytes(wav(1))
    os.mkfifo(tmp_path / "started")
    environment = player(tmp_path, f"echo $$ > {tmp_path}/started; exec sleep 60")
    process = subprocess.Popen([POUNDKEY, "greeting", "preview", tmp_path / "a.wav", "--play"], env=environment)
    pid = int((tmp_path / "started").read_text())
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert sorted(os.listdir(tmp_path)) == ["a.wav", "bin", "started"]


@pytest.mark.parametrize("options, name, codec", [
    (["-o", "copy.wav"], "copy.wav", "PCM"), (["--format", "mulaw"], "fine-fixed.wav", "mu-law"),
    (["--level", "-30"], "fine-fixed.wav", "PCM")])
def test_who_says_where_or_how_it_is_to_be_written_gets_a_copy_of_what_is_fine(poundkey, tmp_path, options, name, codec):
    (tmp_path / "fine.wav").write_bytes(wav(1))
    result = poundkey("greeting", "fix", "fine.wav", *options, cwd=tmp_path)
    assert result.code == 0, result
    [report] = [json.loads(line) for line in poundkey("greeting", "check", name, "--json", cwd=tmp_path).out.splitlines()]
    assert (report["verdict"], report["codec"]) == ("accepted", codec)


def test_what_is_fine_goes_through_a_pipe(tmp_path):
    result = subprocess.run([POUNDKEY, "greeting", "fix", "-", "-o", "-"], input=wav(1), capture_output=True)
    assert result.returncode == 0 and result.stdout == wav(1)


def test_a_copy_never_replaces_another_greeting_that_is_to_be_fixed(poundkey, tmp_path):
    (tmp_path / "a.wav").write_bytes(quiet())
    (tmp_path / "a-fixed.wav").write_bytes(quiet())
    result = poundkey("greeting", "fix", "a.wav", "a-fixed.wav", "--force", cwd=tmp_path)
    assert result.code == 2
    assert result.err == ("error: a.wav: its copy would replace a-fixed.wav, which is to be fixed too: "
                          "name another with -o\n")
    assert (tmp_path / "a-fixed.wav").read_bytes() == quiet()
    assert (tmp_path / "a-fixed-fixed.wav").exists()
