"""poundkey sms preview, as a person and a script use it."""
import json

import pytest


def preview(poundkey, *arguments, **more):
    result = poundkey("sms", "preview", *arguments, "--json", **more)
    return result, json.loads(result.out)


def test_the_simulated_message_in_a_language_with_its_sender(poundkey):
    result = poundkey("sms", "preview", "--language", "fr-CA", "--country", "33", "--domain", "login.larkspur.example")
    assert (result.code, result.err) == (0, "")
    assert result.out == (
        "from 38142 (made up; not guaranteed), in fr\n"
        "GSM-7, 95 characters in 95 of 160 septets, 1 segment\n"
        "  1  95  Votre code de vérification est 123456. Ne le donnez à personne.⏎\n"
        "         @login.larkspur.example #123456\n")


def test_what_forces_ucs2_where_and_what_to_write(poundkey):
    result = poundkey("sms", "preview", "L’accès est prêt, prêt.")
    assert result.code == 0
    assert result.out == (
        "from +1 2065550142 (made up; not guaranteed)\n"
        "UCS-2, 23 characters in 23 of 70 UTF-16 units, 1 segment\n"
        "  1  23  L’accès est prêt, prêt.\n"
        "UCS-2 is forced by:\n"
        "  ’ (U+2019) at character 2\n"
        "    → write '\n"
        "  ê (U+00EA) at characters 15, 21\n"
        "    → write e, or reword\n"
        "With all of them replaced: GSM-7, 23 characters in 23 of 160 septets, 1 segment\n"
        "  L'accès est pret, pret.\n")


def test_json_has_every_key(poundkey):
    result, line = preview(poundkey, "ê" * 71)
    assert result.code == 0
    assert list(line) == ["text", "language", "sender", "encoding", "characters", "units", "canBeSent", "segments",
                          "forcing", "replaced"]
    assert [segment["units"] for segment in line["segments"]] == [67, 4]
    assert line["forcing"] == [{"character": "ê", "codePoint": "U+00EA", "places": list(range(1, 72)),
                                "remedy": "write e, or reword"}]
    assert line["replaced"] == {"text": "e" * 71, "encoding": "GSM-7", "segments": 1}
    assert preview(poundkey, "--language", "nl")[1]["language"] == "en"


@pytest.mark.parametrize("given, text", [(b"a\n", "a"), (b"a\r\n", "a"), (b"a\n\n", "a\n"), (b"\n a", "\n a")])
def test_a_text_from_a_pipe_loses_the_line_end_at_its_end(poundkey, given, text):
    assert preview(poundkey, "-", input=given)[1]["text"] == text


@pytest.mark.parametrize("given, message", [
    (b"", "error: the text is empty; leave TEXT out to see the simulated message\n"),
    (b"\n", "error: the text is empty; leave TEXT out to see the simulated message\n"),
    (b"caf\xe9", "error: byte 4 is not UTF-8 text; save the text as UTF-8\n"),
    (b"a" * ((1 << 20) + 1), "error: more than 1048576 bytes came; no text message is that long\n"),
])
def test_what_is_no_text_is_told_so(poundkey, given, message):
    result = poundkey("sms", "preview", "-", input=given)
    assert (result.code, result.out, result.err) == (1, "", message)


def test_an_empty_argument_is_told_so(poundkey):
    assert poundkey("sms", "preview", "").err.startswith("error: the text is empty")


def test_bytes_that_are_no_utf8_on_the_command_line_are_named(poundkey):
    result = poundkey("sms", "preview", "caf\udce9")
    assert result.code == 0
    assert "� (U+FFFD) at character 4\n    → this stands for bytes that were no UTF-8 text" in result.out


@pytest.mark.parametrize("given, parts, more", [(b"a", 6854, 6599), ("語".encode(), 5217, 4962)])
def test_a_megabyte_is_too_long_and_says_by_how_much(poundkey, given, parts, more):
    text = given * ((1 << 20) // len(given))
    result = poundkey("sms", "preview", "-", input=text)
    assert result.code == 1
    assert f"{parts} segments of at most" in result.out
    assert f"too long: a text has at most 255 parts\n  → shorten it by {more} segments\n" in result.out
    assert len(result.out) < 1000
    _, line = preview(poundkey, "-", input=text)
    assert line["canBeSent"] is False and len(line["segments"]) == parts


def test_control_characters_do_not_reach_the_terminal(poundkey):
    result = poundkey("sms", "preview", "-", input=b"a\x1b[2Jb\x00c\x07\xc2\x9b")
    assert result.code == 0
    assert all(ch >= " " and not "\x7f" <= ch <= "\x9f" for ch in result.out.replace("\n", ""))
    assert "U+001B at character 2\n    → leave it out" in result.out


def test_a_text_of_many_strange_characters_is_summed_up(poundkey):
    result = poundkey("sms", "preview", "".join(map(chr, range(0x4E00, 0x4E20))))
    assert "  and 24 other characters\n" in result.out
    assert "With all of them replaced" not in result.out


@pytest.mark.parametrize("arguments", [["--country", "0"], ["--country", "3333"], ["--country", "fr"],
                                       ["--domain", "https://a.example"], ["--language", "???"],
                                       ["text", "--language", "fr"], ["text", "--domain", "a.example"]])
def test_wrong_options_are_usage(poundkey, arguments):
    result = poundkey("sms", "preview", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Error:")
