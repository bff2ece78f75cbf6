"""poundkey number check."""
import json

import pytest

KEYS = ["number", "possible", "reason", "problem", "remedy", "callingCode", "regions", "extension", "masked",
        "unitedStates", "callerIDs"]


def test_num_4_a_possible_number_with_what_an_admin_asks(poundkey):
    result = poundkey("number", "check", "+1 4255550164x204")
    assert (result.code, result.err) == (0, "")
    assert result.out == """\
✓ +1 4255550164x204
    calling code  +1 (US)
    extension     204
    in records    +X XXXXXXXX64
    US number     no
    called from   +1 8553308653
"""


def test_num_4_an_impossible_number_says_what_is_wrong_and_what_to_do(poundkey):
    result = poundkey("number", "check", "+44 07700900123", "+33612345678")
    assert (result.code, result.err) == (1, "")
    assert result.out == """\
✗ +44 07700900123
    the 0 behind +44 is dialled only within the country, never behind its code
      → leave that 0 out: a number is called as it is stored
✗ +33612345678
    no space stands behind the country calling code
      → put a space behind +33, the country calling code

2 numbers: 0 possible, 2 not
"""


def test_every_line_of_json_has_every_key(poundkey):
    result = poundkey("number", "check", "--json", "+92 3001234567", "+33 1", "+142 55550100", "+1 8005550199")
    assert result.code == 1
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert [list(line) for line in lines] == [KEYS] * 4
    assert [line["reason"] for line in lines] == [None, "malformed", "unknownCallingCode", None]
    assert [line["unitedStates"] for line in lines] == [False, None, False, True]
    assert [line["masked"] for line in lines] == ["+XX XXXXXXXX67", None, "+XXX XXXXXX00", "+X XXXXXXXX99"]
    assert [len(line["callerIDs"]) for line in lines] == [5, 0, 0, 1]
    assert lines[0]["regions"] == ["PK"]


def test_lines_of_standard_input_with_any_line_end(poundkey):
    result = poundkey("number", "check", "-", "--json", input=b"+33 612345678\r\n\n  +49 15112345678  \n+4\xff4 1234567")
    assert result.code == 1
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert [line["number"] for line in lines] == ["+33 612345678", "+49 15112345678", "+4\ufffd4 1234567"]
    assert [line["possible"] for line in lines] == [True, True, False]


def test_no_number_on_standard_input_is_5(poundkey):
    result = poundkey("number", "check", "-", input=b" \n\n")
    assert (result.code, result.out) == (5, "")
    assert result.err == "error: no number on standard input; write one a line\n"


def test_num_2_the_caller_id_of_a_tenant(poundkey, tmp_path):
    (tmp_path / "t.yaml").write_text('tenant: T\nsettings: {callerID.own: "+1 8005550199"}\nusers: [{upn: a@b.example}]\n')
    line = json.loads(poundkey("number", "check", "+86 13912345678", "--tenant", tmp_path / "t.yaml", "--json").out)
    assert line["callerIDs"] == ["+1 8005550199"]
    assert poundkey("number", "check", "+86 13912345678", "--tenant", tmp_path / "no.yaml").code == 2


@pytest.mark.parametrize("text", ["\x1b[31m+33 612345678", "+33 6\u0301123456", "x", "+", "+1 ", "+1 x", "+1 1234x" + "9" * 99,
                                  "+" + "9" * 5000 + " 1", "\u0661", "+1 " + "x" * 300])
def test_nothing_traps_and_nothing_draws_on_the_screen(poundkey, text):
    result = poundkey("number", "check", text)
    assert (result.code, result.err) == (1, ""), result
    assert "\x1b" not in result.out
