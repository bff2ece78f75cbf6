"""What was acknowledged is there, whenever the program is killed."""
from collections import Counter

import kills


def test_nothing_acknowledged_is_lost_or_doubled_by_20_kills_half_of_them_within_a_change(tmp_path):
    done, crossed = kills.run(tmp_path, 20)
    assert sum(kill.is_inside for kill in done) >= 10, Counter((kill.way, kill.is_inside) for kill in done)
    assert sum(len(kill.acknowledged) for kill in done) >= 20
    assert crossed > 0, "no checkpoint of the tenant was written on the way"
