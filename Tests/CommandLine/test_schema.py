"""The schemas against the files, as editors check them: each with a loader of YAML 1.2 and a validator of its own."""
import json
import re

import pytest
import yaml
from conftest import ROOT
from jsonschema import Draft7Validator

KINDS = ["scenario", "tenant", "fragment", "explore"]
FIXTURES = ROOT / "Tests/ScenarioYAMLTests/Fixtures"


class Loader(yaml.SafeLoader):
    """Scalars as the core schema of YAML 1.2 reads them: `no` is a text, `0042` a number."""


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
]:
    letters = ["" if letter == "\0" else letter for letter in first]
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), letters)
Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value, 8 if "o" in node.value else 16
                                                                         if "x" in node.value else 10))


def kind_of(text):
    keys = re.findall(r"^(\w+):", text, re.MULTILINE)
    return next((kind for kind in KINDS if kind in keys), "scenario")


@pytest.fixture(scope="session")
def schemas():
    return {kind: json.loads((ROOT / "docs" / f"{kind}.schema.json").read_text()) for kind in KINDS}


def errors(schemas, kind, text):
    return list(Draft7Validator(schemas[kind]).iter_errors(yaml.load(text, Loader)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_in_the_repository_is_the_one_that_is_printed(poundkey, kind):
    printed = poundkey("schema", kind)
    assert (printed.code, printed.err) == (0, "")
    assert printed.out == (ROOT / "docs" / f"{kind}.schema.json").read_text(), "poundkey schema --write docs"


@pytest.mark.parametrize("kind", KINDS)
def test_snippets_of_steps_are_offered_where_a_step_may_stand_and_nowhere_else(schemas, kind):
    offered = {name for name, value in schemas[kind]["definitions"].items() if "defaultSnippets" in value}
    steps = {"step", "move"} & set(schemas[kind]["definitions"])
    assert offered == steps and json.dumps(schemas[kind]).count('"defaultSnippets"') == len(steps)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_good_draft_7_and_every_reference_leads_somewhere(schemas, kind):
    schema = schemas[kind]
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)
    references = set(re.findall(r'"#/definitions/([^"]+)"', json.dumps(schema)))
    assert references == set(schema["definitions"])


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_says_what_it_is_and_no_other_is_taken(schemas, kind):
    def mappings(value):
        if isinstance(value, dict):
            if value.get("type") == "object" and "properties" in value:
                yield value
            for inner in value.values():
                yield from mappings(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from mappings(inner)

    found = list(mappings(schemas[kind]))
    assert len(found) > 5
    for mapping in found:
        assert mapping["additionalProperties"] is False
        for key, value in mapping["properties"].items():
            assert value["description"].endswith((".", "?")), key


def shipped():
    return sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "scenarios").rglob("*.yaml"))


def test_there_are_shipped_files():
    assert len(shipped()) > 100


@pytest.mark.parametrize("path", shipped())
def test_every_shipped_file_is_taken(schemas, path):
    text = (ROOT / path).read_text()
    assert [error.message for error in errors(schemas, kind_of(text), text)] == []


@pytest.mark.parametrize("path", shipped())
def test_every_shipped_file_begins_by_saying_where_its_schema_is(path):
    first = (ROOT / path).read_text().splitlines()[0]
    schema = (ROOT / path).parent / first.removeprefix("# yaml-language-server: $schema=")
    assert schema.resolve() == (ROOT / "docs" / f"{kind_of((ROOT / path).read_text())}.schema.json").resolve()


@pytest.mark.parametrize("path", sorted((FIXTURES / "tenants").glob("*.yaml")), ids=lambda path: path.stem)
def test_tenants_with_everything_and_with_odd_texts_are_taken(schemas, path):
    assert [error.message for error in errors(schemas, "tenant", path.read_text())] == []


def test_the_tenant_that_is_written_out_is_taken(poundkey, schemas):
    assert errors(schemas, "tenant", poundkey("tenant", "init", "-").out) == []


