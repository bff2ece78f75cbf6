"""Spin, on a model written from the rulebook, finds as many states of the standard call as poundkey does."""
import pytest
from second_opinion import Case, build_pan, explore, run_pan

CASES = {
    "no keys but pound": Case(keys=""),
    "everything that happens": Case(events=("hangup", "decline", "drop", "cancel")),
    "both paces": Case(events=("hangup", "decline", "drop", "cancel"), paces=("atOnce", "lastMoment")),
    "reporting is off": Case(reporting=0, paces=("atOnce", "lastMoment"), attempts=2),
    "reporting at once": Case(reporting=1, paces=("atOnce", "lastMoment"), attempts=2),
    "grace": Case(keys="01", grace=3_000, paces=("lastMoment",), ring=5_000, inter_digit=10_000, limit=60_000),
    "different keys": Case(keys="01*", paces=("lastMoment",), ring=5_000, inter_digit=10_000, limit=60_000),
    "a minute, 1 s between keys": Case(keys="0", paces=("lastMoment",), ring=5_000, inter_digit=1_000, limit=60_000),
}


@pytest.mark.parametrize("name", CASES)
def test_both_find_as_many_states(name, tmp_path):
    ours = explore(CASES[name], tmp_path)
    spin = run_pan(build_pan(CASES[name], tmp_path))
    assert ours["unique"] == spin["unique"]
    assert ours["generated"] == spin["generated"] - 1 or ours["generated"] == spin["generated"]


def test_a_model_with_another_rule_is_told_apart(tmp_path):
    """The comparison can fail: one second less between keys, for Spin only."""
    case = Case(keys="0", paces=("atOnce", "lastMoment"), attempts=1, ring=5_000, limit=60_000, inter_digit=12_000)
    ours = explore(case, tmp_path)["unique"]
    case.inter_digit = 11_000
    assert run_pan(build_pan(case, tmp_path))["unique"] != ours
