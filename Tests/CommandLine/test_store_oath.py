"""Hardware tokens of a tenant store."""
import csv
import json
import signal
import sqlite3
import subprocess

from conftest import POUNDKEY

HEADER = "upn,serial number,secret key,time interval,manufacturer,model"
KEY = "JBSWY3DPEHPK3PXP"
AT = ("--at", "2025-01-15T09:00:00Z")


def tokens(poundkey, store):
    return [json.loads(line) for line in poundkey("oath", "list", "--tenant", store, "--json").out.splitlines()]


def failures(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [(row["line"], row["field"], row["reason"]) for row in csv.DictReader(file)]


def test_good_rows_are_kept_and_each_bad_one_is_told_with_line_field_and_reason(poundkey, store, tmp_path):
    rows = [HEADER, f"helga@larkspur.example,1001,{KEY},30,Acme,\"K, 2\"", "omar@larkspur.example,1002,JBSWY3DPEHPK1PXP,30,A,K",
            f"omar@larkspur.example,1003,{'A' * 136},30,A,K", f"omar@larkspur.example,1004,{KEY},45,A,K",
            f"nobody@larkspur.example,1005,{KEY},30,A,K", f"omar@larkspur.example,1001,{KEY},30,A,K"]
    rows += [f"desk@larkspur.example,20{n},{KEY},60,A,K" for n in range(6)]
    (tmp_path / "tokens.csv").write_bytes(b"\xef\xbb\xbf" + "\r\n".join(rows).encode())
    result = poundkey("oath", "import", tmp_path / "tokens.csv", "--tenant", store, *AT)
    assert result.code == 1
    assert result.out == (f"✗ {tmp_path}/tokens.csv  tokens: 6 imported, 6 wrong\n"
                          f"  each wrong row is told in {tmp_path}/Failures_tokens.csv\n")
    assert failures(tmp_path / "Failures_tokens.csv") == [
        ("3", "secret key", "character 13 is 1, and Base32 has the digits 2 to 7 only"),
        ("4", "secret key", "the key has 136 characters, more than 128"),
        ("5", "time interval", "the interval is not 30 or 60"),
        ("6", "upn", "the tenant has no user nobody@larkspur.example"),
        ("7", "serial number", "token 1001 belongs to another user: one token, one user (oath.shared: warn allows it)"),
        ("13", "upn", "a user has at most 5 tokens and apps")]
    assert [token["serial"] for token in tokens(poundkey, store)] == ["1001", *(f"20{n}" for n in range(5))]
    assert not any(token["active"] for token in tokens(poundkey, store))


def test_a_file_with_another_header_or_semicolons_gives_no_token(poundkey, store, tmp_path):
    for header, reason in [("", "the file is empty"), (HEADER.replace(",", ";"), "the columns are separated by semicolons, not by commas"),
                           (f"helga@larkspur.example,1001,{KEY},30,A,K", "the header is missing")]:
        (tmp_path / "t.csv").write_text(header + f"\nhelga@larkspur.example,1001,{KEY},30,A,K\n" if header else "")
        assert poundkey("oath", "import", tmp_path / "t.csv", "--tenant", store).code == 1
        assert failures(tmp_path / "Failures_t.csv") == [("1", "", reason)]
        assert KEY not in (tmp_path / "Failures_t.csv").read_text()
    assert tokens(poundkey, store) == []


def test_cells_that_a_spreadsheet_would_compute_are_made_text(poundkey, store, tmp_path):
    (tmp_path / "t.csv").write_text(f"{HEADER}\nhelga@larkspur.example,=1+1,{KEY},31,A,K\n")
    poundkey("oath", "import", tmp_path / "t.csv", "--tenant", store)
    assert "'=1+1" in (tmp_path / "Failures_t.csv").read_text()


def test_a_token_is_activated_by_its_code_changes_hands_and_is_deleted(poundkey, store, tmp_path):
    on = ("--tenant", store, *AT)
    (tmp_path / "t.csv").write_text(f"{HEADER}\nhelga@larkspur.example,1001,{KEY},30,A,K\n")
    assert poundkey("oath", "import", tmp_path / "t.csv", *on).code == 0
    assert not (tmp_path / "Failures_t.csv").exists()
    wrong = poundkey("oath", "activate", "1001", *on, input=b"000000\n")
    assert (wrong.code, wrong.err) == (1, "error: this is not the current code of token 1001\n")
    code = poundkey("oath", "code", tmp_path / "t.csv", "--serial", "1001", *AT).out.split()[0]
    assert poundkey("oath", "activate", "1001", *on, input=code.encode()).out == "✓ token 1001 is activated\n"
    assert poundkey("oath", "assign", "1001", "omar@larkspur.example", *on).code == 0
    assert [(t["user"], t["active"], t["hasKey"]) for t in tokens(poundkey, store)] == [
        ("omar@larkspur.example", True, True)]
    # The key went along: it opens for the token, whoever has it.
    assert poundkey("oath", "activate", "1001", *on, input=code.encode()).code == 0
    for role in ("authenticationAdministrator", "globalReader"):
        refused = poundkey("oath", "delete", "1001", *on, "--as", role)
        assert (refused.code, refused.err) == (1, "error: this takes at least the role globalAdministrator\n")
    assert poundkey("oath", "delete", "1001", *on).code == 0
    assert tokens(poundkey, store) == []
    again = poundkey("oath", "delete", "1001", *on)
    assert (again.code, again.err) == (1, "error: the tenant has no token 1001\n")


def test_keys_stand_nowhere_in_clear_and_another_key_file_opens_none(poundkey, store, tmp_path):
    (tmp_path / "t.csv").write_text(f"{HEADER}\nhelga@larkspur.example,1001,{KEY},30,A,K\n")
    result = poundkey("oath", "import", tmp_path / "t.csv", "--tenant", store, *AT)
    key = b"Hello!\xde\xad\xbe\xef"
    for path in [*tmp_path.glob("larkspur*"), *tmp_path.glob("Failures*")]:
        assert KEY.encode() not in path.read_bytes() and key not in path.read_bytes(), path
    assert KEY not in result.out + result.err
    other = tmp_path / "other.poundkey"
    assert poundkey("tenant", "init", other, "--name", "Other").code == 0
    (tmp_path / "larkspur.poundkey.key").write_bytes((tmp_path / "other.poundkey.key").read_bytes())
    refused = poundkey("oath", "activate", "1001", "--tenant", store, input=b"123456")
    assert (refused.code, refused.err) == (
        4, "error: the key of token 1001 does not open: is this the store's key file?\n")
    (tmp_path / "larkspur.poundkey.key").chmod(0o644)
    refused = poundkey("oath", "import", tmp_path / "t.csv", "--tenant", store)
    assert refused.code == 4 and "others may read the key file" in refused.err, refused


def test_an_import_that_is_interrupted_leaves_no_trace_and_says_so(poundkey, store, tmp_path):
    users = [f"u{n}@larkspur.example" for n in range(4_000)]
    (tmp_path / "many.yaml").write_text("tenant: Many\nusers:\n" + "".join(f"  - {{upn: {u}}}\n" for u in users))
    assert poundkey("tenant", "import", tmp_path / "many.yaml", "--tenant", store).code == 0
    (tmp_path / "t.csv").write_text(HEADER + "\n" + "".join(
        f"{users[n % 4_000]},{n},{KEY},30,A,K\n" for n in range(20_000)))
    command = [POUNDKEY, "oath", "import", tmp_path / "t.csv", "--tenant", store]
    # Somebody else writes, so that the import surely is on its way when it is told to stop.
    writer = sqlite3.connect(store, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr.readline() == f"another process writes to {store}; waiting for it ...\n"
        process.send_signal(signal.SIGINT)
        writer.execute("ROLLBACK")
        _, errors = process.communicate()
    assert (process.returncode, errors) == (130, "interrupted: nothing was imported\n")
    assert tokens(poundkey, store) == []
    # Killed at any moment: all of it or nothing.
    for moment in (0.05, 0.15, 0.3):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                process.wait(moment)
            except subprocess.TimeoutExpired:
                process.kill()
        assert len(tokens(poundkey, store)) in (0, 20_000)
        assert poundkey("tenant", "check", store).code == 0
    assert poundkey("oath", "import", tmp_path / "t.csv", "--tenant", store).code == 0
    assert len(tokens(poundkey, store)) == 20_000