# What a schema cannot know: FIXTURE:LINE ID. Everything else that the readers find, it finds too.
ONLY_THE_READERS = set("""
broken/duplicate-key:2 duplicate-key
broken/duplicate-user:7 duplicate-user
broken/endless-pattern:3 endless-pattern
broken/endless-pattern:5 endless-pattern
broken/explore-file:1 explore-file
broken/fragment-file:1 fragment-file
broken/matrix-all-excluded:3 empty-matrix
broken/matrix-axes:5 wrong-name
broken/matrix-csv-secret:None wrong-table
broken/matrix-csv:None wrong-table
broken/matrix-csv-empty:2 empty-matrix
broken/matrix-csv-missing:2 unreadable
broken/matrix-csv-names:None wrong-name
broken/matrix-csv-semicolons:None wrong-table
broken/matrix-csv-twice:None duplicate-column
broken/matrix-csv-values:None wrong-key-press
broken/matrix-csv-values:None wrong-value
broken/matrix-exclude:5 excludes-nothing
broken/matrix-exclude:6 unknown-column
broken/matrix-include:5 missing-column
broken/matrix-include:6 unknown-column
broken/matrix-pick:4 wrong-pick
broken/matrix-rows:5 missing-column
broken/matrix-rows:6 unknown-column
broken/matrix-rows:9 wrong-value
broken/matrix-too-large:4 matrix-too-large
broken/matrix-twins:6 duplicate-row
broken/matrix-values:5 unknown-message
broken/matrix-values:5 unknown-result
broken/matrix-values:5 wrong-value
broken/misplaced-reference:1 misplaced-reference
broken/misplaced-reference:2 misplaced-reference
broken/misplaced-reference:3 misplaced-reference
broken/misplaced-reference:5 misplaced-reference
broken/missing-tenant:2 unreadable
broken/no-steps-left:2 no-steps-left
broken/no-user:2 no-user
broken/pin-is-own-report-code:3 pin-is-report-code
broken/pin-is-report-code:3 pin-is-report-code
broken/repeat-too-often:4 too-many-steps
broken/stranger:3 unknown-user
broken/tenant-file:1 tenant-file
broken/too-many-keys:4 too-many-keys
broken/too-much:3 wrong-value
broken/too-much:4 wrong-value
broken/too-much:5 too-many-keys
broken/two-purposes:3 two-purposes
broken/unknown-name:4 unknown-name
broken/unknown-name:7 unknown-name
broken/unknown-name-without-matrix:4 unknown-name
broken/unknown-user:2 unknown-user
broken/unquoted-pound:1 unquoted-pound
broken/unquoted-pound:4 unquoted-pound
broken/use:6 unknown-fragment
broken/use:8 missing-parameter
broken/use:9 unknown-parameter
broken/use:11 wrong-key-press
broken/use:12 unreadable
broken/use-cyclic:None cyclic-fragment
broken/use-list:5 unknown-fragment
broken/use-mistaken:None unknown-message
broken/use-mistaken:None unknown-name
broken/when:2 wrong-value
broken/wrong-admin:13 wrong-pattern
broken/wrong-apps:8 unreadable
broken/wrong-expect:5 unknown-user
broken/wrong-expect:14 wrong-pattern
broken/wrong-expect:20 endless-pattern
broken/wrong-expect:26 unknown-user
broken/wrong-facts:26 unknown-user
broken/wrong-greeting:6 greeting-unreadable
broken/wrong-locations:4 wrong-range
broken/wrong-matchers:4 empty-range
broken/wrong-matchers:6 missing-key
broken/wrong-matchers:7 wrong-value
broken/wrong-matchers:13 empty-range
broken/wrong-pin-entry:9 wrong-value
broken/wrong-pin-entry:10 wrong-value
broken/wrong-pin-entry:11 wrong-value
broken/wrong-reference:5 wrong-reference
broken/wrong-reference:7 not-a-text
broken/wrong-register:11 endless-pattern
broken/wrong-set:7 wrong-setting
broken/wrong-set:8 wrong-setting
broken/wrong-set:9 wrong-setting
broken/wrong-set:10 wrong-setting
broken/wrong-set:11 wrong-setting
broken/wrong-signin-keys:16 two-purposes
broken/wrong-sms-fault:7 wrong-value
broken/wrong-tenant-file:None unknown-setting
broken/wrong-tenant-file:None wrong-value
broken/wrong-zone:2 unknown-zone
explore/a-scenario:1 no-exploration
explore/empty:2 unknown-user
explore/service-too-much:2 too-many-configurations
explore/service-wrong-everything:7 unknown-user
explore/wrong-everything:2 unknown-user
""".split("\n")) - {""}


