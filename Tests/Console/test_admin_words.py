"""Whatever the core names by an id has words on the pages for admins, in both languages."""
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CORE = ROOT / "Sources/VerificationCore"


def words(language):
    tables = [json.loads((ROOT / "console/words" / name).read_text()) for name in (f"{language}.json", f"admin.{language}.json")]
    return tables[0] | tables[1]


def between(path, start, end):
    return (CORE / path).read_text().split(start, 1)[1].split(end, 1)[0]


def listed(text):
    """Names of `case a, b = "c"`, by their raw values."""
    names = []
    for cases in re.findall(r"^ +case ([^(:\n]+)$", text, re.MULTILINE):
        for case in re.split(r",\s*", cases.strip()):
            name, _, value = case.partition(" = ")
            names.append(value.strip('"') or name)
    return names


SETTINGS = re.findall(r'Setting\(\s*"([^"]+)"', (CORE / "Settings/SettingCatalogue.swift").read_text())
SETTINGS += re.findall(r'^    method\("([^"]+)"', (CORE / "Settings/SettingCatalogue.swift").read_text(), re.MULTILINE)
NAMED = {
    "setting": SETTINGS,
    "group": sorted({name.split(".")[0] for name in SETTINGS}),
    "check": listed(between("Greetings/CheckID.swift", "enum CheckID", "extension CheckID")),
    "finding": listed(between("Lint/TenantFinding.swift", "public enum ID", "public var severity")),
    "finding.severity": listed(between("Lint/TenantFinding.swift", "public enum Severity", "/// What it is about")),
    "message": listed(between("Greetings/MessageType.swift", "enum MessageType", "/// When a person")),
    "situation": listed(between("Greetings/MessageType.swift", "enum MessageType", "/// When a person")),
    "outcome": listed(between("SignIn/Outcome.swift", "enum Outcome", "extension Outcome")),
    "methodName": listed(between("SignIn/Method.swift", "enum Method", "public var setting")),
    "gate": listed(between("SignIn/SignInGate.swift", "enum SignInGate", "/// As a question")),
    "activity": listed(between("Tenant/Records.swift", "enum Activity", "/// A risk that was detected")),
    "role": listed(between("Tenant/Role.swift", "enum Role", "public func mayAct")),
    "risk": listed(between("Tenant/Records.swift", "public enum State", "/// A mail")),
    "users.phone": listed(between("Tenant/User.swift", "enum PhoneKind", "/// A user's telephone numbers")),
    "users.requirement": listed(between("Tenant/User.swift", "enum Requirement", "public init")),
}
AT_LEAST = {"setting": 58, "check": 46, "finding": 34, "message": 18, "outcome": 33, "activity": 38, "gate": 14, "role": 7}


@pytest.mark.parametrize("space", NAMED)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_the_core_names_has_words(space, language):
    known = words(language)
    assert [name for name in NAMED[space] if f"{space}.{name}" not in known] == []


@pytest.mark.parametrize("space", AT_LEAST)
def test_the_sources_are_read_whole(space):
    """Else the lines above would read past some."""
    assert len(NAMED[space]) >= AT_LEAST[space]


@pytest.mark.parametrize("space", ["setting", "check", "finding"])
def test_no_words_are_left_of_what_the_core_no_longer_names(space):
    named = {f"{space}.{name}" for name in NAMED[space]} | {f"finding.severity.{name}" for name in NAMED["finding.severity"]}
    assert [key for key in words("en") if key.startswith(f"{space}.") and key not in named] == []
