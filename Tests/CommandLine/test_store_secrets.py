"""PINs and passes of a tenant store: taken without being shown, kept as slow hashes, found nowhere in clear."""
import base64
import json
import re
import sqlite3

import pytest
from admin_verbs import AT, HELGA, NAMES, OMAR, VERBS

PIN, OTHER = "83620517294460183752", "5906172834"


@pytest.fixture
def on(poundkey, furnished):
    def run(*arguments, at=AT, **options):
        return poundkey(*arguments, "--tenant", furnished, "--at", at, **options)
    return run


def kept(store, kind):
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT body FROM event WHERE kind = ? ORDER BY sequence", (kind,)).fetchall()
    return [json.loads(body)["kept"] for (body,) in rows]


@pytest.mark.parametrize("pin", ["0471", "000000", PIN, "2581"])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b""])
def test_a_pin_is_the_line_on_standard_input(on, furnished, pin, ending):
    result = on("pin", "set", OMAR, input=pin.encode() + ending)
    assert (result.code, result.out, result.err) == (0, "✓ omar@larkspur.example has a PIN now\n", "")
    assert kept(furnished, "pinSet")[-1].startswith("$argon2id$v=19$m=65536,t=2,p=1$")
    assert json.loads(on("user", "show", OMAR, "--json").out)["pin"] == "set"


@pytest.mark.parametrize("input, told", [
    (b"471", "a PIN is 4 to 20 digits, nothing else; nothing was changed"),
    (b"836205172944601837521", "a PIN is 4 to 20 digits, nothing else; nothing was changed"),
    (b"83a2", "a PIN is 4 to 20 digits, nothing else; nothing was changed"),
    (b" 8362", "a PIN is 4 to 20 digits, nothing else; nothing was changed"),
    ("٤٧١١".encode(), "a PIN is 4 to 20 digits, nothing else; nothing was changed"),
    (b"\xff\xfe8362", "a PIN is 4 to 20 digits, nothing else; nothing was changed"),
    (b"", "nothing stands on standard input: write the PIN there, one line; nothing was changed"),
    (b"\n", "not one line stands on standard input: write the PIN there, one line; nothing was changed"),
    (b"8362\n8362\n", "not one line stands on standard input: write the PIN there, one line; nothing was changed"),
    (b"8362" * 1000, "not one line stands on standard input: write the PIN there, one line; nothing was changed"),
])
def test_what_is_no_pin_is_usage_and_not_repeated(on, furnished, input, told):
    before = furnished.read_bytes()
    result = on("pin", "set", OMAR, input=input)
    assert (result.code, result.out, result.err) == (2, "", f"error: {told}\n")
    assert furnished.read_bytes() == before


def test_the_code_that_reports_fraud_is_no_pin(on, furnished):
    """CALL-9"""
    before = furnished.read_bytes()
    result = on("pin", "set", OMAR, input=b"2580\n")
    assert (result.code, result.err) == (
        1, "error: this PIN is the code that reports fraud: choose another\n")
    assert furnished.read_bytes() == before


def test_a_pin_is_deleted_once(on):
    assert on("pin", "delete", HELGA).out == "✓ helga@larkspur.example has no PIN any more\n"
    again = on("pin", "delete", HELGA)
    assert (again.code, again.err) == (1, "error: the user has no PIN\n")


def test_a_terminal_asks_twice_and_shows_nothing(terminal, furnished):
    session = terminal(f"pin set {OMAR} --tenant {furnished}")
    session.wait_for(r"PIN:")
    session.type("9", "BSpace", PIN, "Enter")
    session.wait_for(r"PIN again:")
    session.type(PIN, "Enter")
    shown = session.wait_for(r"done-42")
    assert "has a PIN now" in shown and "code=0" in shown
    assert PIN not in session.history() and not re.search(r"PIN( again)?: *\S", shown.replace("PIN again:", ""))
    assert len(kept(furnished, "pinSet")) == 2
    assert (furnished.parent / "before").read_text() == (furnished.parent / "after").read_text()


