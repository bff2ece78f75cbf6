"""Settings of a tenant store: shown, changed all or nothing, held against PINs and the configuration check."""
import json
import sqlite3

import pytest

AT = ("--at", "2025-02-01")


def on(store, *more):
    return ("--tenant", store, *AT, *more)


def settings(poundkey, store):
    lines = poundkey("settings", "--tenant", store, "--json").out.splitlines()
    return {line["name"]: line["value"] for line in map(json.loads, lines)}


@pytest.mark.parametrize("verb, names", [
    (["fraud-alert"], ["fraudAlert.enabled", "fraudAlert.block", "fraudAlert.code", "fraudAlert.unconfirmed",
                       "fraudAlert.notify"]),
    (["report-activity"], ["reportActivity.state", "reportActivity.scope", "reportActivity.code"]),
    (["methods"], ["methods.call", "methods.text", "methods.app", "methods.code", "methods.passkey", "pass.enabled"]),
    (["remember"], ["remember.enabled", "remember.days"]),
    (["lockout"], ["lockout.denials", "lockout.resetMinutes", "lockout.unlockMinutes"]),
    (["trusted-ip", "set"], ["trustedIPs.federatedIntranet", "trustedIPs.policyServer"]),
], ids=lambda value: " ".join(value))
def test_without_options_they_show_how_it_stands_and_change_nothing(poundkey, store, verb, names):
    before = poundkey("tenant", "check", store).out
    text = poundkey(*verb, *on(store))
    assert (text.code, text.err) == (0, "")
    assert [line.split()[0] for line in text.out.splitlines() if not line.startswith(" ")] == names
    assert all(len(line) <= 80 for line in text.out.splitlines())
    lines = [json.loads(line) for line in poundkey(*verb, *on(store), "--json").out.splitlines()]
    assert [line["name"] for line in lines] == names
    assert {"value", "default", "meaning", "retiredSince"} <= set(lines[0])
    assert poundkey("tenant", "check", store).out == before


def test_fraud_alert_shows_what_it_became_and_what_the_check_says(poundkey, store):
    result = poundkey("fraud-alert", "--no-block", "--code", "9", *on(store))
    assert result.code == 0
    assert result.out.startswith("✓ fraudAlert.block is false (was true), fraudAlert.code is 9 (was 0)\n\n"
                                 "fraudAlert.enabled  true (default false)\n")
    assert result.err.startswith(
        "warning[report-code.no-greeting]: the report code is 9, and helga@larkspur.example hears our "
        "fraudGreetingStandard in fr, which says 0\n  → add a fraudGreetingStandard in fr that says 9, or use the code 0\n")
    # What was found before is no news.
    again = poundkey("fraud-alert", "--unconfirmed", "block", *on(store))
    assert (again.code, again.err) == (0, "")
    assert poundkey("fraud-alert", "--off", *on(store)).out.startswith("✓ fraudAlert.enabled is false (was true)\n")


def test_ten_11_what_is_turned_on_after_it_is_gone_is_told(poundkey, store):
    poundkey("fraud-alert", "--off", *on(store))
    before = poundkey("fraud-alert", "--on", *on(store))
    assert "note[retires]: fraud alert will be gone on 2025-03-01\n" in before.err
    poundkey("fraud-alert", "--off", *on(store))
    after = poundkey("fraud-alert", "--on", "--tenant", store, "--at", "2025-03-01")
    assert "warning[retired]: fraud alert is gone since 2025-03-01\n  → use reportActivity.state: enabled\n" in after.err


@pytest.mark.parametrize("change", [["fraud-alert", "--code", "4711"], ["report-activity", "--code", "4711"],
                                    ["settings", "set", "reportActivity.code", "4711"]], ids=" ".join)
def test_call_9_a_new_report_code_is_held_against_every_pin_and_only_warns(poundkey, store, change):
    result = poundkey(*change, *on(store))
    assert result.code == 0
    warning = ("the new report code is the PIN of helga@larkspur.example: in doubt the report wins, so who enters it "
               "reports fraud and is not let in; choose another code, or set other PINs")
    assert f"warning: {warning}\n" in result.err
    assert "omar" not in "".join(line for line in result.err.splitlines() if "PIN" in line)
    # The code is not new any more.
    assert "PIN" not in poundkey(*change, *on(store)).err
    other = change[:-1] + ["2580", *on(store), "--json"]
    assert json.loads(poundkey(*other).out)["warnings"] == [warning.replace("helga", "omar")]


