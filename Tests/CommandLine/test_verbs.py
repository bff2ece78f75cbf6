"""Help, mistakes, and the small verbs."""
import json
import re

import pytest
from conftest import ROOT

def subcommands(text):
    """The verbs below one, in the order in which its help lists them."""
    return [line.split()[0] for section in re.split(r"SUBCOMMANDS:\n", text)[1:]
            for line in section.split("\n\n")[0].splitlines() if line.startswith("  ") and line[2] != " "]


def helps(poundkey, verb=()):
    """Every verb there is, with its help."""
    result = poundkey(*verb, "--help")
    assert (result.code, result.err) == (0, ""), verb
    yield verb, result.out
    for name in subcommands(result.out):
        yield from helps(poundkey, (*verb, name))


def test_every_verb_has_a_help_with_an_example_its_exit_codes_and_its_least_role(poundkey):
    verbs = dict(helps(poundkey))
    assert len(verbs) > 100 and ("greeting", "check") in verbs and ("log", "signins") in verbs
    for verb, text in verbs.items():
        assert f"poundkey {' '.join(verb)}".strip() in text and "Example" in text, verb
        words = " ".join(text.split())
        assert subcommands(text) or "Exit codes:" in words, verb
        assert "--as <role>" not in words or re.search("[Ll]east role", words), verb


def test_version(poundkey):
    result = poundkey("--version")
    assert (result.code, result.out) == (0, "0.1.0\n")


@pytest.mark.parametrize("arguments, message", [
    (["cal"], 'error: unknown verb "cal"; did you mean "call"?\nSee poundkey --help.\n'),
    (["greeting", "chekc"], 'error: unknown verb "chekc"; did you mean "check"?\nSee poundkey greeting --help.\n'),
    (["greeting", "xyzzy"], 'error: unknown verb "xyzzy"; the verbs are: check, fix, preview, show, speak, resolve, '
                            "coverage, add, list, delete, get\n"
                            "See poundkey greeting --help.\n"),
    (["xyzzy"], 'error: unknown verb "xyzzy"; the verbs are: demo, greeting, messages, run, merge, new, lint, fmt, schema, '
                'explore, diagram, rules, serve, call, record, tenant, settings, fraud-alert, report-activity, notify, methods, '
                'remember, lockout, trusted-ip, location, caller-id, user, phone, pin, pass, oath, block, unblock, '
                'blocked, risk, signin, play, log, sms, number\n'
                "See poundkey --help.\n"),
])
def test_an_unknown_verb_is_usage_with_what_was_meant(poundkey, arguments, message):
    result = poundkey(*arguments)
    assert (result.code, result.out, result.err) == (2, "", message)


@pytest.mark.parametrize("arguments", [["run"], ["run", "--sed", "1", "x"], ["run", "x", "--seed", "many"],
                                       ["greeting", "check"], ["tenant", "init"], ["messages", "--language", "???"]])
def test_wrong_arguments_are_usage_on_stderr(poundkey, arguments):
    result = poundkey(*arguments)
    assert result.code == 2
    assert result.out == ""
    assert result.err.startswith("Error:")


def test_messages_is_a_table_of_all_18_in_each_language(poundkey):
    result = poundkey("messages")
    assert result.code == 0
    assert all(len(line) <= 80 for line in result.out.splitlines())
    assert ["message", "en", "de", "es", "fr", "it", "pt"] in [line.split() for line in result.out.splitlines()]
    lines = [json.loads(line) for line in poundkey("messages", "--json").out.splitlines()]
    assert len(lines) == 18
    assert all([r["language"] for r in line["recordings"]] == ["en", "de", "es", "fr", "it", "pt"] for line in lines)
    for line in lines:
        assert list(line) == ["message", "situation", "waitsFor", "recordings"]
        assert line["message"] in result.out


def test_messages_can_show_its_words_and_the_tenants_own(poundkey, tmp_path):
    (tmp_path / "t.yaml").write_text(
        "tenant: T\nusers: [{upn: a@b.example}]\n"
        "greetings: [{message: greetingPIN, language: de, length: 6s, script: Guten Tag.}]\n")
    result = poundkey("messages", "--tenant", tmp_path / "t.yaml", "--language", "de", "--text")
    assert result.code == 0
    assert "Guten Tag." in result.out and "6.0*" in result.out


def test_every_rule_is_shown_by_a_scenario_an_exploration_or_a_command(poundkey):
    lines = [json.loads(line) for line in poundkey("rules", "--json").out.splitlines()]
    assert len(lines) == 73
    assert [line["id"] for line in lines if not line["scenarios"] and not line["shownBy"]] == []
    assert [line["id"] for line in lines if not line["scenarios"]] == ["NUM-5", "TEN-11"]
    assert any("scenarios/explore/" in path for line in lines for path in line["scenarios"])
    text = poundkey("rules").out
    assert "✓ poundkey caller-id export" in text
    assert text.endswith("\n73 of 73 rules are shown by a scenario, an exploration or a command\n")


