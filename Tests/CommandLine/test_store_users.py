"""Users of a tenant store: added, listed, shown, changed, and time that passes over them."""
import json

import pytest
from admin_verbs import AT, DESK, HELGA, OMAR, audits


@pytest.fixture
def on(poundkey, furnished):
    def run(*arguments, at=AT, **options):
        return poundkey(*arguments, "--tenant", furnished, "--at", at, **options)
    return run


def shown(on, user, **options):
    return json.loads(on("user", "show", user, "--json", **options).out)


def listed(on, *filters, **options):
    result = on("user", "list", *filters, "--json", **options)
    assert result.code == 0, result
    return [json.loads(line)["user"] for line in result.out.splitlines()]


def test_a_user_is_added_with_all_that_is_said(on, furnished):
    result = on("user", "add", "Nia@Larkspur.example", "--name", "Nia Obi", "--mobile", "+44 7700900321", "--alternate",
                "+44 7700900322", "--office", "+1 4255550100x204", "--language", "fr-ca", "--group", "Field", "--group",
                "Paris", "--guest", "--state", "enabled", "--method", "text", "--app-password")
    assert (result.code, result.out) == (0, "✓ added nia@larkspur.example\n"), result
    nia = shown(on, "nia@larkspur.example")
    assert {key: nia[key] for key in ("name", "state", "guest", "language", "groups", "phones", "defaultMethod",
                                      "registered", "appPassword", "enabled", "pin", "pass")} == {
        "name": "Nia Obi", "state": "enabled", "guest": True, "language": "fr-CA", "groups": ["Field", "Paris"],
        "phones": {"mobile": "+44 7700900321", "alternate": "+44 7700900322", "office": "+1 4255550100x204"},
        "defaultMethod": "text", "registered": ["call", "text"], "appPassword": True, "enabled": True, "pin": "none",
        "pass": None}
    again = on("user", "add", "nia@larkspur.example")
    assert (again.code, again.err) == (1, "error: the tenant has a user nia@larkspur.example already\n")


def test_phone_is_mobile(on):
    assert on("user", "add", "nia@larkspur.example", "--phone", "+44 7700900321").code == 0
    assert shown(on, "nia@larkspur.example")["phones"]["mobile"] == "+44 7700900321"


def test_what_is_not_said_stays_and_things_are_taken_away(on, furnished):
    assert on("user", "set", HELGA, "--method", "app", "--guest").code == 0
    result = on("user", "set", HELGA, "--no-language", "--no-guest", "--group", "Audit", "--office", "+33 123456789")
    assert (result.code, result.out) == (
        0, "✓ changed helga@larkspur.example: language, groups, guest, office number\n"), result
    helga = shown(on, HELGA)
    assert (helga["language"], helga["guest"], helga["groups"], helga["defaultMethod"]) == (None, False, ["Audit"], "app")
    assert helga["phones"] == {"mobile": "+33 612345678", "alternate": None, "office": "+33 123456789"}
    assert on("user", "set", HELGA, "--no-method", "--no-groups").code == 0
    helga = shown(on, HELGA)
    assert (helga["defaultMethod"], helga["groups"], helga["name"]) == (None, [], "Helga Brandt")
    assert [record[2] for record in audits(furnished)[-2:]] == ["office", "groups, method"]


def test_a_change_is_made_whole_or_not_at_all(on, furnished):
    before = shown(on, DESK)
    result = on("user", "set", DESK, "--name", "Desk", "--alternate", "+44 7700900322")
    assert (result.code, result.err) == (1, "error: an alternate number needs a mobile number first\n")
    refused = on("user", "set", DESK, "--name", "Desk", "--mobile", "+44 7700900322", "--as", "userAdministrator")
    assert (refused.code, refused.err) == (1, "error: this takes at least the role authenticationAdministrator\n")
    assert shown(on, DESK) == before
    both = on("user", "set", DESK, "--alternate", "+44 7700900322", "--mobile", "+44 7700900321")
    assert both.code == 0, both