@pytest.mark.parametrize("code", ["471", "0471", "4712", "0"])
def test_call_9_a_code_that_is_nobodys_pin_warns_of_none(poundkey, store, code):
    result = poundkey("fraud-alert", "--code", code, *on(store))
    assert result.code == 0 and "PIN" not in result.err


def test_changes_are_made_all_or_not_at_all(poundkey, store):
    before = settings(poundkey, store)
    result = poundkey("lockout", "--denials", "3", "--reset-minutes", "0", *on(store))
    assert (result.code, result.out) == (2, "")
    assert result.err == ('error: lockout.resetMinutes cannot be "0": it takes 1 to 1440 minutes; the default is 10\n')
    assert settings(poundkey, store) == before
    assert poundkey("settings", "set", "call.limit", "2m", "call.limt", "3m", *on(store)).code == 2
    assert settings(poundkey, store) == before
    assert "0 of audit" in poundkey("tenant", "check", store).out


def test_report_activity(poundkey, store):
    result = poundkey("report-activity", "--state", "enabled", "--scope", "Finance", *on(store))
    assert result.out.startswith("✓ reportActivity.state is enabled (was managed), reportActivity.scope is Finance (was all)\n")
    assert result.err == ('warning[report-activity.empty-scope]: nobody is in the group "Finance", so no report sets a risk\n'
                          "  → put users into the group, or set the scope to all\n"
                          "note[risk.no-policy]: a report sets the user's risk to high, and no policy acts on it\n"
                          "  → set risk.policy to block or passwordChange\n")
    wrong = poundkey("report-activity", "--state", "enabeld", *on(store))
    assert (wrong.code, wrong.err) == (2, 'error: reportActivity.state cannot be "enabeld": it takes enabled or disabled '
                                          "or managed; the default is managed\n")


def test_methods(poundkey, store):
    result = poundkey("methods", "--disable", "text", "passkey", "--enable", "app", *on(store), "--json")
    assert json.loads(result.out)["settings"] == [
        {"name": "methods.text", "value": "false", "was": "true"},
        {"name": "methods.app", "value": "true", "was": "true"},
        {"name": "methods.passkey", "value": "false", "was": "true"}]
    assert poundkey("methods", "--disable", "pass", *on(store)).out.startswith("✓ pass.enabled is false (was true)\n")
    typo = poundkey("methods", "--disable", "txet", *on(store))
    assert typo.code == 2 and 'no method is called "txet"; did you mean "text"?' in typo.err
    both = poundkey("methods", "--disable", "text", "--enable", "text", *on(store))
    assert both.code == 2 and "text cannot be switched on and off at once" in both.err


def test_remember_and_lockout(poundkey, store):
    result = poundkey("remember", "--on", "--days", "30", *on(store))
    assert result.out.startswith("✓ remember.enabled is true (was false), remember.days is 30 (was 90)\n")
    assert result.err.startswith("warning[remember.short]: 30 days is less than the 90 advised")
    assert poundkey("remember", "--on", "--off", *on(store)).code == 2
    result = poundkey("lockout", "--denials", "3", "--unlock-minutes", "60", *on(store))
    assert result.out.startswith("✓ lockout.denials is 3 (was 5), lockout.unlockMinutes is 60 (was 15)\n")
    assert result.err.startswith("warning[lockout.unused]: ")


