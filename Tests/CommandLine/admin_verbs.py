"""Every admin verb about people, with what it takes: for tests that try them all."""
import sqlite3

AT = "2025-01-16T09:00:00Z"
HELGA, OMAR, DESK = "helga@larkspur.example", "omar@larkspur.example", "desk@larkspur.example"

# Helga has all that can be taken away; see conftest's furnished store.
TENANT = """
tenant: Larkspur
settings: {fraudAlert.enabled: true, fraudAlert.code: "2580", pin.mode: true}
users:
  - {upn: helga@larkspur.example, name: Helga Brandt, phone: "+33 612345678", language: fr, pin: "471138",
     groups: [Finance], apps: [old phone], passkeys: [blue key]}
  - {upn: omar@larkspur.example, name: Omar Haddad, phone: "+44 7700900123", groups: [Field], guest: true}
  - {upn: desk@larkspur.example, name: Front desk, phone: "+1 4255550100x204"}
"""

POLICY, ACCOUNTS, METHODS, RISK, READ = (
    "authenticationPolicyAdministrator", "userAdministrator", "authenticationAdministrator", "securityOperator",
    "globalReader")
ROLES = ["globalAdministrator", "conditionalAccessAdministrator", POLICY, ACCOUNTS, METHODS, RISK, READ]

# The verb's words, its further arguments, the least role, standard input, and the audit record that it leaves.
VERBS = [
    (["user", "add"], ["nia@larkspur.example"], ACCOUNTS, b"", "User added"),
    (["user", "list"], [], READ, b"", None),
    (["user", "show"], [HELGA], READ, b"", None),
    (["user", "set"], [HELGA, "--language", "de"], ACCOUNTS, b"", "User changed"),
    (["user", "disable"], [HELGA], ACCOUNTS, b"", "Account disabled"),
    (["user", "enable"], [HELGA], ACCOUNTS, b"", "Account enabled"),
    (["user", "force-password-change"], [HELGA], ACCOUNTS, b"", "Password change forced"),
    (["user", "reset-methods"], [HELGA, "--reason", "Lost phone"], METHODS, b"",
     "Security information reset; registration required"),
    (["user", "require-registration"], [HELGA, "--reason", "Old number"], METHODS, b"",
     "Registration of security information required"),
    (["user", "revoke-sessions"], [HELGA], ACCOUNTS, b"", "Sessions revoked"),
    (["user", "unlock"], [HELGA], POLICY, b"", "User unlocked"),
    (["user", "remove-device"], [HELGA, "--device", "old phone"], METHODS, b"", "Device removed"),
    (["phone", "set"], [HELGA, "office", "+33 123456789"], METHODS, b"", "Phone number set"),
    (["phone", "delete"], [HELGA, "mobile"], METHODS, b"", "Phone number deleted"),
    (["pin", "set"], [HELGA], METHODS, b"83620517294460183752\n", "PIN set"),
    (["pin", "delete"], [HELGA], METHODS, b"", "PIN deleted"),
    (["pass", "issue"], [HELGA], METHODS, b"", "Temporary access pass issued"),
    (["pass", "show"], [HELGA], READ, b"", None),
    (["pass", "delete"], [HELGA], METHODS, b"", "Temporary access pass deleted"),
    (["risk", "list"], [], READ, b"", None),
    (["risk", "dismiss"], [HELGA], RISK, b"", "User risk dismissed"),
    (["risk", "confirm-safe"], [HELGA], RISK, b"", "User confirmed safe"),
    (["risk", "confirm-compromised"], [HELGA], RISK, b"", "User confirmed compromised"),
]
NAMES = [" ".join(verb[0]) for verb in VERBS]


def audits(store):
    """The audit log: activity, user, reason, admin, role, instant in milliseconds."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as connection:
        return connection.execute("SELECT activity, upn, reason, by, role, at FROM audit ORDER BY sequence").fetchall()
