"""What a function of formulas is: what it takes, what it gives, how it is said, how it works."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any, ClassVar

from daifuku.records.formulas.syntax import Kind

LONGEST_TEXT = 10_000
CONTEXT = Context(prec=34, Emax=6000, Emin=-6000, traps=[InvalidOperation, DivisionByZero, Overflow])
FIRST, LAST = date(1800, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True)
class Now:
    """What a formula may know besides the record: which day it is, and when the firm's year begins."""

    today: date
    fiscal_start: int = 4


Values = Sequence[Any]


@dataclass(frozen=True)
class Function:
    """`takes` are the kinds of its values; of these `least` must be there, and the last may come again with `more`.

    `gives` is None where it depends on the values: then `typing(kinds)` says it. A function that does not see blanks
    gives a blank as soon as one of its values is blank; to it a blank text is an empty one, a blank yes is a no.
    """

    do_not_call_in_templates: ClassVar[bool] = True

    name: str
    takes: tuple[Kind | None, ...]
    gives: Kind | None
    run: Callable[[Values, Now], Any]
    usage: Any
    help: Any
    example: Any
    least: int | None = None
    more: bool = False
    sees_blanks: bool = False
    typing: Callable[[Sequence[Kind]], Kind | None] | None = None

    @property
    def fewest(self) -> int:
        return len(self.takes) if self.least is None else self.least

    @property
    def most(self) -> int | None:
        return None if self.more else len(self.takes)

    def wanted(self, number: int) -> Kind | None:
        """What the value at this place must be; None for anything."""
        return self.takes[min(number, len(self.takes) - 1)]

    def __call__(self, values: Values, now: Now) -> Any:
        """Never raises: what cannot be worked out is blank."""
        given = list(values)
        if not self.sees_blanks:
            for number, value in enumerate(given):
                if value is None:
                    kind = self.wanted(number)
                    if kind is Kind.TEXT:
                        given[number] = ""
                    elif kind is Kind.TRUTH:
                        given[number] = False
                    else:
                        return None
        try:
            return tidy(self.run(given, now))
        except (ArithmeticError, ValueError, OverflowError):
            return None


def tidy(value: Any) -> Any:
    """An empty text is a blank; so is what is longer, larger or further away than anything that is kept."""
    if isinstance(value, str):
        return value if value and len(value) <= LONGEST_TEXT else None
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    if isinstance(value, date) and not FIRST <= value <= LAST:
        return None
    return value


def whole(value: Decimal, least: int, most: int) -> int:
    """As a whole number within bounds; what stands behind the point is cut."""
    return int(max(Decimal(least), min(Decimal(most), value)))
