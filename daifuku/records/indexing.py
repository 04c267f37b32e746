"""An index for a field of one's own, so that lists filtered or sorted by it answer at once among a million records."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict
from daifuku.foundation.sql.index import create_index, drop_index
from daifuku.foundation.sql.indexes_there import columns_by_name
from daifuku.jobs import queue
from daifuku.ledger import writing as ledger
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import TYPES as KINDS
from daifuku.records.catalogue.types import kept_as
from daifuku.records.models import CustomField
from daifuku.staff.actions import rights

logger = logging.getLogger(__name__)

# Of the others no comparison or sort could use it, or their values may be longer than an index holds.
TYPES = frozenset(
    {
        "text",
        "integer",
        "decimal",
        "money",
        "percent",
        "date",
        "datetime",
        "choice",
        "yes_no",
        "email",
        "phone",
    }
    | {"url", "person", "record"}
)

State = CustomField.IndexState
JOB = "records.index"
NAMES = "records_custom_"
ORDER = ("updated_at", "id")


def bring_about(row: CustomField, *, by: Any) -> None:
    """Call inside the transaction that changed `indexed`, the type or the retirement: a job does what is wanted."""
    if wanted(row) == (row.index_state in {State.READY, State.BUILDING}):
        return
    row.index_state = State.BUILDING if wanted(row) else State.NONE
    row.save(update_fields=["index_state"])
    title = _("索引の作成: %(field)s") if wanted(row) else _("索引の削除: %(field)s")
    queue.enqueue(JOB, {"field": row.pk}, by=by, title=title % {"field": row.label})


def renew(row: CustomField, *, by: Any) -> None:
    """The same where the field's values became of another type: the index that is there is of no use."""
    if row.index_state != State.NONE or wanted(row):
        row.index_state = State.NONE if wanted(row) else State.READY
        bring_about(row, by=by)


def try_again(row: CustomField, *, by: Any) -> None:
    """After a failed attempt (a full disk, a database that was away), or where it is gone. Raises Conflict."""
    rights.need(by, "settings")
    with ledger.writing():
        fresh = CustomField.objects.select_for_update().get(pk=row.pk)
        gone = fresh.index_state == State.READY and not is_there(fresh, columns_by_name(NAMES))
        if fresh.index_state != State.FAILED and not gone:
            raise Conflict(_("この項目の索引は、作り直す必要がありません。"), code="index_did_not_fail")
        renew(fresh, by=by)
        vocabulary.changed()


def wanted(row: CustomField) -> bool:
    return row.indexed and row.retired_at is None and may_have(row.type, row.options)


def may_have(type: str, options: dict[str, Any]) -> bool:
    return kept_as(type, options) in TYPES


def run(running: Any) -> None:
    """The job: makes the index or takes it away, as the field wants it now; the second time it is made anew."""
    row = CustomField.objects.filter(pk=running.payload["field"]).first()
    if row is None:
        return
    if not wanted(row):
        drop_index(name_of(row))
        _keep(row, State.NONE)
        return
    try:
        model, field = registry.get(row.object).model, vocabulary.custom_field(row)
        create_index(name_of(row), model, field.expression, order_in(row))
    except DatabaseError:
        logger.exception("index of field %s failed", row.pk)
        _keep(row, State.FAILED)
        raise
    _keep(row, State.READY)


def name_of(row: CustomField) -> str:
    return f"{NAMES}{row.pk}"


def is_there(row: CustomField, found: Mapping[str, int]) -> bool:
    """Whether it is found as it is made now: one that an older version made is of other columns."""
    return found.get(name_of(row)) == 1 + len(order_in(row))


def order_in(row: CustomField) -> tuple[str, ...]:
    """Of a choice there are few, each in many records: the index has these as lists show them, the newest last."""
    return ORDER if KINDS[kept_as(row.type, row.options)].few else ()


def _keep(row: CustomField, state: str) -> None:
    """Only if nobody wants it otherwise by now; whoever does has put another job into the queue."""
    with ledger.writing():
        fresh = CustomField.objects.select_for_update().get(pk=row.pk)
        if wanted(fresh) == wanted(row) and fresh.type == row.type:
            fresh.index_state = state
            fresh.save(update_fields=["index_state"])
            vocabulary.changed()
