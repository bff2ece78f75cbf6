import json

PLAN = """explore: Who is blocked is asked nothing
given: {user: {upn: omar@larkspur.example, passkeys: [blue key]}}
steps:
  - signin: passkey
  - passkey: approve
  - admin: {block: omar@larkspur.example, reason: Lost}
    times: 1
properties:
"""


def test_the_shipped_explorations_are_complete_and_hold_and_leave_no_step_undone(poundkey):
    result = poundkey("explore", "scenarios/explore", "--require-complete", "--json")
    assert result.code == 0, result
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert len(lines) >= 13
    assert [line["path"] for line in lines if not line["complete"]] == []
    services = [line for line in lines if "neverDone" in line]
    assert len(services) >= 7
    assert [p["property"] for line in services for p in line["properties"] if not p["holds"]] == []
    assert {line["path"]: line["neverDone"] for line in services if line["neverDone"]} == {}


def test_a_property_that_does_not_hold_is_1_and_its_run_is_written_as_a_scenario(poundkey, tmp_path):
    (tmp_path / "a.yaml").write_text(PLAN + "  never: [{result: userBlocked}]\n")
    result = poundkey("explore", "a.yaml", "--emit", "found", cwd=tmp_path)
    assert result.code == 1
    assert "COMPLETE" in result.out
    assert "✗ never {result: userBlocked}" in result.out
    assert result.err == "wrote found/a-1.yaml\n"
    run = poundkey("run", "found/a-1.yaml", cwd=tmp_path)
    assert run.code == 0 and "userBlocked" in run.out


def test_tokens_are_found_from_where_the_scenario_is_written(poundkey, tmp_path):
    (tmp_path / "tokens.csv").write_text(
        "upn,serial number,secret key,time interval,manufacturer,model\n"
        "omar@larkspur.example,T1,MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK,30,Larkspur,Wren\n")
    (tmp_path / "a.yaml").write_text(
        "explore: A token\ngiven: {user: omar@larkspur.example}\nsteps:\n  - admin: {importTokens: tokens.csv}\n"
        "    times: 1\n  - admin: {activateToken: T1}\n  - signin: code\n  - enter: right\n"
        "properties:\n  never: [{result: approved}]\n")
    assert poundkey("explore", "a.yaml", "--emit", "found", cwd=tmp_path).code == 1
    run = poundkey("run", "found/a-1.yaml", cwd=tmp_path)
    assert run.code == 0 and "approved" in run.out


def test_an_exploration_that_is_cut_short_is_7_where_completeness_is_required(poundkey, tmp_path):
    (tmp_path / "a.yaml").write_text(PLAN + "  never: [{records: 2}]\n")
    assert poundkey("explore", "a.yaml", "--depth", "1", cwd=tmp_path).code == 0
    result = poundkey("explore", "a.yaml", "--depth", "1", "--require-complete", cwd=tmp_path)
    assert result.code == 7
    assert "INCOMPLETE" in result.out


def test_what_can_be_done_nowhere_is_told(poundkey, tmp_path):
    (tmp_path / "a.yaml").write_text(PLAN.replace("properties:", "  - answer:\nproperties:") + "  never: [{records: 2}]\n")
    result = poundkey("explore", "a.yaml", cwd=tmp_path)
    assert result.code == 0
    assert "never possible: answer: {after: 2s}" in result.out


def test_no_run_shows_a_pin_and_what_is_written_has_a_made_up_one(poundkey, tmp_path):
    (tmp_path / "pin.yaml").write_text("""explore: PIN
given:
  set: {pin.mode: true}
  user: {upn: omar@larkspur.example, pin: "7391"}
steps:
  - signin: call
    times: 1
  - answer
  - press: "7391#"
    times: 1
properties:
  never: [{result: approved}]
""")
    result = poundkey("explore", "pin.yaml", "--emit", "found", cwd=tmp_path)
    assert result.code == 1
    assert "7391" not in result.out + result.err
    assert "press: " in result.out
    written = (tmp_path / "found/pin-1.yaml").read_text()
    assert "7391" not in written
    assert "approved" in poundkey("run", "found/pin-1.yaml", cwd=tmp_path).out
    assert "7391" not in poundkey("explore", "pin.yaml", "--json", cwd=tmp_path).out


def test_coverage_and_modes_are_for_calls(poundkey):
    for option in (["--coverage", "scenarios/app"], ["--mode", "walk"]):
        result = poundkey("explore", "scenarios/explore/app.yaml", *option)
        assert (result.code, result.out) == (2, "")
        assert "is about a whole service" in result.err


def test_how_a_user_stands_is_asked_of_the_last_state_too(poundkey, tmp_path):
    plan = """explore: A block
given: {user: {upn: omar@larkspur.example, passkeys: [blue key]}}
steps:
  - admin: {block: omar@larkspur.example, reason: Lost}
    times: 1
properties:
"""
    (tmp_path / "never.yaml").write_text(plan + "  never: [{blocked: true}]\n")
    result = poundkey("explore", "never.yaml", "--json", cwd=tmp_path)
    assert result.code == 1
    [one] = json.loads(result.out)["properties"]
    assert one["run"] == ['admin: {block: omar@larkspur.example, reason: "Lost"}']
    (tmp_path / "possible.yaml").write_text(plan + "  possible: [{blocked: true}]\n")
    assert poundkey("explore", "possible.yaml", cwd=tmp_path).code == 0


def test_what_is_written_replaces_nothing_and_expects_what_came_of_it(poundkey, tmp_path):
    (tmp_path / "a.yaml").write_text(PLAN + "  never: [{result: userBlocked}]\n")
    (tmp_path / "found").mkdir()
    (tmp_path / "found/a-1.yaml").write_text("mine")
    poundkey("explore", "a.yaml", "--emit", "found", cwd=tmp_path)
    assert (tmp_path / "found/a-1.yaml").read_text() == "mine"
    written = (tmp_path / "found/a-2.yaml").read_text()
    assert 'scenario: "Against: never {result: userBlocked}"' in written
    assert "result: userBlocked" in written.split("expect:")[1]
    assert poundkey("run", "found/a-2.yaml", cwd=tmp_path).code == 0


def test_under_a_bound_nothing_is_said_to_hold_for_good(poundkey, tmp_path):
    (tmp_path / "a.yaml").write_text(PLAN + "  never: [{result: cancelled}]\n")
    result = poundkey("explore", "a.yaml", "--depth", "1", cwd=tmp_path)
    assert "INCOMPLETE" in result.out and "(in all that was looked at)" in result.out
    assert "never possible" not in result.out