@pytest.mark.parametrize("arguments, told", [
    (["user", "set", HELGA], "say what is to change, as in --language fr"),
    (["user", "set", HELGA, "--language", "fr", "--no-language"], "--language and --no-language: choose one"),
    (["user", "set", HELGA, "--group", "A", "--no-groups"], "--group and --no-groups: choose one"),
    (["user", "set", HELGA, "--method", "text", "--no-method"], "--method and --no-method: choose one"),
    (["user", "set", HELGA, "--method", "txt"], 'did you mean "text"?'),
    (["user", "set", HELGA, "--method", "pass"], "a pass is nobody's default method: it is never offered by itself"),
    (["user", "set", HELGA, "--state", "on"], "the states are disabled, enabled, enforced"),
    (["user", "set", HELGA, "--name", " "], "the name is empty"),
    (["user", "add", "nia@larkspur.example", "--group", ""], "a group has an empty name"),
    (["user", "add", "nia@larkspur.example", "--language", "f"], "it takes a language, as fr or fr-CA are"),
    (["user", "add", "nia"], "it takes a user principal name, as in helga@larkspur.example"),
    (["user", "disable", HELGA, "--as", "boss"], "the roles are globalAdministrator, authenticationPolicyAdministrator"),
])
def test_mistakes_are_usage_and_say_what_is_meant(on, arguments, told):
    result = on(*arguments)
    assert (result.code, result.out) == (2, ""), result
    assert told in " ".join(result.err.split()), result


def test_show_tells_everything_and_numbers_in_full(on, furnished):
    lines = on("user", "show", HELGA).out.splitlines()
    assert lines[0] == "helga@larkspur.example  Helga Brandt"
    facts = {line[4:20].strip(): line[20:] for line in lines[1:] if line[4] != " "}
    assert facts == {
        "account": "enabled", "verification": "enforced", "language": "fr", "groups": "Finance",
        "mobile": "+33 612345678", "alternate": "none", "office": "none", "default": "none", "methods": "a call",
        "apps": "old phone", "passkeys": "blue key", "tokens": "none", "PIN": "set",
        "pass": "good several times; issued 2025-01-15T09:00:00Z, until", "app password": "none", "blocked": "no",
        "lockout": "no", "risk": "high since 2025-01-15T09:00:00Z:", "remembered": "none", "must": "none"}
    assert "                    adminConfirmedUserCompromised (admin)" in lines


def test_a_list_is_filtered_by_what_an_admin_looks_for(on):
    assert listed(on) == [HELGA, OMAR, DESK]
    assert listed(on, "--at-risk") == [HELGA]
    assert listed(on, "--group", "Field") == [OMAR]
    assert listed(on, "--guests") == [OMAR]
    assert listed(on, "--without-pin") == [OMAR, DESK]
    assert listed(on, "--method", "text") == [HELGA, OMAR]
    assert listed(on, "--method", "pass") == [HELGA]
    assert listed(on, "--state", "disabled") == listed(on, "--locked") == listed(on, "--must-act") == []
    assert on("user", "list", "--blocked").out == "no user is like that\n"
    for arguments in (["user", "disable", DESK], ["user", "set", OMAR, "--state", "disabled"],
                      ["user", "reset-methods", DESK, "--reason", "Gone"], ["user", "force-password-change", OMAR],
                      ["pass", "issue", DESK], ["block", OMAR, "--reason", "Lost"]):
        assert on(*arguments).code == 0
    assert listed(on, "--disabled") == listed(on, "--without-methods") == [DESK]
    assert listed(on, "--must-act") == [OMAR, DESK]
    assert listed(on, "--blocked", "--guests", "--state", "disabled", "--must-act") == [OMAR]
    assert listed(on, "--blocked", "--disabled") == []
    table = on("user", "list").out
    assert table.splitlines()[0].split()[:4] == ["user", "name", "state", "methods;"]
    assert table.splitlines()[-2:] == [
        "desk@larkspur.example   Front desk    enforced  pass; disabled; no method; must",
        "                                                register"]
    assert all(len(line) <= 80 for line in table.splitlines())


