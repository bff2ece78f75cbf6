"""Greetings that a tenant store keeps: checked at the door, heard, listed, given back byte by byte."""
import json
import shutil

import pytest
from conftest import ROOT, wav

AT = ("--at", "2025-02-01")


@pytest.fixture
def german(tmp_path):
    shutil.copy(ROOT / "greetings/de/greetingStandard.mp3", tmp_path / "welcome.mp3")
    return tmp_path / "welcome.mp3"


def test_msg_6_a_greeting_is_kept_listed_heard_given_back_and_deleted(poundkey, store, german, tmp_path):
    on = ("--tenant", store, *AT)
    assert poundkey("greeting", "list", *on).out == "the tenant has no greeting of its own\n"
    result = poundkey("greeting", "add", "fraudGreetingStandard", "de", german, "--script", "Hallo.", *on)
    size = german.stat().st_size
    assert (result.code, result.err) == (0, ""), result
    assert result.out == f"✓ fraudGreetingStandard in de: 8.471 s, {size} bytes\n"
    content = german.read_bytes()
    german.unlink()
    assert poundkey("greeting", "list", *on).out.splitlines()[1].split() == [
        "fraudGreetingStandard", "de", "8.471", "s", f"{size}", "2025-02-01T00:00:00Z"]
    (line,) = [json.loads(line) for line in poundkey("greeting", "list", *on, "--json").out.splitlines()]
    assert (line["message"], line["language"], line["milliseconds"], line["bytes"], line["added"], line["script"]) == (
        "fraudGreetingStandard", "de", 8471, size, "2025-02-01T00:00:00Z", "Hallo.")
    again = json.loads(poundkey("greeting", "get", "fraudGreetingStandard", "de", "--output", tmp_path / "again.mp3", *on,
                                "--json").out)
    assert again["bytes"] == size and (tmp_path / "again.mp3").read_bytes() == content
    heard = json.loads(poundkey("greeting", "resolve", "fraudGreetingStandard", "--language", "de", "--tenant", store,
                                "--json").out)
    assert (heard["plays"]["source"], heard["plays"]["text"]) == ("custom", "Hallo.")
    assert poundkey("greeting", "delete", "fraudGreetingStandard", "de", *on).out == "✓ deleted fraudGreetingStandard in de\n"
    assert poundkey("greeting", "list", *on).out == "the tenant has no greeting of its own\n"


def test_a_second_greeting_takes_the_place_of_the_first(poundkey, store, german, tmp_path):
    on = ("--tenant", store, *AT)
    (tmp_path / "tone.wav").write_bytes(wav(seconds=2))
    first = json.loads(poundkey("greeting", "add", "greetingPIN", "de", german, *on, "--json").out)
    second = json.loads(poundkey("greeting", "add", "greetingPIN", "de", tmp_path / "tone.wav", "--tenant", store,
                                 "--at", "2025-02-02", "--json").out)
    assert (first["replaced"], second["replaced"]) == (False, True)
    assert first["file"].endswith(".mp3") and second["file"].endswith(".wav") and len(second["file"]) == 68
    (line,) = [json.loads(line) for line in poundkey("greeting", "list", *on, "--json").out.splitlines()]
    assert (line["milliseconds"], line["added"]) == (2000, "2025-02-02T00:00:00Z")
    same = poundkey("greeting", "add", "greetingPIN", "fr", tmp_path / "tone.wav", *on, "--json")
    assert json.loads(same.out)["file"] == second["file"]
    assert "2 of greeting_file" in poundkey("tenant", "check", store).out


