#!/usr/bin/env python3
"""Writes the files that script/fuzz starts from: recordings cut short, a WAV of every codec, tags and indexes edited.

All are small, and none is made by the program that they try.

Example:
  script/fuzz_seeds.py .build/fuzz/seeds

Exit codes: 0 written; 2 usage; 4 sox or lame is missing or fails.
"""
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 8_192

# Beside 16-bit PCM: what sox calls the codecs that a greeting may have.
CODECS = {
    "pcm8": ["-b", "8", "-e", "unsigned"], "pcm24": ["-b", "24"], "pcm32": ["-b", "32"], "stereo": ["-c", "2"],
    "six": ["-c", "6"], "float32": ["-e", "float", "-b", "32"], "float64": ["-e", "float", "-b", "64"],
    "mu-law": ["-e", "mu-law"], "a-law": ["-e", "a-law"], "ima": ["-e", "ima-adpcm"],
    "ima-stereo": ["-e", "ima-adpcm", "-c", "2"], "ms": ["-e", "ms-adpcm"], "ms-stereo": ["-e", "ms-adpcm", "-c", "2"],
    "gsm": ["-e", "gsm"],
}
# What lame makes of a tone: every version, every way of channels, with and without an index.
ENCODINGS = {
    "cbr8": ["-b", "8", "--resample", "8", "-m", "m"], "cbr8-bare": ["-b", "8", "--resample", "8", "-m", "m", "-t"],
    "vbr": ["-V", "9", "--resample", "16", "-m", "m"], "crc": ["-b", "32", "--resample", "32", "-m", "m", "-p"],
    "joint": ["-b", "64", "-m", "j", "--resample", "44.1"], "dual": ["-b", "64", "-m", "d", "--resample", "48"],
    "free": ["--freeformat", "-b", "32", "-m", "m"], "mpeg2": ["-b", "16", "--resample", "22.05", "-m", "m"],
}


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def synsafe(size):
    return bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127])


def id3v2(content, footer=False):
    rest = bytes([4, 0, 0x10 if footer else 0]) + synsafe(content)
    return b"ID3" + rest + b"\xff" * content + (b"3DI" + rest if footer else b"")


def ape(content):
    def edge(flags):
        return b"APETAGEX" + struct.pack("<IIIIQ", 2_000, content + 32, 1, flags, 0)
    return edge(0xA000_0000) + b"\xff" * content + edge(0x8000_0000)


def tagged(mp3):
    """One MP3 in the company of every kind of tag."""
    v1 = b"TAG" + b" " * 125
    yield "id3v1", mp3 + v1
    yield "id3v2", id3v2(40) + mp3
    yield "footer", id3v2(40, footer=True) + mp3
    yield "tail-footer", mp3 + id3v2(40, footer=True)
    yield "ape-head", ape(20) + mp3
    yield "ape-tail", mp3 + ape(20) + v1
    yield "lyrics", mp3 + b"LYRICSBEGIN" + b"A" * 9 + b"000020LYRICS200"
    yield "joined", mp3 + v1 + id3v2(10) + mp3


def indexed(mp3):
    """One MP3 with counts in its Info frame that are wrong, and with a VBRI header in its place."""
    place = mp3.index(b"Info") + 8
    there = struct.unpack_from(">I", mp3, place)[0]
    for name, count in [("less", there - 1), ("more", there + 2), ("none", 0), ("most", 0xFFFF_FFFF)]:
        yield f"index-{name}", mp3[:place] + struct.pack(">I", count) + mp3[place + 4:]
    yield "index-bytes", mp3[:place + 4] + b"\xff\xff\xff\xff" + mp3[place + 8:]
    lame = mp3.index(b"LAME") + 21
    yield "index-trim", mp3[:lame] + b"\xff\xff\xff" + mp3[lame + 3:]
    yield "vbri", mp3[:36] + b"VBRI" + struct.pack(">HHHII", 1, 0, 0, len(mp3), there) + mp3[54:]


def chunked(wav):
    """One WAV of sox, its chunks moved, doubled and lied about."""
    header, data = wav[:36], wav[36:]
    trap = b"LIST" + struct.pack("<I", 16) + b"INFOISFT\xf8\xff\xff\xff" + bytes(4)
    yield "list", header + trap + data
    yield "odd", header + b"junk" + struct.pack("<I", 3) + b"abc\0" + data
    yield "behind", wav + trap
    yield "order", wav[:12] + data + wav[12:36]
    for size in [0, 0xFFFF_FFFF, 0x7FFF_FFFF, 0xFFFF_FFF8]:
        yield f"data-{size:x}", header + b"data" + struct.pack("<I", size) + data[8:]
    subformat = struct.pack("<HHI", 22, 16, 4) + b"\1\0\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71"
    yield "extensible", wav[:16] + struct.pack("<IH", 40, 0xFFFE) + wav[22:36] + subformat + data


def seeds(folder):
    tone = folder / "tone.wav"
    run("sox", "-D", "-n", "-r", "8000", "-b", "16", str(tone), "synth", "0.15", "sine", "440", "gain", "-6")
    yield "pcm16.wav", tone.read_bytes()
    for name, content in chunked(tone.read_bytes()):
        yield f"{name}.wav", content
    for name, options in CODECS.items():
        run("sox", "-D", str(tone), *options, str(folder / "out.wav"))
        yield f"{name}.wav", (folder / "out.wav").read_bytes()
    for suffix in ["aiff", "au", "caf", "voc", "w64", "flac", "ogg"]:
        run("sox", "-D", str(tone), str(folder / f"out.{suffix}"))
        yield f"renamed-{suffix}.wav", (folder / f"out.{suffix}").read_bytes()
    for name, options in ENCODINGS.items():
        run("lame", "--quiet", *options, str(tone), str(folder / "out.mp3"))
        yield f"{name}.mp3", (folder / "out.mp3").read_bytes()
    run("lame", "--quiet", "-b", "32", str(tone), str(folder / "out.mp3"))
    mp3 = (folder / "out.mp3").read_bytes()
    for make in [tagged, indexed]:
        for name, content in make(mp3):
            yield f"{name}.mp3", content
    for header, length in [(b"\xff\xfd\x14\xc0", 96), (b"\xff\xff\x14\xc0", 32), (b"\xff\xf5\x14\xc0", 48)]:
        yield f"layer-{header[1]:x}.mp3", (header + bytes(length - 4)) * 8
    for recording in sorted((ROOT / "greetings/en").glob("digit-*.mp3")):
        yield f"cut-{recording.name}", recording.read_bytes()[:3_000]


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        print(__doc__, file=sys.stdout if "--help" in sys.argv else sys.stderr)
        return 0 if "--help" in sys.argv else 2
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            for name, content in seeds(Path(folder)):
                (target / name).write_bytes(content[:LONGEST])
    except (OSError, subprocess.CalledProcessError) as problem:
        print(f"fuzz_seeds: {problem}", file=sys.stderr)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
