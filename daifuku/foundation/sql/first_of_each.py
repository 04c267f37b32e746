"""The first rows of each of many: the newest talks of fifty customers in one question instead of fifty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber


def first_of_each(rows: Any, link: str, order: Sequence[Any], most: int) -> Any:
    """So many rows for each value of `link`, in this order; a window over the rows on both engines.

    SELECT ... FROM (SELECT ..., ROW_NUMBER() OVER (PARTITION BY link ORDER BY ...) AS place ...) WHERE place <= most
    """
    place = Window(RowNumber(), partition_by=[F(f"{link}_id")], order_by=list(order))
    return rows.annotate(place_of_each=place).filter(place_of_each__lte=most).order_by(*order)
