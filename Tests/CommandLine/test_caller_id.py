"""NUM-5: the numbers that calls come from, listed and exported."""
import csv
import io
import json
import re

import pytest
import vobject
from conftest import ROOT

CALLER_IDS = ROOT / "Sources/VerificationCore/Numbers/CallerIDs.swift"


def tenant(tmp_path, name="T", own='"+1 8005550199"'):
    settings = f"settings: {{callerID.own: {own}}}\n" if own else ""
    (tmp_path / "t.yaml").write_text(f"tenant: {json.dumps(name, ensure_ascii=False)}\n{settings}users: [{{upn: a@b.example}}]\n")
    return tmp_path / "t.yaml"


def shipped():
    return set(re.findall(r'"(\+\d+ \d+)"', CALLER_IDS.read_text(encoding="utf-8")))


def rows(text):
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def tels(text):
    return [tel.value for tel in vobject.readOne(text).contents["tel"]]


def test_the_list_by_country(poundkey):
    result = poundkey("caller-id", "list")
    assert (result.code, result.err) == (0, "")
    assert set(re.findall(r"\+\d+ \d+", result.out)) == shipped()
    assert all(len(line) <= 80 for line in result.out.splitlines())
    lines = [json.loads(line) for line in poundkey("caller-id", "list", "--json").out.splitlines()]
    assert len(lines) == 30
    assert lines[0] == {"country": "US", "name": "United States", "callingCode": "1", "numbers": ["+1 8553308653"]}
    assert lines[-1] == {"country": None, "name": "Every other country", "callingCode": None,
                         "numbers": ["+1 8553308653"]}
    assert {number for line in lines for number in line["numbers"]} == shipped()


def test_num_2_a_tenants_own_number_stands_in_place_of_all(poundkey, tmp_path):
    path = tenant(tmp_path)
    assert poundkey("caller-id", "list", "--tenant", path).out.splitlines()[1:] == ["-        T     -          +1 8005550199"]
    assert rows(poundkey("caller-id", "export", "--format", "csv", "--tenant", path).out)[1:] == [["", "T", "+18005550199"]]
    assert tels(poundkey("caller-id", "export", "--format", "vcard", "--tenant", path).out) == ["tel:+18005550199"]


def test_a_tenant_without_its_own_number_is_called_from_all(poundkey, tmp_path):
    path = tenant(tmp_path, own=None)
    assert len(rows(poundkey("caller-id", "export", "--format", "csv", "--tenant", path).out)) == 52
    card = vobject.readOne(poundkey("caller-id", "export", "--format", "vcard", "--tenant", path).out)
    assert card.fn.value == "Sign-in calls of T"


def test_the_csv_is_read_as_it_was_meant(poundkey, tmp_path):
    path = tmp_path / "allow.csv"
    result = poundkey("caller-id", "export", "--format", "csv", "--output", path)
    assert (result.code, result.out, result.err) == (0, "", "")
    data = path.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") == 52
    header, *body = rows(data.decode())
    assert header == ["country", "name", "number"]
    assert {number for _, _, number in body} == {number.replace(" ", "") for number in shipped()}
    assert ["TR", "Türkiye", "+908505404893"] in body
    assert body[-1] == ["", "Every other country", "+18553308653"]


@pytest.mark.parametrize("name, cell", [
    ("=1+1", "'=1+1"), ("+SUM(A1)", "'+SUM(A1)"), ("-2+3", "'-2+3"), ("@import", "'@import"), ("Larkspur, Inc.", "Larkspur, Inc."),
    ('The "Lark"', 'The "Lark"'), ('=HYPERLINK("x","y")', '\'=HYPERLINK("x","y")'),
])
def test_a_name_that_a_spreadsheet_would_compute_stays_a_name(poundkey, tmp_path, name, cell):
    out = poundkey("caller-id", "export", "--format", "csv", "--tenant", tenant(tmp_path, name)).out
    assert rows(out)[1] == ["", cell, "+18005550199"]


def test_the_card_is_vcard_4_with_every_number_once(poundkey, tmp_path):
    path = tmp_path / "calls.vcf"
    assert poundkey("caller-id", "export", "--format", "vcard", "--output", path).code == 0
    data = path.read_bytes()
    lines = data.split(b"\r\n")
    assert lines[:2] == [b"BEGIN:VCARD", b"VERSION:4.0"] and lines[-2:] == [b"END:VCARD", b""]
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, lines)) == 75  # the note is folded
    cards = list(vobject.readComponents(data.decode()))
    assert len(cards) == 1
    assert cards[0].fn.value == "Sign-in calls"
    assert sorted(tels(data.decode())) == sorted({"tel:" + number.replace(" ", "") for number in shipped()})
    assert all(tel.params == {"VALUE": ["uri"], "TYPE": ["voice"]} for tel in cards[0].contents["tel"])
    assert "Anybody can forge a number, so a call is not genuine" in cards[0].note.value


@pytest.mark.parametrize("name", [
    "Lark; Spur, Inc. \\ Sons", "Größtes Unternehmen für Fernmeldewesen und Überprüfung in Österreich und Übersee GmbH",
    "電話" * 40, "END:VCARD", "\U0001F4DE" * 30,
])
def test_a_name_of_any_kind_comes_back_from_the_card(poundkey, tmp_path, name):
    path = tmp_path / "calls.vcf"
    poundkey("caller-id", "export", "--format", "vcard", "--tenant", tenant(tmp_path, name), "--output", path)
    data = path.read_bytes()
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut
    card = vobject.readOne(data.decode())
    assert card.fn.value == f"Sign-in calls of {name}"


def test_both_go_to_standard_output_as_they_go_to_a_file(poundkey, tmp_path):
    for form in ("csv", "vcard"):
        poundkey("caller-id", "export", "--format", form, "--output", tmp_path / form)
        assert poundkey("caller-id", "export", "--format", form).out.encode() == (tmp_path / form).read_bytes()


def test_mistakes(poundkey, tmp_path):
    wrong = poundkey("caller-id", "export", "--format", "xml")
    assert wrong.code == 2 and "csv" in wrong.err and "vcard" in wrong.err
    assert poundkey("caller-id", "export").code == 2
    assert poundkey("caller-id", "list", "--tenant", tmp_path / "no.yaml").code == 2
    nowhere = poundkey("caller-id", "export", "--format", "csv", "--output", tmp_path / "no/where.csv")
    assert nowhere.code == 4 and "cannot be written" in nowhere.err
