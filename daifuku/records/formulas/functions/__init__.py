"""The functions that formulas know, by name."""

from __future__ import annotations

from daifuku.records.formulas.functions import choosing, days, numbers, words
from daifuku.records.formulas.functions.base import Function, Now

FUNCTIONS: dict[str, Function] = {
    each.name: each for each in (*choosing.FUNCTIONS, *numbers.FUNCTIONS, *words.FUNCTIONS, *days.FUNCTIONS)
}

__all__ = ["FUNCTIONS", "Function", "Now"]
