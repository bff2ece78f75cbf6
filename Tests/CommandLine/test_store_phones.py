"""Numbers in a tenant store (NUM-4, EXT-1)."""
import json

import pytest
from admin_verbs import DESK, HELGA


def phones(poundkey, store, user):
    return json.loads(poundkey("user", "show", user, "--json", "--tenant", store).out)["phones"]


def test_numbers_are_set_replaced_and_deleted(poundkey, store):
    on = ("--tenant", store)
    result = poundkey("phone", "set", HELGA, "office", "+1 4255550100x204", *on)
    assert (result.code, result.out) == (
        0, "✓ the office number of helga@larkspur.example is +1 4255550100x204\n"), result
    assert poundkey("phone", "set", HELGA, "mobile", "+33 698765432", *on).code == 0
    assert poundkey("phone", "set", HELGA, "alternate", "+33 612345678", *on).code == 0
    assert phones(poundkey, store, HELGA) == {
        "mobile": "+33 698765432", "alternate": "+33 612345678", "office": "+1 4255550100x204"}
    kept = poundkey("phone", "delete", HELGA, "mobile", *on)
    assert (kept.code, kept.err) == (1, "error: an alternate number needs a mobile number first\n")
    for kind in ("alternate", "mobile"):
        assert poundkey("phone", "delete", HELGA, kind, *on).out == f"✓ {HELGA} has no {kind} number any more\n"
    assert phones(poundkey, store, HELGA) == {"mobile": None, "alternate": None, "office": "+1 4255550100x204"}
    again = poundkey("phone", "delete", HELGA, "mobile", *on)
    assert (again.code, again.err) == (1, "error: the user has no mobile number\n")


@pytest.mark.parametrize("number", [
    "447700900123", "+447700900123", "+44 (7700) 900123", "+44 7700 900123", "+0 7700900123", "+44 123",
    "+44 07700900123", "+999 123456789", "+33 61234567", "+33 61234567890", "+1 5550100", "+44 2079460123x",
    "+44 2079460123x1,2,a", "+44 1234567890123456"])
def test_what_is_wrong_with_a_number_is_said_as_number_check_says_it(poundkey, store, number):
    checked = json.loads(poundkey("number", "check", number, "--json").out)
    assert checked["possible"] is False
    for verb in (["phone", "set", HELGA, "office", number], ["user", "set", HELGA, "--office", number],
                 ["user", "add", "nia@larkspur.example", "--office", number]):
        result = poundkey(*verb, "--tenant", store)
        assert (result.code, result.out) == (2, ""), result
        told = " ".join(result.err.split())
        assert checked["problem"] in told and checked["remedy"] in told, result
    assert phones(poundkey, store, HELGA)["office"] is None


def test_only_an_office_number_has_an_extension(poundkey, store):
    for kind in ("mobile", "alternate"):
        result = poundkey("phone", "set", HELGA, kind, "+1 4255550100x204", "--tenant", store)
        assert (result.code, result.err) == (1, f"error: only an office number has an extension, not the {kind} one\n")
    result = poundkey("phone", "set", DESK, "alternate", "+33 612345678", "--tenant", store)
    assert (result.code, result.err) == (1, "error: an alternate number needs a mobile number first\n")
    wrong = poundkey("phone", "set", DESK, "home", "+33 612345678", "--tenant", store)
    assert wrong.code == 2 and "a user has numbers of the kinds mobile, alternate, office" in wrong.err