@pytest.mark.parametrize("keys, code, told", [
    ([OTHER, "Enter", PIN, "Enter"], 2, "error: these are two different ones; nothing was changed"),
    (["C-d"], 2, "error: the input ended; nothing was changed"), (["8362", "C-c"], 130, "PIN:"),
])
def test_a_terminal_is_as_it_was_however_it_ends(terminal, furnished, keys, code, told):
    before = furnished.read_bytes()
    session = terminal(f"pin set {OMAR} --tenant {furnished}")
    session.wait_for(r"PIN:")
    session.type(*keys)
    shown = session.wait_for(r"done-42")
    assert f"code={code}" in shown and told in shown
    assert OTHER not in shown and "8362" not in shown
    assert furnished.read_bytes() == before
    assert (furnished.parent / "before").read_text() == (furnished.parent / "after").read_text()


def test_a_terminal_is_as_it_was_where_a_signal_ends_it(terminal, furnished):
    session = terminal(f"pin set {OMAR} --tenant {furnished}")
    session.wait_for(r"PIN:")
    session.tell(15)
    assert "code=143" in session.wait_for(r"done-42")
    assert (furnished.parent / "before").read_text() == (furnished.parent / "after").read_text()


def test_who_may_not_is_told_before_a_pin_is_asked_for(terminal, furnished):
    session = terminal(f"pin set {OMAR} --tenant {furnished} --as securityOperator")
    shown = session.wait_for(r"done-42")
    assert "this takes at least the role authenticationAdministrator" in " ".join(shown.split())
    assert "PIN:" not in shown


def test_a_pass_is_as_the_settings_have_it_unless_told(on, furnished):
    """REC-2"""
    result = on("pass", "issue", OMAR)
    assert re.fullmatch(r"✓ a pass for omar@larkspur.example, good several times until 2025-01-16T10:00:00Z\n"
                        r"    [A-HJ-NP-Za-km-z2-9]{8}    \(shown this once\)\n", result.out), result
    told = json.loads(on("pass", "issue", OMAR, "--minutes", "10", "--once", "--length", "48", "--json").out)
    assert (told["until"], told["once"], len(told["pass"])) == ("2025-01-16T09:10:00Z", True, 48)
    assert kept(furnished, "passIssued")[-1].startswith("$argon2id$")
    again = on("pass", "issue", OMAR, "--several", at="2025-01-16T09:05:00Z").out
    assert "; the one before is good no more\n" in again
    assert json.loads(on("pass", "show", OMAR, "--json", at="2025-01-16T10:00:00Z").out) == {
        "user": OMAR, "pass": {"issued": "2025-01-16T09:05:00Z", "until": "2025-01-16T10:05:00Z", "once": False,
                               "standing": "valid"}}
    assert on("pass", "show", OMAR, at="2025-01-16T10:05:00Z").out == (
        "the pass of omar@larkspur.example: expired; issued 2025-01-16T09:05:00Z, until 2025-01-16T10:05:00Z\n")
    assert on("pass", "delete", OMAR).code == 0
    for verb in ("show", "delete"):
        gone = on("pass", verb, OMAR)
        assert (gone.code, gone.err) == (1, "error: the user has no pass\n")


@pytest.mark.parametrize("arguments, code, told", [
    (["--minutes", "9"], 2, "a pass cannot last 9 minutes: 10 to 43200"),
    (["--minutes", "43201"], 2, "a pass cannot last 43201 minutes: 10 to 43200"),
    (["--length", "7"], 2, "a pass cannot have 7 characters: 8 to 48"),
    (["--length", "1000000000"], 2, "a pass cannot have 1000000000 characters: 8 to 48"),
    (["--by", "OMAR@larkspur.example"], 1, "nobody issues a pass to oneself: ask another admin"),
])
def test_what_a_pass_cannot_be_is_said(on, furnished, arguments, code, told):
    before = furnished.read_bytes()
    result = on("pass", "issue", OMAR, *arguments)
    assert (result.code, result.out, result.err) == (code, "", f"error: {told}\n")
    assert furnished.read_bytes() == before


