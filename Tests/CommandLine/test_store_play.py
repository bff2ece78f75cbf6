"""What happens in a tenant store: played steps, live calls, and time that passes."""
import json

import pytest

HELGA, OMAR = "helga@larkspur.example", "omar@larkspur.example"


@pytest.fixture
def play(poundkey, store, tmp_path):
    """Plays steps at a time; the JSON object, or the result where it did not end with `code`."""

    def run(steps, at, *arguments, code=0, given="", expect=""):
        path = tmp_path / "steps.yaml"
        path.write_text(f"scenario: Steps\n{given}steps:\n" + "".join(f"  - {step}\n" for step in steps) + expect)
        result = poundkey("play", path, "--tenant", store, "--at", at, "--json", *arguments)
        assert result.code == code, result
        return json.loads(result.out)

    return run


@pytest.fixture
def log(poundkey, store):
    def read(name, *filters):
        result = poundkey("log", name, "--tenant", store, "--json", *filters)
        assert result.code == 0, result
        return [json.loads(line) for line in result.out.splitlines()]

    return read


APPROVE = ["signin: call", "answer: {after: 4s}", "press: '#'"]


def test_what_is_played_is_in_every_log(play, log, poundkey, store):
    done = play(APPROVE, "2025-01-16T09:00:00Z", expect="expect: {result: approved}\n")
    assert done == {"played": "Steps", "at": "2025-01-16T09:00:00Z", "until": "2025-01-16T09:00:07.230Z", "passed": True,
                    "result": "approved", "written": True, "calls": ["2.1"], "problems": []}
    [record] = log("signins")
    assert (record["at"], record["user"], record["outcome"], record["error"], record["method"], record["number"]) == (
        "2025-01-16T09:00:04Z", HELGA, "approved", 0, "call", "+XX XXXXXXX78")
    assert [finding["gate"] for finding in record["why"]][:2] == ["account", "risk"]
    moments = log("calls", "--call", "2.1")
    assert [moment["kind"] for moment in moments] == [
        "dial", "ring", "answer", "key", "message", "outcome", "record", "message", "hangUp"]
    assert all(moment["kind"] == moment["moment"]["what"] for moment in moments)
    assert moments[4]["moment"] == {"at": 4000, "what": "message", "recording": "fraudGreetingStandard/fr/default",
                                    "until": 4000, "cut": True}
    play(["signin: text", "wait: 5s", "enter: right"], "2025-01-17", expect="expect: {result: approved}\n")
    assert [(line["kind"], line["recipient"]) for line in log("messages")] == [
        ("textSent", "+XX XXXXXXX78"), ("textArrived", "+XX XXXXXXX78")]
    assert poundkey("tenant", "check", store).code == 0
    shown = poundkey("log", "signins", "--tenant", store, "--last", "1", "--why").out
    explained = poundkey("signin", "explain", "--tenant", store, "--with", "text", "--at", "2025-01-17").out
    # Both tell the gates in the same words.
    gates = explained.split("\n\n")[0].splitlines()
    assert len(gates) == 28 and [f"  {line}" for line in gates] == shown.splitlines()[-29:-1]


def test_names_of_calls_are_never_given_twice(play, log):
    for day in (16, 17, 18):
        play(APPROVE + ["wait: 10s"] + APPROVE, f"2025-01-{day}T09:00:00Z")
    names = [line["call"] for line in log("calls", "--kind", "dial")]
    assert names == ["2.1", "2.2", "3.1", "3.2", "4.1", "4.2"]


def test_what_is_not_as_expected_is_not_written_unless_it_is_kept(play, log, store):
    before = store.read_bytes()
    done = play(APPROVE, "2025-01-16", code=1, expect="expect: {result: denied}\n")
    assert (done["passed"], done["written"], done["calls"]) == (False, False, [])
    assert done["problems"][0]["id"] == "expected-result"
    assert log("signins") == [] and log("calls") == []
    assert store.read_bytes() == before
    done = play(APPROVE + ["hear: fraudReported"], "2025-01-16", "--keep", code=1)
    assert (done["passed"], done["written"]) == (False, True)
    assert [record["outcome"] for record in log("signins")] == ["approved"]


def test_a_transcript_for_people(poundkey, store, tmp_path):
    path = tmp_path / "steps.yaml"
    path.write_text("scenario: Steps\nsteps:\n  - signin: call\n  - hangup\n")
    result = poundkey("play", path, "--tenant", store, "--at", "2025-01-16")
    assert result.code == 0, result
    assert "00:00.000  ☎ calling helga@larkspur.example at +XX XXXXXXX78" in result.out
    assert result.out.endswith("✓ Steps: rejected; written as 2.1\n")
    assert poundkey("play", path, "--tenant", store, "--at", "2025-01-17", "--quiet").out == (
        "✓ Steps: rejected; written as 3.1\n")


