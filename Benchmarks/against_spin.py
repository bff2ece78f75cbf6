#!/usr/bin/env python3
"""States a second on one core, poundkey against Spin, on the same model, bound and alphabet, without any reduction.

Needs spin, gcc and the release program of script/run. Both runs of a round follow each other; the median of five rounds
is told, with the smallest and the largest.
"""
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Tests/Promela"))
from second_opinion import PAN_FLAGS, Case, build_pan, explore, run_pan  # noqa: E402

ROUNDS = 5
CASES = {
    "keys 0 1 * #, last moment": Case(keys="01*", paces=("lastMoment",), ring=5_000, limit=70_000, inter_digit=4_500,
                                      attempts=2),
    "keys 0 #, both paces": Case(keys="0", paces=("atOnce", "lastMoment"), attempts=5, grace=2_000,
                                 events=("hangup", "decline", "drop", "cancel")),
}


def figures(values):
    return f"{statistics.median(values):>12,.0f} ({min(values):,.0f} to {max(values):,.0f})"


def main():
    for name, case in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            pan = build_pan(case, folder)
            ours, spin = [], []
            for _ in range(ROUNDS):
                ours.append(explore(case, folder))
                spin.append(run_pan(pan))
        assert {run["unique"] for run in ours} == {run["unique"] for run in spin}, "they do not find the same states"
        print(f"{name}: {ours[0]['unique']:,} distinct states, {ours[0]['generated']:,} moves, "
              f"median of {ROUNDS} rounds")
        print(f"  poundkey  states/s {figures([run['unique'] / run['seconds'] for run in ours])}  "
              f"bytes a state {ours[0]['bytesPerState']}")
        print(f"  spin      states/s {figures([run['unique'] / max(run['seconds'], 0.01) for run in spin])}  "
              f"bytes a state {spin[0]['bytes'] / spin[0]['unique']:.0f} "
              f"(state vector {spin[0]['vector']}; stack and a hash table of 2^24 slots included)")
    print(f"spin: gcc {' '.join(PAN_FLAGS)}; pan -m3000000 -w24, depth first. poundkey: explore --no-reduce, breadth first.")


if __name__ == "__main__":
    main()
