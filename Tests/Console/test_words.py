"""The words of the pages: two languages, every key there and used, no text beside them; and what the pages weigh."""
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
CONSOLE = ROOT / "console"
LANGUAGES = ("en", "fr")
PAGES = sorted(CONSOLE.glob("pages/*.html"))
SCRIPTS = sorted(CONSOLE.glob("scripts/*.js"))
DEMOS = sorted((ROOT / "scenarios/demo").glob("*.yaml"))
#: The first page of the room: so much is loaded before anybody clicks, /api/room and the event stream included.
MOST_BYTES, MOST_REQUESTS = 100_000, 12


def families():
    """What stands in both languages: room, and the pages for admins beside it. The English of sentences is in the sources (test_sentences)."""
    names = {path.name.rsplit(".", 2)[0] if path.name.count(".") == 2 else "" for path in CONSOLE.glob("words/*.json")}
    return sorted(names - {"sentences"})


def table(family, language):
    name = f"{family}.{language}.json" if family else f"{language}.json"
    pairs = json.loads((CONSOLE / "words" / name).read_text(), object_pairs_hook=list)
    assert len(pairs) == len(dict(pairs)), f"{name} says a key twice"
    return dict(pairs)


def all_words():
    return {key: text for family in families() for key, text in table(family, "en").items()}


def is_there(key, known):
    return key in known or f"{key}.other" in known


def used_keys():
    """Keys that pages and scripts name in full, and the beginnings of those that they put together."""
    known = all_words()
    spaces = {key.split(".")[0] for key in known}
    whole, begun = {}, {}
    for path in PAGES:
        for key in re.findall(r'data-words(?:-label|-title|-placeholder)?="([^"]+)"', path.read_text()):
            whole.setdefault(key, path.name)
    for path in SCRIPTS:
        text = path.read_text()
        for key in re.findall(r'["\']([A-Za-z]+(?:\.[\w-]+)+)["\']', text):
            if key.split(".")[0] in spaces and not key.endswith(".js"):
                whole.setdefault(key, path.name)
        for key in re.findall(r'`([A-Za-z]+\.(?:[\w-]+\.)*[\w-]*)\$\{', text):
            begun.setdefault(key, path.name)
    return known, whole, begun


@pytest.mark.parametrize("family", families())
def test_both_languages_have_the_same_keys_and_the_same_values_in_them(family):
    english, french = (table(family, language) for language in LANGUAGES)
    assert list(english) == list(french)
    for key, text in english.items():
        assert text.strip() and french[key].strip(), key
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", french[key])), key


@pytest.mark.parametrize("family", families())
def test_french_has_its_own_apostrophes_and_says_something_else_than_english(family):
    english, french = (table(family, language) for language in LANGUAGES)
    assert [key for key, text in french.items() if "'" in text] == []
    # Before a sign that is two, a space that does not break: no line begins with one.
    assert [key for key, text in french.items() if re.search(r" [:;?!»%](?:\s|$)|« ", text)] == []
    same = [key for key, text in french.items() if text == english[key] and len(text.split()) > 3]
    assert same == []


def test_every_key_that_a_page_or_a_script_names_has_words():
    known, whole, _ = used_keys()
    assert {key: where for key, where in whole.items() if not is_there(key, known)} == {}


def test_every_beginning_that_a_script_completes_has_words():
    known, _, begun = used_keys()
    spaces = {key.split(".")[0] for key in known}
    missing = {key: where for key, where in begun.items()
               if key.split(".")[0] in spaces and not any(word.startswith(key) for word in known)}
    assert missing == {}


def test_no_words_are_left_that_nothing_names():
    known, whole, begun = used_keys()
    left = [key for key in known if not any(
        key == one or key in (f"{one}.one", f"{one}.other") for one in whole) and not any(map(key.startswith, begun))]
    assert left == []


