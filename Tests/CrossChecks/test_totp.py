"""The codes of tokens against pyotp: 200 seeded keys and times, through a token file and poundkey oath code."""
import base64
import datetime
import json
import random
import subprocess
import sys
from pathlib import Path

import pyotp

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "CommandLine"))
from conftest import POUNDKEY  # noqa: E402

# The last second of 2199: beyond the 32 bits that a time once had.
LATEST = 7_258_118_399


def code(csv, serial, at):
    result = subprocess.run(
        [POUNDKEY, "oath", "code", csv, "--serial", str(serial), "--at", at.strftime("%Y-%m-%dT%H:%M:%SZ"), "--json"],
        capture_output=True, timeout=60)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_two_hundred_codes_are_those_of_pyotp(tmp_path):
    chance = random.Random(6238)
    tokens = []
    for serial in range(200):
        # Of every length up to the 80 bytes that 128 characters hold. pyotp refuses keys below 112 bits (NIST SP 800-63B);
        # poundkey takes them, since no document of the file sets a least length.
        key = base64.b32encode(chance.randbytes(14 + serial % 67)).decode()
        if serial % 3 == 0:
            key = key.rstrip("=")
        if serial % 2 == 0:
            key = key.lower()
        tokens.append((serial, key, chance.choice([30, 60]), chance.randrange(LATEST)))
    csv = tmp_path / "tokens.csv"
    rows = [f"u{serial}@b.example,{serial},{key},{interval},M,N" for serial, key, interval, _ in tokens]
    csv.write_text("\n".join(["upn,serial number,secret key,time interval,manufacturer,model", *rows]))
    for serial, key, interval, seconds in tokens:
        at = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
        theirs = pyotp.TOTP(key, interval=interval).at(seconds)
        assert code(csv, serial, at) == {
            "serial": str(serial), "code": theirs, "holdsSeconds": interval - seconds % interval}
