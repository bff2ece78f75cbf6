"""What must not be lost or told by a slip."""
import json
import shutil

AT = ("--at", "2025-02-01T09:00:00Z")
HEADER = "upn,serial number,secret key,time interval,manufacturer,model"


def test_no_verb_writes_over_a_store_or_its_key(poundkey, store, tmp_path):
    key = tmp_path / "larkspur.poundkey.key"
    (tmp_path / "bad.csv").write_text(f"{HEADER}\nnobody@larkspur.example,1,JBSWY3DPEHPK3PXP,30,A,K\n")
    before = store.read_bytes(), key.read_bytes()
    for path, what in [(store, "is a tenant store"), (key, "is a tenant store's key file")]:
        for command in [("tenant", "export", path, "--force"), ("new", path, "--force"),
                        ("oath", "import", tmp_path / "bad.csv", "--failures", path)]:
            tenant = () if command[0] == "new" else ("--tenant", store)
            result = poundkey(*command, *tenant)
            assert (result.code, result.err) == (4, f"error: {path} {what}, and is never replaced\n"), (command, result)
    assert (store.read_bytes(), key.read_bytes()) == before


def test_a_refused_init_takes_nothing_away(poundkey, tmp_path):
    log = tmp_path / "a.poundkey-wal"
    log.write_bytes(b"the log of a store that was moved")
    result = poundkey("tenant", "init", tmp_path / "a.poundkey")
    assert (result.code, result.err) == (4, f"error: {log} is there already\n")
    assert [path.name for path in tmp_path.glob("a.*")] == ["a.poundkey-wal"]
    assert log.read_bytes() == b"the log of a store that was moved"


def test_nothing_is_sealed_under_the_key_of_another_store(poundkey, store, tmp_path):
    (tmp_path / "t.csv").write_text(f"{HEADER}\nhelga@larkspur.example,1001,JBSWY3DPEHPK3PXP,30,A,K\n")
    (tmp_path / "u.csv").write_text(f"{HEADER}\nhelga@larkspur.example,1002,JBSWY3DPEHPK3PXP,30,A,K\n")
    assert poundkey("oath", "import", tmp_path / "t.csv", "--tenant", store).code == 0
    assert poundkey("tenant", "init", tmp_path / "o.poundkey", "--name", "Other").code == 0
    shutil.copy(tmp_path / "o.poundkey.key", tmp_path / "larkspur.poundkey.key")
    result = poundkey("oath", "import", tmp_path / "u.csv", "--tenant", store)
    assert (result.code, result.err) == (
        4, f"error: {store}.key is not the key file of this store: it does not open what was sealed; "
           "nothing was changed\n")
    assert "1002" not in poundkey("oath", "list", "--tenant", store).out


def test_the_log_of_risks_tells_a_detection_once_however_often_the_tenant_is_imported(poundkey, store, tmp_path):
    on = ("--tenant", store)
    assert poundkey("risk", "confirm-compromised", "helga@larkspur.example", *on, *AT).code == 0
    for day in ("2025-02-02", "2025-02-03"):
        assert poundkey("tenant", "export", tmp_path / "t.yaml", "--force", *on).code == 0
        assert poundkey("tenant", "import", tmp_path / "t.yaml", *on, "--at", day).code == 0
    (line,) = poundkey("log", "risk", "--json", *on).out.splitlines()
    assert json.loads(line)["at"] == "2025-02-01T09:00:00Z"
    assert "helga@larkspur.example" in poundkey("risk", "list", *on).out
    assert poundkey("tenant", "check", store).code == 0


def test_who_is_blocked_twice_stands_once_in_the_list_with_the_latest_reason(poundkey, store):
    on = ("--tenant", store)
    for reason, at in [("one", "2025-02-01"), ("two", "2025-02-02")]:
        assert poundkey("block", "helga@larkspur.example", "--reason", reason, *on, "--at", at).code == 0
    (line,) = poundkey("blocked", "--json", *on, "--at", "2025-02-03").out.splitlines()
    assert json.loads(line)["reason"] == "two"


def test_a_block_holds_from_when_it_was_made(poundkey, store):
    on = ("--tenant", store)
    assert poundkey("block", "helga@larkspur.example", "--reason", "one", *on, *AT).code == 0
    assert poundkey("blocked", *on, "--at", "2025-02-01T08:59:59Z").out == "nobody is blocked\n"
    explain = ("signin", "explain", "--user", "helga@larkspur.example", *on, "--at")
    assert "blocked until" not in poundkey(*explain, "2025-01-31").out
    assert "blocked until" in poundkey(*explain, "2025-02-02").out


def test_a_file_for_a_store_and_a_store_for_a_file_say_what_to_do(poundkey, store, tmp_path):
    (tmp_path / "t.yaml").write_text("tenant: T\n")
    result = poundkey("blocked", "--tenant", tmp_path / "t.yaml")
    assert (result.code, result.err) == (
        3, f"error: {tmp_path}/t.yaml is no tenant store: it is no SQLite database; poundkey tenant init STORE --from "
           f"{tmp_path}/t.yaml makes a store of a tenant file\n")
    result = poundkey("tenant", "import", store, "--tenant", store)
    assert (result.code, result.err) == (
        2, f"error: {store} is a tenant store, and this takes a file; poundkey tenant export FILE --tenant {store} "
           "writes one\n")


def test_a_step_that_fails_in_play_is_told_without_the_line_that_may_hold_a_pin(poundkey, store, tmp_path):
    poundkey("pin", "set", "helga@larkspur.example", "--tenant", store, input=b"83619274\n")
    (tmp_path / "s.yaml").write_text(
        "scenario: A call\ngiven: {user: helga@larkspur.example}\nsteps:\n  - signin: call\n  - answer:\n"
        "  - press: \"83619274#\"\n  - hear: fraudReported\n")
    result = poundkey("play", tmp_path / "s.yaml", "--tenant", store, *AT)
    assert result.code == 1, result
    assert "83619274" not in result.out + result.err and "s.yaml:7" in result.err, result
