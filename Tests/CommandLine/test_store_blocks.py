"""The block list of a tenant store, and time that passes in it."""
import json


def test_a_block_lapses_after_90_days_and_is_refused_without_the_role(poundkey, store):
    on = ("--tenant", store)
    result = poundkey("block", "helga@larkspur.example", "--reason", "Lost phone", *on, "--at", "2025-01-15T09:00:00Z")
    assert (result.code, result.out) == (
        0, "✓ helga@larkspur.example is blocked until 2025-04-15T09:00:00Z: Lost phone\n"), result
    (line,) = poundkey("blocked", *on, "--at", "2025-04-15T08:59:59Z", "--json").out.splitlines()
    assert json.loads(line) == {"user": "helga@larkspur.example", "since": "2025-01-15T09:00:00Z",
                                "until": "2025-04-15T09:00:00Z", "by": "admin", "reason": "Lost phone"}
    assert poundkey("blocked", *on, "--at", "2025-04-15T09:00:00Z").out == "nobody is blocked\n"
    refused = poundkey("unblock", "helga@larkspur.example", "--reason", "Found", *on, "--as", "userAdministrator")
    assert (refused.code, refused.err) == (1, "error: this takes at least the role authenticationPolicyAdministrator\n")


def test_a_store_is_named_by_the_variable_where_no_option_does(poundkey, store):
    assert poundkey("blocked", env={"POUNDKEY_TENANT": str(store)}).out == "nobody is blocked\n"
    result = poundkey("blocked")
    assert result.code == 2
    assert result.err == ("error: no tenant store is named: --tenant STORE, or POUNDKEY_TENANT; "
                          "poundkey tenant init STORE makes one\n"), result
