"""The laws of the turn and of being out: whatever happens, they hold."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from daifuku.distribution import ring
from daifuku.distribution.standing import Limits, Standing, judge

WEIGHTS = st.dictionaries(st.integers(1, 30), st.integers(1, 9), min_size=1, max_size=8)
LONG_AGO, TODAY = date(2025, 1, 1), date(2026, 11, 24)


@given(WEIGHTS, st.integers(1, 4))
def test_over_whole_rounds_each_has_exactly_his_weight(weights: dict[int, int], rounds: int) -> None:
    turn: ring.Ring = {}
    chosen = [ring.advance(turn, weights) for _number in range(rounds * sum(weights.values()))]
    assert {person: chosen.count(person) for person in weights} == {p: rounds * w for p, w in weights.items()}
    assert set(turn.values()) == {0}


@given(WEIGHTS, st.integers(0, 60))
def test_nobody_is_ever_more_than_a_turn_away_from_his_share(weights: dict[int, int], turns: int) -> None:
    turn: ring.Ring = {}
    chosen = [ring.advance(turn, weights) for _number in range(turns)]
    whole = sum(weights.values())
    for person, weight in weights.items():
        assert abs(chosen.count(person) - turns * weight / whole) <= len(weights)


@given(WEIGHTS, st.data())
def test_whoever_is_left_out_gets_none_and_saves_no_turns(
    weights: dict[int, int], data: st.DataObject
) -> None:
    turn: ring.Ring = {}
    for _number in range(data.draw(st.integers(0, 30))):
        ring.advance(turn, weights)
    able = data.draw(st.sets(st.sampled_from(sorted(weights)), min_size=1))
    rest = {person: weights[person] for person in able}
    before = dict(turn)
    for _number in range(20):
        assert ring.advance(turn, rest) in able
    for person in set(weights) - able:
        assert turn.get(person, 0) == before.get(person, 0)


@given(WEIGHTS.filter(lambda weights: len(weights) > 1), st.data())
def test_whoever_comes_back_stands_behind_all_others(weights: dict[int, int], data: st.DataObject) -> None:
    turn: ring.Ring = {}
    back = data.draw(st.sampled_from(sorted(weights)))
    for _number in range(data.draw(st.integers(1, 40))):
        ring.advance(turn, {person: weight for person, weight in weights.items() if person != back})
    ring.to_the_end(turn, back)
    assert turn[back] < min(value for person, value in turn.items() if person != back)


@given(st.lists(st.one_of(st.none(), st.integers(0, 100)), max_size=40))
def test_out_below_the_limit_and_back_only_after_five_good_days_in_a_row(days: list[int | None]) -> None:
    standing, limits, good = Standing(), Limits(), 0
    for number, percent in enumerate(days):
        was_out = standing.out
        standing = judge(standing, percent, TODAY + timedelta(days=number), LONG_AGO, limits)
        enough = percent is None or percent >= 90
        if not was_out:
            assert standing.out == (percent is not None and percent < 80)
            good = 0
        else:
            good = good + 1 if enough else 0
            assert standing.out == (good < 5)


def test_a_day_counts_once_however_often_it_is_asked() -> None:
    standing = Standing(out=True)
    for _number in range(7):
        standing = judge(standing, 95, TODAY, LONG_AGO, Limits())
    assert standing == Standing(True, 1, TODAY)
    assert judge(standing, 85, TODAY, LONG_AGO, Limits()).good_days == 0


def test_newcomers_have_days_of_grace() -> None:
    assert not judge(Standing(), 10, TODAY, TODAY - timedelta(days=13), Limits()).out
    assert judge(Standing(), 10, TODAY, TODAY - timedelta(days=14), Limits()).out
    assert not judge(Standing(True), 10, TODAY, LONG_AGO, Limits(on=False)).out