def test_an_account_is_disabled_and_enabled_again(on):
    assert on("user", "disable", HELGA).out == "✓ the account of helga@larkspur.example is disabled\n"
    assert shown(on, HELGA)["enabled"] is False
    assert on("user", "enable", HELGA).out == "✓ the account of helga@larkspur.example is enabled\n"
    assert shown(on, HELGA)["enabled"] is True


def test_a_reset_takes_numbers_apps_and_leaves_the_rest(on):
    assert on("user", "reset-methods", HELGA, "--reason", "Lost phone").code == 0
    helga = shown(on, HELGA)
    assert (helga["phones"], helga["apps"], helga["mustRegister"]) == (
        {"mobile": None, "alternate": None, "office": None}, [], True)
    assert (helga["passkeys"], helga["pin"], helga["pass"]["standing"]) == (["blue key"], "set", "valid")


def test_a_device_is_removed_once(on):
    assert on("user", "remove-device", HELGA, "--device", "old phone").out == \
        '✓ "old phone" is no device of helga@larkspur.example any more\n'
    assert shown(on, HELGA)["apps"] == []
    again = on("user", "remove-device", HELGA, "--device", "old phone")
    assert (again.code, again.err) == (1, 'error: the user has no device "old phone"\n')


def test_90_days_pass(on):
    """BLOCK-1: a block lapses; risk and duties do not, and a pass of 30 days is long over."""
    assert on("block", OMAR, "--reason", "Lost phone", at="2025-01-16T09:00:00Z").code == 0
    assert on("user", "require-registration", OMAR, "--reason", "Old number", at="2025-01-16T09:00:00Z").code == 0
    last, after = "2025-04-16T08:59:59Z", "2025-04-16T09:00:00Z"
    assert listed(on, "--blocked", at=last) == [OMAR]
    assert shown(on, OMAR, at=last)["block"] == {"since": "2025-01-16T09:00:00Z", "until": after, "by": "admin",
                                                 "reason": "Lost phone"}
    assert listed(on, "--blocked", at=after) == [] and shown(on, OMAR, at=after)["block"] is None
    assert shown(on, OMAR, at=after)["mustRegister"] is True
    assert listed(on, "--at-risk", at=after) == [HELGA]
    assert shown(on, HELGA, at="2025-02-14T08:59:59Z")["pass"]["standing"] == "valid"
    assert shown(on, HELGA, at=after)["pass"]["standing"] == "expired"
    assert "pass" not in shown(on, HELGA, at=after)["usable"]


def test_risk_is_found_and_ended(on):
    assert json.loads(on("risk", "list", "--json").out) == {
        "user": HELGA, "at": "2025-01-15T09:00:00Z", "kind": "adminConfirmedUserCompromised", "level": "high",
        "source": "admin", "state": "atRisk"}
    assert on("risk", "dismiss", HELGA).out == "✓ helga@larkspur.example is not at risk any more: dismissed\n"
    again = on("risk", "confirm-safe", HELGA)
    assert (again.code, again.err) == (1, "error: the user is not at risk\n")
    assert on("risk", "list").out == "nobody is at risk\n"
    assert json.loads(on("risk", "list", "--all", "--json").out)["state"] == "dismissed"
    assert on("risk", "confirm-compromised", OMAR).code == 0
    assert on("risk", "list").out.splitlines()[1].split() == [
        OMAR, "2025-01-16T09:00:00Z", "high", "atRisk", "admin", "adminConfirmedUserCompromised"]


def test_without_a_name_that_is_near_the_users_are_named(on):
    result = on("user", "disable", "xyzzy@nowhere.example")
    assert (result.code, result.err) == (
        2, f'error: no user "xyzzy@nowhere.example" in the tenant; its users are: {HELGA}, {OMAR}, {DESK}\n')
    for number in range(9):
        assert on("user", "add", f"a{number}@larkspur.example").code == 0
    told = on("user", "show", "xyzzy@nowhere.example").err
    assert told.endswith("a4@larkspur.example and 4 more\n"), told