def test_msg_6_what_the_check_rejects_is_refused_with_its_findings(poundkey, store, tmp_path):
    on = ("--tenant", store, *AT)
    cases = {"long.wav": wav(seconds=20), "big.wav": wav(seconds=1, pad_to=1_048_578), "page.mp3": b"<html>" * 100}
    for name, content in cases.items():
        (tmp_path / name).write_bytes(content)
        result = poundkey("greeting", "add", "greetingStandard", "en", tmp_path / name, *on)
        assert (result.code, result.out) == (1, ""), result
        assert result.err.startswith(f"✗ {tmp_path / name}  rejected")
        assert "      → " in result.err
        assert result.err.endswith(f"error: {tmp_path / name} is rejected as a greeting; nothing was changed\n")
    assert poundkey("greeting", "list", *on).out == "the tenant has no greeting of its own\n"
    assert "0 of greeting_file" in poundkey("tenant", "check", store).out
    assert poundkey("greeting", "add", "greetingStandard", "en", tmp_path, *on).code == 1
    assert poundkey("greeting", "add", "greetingStandard", "en", tmp_path / "none.wav", *on).code == 2


def test_msg_6_a_file_of_exactly_1_mb_is_kept_with_a_warning(poundkey, store, tmp_path):
    on = ("--tenant", store, *AT)
    (tmp_path / "limit.wav").write_bytes(wav(seconds=2, pad_to=1_048_576))
    result = poundkey("greeting", "add", "greetingStandard", "en", tmp_path / "limit.wav", *on)
    assert result.code == 0 and f"! {tmp_path / 'limit.wav'}" in result.err and "size.near" in result.err, result
    assert poundkey("greeting", "get", "greetingStandard", "en", "--output", tmp_path / "out.wav", *on).code == 0
    assert (tmp_path / "out.wav").read_bytes() == (tmp_path / "limit.wav").read_bytes()


def test_what_is_not_there_is_named_with_what_was_meant(poundkey, store, german, tmp_path):
    on = ("--tenant", store, *AT)
    none = poundkey("greeting", "delete", "greetingStandard", "fr", *on)
    assert (none.code, none.err) == (
        1, "error: the tenant has no greeting of its own for greetingStandard in fr; it has none\n")
    poundkey("greeting", "add", "greetingStandard", "de", german, *on)
    for verb in (["delete", "greetingStandard", "fr"], ["get", "greetingStandard", "fr", "--output", tmp_path / "x.mp3"]):
        wrong = poundkey("greeting", *verb, *on)
        assert (wrong.code, wrong.err) == (1, "error: the tenant has no greeting of its own for greetingStandard in fr; "
                                              'did you mean "greetingStandard de"?\n')
    typo = poundkey("greeting", "add", "greetingStandrd", "de", german, *on)
    assert typo.code == 2 and 'did you mean "greetingStandard"?' in typo.err
    assert poundkey("greeting", "add", "greetingStandard", "de", german, *on, "--as", "globalReader").code == 1


def test_a_file_that_is_there_is_not_replaced_unless_asked(poundkey, store, german, tmp_path):
    on = ("--tenant", store, *AT)
    poundkey("greeting", "add", "greetingStandard", "de", german, *on)
    (tmp_path / "mine.mp3").write_text("mine")
    get = ("greeting", "get", "greetingStandard", "de", "--output", tmp_path / "mine.mp3", *on)
    assert poundkey(*get).code == 4 and (tmp_path / "mine.mp3").read_text() == "mine"
    assert poundkey(*get, "--force").code == 0 and (tmp_path / "mine.mp3").read_bytes() == german.read_bytes()


def test_coverage_resolve_and_messages_take_a_store(poundkey, store, german):
    poundkey("greeting", "add", "greetingStandard", "nl", german, "--tenant", store, *AT)
    coverage = json.loads(poundkey("greeting", "coverage", "--tenant", store, "--json").out)
    assert "nl" in json.dumps(coverage)
    named = poundkey("greeting", "resolve", "greetingStandard", "--user", "helga@larkspur.example", "--json",
                     env={"POUNDKEY_TENANT": str(store)})
    assert json.loads(named.out)["languagesFrom"] == "stored"
    assert "8.4*" in poundkey("messages", "--language", "nl", "--tenant", store).out
    typo = poundkey("greeting", "resolve", "greetingStandard", "--user", "helgga@larkspur.example", "--tenant", store)
    assert typo.code == 2 and 'did you mean "helga@larkspur.example"?' in typo.err