@pytest.mark.parametrize("given, message", [
    ("given: {tenant: my.yaml}\n", "tenant cannot be given: the tenant is that of the store"),
    ("given: {set: {pin.mode: true}}\n", "set cannot be given"),
    ("given: {start: 2025-01-01}\n", "--at says when it begins"),
    ("given: {user: nobody@larkspur.example}\n", "the tenant has no user nobody@larkspur.example"),
    ("given: {usr: x}\n", 'unknown key "usr" in given'),
    ("matrix: {rows: [{id: a}, {id: b}]}\n", "has 2 cases; --case says which one is played"),
])
def test_the_tenant_is_the_stores(poundkey, store, tmp_path, given, message):
    path = tmp_path / "steps.yaml"
    path.write_text(f"scenario: Steps\n{given}steps:\n  - signin: call\n")
    result = poundkey("play", path, "--tenant", store)
    assert result.code in (2, 3) and message in result.err, result
    assert poundkey("log", "signins", "--tenant", store, "--json").out == ""


def test_a_block_lapses_a_client_is_forgotten_and_a_window_passes_while_90_days_go_by(play, log, poundkey, store):
    on = ("--tenant", store)
    # The block list, the remembered client and the throttle window live in the store, not in a process.
    reporting = ["signin: call", "answer: {after: 4s}", "press: {keys: '0#', during: fraudGreetingStandard}",
                 "hear: fraudConfirmation", "press: '1'"]
    play(["set: {fraudAlert.enabled: true, fraudAlert.block: true, remember.enabled: true, remember.days: 30}"],
         "2025-01-16T08:00:00Z")
    remembered = ["signin: {with: call, user: omar@larkspur.example, browser: Kiosk, remember: true}"]
    play(remembered + APPROVE[1:], "2025-01-16T08:30:00Z", expect="expect: {result: approved}\n")
    play(reporting, "2025-01-16T09:00:00Z", expect="expect: {result: fraudReported}\n")
    for day, blocked, omar in [("2025-01-17", "userBlocked", "skippedRemembered"),
                               ("2025-02-14", "userBlocked", "skippedRemembered"),
                               ("2025-02-16", "userBlocked", "noInput"), ("2025-04-16T09:00:00Z", "userBlocked", "noInput"),
                               ("2025-04-16T09:00:30Z", "approved", "noInput")]:
        result = "approved" if blocked == "approved" else blocked
        play(APPROVE if result == "approved" else APPROVE[:1], day, expect=f"expect: {{result: {result}}}\n")
        steps = remembered + (["answer: {after: 4s}", "wait: 60s"] if omar == "noInput" else [])
        play(steps, day, expect=f"expect: {{result: {omar}}}\n")
    assert [line["outcome"] for line in log("signins", "--user", HELGA)] == [
        "fraudReported", *4 * ["userBlocked"], "approved"]
    assert poundkey("blocked", *on, "--at", "2025-04-17").out == "nobody is blocked\n"


def test_calls_are_throttled_until_the_window_is_over(play):
    play(["set: {call.maxPerWindow: 2, call.window: 10m}"], "2025-01-16T09:00:00Z")
    for minute in (0, 1):
        play(APPROVE, f"2025-01-16T09:0{minute}:00Z", expect="expect: {result: approved}\n")
    play(APPROVE[:1], "2025-01-16T09:09:59Z", expect="expect: {result: throttled}\n")
    play(APPROVE, "2025-01-16T09:10:30Z", expect="expect: {result: approved}\n")


def test_a_pin_is_held_against_its_hash_and_never_told(play, log, poundkey, store):
    given = f"given: {{user: {OMAR}}}\n"
    play(["set: {pin.mode: true}"], "2025-01-16")
    typed = ["signin: call", "answer: {after: 4s}", "press: '2580#'"]
    play(typed, "2025-01-16T09:00:00Z", given=given, expect="expect: {result: approved}\n")
    play(typed[:2] + ["press: '2581#'", "wait: 3s", "press: {pin: right}"], "2025-01-16T10:00:00Z", given=given,
         expect="expect: {result: approved}\n")
    kinds = [(line["kind"], line["moment"].get("right")) for line in log("calls", "--kind", "pin")]
    assert kinds == [("pin", True), ("pin", False), ("pin", True)]
    digits = [line["moment"]["key"] for line in log("calls", "--kind", "key")]
    assert set(digits) == {None, "#"}
    for name in ("signins", "audit", "risk", "calls", "messages"):
        for form in ("table", "csv", "jsonl"):
            out = poundkey("log", name, "--tenant", store, "--format", form).out
            assert "2580" not in out and "2581" not in out


