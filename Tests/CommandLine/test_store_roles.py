"""TEN-10: each admin verb about people names its least role, and is refused with a lesser one."""
import json

import pytest
from admin_verbs import AT, HELGA, NAMES, READ, ROLES, VERBS, audits


@pytest.mark.parametrize("words, arguments, least, input, activity", VERBS, ids=NAMES)
def test_a_verb_is_refused_without_its_role_and_says_who_did_it(poundkey, furnished, words, arguments, least, input,
                                                                  activity):
    def run(role):
        return poundkey(*words, *arguments, "--tenant", furnished, "--at", AT, "--as", role, "--by",
                        "desk@larkspur.example", input=input)

    assert f"Least role: {least}." in " ".join(poundkey(*words, "--help").out.split())
    before = furnished.read_bytes()
    passing = ROLES if least == READ else [least, "globalAdministrator"]
    for role in (each for each in ROLES if each not in passing):
        refused = run(role)
        assert (refused.code, refused.out, refused.err) == (
            1, "", f"error: this takes at least the role {least}\n"), role
    assert furnished.read_bytes() == before
    recorded = audits(furnished)
    for role in passing if activity is None else [least]:
        done = run(role)
        assert done.code == 0 and done.out and not done.err, done
    added = audits(furnished)[len(recorded):]
    if activity is None:
        assert added == []
        return
    [record] = added
    about = arguments[0] if arguments else HELGA
    assert (record[0], record[1], *record[3:]) == (activity, about, "desk@larkspur.example", least, 1737018000000)
    if "--reason" in arguments:
        assert record[2] == arguments[arguments.index("--reason") + 1]


@pytest.mark.parametrize("words, arguments, least, input, activity", VERBS, ids=NAMES)
def test_a_global_administrator_may_do_everything_and_json_is_one_object_a_line(poundkey, furnished, words, arguments,
                                                                                 least, input, activity):
    result = poundkey(*words, *arguments, "--tenant", furnished, "--at", AT, "--json", input=input)
    assert result.code == 0, result
    lines = [json.loads(line) for line in result.out.splitlines()]
    if activity is not None:
        assert [(line["done"], line["at"], line["user"]) for line in lines] == [(" ".join(words), AT, arguments[0])]
        assert audits(furnished)[-1][3:5] == (None, "globalAdministrator")
    assert lines


# Of those that name somebody who is there already.
ABOUT = [(verb[0], verb[1]) for verb in VERBS if verb[1] and verb[0] != ["user", "add"]]


@pytest.mark.parametrize("words, arguments", ABOUT, ids=[" ".join(words) for words, _ in ABOUT])
def test_a_wrong_name_suggests_the_one_that_was_meant(poundkey, furnished, words, arguments):
    result = poundkey(*words, "hegla@larkspur.example", *arguments[1:], "--tenant", furnished, input=b"4711\n")
    assert (result.code, result.out) == (2, "")
    assert result.err == ('error: no user "hegla@larkspur.example" in the tenant; did you mean '
                          '"helga@larkspur.example"?\n')


@pytest.mark.parametrize("words", [["user", "reset-methods"], ["user", "require-registration"]], ids=" ".join)
def test_where_the_rulebook_asks_for_a_reason_none_is_usage(poundkey, furnished, words):
    missing = poundkey(*words, HELGA, "--tenant", furnished)
    assert missing.code == 2 and "Missing expected argument '--reason <reason>'" in missing.err
    blank = poundkey(*words, HELGA, "--reason", " ", "--tenant", furnished)
    assert (blank.code, blank.err) == (2, "error: the reason is empty: say why, in a few words\n")
