"""What people decided changes the weights where these then judge it clearly better, and only there."""

from __future__ import annotations

from random import Random

import pytest

from daifuku.dedupe.matching.comparing import Facts
from daifuku.dedupe.matching.learning import Decided, fitted, learn
from daifuku.dedupe.matching.weights import FIRMS, PEOPLE


def test_two_facts_together_are_learnt_and_told_half_with_each() -> None:
    both, one, other = ("name:same", "phone:differ"), ("name:same",), ("name:differ", "phone:differ")
    decided = [(both, 1, False)] * 60 + [(one, 1, True)] * 60 + [(other, 1, True)] * 60
    learnt = fitted(FIRMS, decided, 0.1, 0.5)
    assert learnt.likely(learnt.score(both)) < 0.5 < learnt.likely(learnt.score(one))
    assert learnt.likely(learnt.score(other)) > 0.5
    assert sum(line.weight for line in learnt.explain(both)) == pytest.approx(learnt.score(both))
    assert fitted(FIRMS, [(("office:differ",), 1, True)] * 60, 0.1, 0.5).weights == FIRMS.weights


def decided_by_chance(random: Random, of: dict[Facts, float]) -> list[Decided]:
    """So often those with these facts were the same."""
    return [(facts, 3, random.random() < often) for facts, often in of.items() for _time in range(60)]


def test_where_a_ledger_errs_otherwise_its_decisions_are_learnt() -> None:
    """A hotline that many print: the same number says nothing there."""
    hotline: Facts = ("name:same", "phone:same")
    head: Facts = (*hotline, "head:same")
    assert FIRMS.score(hotline, 3) > FIRMS.perhaps
    learnt = learn(FIRMS, decided_by_chance(Random(1), {hotline: 0.05, head: 0.95}))
    assert learnt.score(hotline, 3) < FIRMS.perhaps < learnt.score(head, 3)


def test_where_the_decisions_are_as_expected_the_weights_stay() -> None:
    """So chance alone does not move them: another fit would be a worse one for all that nobody has decided yet."""
    expected: dict[Facts, float] = {facts: PEOPLE.likely(PEOPLE.score(facts, 3)) for facts in (
        ("name:same", "firm:same"), ("name:same", "firm:differ"), ("name:same", "mobile:same"),
        ("name:same", "firm:same", "mail:same"), ("name:other given", "firm:same", "phone:same"),
    )}  # fmt: skip
    for seed in range(5):
        assert learn(PEOPLE, decided_by_chance(Random(seed), expected)) is PEOPLE


def test_few_decisions_more_on_one_side_are_chance() -> None:
    hotline: Facts = ("name:same", "phone:same")
    rows: list[Decided] = [(hotline, 3, False)] * 3 + [(hotline, 3, True)] * 2
    assert learn(FIRMS, rows) is FIRMS
