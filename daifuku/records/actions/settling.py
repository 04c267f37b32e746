"""Settings of the firm that stand in one row: the administrator changes what he names, and may put it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db.models import Model

from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.staff.actions.changes import Changes, check_version, old_values, put
from daifuku.staff.actions.cleaning import Cleaner, clean_all
from daifuku.staff.models import Person

Row = TypeVar("Row", bound=Model)


def held(model: type[Row]) -> Row:
    """The row, held until the transaction ends; from now on there is one."""
    rows = model._default_manager.select_for_update(of=("self",)).order_by("pk")
    row = rows.first()
    if row is None:
        model._default_manager.get_or_create(pk=1)
        row = rows.get(pk=1)
    return row


def settle(
    model: type[Row], changes: Mapping[str, Any], cleaners: Mapping[str, Cleaner], kind: str, *, by: Person,
    version: int | None = None, undoes: Event | None = None, check: Callable[[Row, Changes], None] | None = None,
    about: str = "",
) -> Row:  # fmt: skip
    """What is not named stays; the line is of this `kind`, and found under `about` where the settings have a history.
    `check` sees the row as it will be and what is new in it: it refuses what does not fit together, and sets what
    follows. Raises Invalid (fields), Stale, Forbidden."""
    need_settings(by)
    values = clean_all(changes, cleaners)
    with ledger.writing():
        row: Any = held(model)
        check_version(row, version)
        done = put(row, values)
        if check is not None:
            check(row, done)
        if done or undoes is not None:
            row.version += 1
            row.save()
            told = [ledger.About(about, row.pk)] if about else []
            ledger.record(kind, by=by, about=told, data={"changes": done}, undoes=undoes)
    return row  # type: ignore[no-any-return]


def settle_back(event: Event, now: Model, edit: Callable[..., Any], by: Person) -> Undone:
    """`now` is the row as it stands, `edit` the room's own verb. Raises ChangedSince, and what the verb raises."""
    edit(old_values(event, now), by=by, undoes=event)
    return Undone(1)
