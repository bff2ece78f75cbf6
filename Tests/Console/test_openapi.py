"""console/openapi.json and the server: what it describes is there, and answers as described, whatever is sent.

That no route is missing from it is for Tests/ConsoleTests to say, which knows all routes.
"""
import json
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest
from browsing import ROOT, Server
from jsonschema import Draft202012Validator

DESCRIPTION = json.loads((ROOT / "console/openapi.json").read_text())
PATHS = DESCRIPTION["paths"]
#: How a part of a path is written where any value will do.
PARTS = {"{upn}": "helga%40larkspur.example", "{message}": "greetingStandard", "{language}": "fr", "{log}": "signIns",
         "{name}": "x", "{token}": "x"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    started = Server(tmp_path_factory.mktemp("home"))
    yield started
    started.stop()


def ask(server, method, path):
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request(method, path, headers={"Origin": server.url})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_the_server_hands_out_this_description(server):
    answer, body = ask(server, "GET", "/api/openapi.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert json.loads(body) == DESCRIPTION


@pytest.mark.parametrize("path", PATHS)
def test_each_address_takes_the_methods_that_are_described(server, path):
    concrete = path
    for part, value in PARTS.items():
        concrete = concrete.replace(part, value)
    assert "{" not in concrete, f"PARTS has no value for {path}"
    answer, _ = ask(server, "OPTIONS", concrete)
    methods = {method.upper() for method in PATHS[path] if method != "parameters"}
    assert answer.status == 405
    # Addresses of one shape share what they take: /api/greetings/check is one of /api/greetings/{message}, too.
    assert methods | ({"HEAD"} if "GET" in methods else set()) <= set(answer.headers["Allow"].split(", "))


def test_each_action_on_a_user_is_described(server):
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("POST", "/api/users/helga%40larkspur.example/none", "{}",
                       {"Origin": server.url, "Content-Type": "application/json"})
    hint = json.loads(connection.getresponse().read())["error"]["hint"]
    described = {path.rsplit("/", 1)[1] for path in PATHS if path.startswith("/api/users/{upn}/")}
    assert described == set(hint.split(", "))


def resolved(schema):
    return {**schema, "components": DESCRIPTION["components"]}


def operations():
    for path, methods in PATHS.items():
        for method, operation in methods.items():
            if method != "parameters":
                yield f"{method.upper()} {path}", operation


def test_every_example_is_one():
    examples = 0
    for name, operation in operations():
        bodies = [operation.get("requestBody", {})]
        bodies += [DESCRIPTION["components"]["responses"][answer["$ref"].split("/")[-1]] if "$ref" in answer else answer
                   for answer in operation["responses"].values()]
        for body in bodies:
            for content in body.get("content", {}).values():
                if "example" in content and isinstance(content["example"], (dict, list)):
                    Draft202012Validator(resolved(content["schema"])).validate(content["example"])
                    examples += 1
    assert examples > 50


def test_every_operation_has_a_name_of_its_own_a_summary_and_its_refusals():
    names = [operation["operationId"] for _, operation in operations()]
    assert len(names) == len(set(names))
    for name, operation in operations():
        assert operation["summary"], name
        assert {"403", "421"} <= operation["responses"].keys(), name
        if "requestBody" in operation:
            assert {"400", "413", "415"} <= operation["responses"].keys(), name


def test_the_events_of_a_call_are_as_described(server):
    schema = Draft202012Validator(resolved({"$ref": "#/components/schemas/Event"}))
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", "/api/events")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream"
    server.post("/api/room/reset")
    server.post("/api/room/sign-in", user="helga@larkspur.example", method="call")
    server.post("/api/room/answer", user="helga@larkspur.example")
    server.post("/api/room/press", user="helga@larkspur.example", key="#")
    types = set()
    while "outcome" not in types or "record" not in types:
        line = answer.readline()
        assert line, "the stream has ended"
        if line.startswith(b"data: "):
            event = json.loads(line[6:])
            schema.validate(event)
            types.add(event["type"])
    assert {"session", "dial", "ring", "answered", "play", "key", "state"} <= types
    connection.close()


def test_whatever_schemathesis_sends_no_answer_is_a_fault_of_the_server_or_unlike_its_description(tmp_path):
    server = Server(tmp_path)
    try:
        result = subprocess.run(
            [Path(sys.executable).parent / "schemathesis", "--config-file", ROOT / "Tests/Console/schemathesis.toml", "run",
             ROOT / "console/openapi.json", "--url", server.url, "--header", f"Origin: {server.url}",
             # Without end: tested above.
             "--exclude-path", "/api/events",
             "--phases", "examples,coverage,fuzzing", "--max-examples", "10", "--seed", "20250115", "--continue-on-failure",
             # Data that the schema lets through may still be refused: a user that the tenant has not.
             "--checks", "all", "--exclude-checks", "positive_data_acceptance", "--warnings", "off"],
            cwd=tmp_path, capture_output=True, text=True, timeout=180)
        assert result.returncode == 0, result.stdout[-8_000:] + result.stderr
        assert server.process.poll() is None
    finally:
        server.stop()
