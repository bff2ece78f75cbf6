"""poundkey greeting resolve and greeting coverage, as a person and a script use them."""
import json
import re

import pytest
from conftest import wav

# Dutch, Polish and Swedish have no recordings of ours.
TENANT = """\
tenant: Lab
language: en
settings: {fraudAlert.enabled: true, fraudAlert.block: false}
users:
  - {upn: anna@t.example, phone: "+31 612345678", language: nl}
  - {upn: ben@t.example, phone: "+44 7700900123"}
greetings:
  - {message: fraudGreetingStandard, language: nl, file: hekje.wav, script: Druk op hekje.}
  - {message: greetingStandard, language: nl, length: 5s}
"""
HEARD = ["authenticationSuccessful", "fraudGreetingStandard", "fraudReported", "authenticationDeniedRetry",
         "retryStandard", "authenticationDenied", "activationGreetingStandard", "activationRetryStandard"]


@pytest.fixture
def tenant(tmp_path):
    (tmp_path / "hekje.wav").write_bytes(wav(7.2))
    (tmp_path / "t.yaml").write_text(TENANT)
    return tmp_path / "t.yaml"


def test_msg_4_the_recording_and_the_way_to_it(poundkey, tenant):
    result = poundkey("greeting", "resolve", "fraudGreetingStandard", "--tenant", "t.yaml", "--language",
                      "nl-BE, en;q=0.5", cwd=tenant.parent)
    assert (result.code, result.err) == (0, "")
    assert result.out == """\
fraudGreetingStandard
plays when a sign-in call is answered, and fraud can be reported
languages: nl-BE, en (asked for at the sign-in)

 1 · nl-BE  asked for        no custom greeting, no default
 2 ✓ nl     parent of nl-BE  custom greeting hekje.wav, 7.2 s ← plays
   - en     asked for        not tried

  Druk op hekje.
"""


@pytest.mark.parametrize("arguments, languages", [
    ([], "languages: en (the tenant's; the sign-in asks for none, and none is stored)"),
    (["--stored", "pl"], "languages: pl (stored; the sign-in asks for none)"),
    (["--user", "anna@t.example"], "languages: nl (stored for anna@t.example; the sign-in asks for none)"),
    (["--user", "anna@t.example", "--language", "sv,pl"], "languages: sv, pl (asked for at the sign-in)"),
    (["--stored", "pl", "--language", "en;q=0.1,sv,*;q=0.5"], "languages: sv, en (asked for at the sign-in)"),
])
def test_msg_3_whose_languages_count(poundkey, tenant, arguments, languages):
    result = poundkey("greeting", "resolve", "retryStandard", "--tenant", tenant, *arguments)
    assert result.code == 0
    assert result.out.splitlines()[2] == languages


def test_a_message_that_never_plays_is_told_so(poundkey, tenant):
    result = poundkey("greeting", "resolve", "greetingStandard")
    assert result.code == 0
    assert result.out.splitlines()[-2:] == [
        "! no call of Larkspur plays this message: fraudGreetingStandard plays in its", "  place"]
    mine = poundkey("greeting", "resolve", "fraudConfirmation", "--tenant", tenant, "--user", "ben@t.example")
    assert mine.out.splitlines()[-1] == "! no call to ben@t.example plays this message, with the settings as they are"
    heard = poundkey("greeting", "resolve", "fraudReported", "--tenant", tenant, "--user", "ben@t.example")
    assert "!" not in heard.out


def test_resolve_as_json_has_every_key(poundkey, tenant):
    result = poundkey("greeting", "resolve", "retryStandard", "--tenant", tenant, "--user", "ANNA@t.example", "--json")
    assert result.code == 0 and result.out.count("\n") == 1
    line = json.loads(result.out)
    assert list(line) == ["message", "tenant", "user", "languages", "languagesFrom", "chain", "plays", "isHeard",
                          "heardInstead"]
    assert (line["user"], line["languages"], line["languagesFrom"]) == ("anna@t.example", ["nl"], "stored")
    assert line["chain"] == [
        {"language": "nl", "role": "wanted", "parentOf": None, "tried": True, "found": None, "customPassedOver": False},
        {"language": "en", "role": "tenant", "parentOf": None, "tried": True, "found": "default",
         "customPassedOver": False}]
    assert list(line["plays"]) == ["language", "source", "milliseconds", "file", "text"]
    assert line["isHeard"] is True