def told(path):
    """The problems that the readers tell of a file, each with its line; None for those without a place in it."""
    for number, _, name, line in re.findall(r"^error\[([^\]]+)\]: (.*)\n(?: *--> (.*?):(\d+):\d+\n)?",
                                            path.with_suffix(".txt").read_text(), re.MULTILINE):
        yield number, int(line) if line and name == path.name else None


def lines_of(node):
    """From 1. What is laid out by its indent ends where the next thing begins."""
    first, last = node.start_mark.line + 1, node.end_mark.line + (0 if node.end_mark.column == 0 else 1)
    is_block = isinstance(node, yaml.CollectionNode) and not node.flow_style
    return list(range(first, max(first, last - 1 if is_block and node.end_mark.column else last) + 1))


def refused_lines(schemas, path):
    """The lines in which the schema refuses something: of the value at fault, the innermost where there are several
    ways to go. None where the file cannot be loaded at all, as an editor would tell by itself."""
    text = path.read_text()
    try:
        root = yaml.compose(text, Loader)
        value = yaml.load(text, Loader)
    except (yaml.YAMLError, ValueError):
        return None
    lines = set()

    def walk(node, steps):
        for step in steps:
            if isinstance(node, yaml.MappingNode):
                node = next((inner for key, inner in node.value if key.value == str(step)), node)
            elif isinstance(node, yaml.SequenceNode):
                node = node.value[step]
        return node

    def collect(error):
        node = walk(root, error.absolute_path) if root else None
        if error.validator == "additionalProperties" and isinstance(node, yaml.MappingNode):
            known = error.schema["properties"]
            lines.update(key.start_mark.line + 1 for key, _ in node.value if key.value not in known)
        elif error.validator in ("anyOf", "oneOf", "allOf") and error.context:
            before = len(lines)
            for inner in error.context:
                of_mapping = isinstance(inner.instance, dict) and (
                    inner.validator == "oneOf" or "dependencies" in inner.relative_schema_path)
                if of_mapping or len(inner.absolute_path) > len(error.absolute_path):
                    collect(inner)
            if len(lines) == before:
                lines.update(lines_of(node) if "dependencies" in error.absolute_schema_path else lines_of(node)[:1])
        else:
            lines.add(node.start_mark.line + 1 if node else 1)
            if error.validator in ("oneOf", "required", "dependencies", "not") and node is not None:
                lines.update(lines_of(node))

    for error in Draft7Validator(schemas[kind_of(text)]).iter_errors(value):
        collect(error)
    return lines


def test_what_only_the_readers_find_is_listed_and_nothing_else(schemas):
    missed = set()
    paths = sorted(FIXTURES.glob("*/*.yaml"))
    assert len(paths) > 50
    for path in paths:
        if path.parent.name not in ("broken", "explore"):
            continue
        lines = refused_lines(schemas, path)
        name = f"{path.parent.name}/{path.stem}"
        for problem, line in told(path):
            if lines is None or (line in lines if line else lines):
                continue
            missed.add(f"{name}:{line} {problem}")
    assert missed == ONLY_THE_READERS