def test_no_pass_is_issued_where_they_are_off(poundkey, tmp_path):
    (tmp_path / "t.yaml").write_text("tenant: T\nsettings: {pass.enabled: false, pass.length: 20}\n"
                                     f"users: [{{upn: {OMAR}}}]\n")
    store = tmp_path / "t.poundkey"
    assert poundkey("tenant", "init", store, "--from", tmp_path / "t.yaml").code == 0
    result = poundkey("pass", "issue", OMAR, "--tenant", store)
    assert (result.code, result.err) == (1, "error: temporary access passes are off: turn pass.enabled on\n")


def test_the_length_of_a_pass_is_the_tenants(poundkey, tmp_path):
    (tmp_path / "t.yaml").write_text(f"tenant: T\nsettings: {{pass.length: 20}}\nusers: [{{upn: {OMAR}}}]\n")
    store = tmp_path / "t.poundkey"
    assert poundkey("tenant", "init", store, "--from", tmp_path / "t.yaml").code == 0
    assert len(json.loads(poundkey("pass", "issue", OMAR, "--json", "--tenant", store).out)["pass"]) == 20


def forms(secret):
    """As it is, and as somebody might have written it in passing."""
    raw = secret.encode()
    yield from (raw, raw[::-1], raw.hex().encode(), raw.hex().upper().encode(), secret.encode("utf-16-le"),
                base64.b64encode(raw).rstrip(b"="), b"\0".join(bytes([byte]) for byte in raw))


def test_no_pin_and_no_pass_stands_anywhere_in_clear(poundkey, furnished, tmp_path):
    """Through every verb: in what it says, in the store, in its log, in the key file. A pass only where it is issued."""
    outputs, secrets = [], [PIN, OTHER, "471138"]
    # Who still reads keeps the log from being taken into the file: so there is one to look at.
    reader = sqlite3.connect(furnished, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM event").fetchone()

    def run(*arguments, input=b""):
        result = poundkey(*arguments, "--tenant", furnished, "--at", AT, input=input)
        outputs.append(f"{result.out}{result.err}")
        return result

    assert run("pin", "set", OMAR, input=OTHER.encode()).code == 0
    for minutes, form in (("10", []), ("20", ["--json"])):
        issued = run("pass", "issue", OMAR, "--minutes", minutes, "--length", "24", *form)
        shown = outputs.pop()
        [text] = set(re.findall(r"\b[A-HJ-NP-Za-km-z2-9]{24}\b", shown))
        assert issued.code == 0 and shown.count(text) == 1
        secrets.append(text)
    assert run("pass", "issue", OMAR, "--length", "24", "--minutes", "3").code == 2
    for (words, arguments, _, input, _), name in zip(VERBS, NAMES):
        for form in ([], ["--json"]):
            run(*words, *arguments, *form, input=input)
            if name == "pass issue":
                secrets += re.findall(r"\b[A-HJ-NP-Za-km-z2-9]{8}\b(?=    \(shown|\",\"until)", outputs.pop())
        run(*words, *arguments, "--as", "globalReader", input=input)
    # Entries that are refused are secrets too: mistyped PINs.
    for wrong in ("8362051729446018375299", "59061728x4"):
        assert run("pin", "set", HELGA, input=wrong.encode()).code == 2
        secrets.append(wrong)
    assert len(secrets) == 9

    files = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert files["larkspur.poundkey-wal"].count(b"$argon2id$") > 3 and "larkspur.poundkey.key" in files
    for secret in secrets:
        for form in forms(secret):
            for name, content in files.items():
                assert form not in content, (secret, name)
            for output in outputs:
                assert form not in output.encode(), (secret, output)
    reader.close()
    checked = poundkey("tenant", "check", furnished)
    assert checked.code == 0, checked
    content = furnished.read_bytes()
    assert not any(form in content for secret in secrets for form in forms(secret))


def test_a_search_of_these_forms_would_find_a_secret():
    """The test above can fail."""
    for written in (PIN.encode(), base64.b64encode(PIN.encode()), PIN.encode("utf-16-le"), PIN.encode().hex().encode()):
        assert any(form in b"before " + written + b" behind" for form in forms(PIN))
