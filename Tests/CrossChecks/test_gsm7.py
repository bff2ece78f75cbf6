"""The text-message encoding against two independent implementations from PyPI.

gsm0338 is asked for the septets of every character of the Basic Multilingual Plane, smsutil for those and for the
segments of seeded texts. Every difference that there is stands here with its reason.
"""
import json
import random
import subprocess
import sys
from pathlib import Path

import gsm0338
import pytest
import smsutil
from smsutil.codecs import GSM_CHARSET, GSM_EXT_CHARSET

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "CommandLine"))
from conftest import POUNDKEY  # noqa: E402

# In TS 23.038 the escape announces a character of the extension table and is none itself. Both libraries list it, and so
# take a lone ESC for a text of one septet; a phone would read the escape and the character after it as one.
ESCAPE = "\x1b"


def preview(text):
    result = subprocess.run([POUNDKEY, "sms", "preview", "-", "--json"], input=text.encode(), capture_output=True,
                            timeout=60)
    # 1 says that it has more than 255 parts.
    assert result.returncode in (0, 1), result.stderr
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def plane():
    """Every character of the BMP, less the surrogates, which no UTF-8 text holds."""
    return [chr(code) for code in range(0x10000) if not 0xD800 <= code <= 0xDFFF]


@pytest.fixture(scope="module")
def held(plane):
    """What poundkey takes for GSM-7: all of the plane in one text names every character that forces UCS-2."""
    # The line end at the very end would be taken for the pipe's own.
    line = preview("".join(plane) + "a")
    forcing = {entry["character"] for entry in line["forcing"]}
    assert line["characters"] == len(plane) + 1
    assert [entry["places"] for entry in line["forcing"][:2]] == [[1], [2]]
    return [ch for ch in plane if ch not in forcing]


def gsm0338_septets(ch):
    try:
        return len(gsm0338.Codec().encode(ch)[0])
    except UnicodeEncodeError:
        return None


def smsutil_septets(ch):
    return 2 if ch in GSM_EXT_CHARSET else 1 if ch in GSM_CHARSET else None


@pytest.mark.parametrize("theirs", [gsm0338_septets, smsutil_septets])
def test_membership_over_the_whole_plane(plane, held, theirs):
    assert {ch for ch in plane if theirs(ch) is not None} - set(held) == {ESCAPE}
    assert [ch for ch in held if theirs(ch) is None] == []


@pytest.mark.parametrize("theirs", [gsm0338_septets, smsutil_septets])
def test_septets_of_every_character_held(held, theirs):
    assert len(held) == 137
    for ch in held:
        # Between letters, so that no line end is taken away.
        assert preview(f"a{ch}a")["units"] - 2 == theirs(ch), f"U+{ord(ch):04X}"


# No ESC here, for the reason above. Canonical equivalents, emoji and joiners included.
GSM_ONLY = [ch for ch in GSM_CHARSET if ch != ESCAPE]
MIXED = GSM_ONLY + list("çêôûîœ’“”–…漢字кодé") + ["e\u0301", "📞", "👩\u200d🚒", "\U0010ffff", "\r\n"]
# Lengths near every limit, and some in between.
LENGTHS = [1, 66, 67, 68, 69, 70, 71, 133, 134, 135, 152, 153, 154, 159, 160, 161, 305, 306, 307, 459, 460, 700]


def seeded_texts():
    chance = random.Random(20250115)
    for number in range(1000):
        letters = [GSM_ONLY, MIXED, list(GSM_EXT_CHARSET) + ["a"], ["📞", "ê", "a"]][number % 4]
        length = chance.choice(LENGTHS) + chance.choice([0, 0, -1, 1, 2])
        yield "".join(chance.choice(letters) for _ in range(max(1, length))) + "."


def test_a_thousand_texts_have_the_segments_of_smsutil():
    many = 0
    for text in seeded_texts():
        ours, theirs = preview(text), smsutil.split(text)
        assert ours["encoding"] == {"gsm0338": "GSM-7", "utf_16_be": "UCS-2"}[theirs.encoding], text
        # smsutil counts UCS-2 in bytes.
        width = 1 if theirs.encoding == "gsm0338" else 2
        assert ours["units"] * width == theirs.total_bytes, text
        assert [segment["text"] for segment in ours["segments"]] == [part.content for part in theirs.parts], text
        assert [segment["units"] * width for segment in ours["segments"]] == [part.bytes for part in theirs.parts], text
        many += len(ours["segments"]) > 1
    assert many > 300