def test_wrong_pins_of_many_days_lock_and_a_lock_ends(play):
    given = f"given: {{user: {OMAR}}}\n"
    play(["set: {pin.mode: true, lockout.denials: 2, lockout.resetMinutes: 100, lockout.unlockMinutes: 60}"], "2025-01-16")
    wrong = ["signin: call", "answer: {after: 4s}", "press: {pin: wrong}", "hangup"]
    play(wrong, "2025-01-16T09:00:00Z", given=given)
    play(wrong, "2025-01-16T09:30:00Z", given=given)
    play(["signin: call"], "2025-01-16T10:00:00Z", given=given, expect="expect: {result: lockedOut}\n")
    play(["signin: call", "answer: {after: 4s}", "press: {pin: right}"], "2025-01-16T10:31:00Z", given=given,
         expect="expect: {result: approved}\n")


def test_settings_that_a_script_changes_stay_and_are_in_the_audit_log(play, log, poundkey, store):
    play(["set: {fraudAlert.code: '4711'}"], "2025-01-16")
    assert [(line["activity"], line["reason"]) for line in log("audit")] == [("Settings changed", "fraudAlert.code: 4711")]
    # Whose PIN that is, is found out by the hash, and told (CALL-9).
    assert [line["moment"]["who"] for line in log("calls", "--kind", "pinIsReportCode")] == [HELGA]


def test_signin_explain_in_a_store_at_a_time(poundkey, store):
    env = {"POUNDKEY_TENANT": str(store)}
    poundkey("block", HELGA, "--reason", "Lost", "--at", "2025-01-16", env=env)
    result = poundkey("signin", "explain", "--at", "2025-01-17", "--json", env=env)
    assert (result.code, json.loads(result.out)["outcome"]) == (1, "userBlocked"), result
    later = poundkey("signin", "explain", "--at", "2025-04-16", "--json", env=env)
    assert (later.code, json.loads(later.out)["verify"]) == (0, "call"), later
    assert poundkey("signin", "explain", env=env).code == 0  # now


def test_a_live_call_is_in_the_store_while_it_goes_on(poundkey, store, terminal, log):
    pane = terminal(f"call --tenant {store} --user {OMAR}")
    pane.wait_for("a answer ")
    pane.type("a")
    pane.wait_for("raudGreeting")
    assert {"dial", "answer"} <= {line["kind"] for line in log("calls")}
    assert log("signins") == []
    pane.type("#")
    pane.wait_for("approved")
    assert [line["outcome"] for line in log("signins")] == ["approved"]
    # An admin blocks while the program runs: the next call is dialled in the tenant as it is then (CALL-16).
    assert poundkey("block", OMAR, "--reason", "Test", "--tenant", store).code == 0
    pane.wait_for("hangs up")
    pane.type("s")
    pane.wait_for("userBlocked")
    pane.type("q")
    pane.wait_for("code=0")
    assert [line["outcome"] for line in log("signins")] == ["approved", "userBlocked"]


def test_who_walks_away_from_a_live_call_leaves_a_record_all_the_same(store, terminal, log):
    pane = terminal(f"call --tenant {store}")
    pane.wait_for("a answer ")
    pane.type("a")
    pane.wait_for("raudGreeting")
    pane.type("q")
    pane.wait_for("code=0")
    assert [line["outcome"] for line in log("signins")] == ["noInput"]
    assert log("calls")[-1]["kind"] == "hangUp"


def test_a_pin_of_a_live_call_is_checked_by_its_hash(poundkey, store, terminal, log):
    steps = store.parent / "pin.yaml"
    steps.write_text("scenario: PIN mode\nsteps:\n  - set: {pin.mode: true}\n")
    assert poundkey("play", steps, "--tenant", store).code == 0
    pane = terminal(f"call --tenant {store} --user {OMAR}")
    pane.wait_for("a answer ")
    pane.type("a")
    pane.wait_for("raudGreeting")
    pane.type("2", "5", "8", "1", "#")
    pane.wait_for("the PIN is wrong")
    pane.wait_for("retryPIN")
    pane.type("2", "5", "8", "0", "#")
    pane.wait_for("approved")
    pane.type("q")
    pane.wait_for("code=0")
    assert [line["moment"]["right"] for line in log("calls", "--kind", "pin")] == [False, True]


def test_a_store_is_no_place_to_record_in(poundkey, store, tmp_path):
    result = poundkey("record", tmp_path / "mine.yaml", "--tenant", store)
    assert result.code == 2 and "a call in a store cannot be recorded" in result.err, result
    assert not (tmp_path / "mine.yaml").exists()
    result = poundkey("call", "--at", "2025-01-01")
    assert result.code == 2 and "--at is for a call in a tenant store" in result.err, result
