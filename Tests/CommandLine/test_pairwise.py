"""Pairwise picking against a look of our own at what is shown, and against allpairspy's number of rows."""
import itertools
import re

import pytest
from allpairspy import AllPairs

SIZES = [[2, 2, 2], [3, 3, 3, 3], [2] * 12, [4, 3, 2, 5], [10, 10, 3], [6] * 6, [2, 2, 3, 3, 4, 4, 5], [1, 2, 3]]


def axes_of(sizes):
    return {f"axis{index}": [f"v{index}x{value}" for value in range(size)] for index, size in enumerate(sizes)}


def rows(poundkey, tmp_path, sizes, exclude=()):
    axes = axes_of(sizes)
    lines = [f"    {name}: [{', '.join(values)}]" for name, values in axes.items()]
    excluded = [f"    - {{{', '.join(f'{key}: {value}' for key, value in entry.items())}}}" for entry in exclude]
    (tmp_path / "m.yaml").write_text("\n".join(
        ["scenario: M", "matrix:", "  axes:", *lines, *(["  exclude:", *excluded] if excluded else []),
         "  pick: pairwise", "steps:", "  - signin: call", ""]))
    result = poundkey("run", "--list", "m.yaml", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    names = re.findall(r"\[(.*)\]", result.out)
    return [dict(pair.split("=") for pair in name.split(",")) for name in names]


def pairs(row):
    return set(itertools.combinations(sorted(row.items()), 2))


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_every_two_values_stand_together_in_hardly_more_rows_than_allpairspy_takes(poundkey, tmp_path, sizes):
    picked = rows(poundkey, tmp_path, sizes)
    axes = axes_of(sizes)
    wanted = {pair for (left, right) in itertools.combinations(sorted(axes), 2)
              for pair in itertools.product([(left, value) for value in axes[left]],
                                            [(right, value) for value in axes[right]])}
    assert set().union(*map(pairs, picked)) == wanted
    assert len(picked) <= 1.15 * len(list(AllPairs([values for values in axes.values()])))


def test_with_exclusions_every_pair_that_some_allowed_row_holds_is_shown(poundkey, tmp_path):
    sizes = [3, 3, 2, 4]
    exclude = [{"axis0": "v0x0", "axis1": "v1x0"}, {"axis1": "v1x1", "axis2": "v2x1", "axis3": "v3x3"},
               {"axis0": "v0x2", "axis3": "v3x0"}]
    picked = rows(poundkey, tmp_path, sizes, exclude)
    axes = axes_of(sizes)
    allowed = [row for row in (dict(zip(axes, values)) for values in itertools.product(*axes.values()))
               if not any(entry.items() <= row.items() for entry in exclude)]
    assert all(row in allowed for row in picked)
    assert set().union(*map(pairs, picked)) == set().union(*map(pairs, allowed))
