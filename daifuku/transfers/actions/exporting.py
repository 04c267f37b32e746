"""Takes records out into a file; that it was done, by whom and what, is a line in the ledger before anybody has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO

from django.utils import timezone

from daifuku.ledger import writing as ledger
from daifuku.records.catalogue import registry, vocabulary
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of
from daifuku.transfers.exporting.columns import columns_of
from daifuku.transfers.exporting.wish import Wish, listing_of
from daifuku.transfers.exporting.writing import CSV, Written, write_csv, write_xlsx

AT_ONCE = 5_000


def count(wish: Wish, *, by: Person, limit: int = AT_ONCE) -> tuple[int, bool]:
    """How many rows it would have, and whether they are more than the limit."""
    viewer = viewer_of(by)
    wish.check(viewer)
    found: tuple[int, bool] = listing_of(wish, viewer)[2].count(limit=limit)
    return found


def write(
    wish: Wish, out: BinaryIO, *, by: Person, told: Callable[[int], None] = lambda count: None
) -> Written:
    """Writes the file; the caller records the line by `tell`. Raises NotFound, Forbidden, Invalid."""
    viewer = viewer_of(by)
    wish.check(viewer)
    with vocabulary.steady():
        _state, fields, listed = listing_of(wish, viewer)
        columns = columns_of(fields, viewer, again=wish.again)
        rows = listed.each(also=["uid"] if wish.again else [])
        if wish.form == CSV:
            return write_csv(out, columns, rows, wish.encoding, told=told)
        return write_xlsx(out, columns, rows, registry.get(wish.object).name, told=told)


def tell(wish: Wish, rows: int, *, by: Person) -> Any:
    """The line: who took out how many of what."""
    viewer = viewer_of(by)
    state, fields, _listed = listing_of(wish, viewer)
    with ledger.writing():
        return ledger.record(
            registry.get(wish.object).event("exported"), by=by,
            data={
                "rows": rows, "form": wish.form, "again": wish.again, "columns": [field.key for field in fields],
                "view": state.view.key, "where": state.whole_condition(viewer).to_json(), "search": state.search,
            },
        )  # fmt: skip


def file_name(wish: Wish) -> str:
    """取引先_20261125.xlsx"""
    return f"{registry.get(wish.object).name}_{timezone.localdate():%Y%m%d}.{wish.form}"
