"""TEN-10: what sets a tenant up names its least role, and is refused with a lesser one."""
import json

import pytest
from conftest import ROOT

ROLES = ["globalAdministrator", "authenticationPolicyAdministrator", "conditionalAccessAdministrator",
         "authenticationAdministrator", "userAdministrator", "securityOperator", "globalReader"]
POLICY, ACCESS, GLOBAL = "authenticationPolicyAdministrator", "conditionalAccessAdministrator", "globalAdministrator"
GREETING = ROOT / "greetings/de/greetingStandard.mp3"

# Each with the role that it takes, and what must be there before.
CHANGES = [
    (["fraud-alert", "--no-block"], POLICY, []),
    (["report-activity", "--scope", "Finance"], POLICY, []),
    (["methods", "--disable", "text"], POLICY, []),
    (["remember", "--on"], POLICY, []),
    (["lockout", "--denials", "3"], POLICY, []),
    (["notify", "add", "a@l.example"], POLICY, []),
    (["notify", "delete", "a@l.example"], POLICY, ["notify", "add", "a@l.example"]),
    (["trusted-ip", "add", "192.0.2.0/24"], POLICY, []),
    (["trusted-ip", "delete", "192.0.2.0/24"], POLICY, ["trusted-ip", "add", "192.0.2.0/24"]),
    (["trusted-ip", "set", "--policy-server", "192.0.2.1"], POLICY, []),
    (["location", "add", "A", "--range", "192.0.2.0/24"], ACCESS, []),
    (["location", "set", "A", "--trusted"], ACCESS, ["location", "add", "A", "--range", "192.0.2.0/24"]),
    (["location", "delete", "A"], ACCESS, ["location", "add", "A", "--range", "192.0.2.0/24"]),
    (["caller-id", "set", "+1 8005550199"], POLICY, []),
    (["settings", "set", "call.limit", "2m"], POLICY, []),
    (["settings", "set", "risk.policy", "block"], ACCESS, []),
    (["settings", "set", "oath.shared", "warn"], GLOBAL, []),
    (["settings", "reset", "fraudAlert.enabled"], POLICY, []),
    (["settings", "reset", "conditionalAccess.requireMFA"], ACCESS, []),
    (["settings", "reset", "federation.keepSignedIn"], GLOBAL, []),
    (["greeting", "add", "greetingStandard", "de", GREETING], POLICY, []),
    (["greeting", "delete", "greetingStandard", "de"], POLICY, ["greeting", "add", "greetingStandard", "de", GREETING]),
    (["tenant", "set", "--licence", "p1"], GLOBAL, []),
]
READINGS = [
    ["fraud-alert"], ["report-activity"], ["methods"], ["remember"], ["lockout"], ["notify", "list"],
    ["trusted-ip", "list"], ["trusted-ip", "set"], ["location", "list"], ["greeting", "list"], ["tenant", "show"],
]


def named(arguments):
    """The verb without what is typed behind it."""
    verbs = {"notify", "trusted-ip", "location", "caller-id", "settings", "greeting", "tenant"}
    return arguments[:2] if arguments[0] in verbs else arguments[:1]


@pytest.mark.parametrize("change, least, before", CHANGES, ids=lambda value: "-".join(map(str, value[:3]))[:60])
def test_a_change_takes_its_role_and_is_refused_with_every_lesser_one(poundkey, store, change, least, before):
    on = ("--tenant", store, "--at", "2025-02-01")
    if before:
        assert poundkey(*before, *on).code == 0
    checked = poundkey("tenant", "check", store).out
    for role in ROLES:
        if role in (least, GLOBAL):
            continue
        refused = poundkey(*change, *on, "--as", role)
        assert (refused.code, refused.out) == (1, ""), (role, refused)
        assert refused.err.endswith(f"error: this takes at least the role {least}\n"), (role, refused)
    assert poundkey("tenant", "check", store).out == checked
    done = poundkey(*change, *on, "--as", least, "--json")
    assert done.code == 0, done
    assert json.loads(done.out)["done"] == " ".join(named(change))
    assert least in " ".join(poundkey(*named(change), "--help").out.split())


@pytest.mark.parametrize("reading", READINGS, ids=" ".join)
def test_every_role_may_read(poundkey, store, reading):
    for role in ROLES:
        assert poundkey(*reading, "--tenant", store, "--as", role).code == 0, role
    assert "globalReader" in poundkey(*reading, "--help").out
    wrong = poundkey(*reading, "--tenant", store, "--as", "reader")
    assert wrong.code == 2 and "the roles are globalAdministrator" in wrong.err


def test_settings_of_two_kinds_take_a_global_administrator(poundkey, store):
    change = ("settings", "set", "risk.policy", "block", "call.limit", "2m", "--tenant", store, "--as")
    assert poundkey(*change, POLICY).code == 1 and poundkey(*change, ACCESS).code == 1
    assert poundkey(*change, GLOBAL).code == 0
