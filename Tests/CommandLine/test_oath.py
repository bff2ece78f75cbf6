"""poundkey oath, as a person and a script use it."""
import csv
import io
import json

import pytest

HEADER = "upn,serial number,secret key,time interval,manufacturer,model\n"
KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238's "12345678901234567890", which is no secret
GOOD = f"helga@larkspur.example,2308374,{KEY},30,Larch,K-1\n"
WRONG = f"omar@larkspur.example,2308375,{KEY[:-1]}1,45,Larch,K-1\n"


@pytest.fixture
def tokens(tmp_path):
    def write(text):
        path = tmp_path / "tokens.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_a_good_file_is_one_line(poundkey, tokens):
    path = tokens(HEADER + GOOD)
    result = poundkey("oath", "check", path.name, cwd=path.parent)
    assert (result.code, result.out, result.err) == (0, "✓ tokens.csv  tokens: 1 good, 0 wrong\n", "")


def test_wrong_rows_are_a_table_and_1(poundkey, tokens):
    path = tokens(HEADER + GOOD + WRONG)
    result = poundkey("oath", "check", path.name, cwd=path.parent)
    assert result.code == 1
    lines = result.out.splitlines()
    assert lines[0] == "✗ tokens.csv  tokens: 1 good, 1 wrong"
    assert lines[2].split() == ["line", "upn", "serial", "number", "field", "reason"]
    assert lines[3].startswith("3     omar@larkspur.example  2308375        secret key     character 32 is 1,")
    assert KEY[:8] not in result.out + result.err