def test_rules_names_those_that_nothing_shows(poundkey, tmp_path):
    (tmp_path / "a.yaml").write_text("scenario: T\nrules: [NUM-1]\nsteps: [signin]\n")
    (tmp_path / "b.yaml").write_text("explore: T\nrules: [NUM-2]\nsteps: [signin: call]\n")
    text = poundkey("rules", tmp_path, "--family", "NUM").out
    assert "3 of 5 rules are shown" in text
    assert text.split("Nothing shows:")[1].split() == ["NUM-3", "NUM-4"]


def test_rules_of_one_family_and_of_ones_own_scenarios(poundkey, tmp_path):
    (tmp_path / "a.yaml").write_text("scenario: T\nrules: [EXT-2]\nsteps: [signin]\n")
    lines = [json.loads(line) for line in poundkey("rules", tmp_path, "--family", "ext", "--json").out.splitlines()]
    assert [line["id"] for line in lines] == ["EXT-1", "EXT-2", "EXT-3", "EXT-4"]
    assert lines[1]["scenarios"] == [f"{tmp_path}/a.yaml"]
    wrong = poundkey("rules", "--family", "nope")
    assert wrong.code == 2 and "CALL, EXT, MSG" in wrong.err


def test_tenant_init_writes_a_tenant_and_replaces_none(poundkey, tmp_path):
    first = poundkey("tenant", "init", "my.yaml", cwd=tmp_path)
    assert first.code == 0
    assert first.out == "wrote my.yaml; try: poundkey call --tenant my.yaml --user helga@larkspur.example\n"
    (tmp_path / "my.yaml").write_text("mine")
    again = poundkey("tenant", "init", "my.yaml", cwd=tmp_path)
    assert again.code == 4
    assert again.err == "error: my.yaml is there already; --force replaces it\n"
    assert (tmp_path / "my.yaml").read_text() == "mine"
    assert poundkey("tenant", "init", "my.yaml", "--force", cwd=tmp_path).code == 0
    assert (tmp_path / "my.yaml").read_text() == poundkey("tenant", "init", "-").out
    assert poundkey("tenant", "init", tmp_path / "no/where.yaml").code == 4


def test_demo_checks_runs_plays_and_says_what_to_try(poundkey):
    result = poundkey("demo")
    assert result.code == 0, result
    for part in ["168 accepted, 0 rejected", "speech in en, de, es, fr, it, pt", "passed, 0 failed", "♪ fraudConfirmation",
                 "is blocked until", "Try next"]:
        assert part in result.out


def test_demo_away_from_its_repository_says_where_to_run_it(poundkey, tmp_path):
    # The program finds its repository by its own place, so a copy elsewhere finds none.
    copy = tmp_path / "poundkey"
    copy.write_bytes((ROOT / ".build/release-static/release/poundkey").read_bytes())
    copy.chmod(0o755)
    import subprocess
    result = subprocess.run([copy, "demo"], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 4
    assert "POUNDKEY_HOME" in result.stderr
    found = subprocess.run([copy, "messages"], cwd=tmp_path, capture_output=True, text=True)
    assert found.returncode == 0


def test_settings_are_listed_with_their_defaults_and_what_a_tenant_sets(poundkey, tmp_path):
    lines = [json.loads(line) for line in poundkey("settings", "--json").out.splitlines()]
    assert list(lines[0]) == ["name", "value", "default", "range", "unit", "meaning", "mark", "retiredSince"]
    ring = next(line for line in lines if line["name"] == "call.ringTimeout")
    assert (ring["default"], ring["range"], ring["unit"]) == ("60s", "5 s to 120 s", "seconds")
    assert {line["retiredSince"] for line in lines if line["name"].startswith("fraudAlert.")} == {"2025-03-01"}
    text = poundkey("settings").out
    assert all(f"{line['name']}  {line['default']}\n" in text for line in lines)
    assert all(len(line) <= 80 for line in text.splitlines())
    (tmp_path / "t.yaml").write_text("tenant: T\nsettings: {call.interDigit: 3s}\nusers: [{upn: a@b.example}]\n")
    assert "call.interDigit  3s (default 5s)\n" in poundkey("settings", "--tenant", tmp_path / "t.yaml").out


def test_rules_of_a_folder_with_a_mistake_in_it_are_3(poundkey, tmp_path):
    (tmp_path / "a.yaml").write_text("scenario: T\nrules: [CALL-1]\nsteps: [signin]\n")
    (tmp_path / "b.yaml").write_text("scenario: T\nsteps: [hangupp]\n")
    result = poundkey("rules", tmp_path)
    assert result.code == 3
    assert "a.yaml" in result.out and "hangupp" in result.err


def test_a_wrong_home_is_told_of(poundkey):
    result = poundkey("demo", env={"POUNDKEY_HOME": "/nope"})
    assert result.code == 4
    assert result.err == "error: POUNDKEY_HOME is /nope, and there is no greetings/manifest.json\n"


def test_no_pin_of_a_wrong_tenant_is_shown(poundkey, tmp_path):
    (tmp_path / "t.yaml").write_text('tenant: T\nusers:\n  - {upn: nobody, pin: "8362"}\n')
    for arguments in (["messages", "--tenant"], ["call", "--tenant"], ["call", "--scenario"], ["run"]):
        result = poundkey(*arguments, tmp_path / "t.yaml")
        assert result.code in (3,), result
        assert "8362" not in result.out + result.err