def test_settings_are_set_and_reset_by_name(poundkey, store):
    result = poundkey("settings", "set", "call.limit", "2m", "trustedIPs.ranges", "192.0.2.0/24, 203.0.113.0/24", *on(store))
    assert (result.code, result.out) == (0, "✓ call.limit is 120s (was 300s), "
                                            "trustedIPs.ranges is 192.0.2.0/24, 203.0.113.0/24 (was none)\n")
    assert settings(poundkey, store)["trustedIPs.ranges"] == "192.0.2.0/24, 203.0.113.0/24"
    result = poundkey("settings", "reset", "call.limit", "trustedIPs.ranges", *on(store), "--json")
    assert json.loads(result.out) == {
        "done": "settings reset", "at": "2025-02-01T00:00:00Z", "user": None, "settings": [
            {"name": "call.limit", "value": "300s", "was": "120s"},
            {"name": "trustedIPs.ranges", "value": "none", "was": "192.0.2.0/24, 203.0.113.0/24"}],
        "warnings": [], "findings": []}
    typo = poundkey("settings", "set", "call.limt", "2m", *on(store))
    assert (typo.code, typo.err) == (2, 'error: there is no setting "call.limt"; did you mean "call.limit"?\n')
    assert poundkey("settings", "reset", "xyzzy", *on(store)).err == (
        'error: there is no setting "xyzzy"; poundkey settings lists them\n')
    odd = poundkey("settings", "set", "call.limit", *on(store))
    assert odd.code == 2 and "call.limit has no value" in odd.err


def test_every_setting_can_be_set_to_its_default_and_reset(poundkey, store):
    lines = [json.loads(line) for line in poundkey("settings", "--json").out.splitlines()]
    pairs = [text for line in lines for text in (line["name"], line["default"])]
    assert poundkey("settings", "set", *pairs, *on(store)).code == 0
    assert poundkey("settings", "reset", *pairs[::2], *on(store)).code == 0
    assert settings(poundkey, store) == {line["name"]: line["default"] for line in lines}


def test_a_change_stands_in_the_audit_log_with_who_did_it(poundkey, store):
    poundkey("settings", "set", "call.limit", "2m", *on(store, "--as", "authenticationPolicyAdministrator",
                                                          "--by", "kim@larkspur.example"))
    with sqlite3.connect(store) as database:
        rows = database.execute("SELECT activity, reason, by, role FROM audit").fetchall()
    assert rows == [("Settings changed", "call.limit: 120s", "kim@larkspur.example", "authenticationPolicyAdministrator")]


def test_notify_keeps_a_list_of_addresses(poundkey, store):
    assert poundkey("notify", "list", *on(store)).out == "nobody gets a mail\n"
    result = poundkey("notify", "add", "fraud@larkspur.example", "Boss@Larkspur.example", *on(store))
    assert (result.code, result.out) == (
        0, "✓ added fraud@larkspur.example, boss@larkspur.example; fraudAlert.notify has 2\n")
    assert poundkey("notify", "list", *on(store)).out == "fraud@larkspur.example\nboss@larkspur.example\n"
    assert poundkey("notify", "list", *on(store), "--json").out.splitlines()[1] == '{"address":"boss@larkspur.example"}'
    again = poundkey("notify", "add", "new@larkspur.example", "BOSS@larkspur.example", *on(store))
    assert (again.code, again.err) == (1, "error: fraudAlert.notify has boss@larkspur.example already\n")
    typo = poundkey("notify", "delete", "boss@larkspur.exampl", *on(store))
    assert (typo.code, typo.err) == (1, 'error: fraudAlert.notify does not have boss@larkspur.exampl; '
                                        'did you mean "boss@larkspur.example"?\n')
    assert poundkey("notify", "add", "nobody", *on(store)).code == 2
    gone = json.loads(poundkey("notify", "delete", "boss@larkspur.example", *on(store), "--json").out)
    assert (gone["deleted"], gone["count"]) == (["boss@larkspur.example"], 1)
    assert poundkey("notify", "list", *on(store)).out == "fraud@larkspur.example\n"


def test_num_2_a_caller_id_of_its_own(poundkey, store):
    result = poundkey("caller-id", "set", "+1 8005550199", *on(store))
    assert (result.code, result.out) == (0, "✓ callerID.own is +1 8005550199 (was none)\n")
    assert poundkey("caller-id", "list", "--tenant", store).out.splitlines()[1:] == [
        "-        Larkspur  -          +1 8005550199"]
    assert poundkey("caller-id", "set", "--default", *on(store)).out == "✓ callerID.own is none (was +1 8005550199)\n"
    assert len(poundkey("caller-id", "list", "--tenant", store, "--json").out.splitlines()) == 30
    wrong = poundkey("caller-id", "set", "+44 7700900123", *on(store))
    assert wrong.code == 2 and "it takes a US number" in wrong.err
    assert poundkey("caller-id", "set", *on(store)).code == 2
    assert poundkey("caller-id", "set", "+1 8005550199", "--default", *on(store)).code == 2
