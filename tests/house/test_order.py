"""The order in which the processes of a run get the tests: none is lost, the long ones come first."""

from __future__ import annotations

import pytest

from tests.support.order import LONG, dealt
from tests.support.sources import ROOT

FAULT = "tests/faults/test_processes_die.py"


@pytest.mark.parametrize("hands", [2, 3, 4, 8])
@pytest.mark.parametrize("number", [0, 5, 100, 1001])
def test_every_test_is_dealt_once_and_a_file_stays_together(hands: int, number: int) -> None:
    items = [(f"daifuku/a/tests/test_{n // 7}.py", n) for n in range(number)]
    items += [(name, n) for name in (*LONG, FAULT) for n in range(3)]
    found = dealt(items, lambda item: item[0], hands)
    assert sorted(found) == sorted(items)
    for name in (*LONG, FAULT):
        assert [n for each, n in found if each == name] == [0, 1, 2]


def test_each_hand_begins_with_its_share() -> None:
    items = [("daifuku/a/tests/test_a.py", n) for n in range(300)] + [(name, 0) for name in (*LONG, FAULT)]
    found = [name for name, _number in dealt(items, lambda item: item[0], 3)]
    third = len(items) // 3
    assert (found[0], found[third], found[2 * third]) == (FAULT, *LONG[:2])


def test_every_file_that_takes_long_is_there() -> None:
    assert [name for name in LONG if not (ROOT / name).exists()] == []
