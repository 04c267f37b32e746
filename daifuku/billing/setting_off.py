"""Sets a payment off against what is owed 消込: the oldest first, or the invoices that somebody chose.

What a payment brings beyond all that is owed stays with the customer as an advance 前受; what is missing stays
owed. Where the payer took the bank's fee off (振込手数料 当方負担), the fee counts as paid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

CHOICES_TRIED = 12


@dataclass(frozen=True)
class Owed:
    """An invoice with what is still open of it, in whole yen; `key` is whatever the caller knows it by."""

    key: int
    due_on: date
    open: int


@dataclass(frozen=True)
class Set:
    """So much of a payment goes to that invoice."""

    key: int
    amount: int


def oldest_first(amount: int, owed: Sequence[Owed]) -> tuple[list[Set], int]:
    """What goes where, and what is left over as an advance."""
    parts = []
    for each in sorted(owed, key=lambda one: (one.due_on, one.key)):
        if amount <= 0:
            break
        if part := min(amount, each.open):
            parts.append(Set(each.key, part))
            amount -= part
    return parts, max(amount, 0)


def meant(amount: int, owed: Sequence[Owed], fees: Sequence[int] = ()) -> tuple[list[Set], int]:
    """Which invoices a payment is for, and which fee was taken off: those that give it exactly, else the oldest.

    Fewer invoices come before more, no fee before a fee, old before young. `fees` are those that banks usually
    take.
    """
    first = sorted(owed, key=lambda one: (one.due_on, one.key))[:CHOICES_TRIED]
    sums = [*_sums(first)]
    for fee in (0, *fees):
        for chosen in sums:
            if sum(each.open for each in chosen) == amount + fee:
                return [Set(each.key, each.open) for each in chosen], fee
    return oldest_first(amount, owed)[0], 0


def _sums(owed: Sequence[Owed]) -> list[tuple[Owed, ...]]:
    return [chosen for number in range(1, len(owed) + 1) for chosen in combinations(owed, number)]