def test_errors_are_written_as_csv_and_a_clean_run_leaves_the_header_alone(poundkey, tokens, tmp_path):
    path = tokens(HEADER + GOOD + WRONG)
    result = poundkey("oath", "check", path, "--errors", tmp_path / "errors.csv")
    assert result.code == 1
    written = (tmp_path / "errors.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(written.decode(), newline="")))
    assert list(rows[0]) == ["line", "upn", "serial number", "field", "reason", "remedy"]
    assert [(row["line"], row["upn"], row["serial number"], row["field"]) for row in rows] == [
        ("3", "omar@larkspur.example", "2308375", "secret key"),
        ("3", "omar@larkspur.example", "2308375", "time interval")]
    assert poundkey("oath", "check", path, "--errors", "-").out.encode() == written
    tokens(HEADER + GOOD)
    assert poundkey("oath", "check", path, "--errors", tmp_path / "errors.csv").code == 0
    assert (tmp_path / "errors.csv").read_bytes() == b"line,upn,serial number,field,reason,remedy\r\n"


def test_json_has_every_key(poundkey, tokens):
    result = poundkey("oath", "check", "-", "--json", input=(HEADER + GOOD + WRONG + "x\n").encode())
    assert result.code == 1
    line = json.loads(result.out)
    assert list(line) == ["file", "good", "wrong", "errors"]
    assert (line["file"], line["good"], line["wrong"]) == ("-", 1, 2)
    assert line["errors"][-1] == {
        "line": 4, "upn": None, "serialNumber": None, "field": None, "reason": "the row has 1 field, not 6",
        "remedy": f"write {HEADER.strip()}, and quote a field that holds a comma"}


def test_a_file_of_utf16_is_told_so(poundkey, tokens):
    for content in ("\ufeff" + HEADER + GOOD).encode("utf-16-le"), (HEADER + GOOD).encode("utf-16-be"):
        result = poundkey("oath", "check", tokens(content), "--errors", "-")
        assert (result.code, result.err) == (1, "")
        assert result.out.splitlines()[1:] == ["1,,,,the file is UTF-16,save it as CSV UTF-8"]


def test_a_row_that_is_no_utf8_keeps_no_other_out(poundkey, tokens):
    path = tokens((HEADER + GOOD).encode() + GOOD.replace("Larch", "Caf\xe9").encode("latin-1") + GOOD.encode())
    line = json.loads(poundkey("oath", "check", path, "--json").out)
    assert (line["good"], line["wrong"]) == (2, 1)
    assert line["errors"] == [{
        "line": 3, "upn": "helga@larkspur.example", "serialNumber": "2308374", "field": "manufacturer",
        "reason": "this is not UTF-8 text", "remedy": "save the file as CSV UTF-8"}]


def test_too_large_a_file_is_told_so(poundkey, tokens):
    result = poundkey("oath", "check", tokens(b"a" * 64_000_001))
    assert result.code == 1 and "has more than 64000000 bytes; split it" in result.err


def test_a_quote_in_the_middle_of_100_000_rows_takes_no_other_with_it(poundkey, tokens):
    rows = [GOOD] * 100_000
    rows[50_000] = GOOD.replace("Larch", '"Larch')
    rows[70_000] = GOOD.replace("Larch", 'Larch"')
    line = json.loads(poundkey("oath", "check", tokens(HEADER + "".join(rows)), "--json").out)
    assert (line["good"], line["wrong"]) == (99_998, 2)
    assert [error["line"] for error in line["errors"]] == [50_002, 70_002]


def test_no_cell_of_the_errors_is_a_formula(poundkey, tokens):
    starts = ["=", "+", "-", "@", "\t", "\r", '"=', "'+", " @"]
    rows = io.StringIO()
    csv.writer(rows).writerows(["a@b.example", start + "1*2", KEY, "45", "", ""] for start in starts)
    written = poundkey("oath", "check", tokens(HEADER + rows.getvalue()), "--errors", "-").out
    cells = [row["serial number"] for row in csv.DictReader(io.StringIO(written, newline=""))]
    assert cells == ["'" + start.strip(" ") + "1*2" for start in starts]


def test_paths_that_are_no_file(poundkey, tmp_path):
    assert poundkey("oath", "check", tmp_path / "none.csv").code == 2
    folder = poundkey("oath", "check", tmp_path)
    assert (folder.code, folder.err) == (2, f"error: {tmp_path} is a folder, not a file; - reads standard input\n")


def test_errors_never_replace_the_file_itself(poundkey, tokens):
    path = tokens(HEADER + WRONG)
    result = poundkey("oath", "check", path, "--errors", path)
    assert result.code == 2 and "would replace" in result.err
    assert path.read_text() == HEADER + WRONG
    assert poundkey("oath", "check", path, "--errors", "-", "--json").code == 2


def test_names_from_the_file_do_not_draw_on_the_terminal(poundkey, tokens):
    result = poundkey("oath", "check", tokens(HEADER + f"a@b.example,\x1b[2J,{KEY},45,M,N\n"))
    assert "\x1b" not in result.out and "\\u{1B}[2J" in result.out


def test_the_code_of_a_token_is_that_of_rfc_6238(poundkey, tokens):
    path = tokens(HEADER + GOOD + GOOD.replace("2308374,", "7,").replace(",30,", ",60,"))
    result = poundkey("oath", "code", path, "--serial", "2308374", "--at", "1970-01-01T00:00:59Z")
    assert (result.code, result.out, result.err) == (0, "287082  holds 1 s\n", "")
    last = poundkey("oath", "code", path, "--serial", "7", "--at", "1970-01-01T00:01:00.001Z", "--json")
    assert json.loads(last.out) == {"serial": "7", "code": "287082", "holdsSeconds": 60}


def test_without_a_time_it_is_now(poundkey, tokens):
    path = tokens(HEADER + GOOD)
    first, second = (json.loads(poundkey("oath", "code", path, "--serial", "2308374", "--json").out) for _ in range(2))
    assert len(first["code"]) == 6 and 1 <= first["holdsSeconds"] <= 30
    # A step may end between the two.
    assert first["code"] == second["code"] or second["holdsSeconds"] >= 29


def test_help_says_that_a_code_is_for_made_up_tokens(poundkey):
    assert "for tokens that you made up" in " ".join(poundkey("oath", "code", "--help").out.split())


@pytest.mark.parametrize("rows, code, message", [
    (GOOD, 5, "error: no token 42 in tokens.csv\n"),
    (GOOD + "x\n", 5, "error: no token 42 in tokens.csv; wrong rows: 1, see poundkey oath check\n"),
    (GOOD.replace("2308374", "42").replace(",30,", ",31,"), 1,
     "error: tokens.csv:2: the interval is not 30 or 60; write 30 or 60: the seconds that a code lasts\n"),
    (2 * GOOD.replace("2308374", "42"), 1,
     "error: tokens.csv has this serial number in lines 2, 3; leave one of them\n"),
])
def test_a_token_that_is_not_there_or_wrong(poundkey, tokens, rows, code, message):
    path = tokens(HEADER + rows)
    result = poundkey("oath", "code", path.name, "--serial", "42", cwd=path.parent)
    assert (result.code, result.out, result.err) == (code, "", message)


@pytest.mark.parametrize("at", ["yesterday", "1970-01-01T00:00:00+01:00", "2025-13-01"])
def test_a_wrong_time_is_usage(poundkey, tokens, at):
    result = poundkey("oath", "code", tokens(HEADER + GOOD), "--serial", "2308374", "--at", at)
    assert (result.code, result.out) == (2, "")
