"""An index for a field that comes with the program: a million records filtered by rank or prefecture come at once."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError
from django.db.models import ForeignKey, Index, Q, TextField
from django.utils.translation import gettext as _

from daifuku.foundation.sql.index import drop_index
from daifuku.foundation.sql.list_index import create_list_index
from daifuku.jobs import queue
from daifuku.ledger import writing as ledger
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.models import CustomField, StandardIndex

logger = logging.getLogger(__name__)
State = CustomField.IndexState
JOB = "records.standard_index"
NAMES = "records_standard_"


def offered(object_type: ObjectType) -> list[Field]:
    """The fields that may have one: long texts are no value to look for, and some have one from the beginning."""
    return [field for field in object_type.fields if _may_have(object_type, field)]


def _may_have(object_type: ObjectType, field: Field) -> bool:
    columns = {each.name: each for each in object_type.model._meta.get_fields()}
    column: Any = columns.get(field.attribute)
    if column is None:  # Asked for on entry only, as the goods of an order.
        return False
    if isinstance(column, ForeignKey | TextField) or column.db_index or column.unique:
        return False
    first = [index.fields[0].removeprefix("-") for index in object_type.model._meta.indexes if index.fields]
    return column.name not in first


def bring_about(row: StandardIndex, label: str, *, by: Any) -> None:
    """Call inside the transaction that changed `wanted`: a job does what is wanted."""
    row.state = State.BUILDING if row.wanted else State.NONE
    row.save()
    title = _("索引の作成: %(field)s") if row.wanted else _("索引の削除: %(field)s")
    queue.enqueue(JOB, {"index": row.pk}, by=by, title=title % {"field": label})


def run(running: Any) -> None:
    """The job: makes the index or takes it away, as it is wanted now; the second time it is made anew."""
    row = StandardIndex.objects.filter(pk=running.payload["index"]).first()
    if row is None:
        return
    if not row.wanted:
        drop_index(name_of(row))
        return
    field = _field(row)
    if field is None:
        return
    try:
        create_list_index(_index(row, field), registry.get(row.object).model)
    except DatabaseError:
        logger.exception("index of %s failed", row)
        _keep(row, State.FAILED)
        raise
    _keep(row, State.READY)


def name_of(row: StandardIndex) -> str:
    return f"{NAMES}{row.pk}"


def label_of(row: StandardIndex) -> str:
    """Empty for a field that another version of the program had."""
    field = _field(row)
    return field.name if field else ""


def _field(row: StandardIndex) -> Field | None:
    return next((each for each in registry.get(row.object).fields if each.key == row.key), None)


def _index(row: StandardIndex, field: Field) -> Index:
    """What is narrowed down by the field stands in it as lists show it: the newest first, without the trash."""
    return Index(
        fields=[field.attribute, "-updated_at", "-id"],
        name=name_of(row),
        condition=Q(trashed_at__isnull=True),
    )


def _keep(row: StandardIndex, state: str) -> None:
    """Only if nobody wants it otherwise by now; whoever does has put another job into the queue."""
    with ledger.writing():
        StandardIndex.objects.filter(pk=row.pk, wanted=True).update(state=state)
