"""What the server says on French pages: every sentence of the sources has French, and no French is left of what is no longer said."""
import json
import re

import pytest
import sentences
from sentences import ROOT

FRENCH = ROOT / "console/words/sentences.fr.json"
#: Without French: none. A sentence that no page can show would stand here, with why.
NARROW, WIDE = "\u202f", "\u00a0"


@pytest.fixture(scope="module")
def said():
    return sentences.sentences()


@pytest.fixture(scope="module")
def french():
    pairs = json.loads(FRENCH.read_text(), object_pairs_hook=list)
    assert len(pairs) == len({key for key, _ in pairs}), "a sentence stands there twice"
    return {key: dict(value) if isinstance(value, list) else value for key, value in pairs}


def forms(value):
    return list(value.values()) if isinstance(value, dict) else [value]


def places(text):
    return sorted(re.findall(r"\{\d+\}", text))


def test_every_sentence_of_the_sources_has_french(said, french):
    found, _ = said
    assert {template: where for template, where in found.items() if template not in french} == {}


def test_no_french_is_left_that_nothing_says(said, french):
    found, _ = said
    assert [template for template in french if template not in found] == []


def test_sentences_are_made_of_literals_alone(said):
    """Else there are some that the sources do not show."""
    _, strays = said
    assert strays == []


def test_the_sources_are_read_whole(said):
    """Sentences of each kind, in each form in which they are written."""
    found, _ = said
    assert len(found) > 500
    for template in [
        "the speech is at {1} dBov: callers strain to hear it",  # of a call
        "{1} of {2} from {3} on are at full scale or beyond ({4}): the loud parts are cut off where it is played",  # a choice
        "record it as {1}, which plays instead",  # in a closure
        "Export it again as 8 kHz mono WAV, 16-bit PCM.",  # a constant
        "{1} bytes",  # a plural
        "the calling tone of a fax, 1,100 Hz",  # a parameter of a function
        "two-way text messages are gone",  # a parameter with a label
        'there are {1} "fmt " chunks: a WAV has one',  # with quotes
        "blocked until {1}: {2}", "the room is paused", "another program writes to the tenant's store; nothing was changed",
    ]:
        assert template in found, template


def test_no_words_look_like_the_place_of_a_figure(said):
    found, _ = said
    assert [one for one in found if re.findall(r"\{(\d+)\}", one) != [str(place + 1) for place in range(len(places(one)))]] == []


def test_french_has_the_same_figures(french):
    wrong = {template: text for template, value in french.items() for text in forms(value) if places(text) != places(template)}
    assert wrong == {}


def test_plural_forms_are_those_of_french_and_are_chosen_by_a_figure(french):
    plurals = {template: value for template, value in french.items() if isinstance(value, dict)}
    assert plurals
    assert {template for template, value in plurals.items() if list(value) != ["one", "other"] or not places(template)} == set()


def test_french_is_written_as_french_is(french):
    texts = {text: template for template, value in french.items() for text in forms(value)}
    assert [text for text in texts if not text.strip() or "'" in text or '"' in text] == []
    # Before a sign that is two, a space that does not break; code such as signin: {with: text} has its own.
    assert [text for text in texts if re.search(r" [:;?!»%]", text)] == []
    assert [text for text in texts if re.search(rf"[^{NARROW}][;?!](?=\s|$)", text)] == []
    assert [text for text in texts if re.search(rf"«[^{WIDE}]|[^{WIDE}]»", text)] == []
    assert [text for text in texts if re.search(r"[\d}] (?:s|ms|dB|dBov|dBFS|Hz|kHz|octets?)\b", text)] == []
    assert [text for text in texts if re.search(r"\d[,.]\d{3}\b(?!\.)(?![\d/])", text) and "." not in texts[text]] == []


def test_french_says_something_else_than_english_and_ends_as_it_does(french):
    same = [template for template, value in french.items() if template in forms(value) and len(template.split()) > 3]
    assert same == []
    ends = [(template, text) for template, value in french.items() for text in forms(value)
            if template.endswith(".") != text.endswith(".")]
    assert ends == []


@pytest.mark.parametrize("source, expected", [
    ('f(Sentence("a \\(b("c")) d"))', ["a {1} d"]),
    ('Sentence(x == "no" ? "yes \\(n)" : "other")', ["other", "yes {1}"]),
    ('Sentence("one \\(Sentence("two"))")', ["one {1}", "two"]),
    ('taker.say("id", "words")', ["words"]),
    ('taker.say(\n  // a remark, "no"\n  "id", "words \\u{e9}")', ["words é"]),
    ('tell(of: 3, told: y.map { "it is \\($0)" } ?? "nothing")', ["it is {1}", "nothing"]),
    ('self.init("mine")', ["mine"]),
    ('Sentence("\\(handed)")', []),
    ('let s = "Sentence(\\"no\\")" // Sentence("no")', []),
    ('Sentence("""\n  of two \\\n  lines\n  """)', ["of two lines"]),
])
def test_a_sentence_is_found_in_each_form(source, expected):
    declarations = """
    struct Box {
      init(_ words: Phrasing, count: Int = 0) {}
      func say(_ id: String, _ words: Phrasing) {}
      func run() { %s
      }
    }
    func tell(of count: Int, told: Phrasing?) {}
    """
    found, strays = sentences.sentences({ROOT / "Sources/Some.swift": declarations % source})
    assert (sorted(found), strays) == (sorted(expected), [])


@pytest.mark.parametrize("source", [
    'let hidden: Phrasing = "a sentence that nobody finds"',
    'func hide() -> Phrasing { "another" }',
    'Sentence(given("a sentence in a call of something else"))',
    'let one: Sentence = .init("a sentence by an initialiser without its name")',
])
def test_where_a_sentence_could_hide_is_told(source):
    _, strays = sentences.sentences({ROOT / "Sources/Some.swift": source})
    assert strays != []
