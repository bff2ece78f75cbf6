"""Token files against Python's csv and base64: seeded files, some of whose rows are wrong.

csv says what the fields are and on which line a row begins, base64 whether a key is Base32; the other rules stand here once
more. Files keep to what RFC 4180 has: what is no CSV at all has its own tests, as Python's reader guesses there.
"""
import base64
import binascii
import csv
import io
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "CommandLine"))
from conftest import POUNDKEY  # noqa: E402

COLUMNS = ["upn", "serial number", "secret key", "time interval", "manufacturer", "model"]
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz234567"


def key(chance):
    text = "".join(chance.choices(ALPHABET, k=chance.choice([0, 1, 2, 7, 8, 13, 16, 26, 32, 127, 128, 129])))
    if chance.random() < 0.2:
        text += "=" * chance.choice([-len(text) % 8, 1, 8])
    if chance.random() < 0.2:
        place = chance.randrange(len(text) + 1)
        text = text[:place] + chance.choice("0189 -=\u00e9\u212a\U0001f511\x00") + text[place:]
    return text


def row(chance):
    fields = [
        chance.choice(["a@b.example", "A.B@C.example", "", "a", "a@b@c", "@b", "a b@c", "\u00e9@b.example", " a@b.c "]),
        chance.choice(["1", "2308374", "", " ", 'a"b', "x,y", "\u00e9", "=1+1"]),
        key(chance),
        chance.choice(["30", "60", " 30", "030", "45", "", "30s", "-30", "\uff13\uff10"]),
        chance.choice(["", "Larch", 'Larch "and" Sons', "Larch, Sons", "Larch\r\nand Sons", "a\nb", "a\rb"]),
        chance.choice(["", "K-1", '"', ",", "\n"]),
    ]
    if chance.random() < 0.1:
        fields = fields[:chance.randrange(1, 6)]
    elif chance.random() < 0.05:
        fields.append("more")
    return fields


def is_name(text):
    name, _, domain = text.partition("@")
    return bool(name and domain) and "@" not in domain and not any(character.isspace() for character in text)


def is_key(text):
    if not 0 < len(text) <= 128 or not text.isascii():
        return False
    try:
        return bool(base64.b32decode(text if "=" in text else text + "=" * (-len(text) % 8), casefold=True))
    except binascii.Error:
        return False


def wrong_fields(fields):
    if len(fields) != len(COLUMNS):
        return [None]
    upn, serial, secret, interval, _, _ = (field.strip(" ") for field in fields)
    is_interval = interval.isascii() and interval.isdigit() and int(interval) in (30, 60)
    goods = zip(COLUMNS, [is_name(upn), bool(serial), is_key(secret), is_interval])
    return [column for column, good in goods if not good]


def expected(text):
    """Good rows, wrong rows, and line and field of each failure."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    good, wrong, failures, line = 0, 0, [], 1
    for fields in reader:
        if fields and line > 1:
            found = wrong_fields(fields)
            failures += [(line, field) for field in found]
            good, wrong = good + (not found), wrong + bool(found)
        line = reader.line_num + 1
    return good, wrong, failures


@pytest.mark.parametrize("seed", range(12))
def test_rows_and_what_is_wrong_with_them(seed):
    chance = random.Random(seed)
    text = io.StringIO(newline="")
    end = ["\r\n", "\n", "\r"][seed % 3]
    writer = csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL if seed % 4 == 3 else csv.QUOTE_MINIMAL)
    writer.writerow(COLUMNS)
    for _ in range(400):
        writer.writerow(row(chance))
        if chance.random() < 0.1:
            text.write(end)
    content = text.getvalue()
    if seed % 2:
        content = content.removesuffix(end)
    mark = b"\xef\xbb\xbf" if seed % 5 == 0 else b""
    result = subprocess.run([POUNDKEY, "oath", "check", "-", "--json"], input=mark + content.encode(),
                            capture_output=True, timeout=60)
    assert result.returncode == 1, result.stderr
    line = json.loads(result.stdout)
    good, wrong, failures = expected(content)
    assert good > 5 and len(failures) > 300
    assert [(error["line"], error["field"]) for error in line["errors"]] == failures
    assert (line["good"], line["wrong"]) == (good, wrong)
