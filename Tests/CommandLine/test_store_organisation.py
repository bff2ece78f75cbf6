"""A tenant store as a whole: shown, changed, checked; verbs that take files take stores."""
import json

AT = ("--at", "2025-02-01")


def test_tenant_show_counts_and_tells_what_differs(poundkey, store):
    on = ("--tenant", store, *AT)
    poundkey("block", "helga@larkspur.example", "--reason", "Lost phone", *on)
    poundkey("location", "add", "Office", "--range", "192.0.2.0/24", *on)
    result = poundkey("tenant", "show", *on)
    assert (result.code, result.err) == (0, "")
    lines = [line.split() for line in result.out.splitlines()]
    assert result.out.splitlines()[0] == "Larkspur  managed, in the cloud, licence p2, language en"
    assert ["users", "4"] in lines and ["blocked", "1"] in lines and ["PINs", "2"] in lines
    assert result.out.endswith("settings that are not the default:\n  fraudAlert.enabled  true\n")
    assert json.loads(poundkey("tenant", "show", *on, "--json").out) == {
        "tenant": "Larkspur", "type": "managed", "deployment": "cloud", "licence": "p2", "language": "en", "users": 4,
        "disabled": 0, "guests": 0, "blocked": 1, "lockedOut": 0, "atRisk": 0, "pins": 2, "passes": 0, "tokens": 0,
        "greetings": 0, "locations": 1, "settings": {"fraudAlert.enabled": "true"}}
    # 90 days later the block has lapsed.
    later = json.loads(poundkey("tenant", "show", "--tenant", store, "--at", "2025-05-02", "--json").out)
    assert later["blocked"] == 0
    poundkey("settings", "reset", "fraudAlert.enabled", *on)
    assert poundkey("tenant", "show", *on).out.endswith("every setting is the default\n")


def test_ten_1_tenant_set_changes_what_is_named_and_no_more(poundkey, store):
    on = ("--tenant", store, *AT)
    result = poundkey("tenant", "set", "--name", "Larkspur Ltd", "--type", "federated", *on)
    assert (result.code, result.out) == (0, "✓ Larkspur Ltd: federated, in the cloud, licence p2, language en\n")
    done = json.loads(poundkey("tenant", "set", "--deployment", "onPremises", "--licence", "p1", "--language", "fr", *on,
                               "--json").out)
    assert (done["tenant"], done["type"], done["deployment"], done["licence"], done["language"]) == (
        "Larkspur Ltd", "federated", "onPremises", "p1", "fr")
    assert poundkey("tenant", "set", *on).code == 2
    assert poundkey("tenant", "set", "--name", " ", *on).code == 2
    wrong = poundkey("tenant", "set", "--licence", "p3", *on)
    assert wrong.code == 2 and "'free', 'p1' or 'p2'" in wrong.err


def test_tenant_lint_takes_a_store_and_says_the_same_as_of_a_file(poundkey, store, tmp_path):
    (tmp_path / "t.yaml").write_text(poundkey("tenant", "init", "-").out)
    of_file = [json.loads(line) for line in poundkey("tenant", "lint", tmp_path / "t.yaml", "--json").out.splitlines()]
    result = poundkey("tenant", "lint", store, "--at", "2025-01-15", "--json")
    of_store = [json.loads(line) for line in result.out.splitlines()]
    assert result.code == 0 and of_store
    key = ("id", "severity", "message", "remedy")
    assert sorted([line[name] for name in key] for line in of_store) == sorted([line[name] for name in key] for line in of_file)
    assert {(line["file"], line["line"], line["column"]) for line in of_store} == {(None, None, None)}
    text = poundkey("tenant", "lint", store, "--at", "2025-01-15")
    assert text.out.endswith("0 errors, 3 warnings, 2 notes (as of 2025-01-15)\n"), text
    assert "-->" not in text.out and "  = hint: " in text.out
    named = poundkey("tenant", "lint", "--at", "2025-01-15", env={"POUNDKEY_TENANT": str(store)})
    assert named.out == text.out
    assert poundkey("tenant", "lint", store, "--at", "2025-01-15", "--strict").code == 1
    # Today, long after it is gone, unless told.
    assert "warning[retired]: fraud alert is gone since 2025-03-01" in poundkey("tenant", "lint", store).out
    poundkey("tenant", "set", "--licence", "free", "--tenant", store, *AT)
    poundkey("settings", "set", "risk.policy", "block", "--tenant", store, *AT)
    assert poundkey("tenant", "lint", store, "--at", "2025-01-15").code == 1


def test_tenant_lint_without_a_tenant_is_usage(poundkey, tmp_path):
    result = poundkey("tenant", "lint")
    assert (result.code, result.err) == (2, "error: no tenant is named: a tenant file or store, or POUNDKEY_TENANT\n")
    assert poundkey("tenant", "lint", tmp_path / "none").code == 2


def test_files_and_stores_are_told_apart_by_what_is_in_them(poundkey, store, tmp_path):
    (tmp_path / "store.yaml").write_bytes(store.read_bytes())
    (tmp_path / "file.poundkey").write_text("tenant: F\nsettings: {call.interDigit: 3s}\nusers: [{upn: a@b.example}]\n")
    assert "fraudAlert.enabled  true (default false)\n" in poundkey("settings", "--tenant", tmp_path / "store.yaml").out
    assert "call.interDigit  3s (default 5s)\n" in poundkey("settings", "--tenant", tmp_path / "file.poundkey").out
    by_variable = poundkey("settings", env={"POUNDKEY_TENANT": str(tmp_path / "file.poundkey")})
    assert "call.interDigit  3s (default 5s)\n" in by_variable.out
    assert "fraudAlert.enabled  false\n" in poundkey("settings").out
    (tmp_path / "other.db").write_bytes(b"SQLite format 3\0" + bytes(84))
    other = poundkey("settings", "--tenant", tmp_path / "other.db")
    assert other.code == 3 and other.err
    # What changes a tenant takes no file.
    refused = poundkey("lockout", "--denials", "3", "--tenant", tmp_path / "file.poundkey")
    assert refused.code == 3 and "is no tenant store" in refused.err
    # A new store never begins with what the variable names.
    made = poundkey("tenant", "init", tmp_path / "new.poundkey", env={"POUNDKEY_TENANT": str(tmp_path / "file.poundkey")})
    assert made.out.startswith(f"✓ made {tmp_path / 'new.poundkey'}: Larkspur, 4 users")


def test_a_store_without_users_can_be_set_up(poundkey, tmp_path):
    poundkey("tenant", "init", tmp_path / "acme.poundkey", "--name", "Acme", *AT)
    on = ("--tenant", tmp_path / "acme.poundkey")
    assert poundkey("tenant", "show", *on, "--json").code == 0
    assert poundkey("greeting", "coverage", *on).code == 0
    assert poundkey("greeting", "resolve", "greetingPIN", *on).code == 0
    assert poundkey("tenant", "lint", tmp_path / "acme.poundkey", *AT).code == 0
