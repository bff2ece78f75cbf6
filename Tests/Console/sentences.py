"""The sentences of the sources: every literal that becomes a `Sentence`, found as xgettext finds its messages.

A `Sentence` is made of a `Phrasing`, and that is the type of parameters alone. So a sentence is a literal that stands in
a call, in the place of such a parameter. First the declarations are read for who takes a `Phrasing`, and where; then the
calls. Swift sees to it that no literal becomes a `Phrasing` anywhere else, and `strays` that `Phrasing` is nothing else's type.
"""
import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ROOT / "Sources"
#: Where `Phrasing` itself is declared, and `Sentence(_: Phrasing)`.
HOME = SOURCES / "VerificationCore/Sentences"
NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass
class Literal:
    """A string literal: where it stands, the text of its template, and where it has its figures."""

    start: int
    end: int
    template: str
    figures: list = field(default_factory=list)


class Mistake(Exception):
    """What the reading of the sources does not follow."""


ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", '"': '"', "'": "'", "\\": "\\"}


def end_of_comment(text, place):
    if text.startswith("//", place):
        found = text.find("\n", place)
        return len(text) if found < 0 else found
    depth, place = 1, place + 2
    while depth and place < len(text):
        if text.startswith("/*", place):
            depth, place = depth + 1, place + 2
        elif text.startswith("*/", place):
            depth, place = depth - 1, place + 2
        else:
            place += 1
    return place


def end_of_group(text, place):
    """Behind the parenthesis that closes the one at `place`."""
    depth = 0
    while place < len(text):
        if text[place] == '"' or text.startswith('#"', place):
            place = literal(text, place).end
            continue
        if text.startswith(("//", "/*"), place):
            place = end_of_comment(text, place)
            continue
        depth += (text[place] in "([{") - (text[place] in ")]}")
        place += 1
        if depth == 0:
            return place
    raise Mistake("a group without an end")


def literal(text, start):
    """The literal at `start`. Its figures are `{1}`, `{2}`..., in their order."""
    hashes = len(text[start:]) - len(text[start:].lstrip("#"))
    place = start + hashes
    quotes = '"""' if text.startswith('"""', place) else '"'
    place += len(quotes)
    shown, figures = [], []
    while place < len(text):
        if text.startswith(quotes + "#" * hashes, place):
            found = "".join(shown)
            if quotes == '"""':
                found = unindented(found)
            return Literal(start, place + len(quotes) + hashes, found, figures)
        escape = "\\" + "#" * hashes
        if text.startswith(escape, place):
            place += len(escape)
            if text[place] == "(":
                end = end_of_group(text, place)
                figures.append((place, end))
                shown.append(f"{{{len(figures)}}}")
                place = end
            elif text[place] == "u":
                end = text.index("}", place)
                shown.append(chr(int(text[place + 2:end], 16)))
                place = end + 1
            elif text[place] == "\n":
                place += 1
                place += len(text[place:]) - len(text[place:].lstrip(" "))
            else:
                shown.append(ESCAPES[text[place]])
                place += 1
            continue
        shown.append(text[place])
        place += 1
    raise Mistake("a literal without an end")


def unindented(text):
    lines = text.split("\n")
    return "\n".join(line[len(lines[-1]):] for line in lines[1:-1])


def tokens(text, start=0, end=None):
    """Places of the code itself: (place, what), `what` a name, a sign, or a `Literal`. Code within a literal is not among them."""
    place, end = start, len(text) if end is None else end
    while place < end:
        if text.startswith(("//", "/*"), place):
            place = end_of_comment(text, place)
        elif text[place] == '"' or re.match(r'#+"', text[place:place + 4]):
            found = literal(text, place)
            yield place, found
            place = found.end
        elif found := NAME.match(text, place):
            yield place, found[0]
            place = found.end()
        else:
            if not text[place].isspace():
                yield place, text[place]
            place += 1


def arguments(text, start, end):
    """What stands between the parentheses of a call, cut at its commas: (label or None, start, end)."""
    cuts, depth = [start], 0
    for place, what in tokens(text, start, end):
        if isinstance(what, str) and what in "([{":
            depth += 1
        elif isinstance(what, str) and what in ")]}":
            depth -= 1
        elif what == "," and depth == 0:
            cuts.append(place + 1)
    for first, last in zip(cuts, cuts[1:] + [end + 1]):
        last -= 1 if last <= end else 1
        label = re.match(r"\s*(?:(?://[^\n]*\n)\s*)*([A-Za-z_]\w*)\s*:(?!:)", text[first:last])
        yield (label[1] if label else None, first + (label.end() if label else 0), last)


def worded(text, start, end):
    """The literals of an argument, and of each whether it is the value: not in a call within, as `a(b("c"))` has it. What something is compared with is none."""
    stack, before = [], None
    for place, what in tokens(text, start, end):
        if isinstance(what, Literal):
            is_compared = before == "==" or text[what.end:end].lstrip().startswith(("==", "!=", "."))
            if not is_compared:
                yield what, "call" not in stack
            before = what
            continue
        if what in "([{" and len(what) == 1:
            is_call = what == "[" or (what == "(" and (isinstance(before, str) and (NAME.fullmatch(before) or before in ")]}>")))
            stack.append("call" if is_call else "group")
        elif what in ")]}" and len(what) == 1 and stack:
            stack.pop()
        before = "==" if what == "=" and before in ("=", "!") else what


