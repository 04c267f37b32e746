"""Accounts to count, add up and draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from daifuku.records import actions
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from daifuku.staff.models import Person

Row = tuple[str, str, int | None, str | None, str]


def make_accounts(rows: tuple[Row, ...], *, by: Person) -> None:
    """Of each its name, rank, annual sales, the day since when, and prefecture; in a firm that has been set up."""
    Company.objects.create(name="シャチホコ商事")
    for name, rank, sales, since, prefecture in rows:
        values = {
            "name": name, "rank": rank, "annual_sales": sales, "traded_since": since, "prefecture": prefecture,
        }  # fmt: skip
        actions.create("account", values, by=by)
