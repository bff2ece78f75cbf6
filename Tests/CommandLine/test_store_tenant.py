"""A tenant store as a whole: made, exported, imported."""
import json
import shutil
import stat
import subprocess

import pytest

AT = ("--at", "2025-01-15T09:00:00Z")


def fill(poundkey, store, tmp_path):
    """Something of every kind that an export has to carry."""
    on = ("--tenant", store, *AT)
    subprocess.run(["sox", "-n", "-r", "8000", "-c", "1", "-b", "16", tmp_path / "w.wav", "synth", "3", "sine", "300",
                    "gain", "-12"], check=True)
    (tmp_path / "tokens.csv").write_text(
        "upn,serial number,secret key,time interval,manufacturer,model\n"
        "helga@larkspur.example,0017,JBSWY3DPEHPK3PXP,60,Acme,\"K, 2\"\n")
    for command in [
        ("greeting", "add", "fraudGreetingStandard", "fr", tmp_path / "w.wav", "--script", "Bonjour: \"#\""),
        ("oath", "import", tmp_path / "tokens.csv"),
        ("block", "omar@larkspur.example", "--reason", "Lost: \"phone\", again"),
        ("risk", "confirm-compromised", "helga@larkspur.example"),
        ("pass", "issue", "desk@larkspur.example", "--minutes", "120", "--once"),
        ("user", "require-registration", "desk@larkspur.example", "--reason", "New phone"),
        ("user", "add", "yes@larkspur.example", "--name", "No"),
        ("location", "add", "Office", "--range", "203.0.113.0/24", "--trusted"),
        ("trusted-ip", "add", "198.51.100.0/24"),
        ("settings", "set", "call.ringTimeout", "45s"),
    ]:
        result = poundkey(*command, *on)
        assert result.code == 0, (command, result)


def export(poundkey, store, path, *options):
    result = poundkey("tenant", "export", path, "--tenant", store, *options)
    assert result.code == 0, result
    return path.read_bytes()


def test_export_import_export_gives_the_same_bytes_in_the_same_store_and_in_a_new_one(poundkey, store, tmp_path):
    fill(poundkey, store, tmp_path)
    first = export(poundkey, store, tmp_path / "out.yaml")
    (tmp_path / "there").mkdir()
    shutil.copy(tmp_path / "out.yaml", tmp_path / "there")
    shutil.copytree(tmp_path / "out-greetings", tmp_path / "there/out-greetings")
    same = poundkey("tenant", "import", tmp_path / "there/out.yaml", "--tenant", store, *AT)
    assert (same.code, same.err) == (0, ""), same
    assert export(poundkey, store, tmp_path / "out.yaml", "--force") == first
    other = tmp_path / "other.poundkey"
    made = poundkey("tenant", "init", other, "--from", tmp_path / "out.yaml", *AT)
    assert made.code == 0, made
    assert export(poundkey, other, tmp_path / "out.yaml", "--force") == first
    assert poundkey("tenant", "check", other).code == 0
    # A new store has neither PINs nor keys, and says so.
    assert made.err == (
        "warning: 2 PINs are in neither the file nor the store (helga@larkspur.example, omar@larkspur.example): "
        "poundkey pin set UPN\n"
        "warning: 1 pass is in neither the file nor the store (desk@larkspur.example): poundkey pass issue UPN\n"
        "warning: 1 token's key is in neither the file nor the store (0017): poundkey oath import FILE.csv\n")
    # In the one it came from, the key of the token still opens.
    code = poundkey("oath", "code", tmp_path / "tokens.csv", "--serial", "0017", *AT).out.split()[0]
    assert poundkey("oath", "activate", "0017", "--tenant", store, *AT, input=code.encode()).code == 0
    refused = poundkey("oath", "activate", "0017", "--tenant", other, *AT, input=code.encode())
    assert (refused.code, refused.err) == (
        1, "error: the store has no key of token 0017: it came without; import it again with its key\n")