class Takers:
    """Who takes a `Phrasing`: by name, the labels and the places of such parameters."""

    def __init__(self):
        self.labels, self.places = {}, {}

    def add(self, name, label, place):
        if label == "_":
            self.places.setdefault(name, set()).add(place)
        else:
            self.labels.setdefault(name, set()).add(label)

    def names(self):
        return set(self.labels) | set(self.places)


def enclosing_types(text):
    """(start, end, name) of each type and extension."""
    found = []
    items = list(tokens(text))
    for index, (place, what) in enumerate(items):
        if what in ("struct", "class", "enum", "actor", "extension", "protocol") and index + 1 < len(items):
            name = items[index + 1][1]
            if not isinstance(name, str) or not NAME.fullmatch(name) or name in ("func", "var", "let"):
                continue
            step = index + 2
            while step + 1 < len(items) and items[step][1] == "." :
                name, step = items[step + 1][1], step + 2
            opening = next((at for at, sign in items[step:] if sign == "{"), None)
            if opening is not None:
                found.append((opening, end_of_group(text, opening), name))
    return found


def type_around(types, place):
    around = [one for one in types if one[0] < place < one[1]]
    return max(around)[2] if around else None


def declared(files):
    """Who takes a `Phrasing`; and where the word stands that is no parameter's type."""
    takers, strays = Takers(), []
    takers.add("Sentence", "_", 0)
    for path, text in files.items():
        if HOME in path.parents or not re.search(r"\bPhrasing\b", text):
            continue
        types = enclosing_types(text)
        items = list(tokens(text))
        lists = []
        for index, (place, what) in enumerate(items):
            if what == "init" or (index and items[index - 1][1] == "func"):
                step = index + 1
                if step < len(items) and items[step][1] in ("?", "!"):
                    step += 1
                while step < len(items) and items[step][1] != "(" and items[step][1] != "{":
                    step += 1  # generic parameters
                before = items[index - 1][1] if index else None
                if step < len(items) and items[step][1] == "(" and before not in (".",):
                    opening = items[step][0]
                    name = type_around(types, place) if what == "init" else what
                    lists.append((opening + 1, end_of_group(text, opening) - 1, name))
        for place, what in items:
            if what != "Phrasing":
                continue
            inside = [one for one in lists if one[0] <= place < one[1]]
            if not inside:
                strays.append(f"{path.relative_to(ROOT)}: {text[:place].count(chr(10)) + 1}")
                continue
            first, last, name = max(inside)
            number = 0  # among those without a label: one with a label may be left out
            for parameter in split(text, first, last):
                label = text[parameter[0]:parameter[1]].split(":")[0].split()[0]
                if parameter[0] <= place < parameter[1]:
                    takers.add(name, label, number)
                number += label == "_"
    return takers, strays


def split(text, start, end):
    cuts, depth = [start], 0
    for place, what in tokens(text, start, end):
        if isinstance(what, str):
            depth += (what in "([{") - (what in ")]}")
            if what == "," and depth == 0:
                cuts.append(place + 1)
    return list(zip(cuts, [cut - 1 for cut in cuts[1:]] + [end]))


def calls(text, names, types):
    """(name, start, end) of what is between the parentheses of each call of one of `names`, wherever it stands."""
    places = [(0, len(text))]
    while places:
        start, end = places.pop()
        items = list(tokens(text, start, end))
        for index, (place, what) in enumerate(items):
            if isinstance(what, Literal):
                places += [(first + 1, last - 1) for first, last in what.figures]
                continue
            following = items[index + 1] if index + 1 < len(items) else (None, None)
            if following[1] != "(":
                continue
            before = items[index - 1][1] if index else None
            name = what
            if what == "init" and before == ".":
                owner = items[index - 2][1] if index > 1 else None
                name = type_around(types, place) if owner in ("self", "Self") else owner
            if name in names and before not in ("func",):
                yield name, following[0] + 1, end_of_group(text, following[0]) - 1


def unnamed(text):
    """Places of `.init("some words")`: what is made there has no name, and may be a sentence."""
    for found in re.finditer(r"(?<![\w)\]>])\.init\(", text):
        following = next(tokens(text, found.end()), (0, ""))[1]
        if isinstance(following, Literal) and " " in following.template:
            yield found.start()


def sentences(files=None):
    """Every template with where it stands, and the strays."""
    files = files or {path: path.read_text() for path in sorted(SOURCES.rglob("*.swift"))}
    takers, strays = declared(files)
    names, found = takers.names(), {}
    for path, text in files.items():
        if HOME in path.parents:
            continue
        types = enclosing_types(text)
        made = list(calls(text, names, types))
        for name, start, end in made:
            within = [(a, b) for _, a, b in made if start < a]
            number = -1
            for label, first, last in arguments(text, start, end):
                number += label is None
                if label in takers.labels.get(name, ()) or (label is None and number in takers.places.get(name, ())):
                    for one, is_value in worded(text, first, last):
                        where = f"{path.relative_to(ROOT)}:{text[:one.start].count(chr(10)) + 1}"
                        if is_value and re.sub(r"^\{1\}$", "", one.template):  # else it is handed on
                            found.setdefault(one.template, where)
                        elif not is_value and " " in one.template and not any(a <= one.start < b for a, b in within):
                            strays.append(where)
        strays += [f"{path.relative_to(ROOT)}:{text[:place].count(chr(10)) + 1}" for place in unnamed(text)]
    return found, strays