def cases(path, head):
    """The raw values of a Swift enumeration, from its first block of cases."""
    body = (ROOT / path).read_text().split(head, 1)[1]
    names = []
    for line in body.splitlines()[1:]:
        found = re.match(r"  +case ([\w, ]+)$", line)
        if found:
            names += [name.strip() for name in found[1].split(",")]
        elif line.strip() and not line.strip().startswith("//"):
            break
    assert names, path
    return names


@pytest.mark.parametrize("space, path, head", [
    ("outcome", "Sources/VerificationCore/SignIn/Outcome.swift", "public enum Outcome"),
    ("message", "Sources/VerificationCore/Greetings/MessageType.swift", "public enum MessageType"),
    ("method", "Sources/VerificationCore/SignIn/Method.swift", "public enum Method"),
    ("fault", "Sources/Console/Room/NetworkFault.swift", "enum NetworkFault"),
    ("pageNote", "Sources/VerificationCore/Text/TextAction.swift", "public enum WrongCode"),
])
def test_what_the_server_names_by_an_id_has_words(space, path, head):
    known = all_words()
    assert [name for name in cases(path, head) if f"{space}.{name}" not in known] == []


class Texts(HTMLParser):
    """Text that stands in a page itself, and what a browser would run or style in place."""

    def __init__(self):
        super().__init__()
        self.open, self.texts, self.inline = [], [], []

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        self.inline += [name for name in names if name.startswith("on") or name == "style"]
        self.texts += [names[name] for name in ("title", "placeholder", "alt", "aria-label") if names.get(name)]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.inline.append(tag)
        if tag not in ("meta", "link", "input", "br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if re.search(r"\w", data) and "kbd" not in self.open:
            self.texts.append(data.strip())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_text_stands_in_a_page_and_nothing_inline(path):
    page = Texts()
    page.feed(path.read_text())
    assert (page.texts, page.inline) == ([], [])


@pytest.mark.parametrize("path", PAGES + SCRIPTS + sorted(CONSOLE.glob("styles/*.css")), ids=lambda path: path.name)
def test_nothing_comes_from_elsewhere(path):
    addresses = re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s'\"]*", path.read_text())
    assert [one for one in addresses if "www.w3.org/2000/svg" not in one] == []


def test_no_script_makes_html_of_text():
    assert [path.name for path in SCRIPTS if re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", path.read_text())] == []


@pytest.mark.parametrize("path", DEMOS, ids=lambda path: path.stem)
def test_each_named_step_of_a_demo_has_its_sentence(path):
    named = [step for step in yaml.safe_load(path.read_text())["steps"] if isinstance(step, dict) and "name" in step]
    wanted = [f"guide.{path.stem}.title"] + [f"guide.{path.stem}.{number}" for number in range(1, len(named) + 1)]
    assert [key for key in all_words() if key.startswith(f"guide.{path.stem}.")] == wanted


def test_there_are_four_demos():
    assert [path.stem for path in DEMOS] == ["confirm", "lockout", "lost-phone", "report-fraud"]


def imports(name, seen):
    if name in seen:
        return seen
    seen.add(name)
    text = (CONSOLE / "scripts" / name).read_text()
    for other in re.findall(r'^import [^;]*?"\./([\w.-]+)";$', text, re.MULTILINE):
        imports(other, seen)
    return seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_of_the_room_is_light(language):
    page = CONSOLE / "pages/room.html"
    html = page.read_text()
    loaded = [page] + [CONSOLE / address.lstrip("/") for address in re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)]
    for script in re.findall(r'<script type="module" src="/scripts/([^"]+)"', html):
        loaded += [CONSOLE / "scripts" / name for name in imports(script, set())]
    loaded.append(CONSOLE / f"words/{language}.json")
    assert len(set(loaded)) + 2 <= MOST_REQUESTS
    # A first /api/room with the demo tenant has 2 kB, the stream as much.
    assert sum(path.stat().st_size for path in loaded) + 6_000 <= MOST_BYTES