def test_an_export_is_a_tenant_file_for_scenarios_and_in_the_one_layout(poundkey, store, tmp_path):
    fill(poundkey, store, tmp_path)
    export(poundkey, store, tmp_path / "out.yaml")
    assert poundkey("fmt", "--check", tmp_path / "out.yaml").code == 0
    (tmp_path / "s.yaml").write_text(
        "scenario: Omar is blocked in the tenant that was exported\n"
        "given: {tenant: out.yaml, user: omar@larkspur.example, start: 2025-01-16T09:00:00Z}\n"
        "steps: [signin: call]\nexpect: {result: userBlocked}\n")
    result = poundkey("run", "s.yaml", cwd=tmp_path)
    assert result.code == 0, result


def test_an_import_with_a_mistake_changes_nothing(poundkey, store, tmp_path):
    before = export(poundkey, store, tmp_path / "before.yaml")
    (tmp_path / "bad.yaml").write_text("tenant: T\nusers:\n  - upn: a@t.example\n    phone: \"12\"\n")
    result = poundkey("tenant", "import", tmp_path / "bad.yaml", "--tenant", store)
    assert result.code == 3 and "bad.yaml:4:12" in result.err, result
    assert export(poundkey, store, tmp_path / "after.yaml") == before
    refused = poundkey("tenant", "import", tmp_path / "before.yaml", "--tenant", store, "--as", "userAdministrator")
    assert (refused.code, refused.err) == (1, "error: this takes at least the role globalAdministrator\n")


def test_the_logs_outlive_an_import_which_stands_in_them(poundkey, store, tmp_path):
    on = ("--tenant", store, *AT)
    assert poundkey("block", "omar@larkspur.example", "--reason", "Lost phone", *on).code == 0
    (tmp_path / "new.yaml").write_text("tenant: New\nusers: [{upn: a@t.example}]\n")
    result = poundkey("tenant", "import", tmp_path / "new.yaml", "--by", "root@t.example", *on, "--json")
    assert json.loads(result.out) == {
        "done": "tenant import", "at": "2025-01-15T09:00:00Z", "user": None, "tenant": "New", "users": 1, "tokens": 0,
        "greetings": 0, "pinsMissing": [], "passesMissing": [], "keysMissing": []}
    rows = [json.loads(line) for line in poundkey("log", "audit", "--tenant", store, "--json").out.splitlines()]
    assert [row["activity"] for row in rows] == ["User blocked for MFA", "Tenant imported"]


def test_a_store_is_never_replaced_and_nothing_is_left_of_one_that_could_not_be_made(poundkey, store, tmp_path):
    result = poundkey("tenant", "init", store)
    assert (result.code, result.err) == (4, f"error: {store} is there already\n")
    result = poundkey("tenant", "init", tmp_path / "no/where.poundkey")
    assert result.code == 4 and not (tmp_path / "no").exists(), result
    (tmp_path / "bad.yaml").write_text("tenant: [\n")
    result = poundkey("tenant", "init", tmp_path / "x.poundkey", "--from", tmp_path / "bad.yaml")
    assert result.code == 3 and not list(tmp_path.glob("x.poundkey*")), result


def test_a_store_and_its_key_are_the_owners_alone(poundkey, tmp_path):
    assert poundkey("tenant", "init", tmp_path / "a.poundkey", "--name", "A").code == 0
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("a.poundkey*")}
    assert modes and set(modes.values()) == {0o600}, modes


@pytest.mark.parametrize("name, text, error", [
    ("text", b"tenant: Larkspur\n", "it is no SQLite database"), ("empty", b"", "it is empty")])
def test_what_is_no_store_is_refused_by_what_it_is(poundkey, tmp_path, name, text, error):
    path = tmp_path / f"{name}.poundkey"
    path.write_bytes(text)
    result = poundkey("blocked", "--tenant", path)
    assert (result.code, result.err) == (3, f"error: {path} is no tenant store: {error}\n")