def test_every_message_resolves_in_the_demo_tenant(poundkey):
    messages = [json.loads(line)["message"] for line in poundkey("messages", "--json").out.splitlines()]
    for message in messages:
        line = json.loads(poundkey("greeting", "resolve", message, "--language", "nl", "--json").out)
        assert (line["plays"]["language"], line["plays"]["source"]) == ("en", "default")


@pytest.mark.parametrize("arguments, message", [
    (["gretingStandard"], "Error: The value 'gretingStandard' is invalid for '<type>': no message has this name; "
                          'did you mean "greetingStandard"?\n'),
    (["retryPIN", "--language", "fr_CA, en"], "Error: The value 'fr_CA, en' is invalid for '--language <languages>': "
                                              '"fr_CA" is no language, as fr or fr-CA are\n'),
    (["retryPIN", "--language", ""], "Error: The value '' is invalid for '--language <languages>': "
                                     '"" is no language, as fr or fr-CA are\n'),
    (["retryPIN", "--language", "nl;q=0, *"], "Error: The value 'nl;q=0, *' is invalid for '--language <languages>': "
                                              "it asks for no language; leave it out to ask for none\n"),
    (["retryPIN", "--user", "helga@larkspur.example", "--stored", "nl"],
     "Error: --user has a stored language already: leave out --stored, or --user\n"),
    (["retryPIN", "--user", "helg@larkspur.example"],
     'error: no user "helg@larkspur.example" in the tenant; did you mean "helga@larkspur.example"?\n'),
    (["retryPIN", "--user", "nobody"],
     'error: no user "nobody" in the tenant; its users are: helga@larkspur.example, omar@larkspur.example, '
     "desk@larkspur.example, valentina@larkspur.example\n"),
    (["retryPIN", "--tenant", "nowhere.yaml"], "error: nowhere.yaml does not exist\n"),
])
def test_what_cannot_be_resolved_is_usage(poundkey, arguments, message):
    result = poundkey("greeting", "resolve", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(message)


def test_a_name_unlike_all_messages_lists_them(poundkey):
    result = poundkey("greeting", "resolve", "xyzzy")
    assert result.code == 2
    assert "no message has this name; there are: authenticationSuccessful, extensionPrompt, " in result.err


def test_coverage_is_a_table_with_what_is_missing_and_what_nobody_hears(poundkey, tenant):
    result = poundkey("greeting", "coverage", "--tenant", tenant, "--language", "sv")
    assert (result.code, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[:4] == ["Lab", " " * 32 + "en   nl     sv", "people who speak it             1    1      -",
                         "heard in calls"]
    assert [line.split()[0] for line in lines[4:12]] == HEARD
    assert lines[5] == "  fraudGreetingStandard         ○    ●      → en"
    assert lines[6] == "  fraudReported                 ○    ✗ en   → en"
    assert lines[12] == "never played here"
    assert "  greetingStandard              ○    ●      → en" in lines[13:23]
    assert "✗ nl: 7 messages missing; anna@t.example hears en" in lines
    assert lines[-3:] == [
        "1 custom greeting never plays:",
        "! greetingStandard in nl: fraudGreetingStandard plays in its place; record it as", "  that"]
    assert "\x1b" not in result.out and all(len(line) <= 80 for line in lines)


def test_coverage_as_json_is_one_object_with_every_key(poundkey, tenant):
    result = poundkey("greeting", "coverage", "--tenant", tenant, "--json")
    assert result.code == 0 and result.out.count("\n") == 1
    whole = json.loads(result.out)
    assert list(whole) == ["tenant", "languages", "messages", "missing", "neverPlayed"]
    assert whole["languages"] == [{"language": "en", "speakers": ["ben@t.example"]},
                                  {"language": "nl", "speakers": ["anna@t.example"]}]
    assert len(whole["messages"]) == 18
    assert [row["message"] for row in whole["messages"] if row["plays"]] == HEARD
    assert all(list(cell) == ["language", "covered", "missing", "heard"]
               for row in whole["messages"] for cell in row["languages"])
    assert whole["missing"] == [{"language": "nl", "heard": "en", "messages": HEARD[:1] + HEARD[2:],
                                 "hearers": ["anna@t.example"]}]
    assert whole["neverPlayed"] == [{"message": "greetingStandard", "language": "nl", "file": None,
                                     "reason": "messageNeverPlays", "heardInstead": "fraudGreetingStandard"}]


def test_coverage_and_resolve_say_the_same(poundkey, tenant):
    whole = json.loads(poundkey("greeting", "coverage", "--tenant", tenant, "--language", "nl-BE,pl", "--json").out)
    for row in whole["messages"]:
        for cell in row["languages"]:
            one = json.loads(poundkey("greeting", "resolve", row["message"], "--tenant", tenant, "--language",
                                      cell["language"], "--json").out)
            assert (one["plays"], one["isHeard"]) == (cell["heard"], row["plays"])


def test_strict_fails_where_somebody_hears_another_language_and_not_else(poundkey, tenant):
    assert poundkey("greeting", "coverage", "--tenant", tenant, "--strict").code == 1
    assert poundkey("greeting", "coverage", "--tenant", tenant, "--strict", "--json").code == 1
    # Asked for, but spoken by nobody: that is no fault of the tenant.
    demo = poundkey("greeting", "coverage", "--strict", "--language", "nl,pl")
    assert demo.code == 0
    assert demo.out.endswith("\n✓ everybody hears every message in the language stored for them\n")
    uncalled = re.sub(r'phone: "\+31 612345678"', "passkeys: [key]", TENANT)
    tenant.write_text(uncalled)
    assert poundkey("greeting", "coverage", "--tenant", tenant, "--strict").code == 0


def test_coverage_of_what_is_no_tenant(poundkey, tmp_path):
    missing = poundkey("greeting", "coverage", "--tenant", "nowhere.yaml")
    assert (missing.code, missing.err) == (2, "error: nowhere.yaml does not exist\n")
    (tmp_path / "t.yaml").write_text('tenant: T\nusers:\n  - {upn: nobody, pin: "8362"}\n')
    wrong = poundkey("greeting", "coverage", "--tenant", tmp_path / "t.yaml")
    assert (wrong.code, wrong.out) == (3, "")
    assert "8362" not in wrong.err


@pytest.mark.parametrize("verb", [["tenant", "lint", "t.yaml"], ["signin", "explain"],
                                  ["oath", "code", "t.csv", "--serial", "1"]])
def test_a_wrong_time_is_told_alike_by_every_verb_that_takes_one(poundkey, verb):
    result = poundkey(*verb, "--at", "yesterday")
    assert (result.code, result.out) == (2, "")
    assert re.match(r"Error: The value 'yesterday' is invalid for '--at <(date|time)>': it takes a date or time, "
                    r"as in 2025-10-01 or 2025-10-01T09:00:00Z\n", result.err)


def test_lint_says_as_of_when_it_looked(poundkey, tenant):
    assert poundkey("tenant", "lint", tenant, "--at", "2025-10-01").out.endswith("(as of 2025-10-01)\n")
    assert poundkey("tenant", "lint", tenant, "--at", "2025-10-01T09:00Z").out.endswith("(as of 2025-10-01T09:00:00Z)\n")


@pytest.mark.parametrize("verb", [["call"], ["signin", "explain"]])
def test_an_unknown_user_is_told_alike_by_every_verb_that_takes_one(poundkey, verb):
    result = poundkey(*verb, "--user", "helg@larkspur.example")
    assert (result.code, result.out) == (2, "")
    assert result.err == 'error: no user "helg@larkspur.example" in the tenant; did you mean "helga@larkspur.example"?\n'
