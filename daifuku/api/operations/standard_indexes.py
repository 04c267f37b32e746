"""Indexes of the fields that come with the program: what each takes and costs, and the switch for it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.operations.changing_fields import object_for_settings
from daifuku.api.routing import records
from daifuku.foundation.errors import NotFound
from daifuku.foundation.sql.index_report import indexes
from daifuku.records.actions.standard_indexes import index_standard
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.index_report import IndexReport, milliseconds, report


class StandardIndexItem(Schema):
    """`index_state` is none, building, ready, failed, or missing for one that was lost and will be built again. `bytes`
    is what the index takes, or about what one would take (`estimated`); null where that is not known. `uses` is counted
    on PostgreSQL only."""

    key: str
    label: str
    indexed: bool
    index_state: str
    bytes: int | None
    estimated: bool
    uses: int | None


class StandardIndexes(Schema):
    """`milliseconds` is about what one index costs every save on this server."""

    milliseconds: float
    items: list[StandardIndexItem]


class Switch(Schema):
    model_config = ConfigDict(extra="forbid")

    indexed: bool


@records.get(
    "/{slug}/indexes", operation_id="indexes_{object}", summary=noop("はじめからある項目の索引"),
    response=StandardIndexes,
)  # fmt: skip
def list_indexes(request: Asked, slug: str) -> Answer:
    """Of the fields that may have one; those of one's own have `indexed` in their settings."""
    object_type = object_for_settings(request, slug)
    items = [_json(each) for each in _reported(object_type)]
    return Answer({"milliseconds": 2 * milliseconds(), "items": items})


@records.patch(
    "/{slug}/indexes/{field}", operation_id="switch_index_{object}", summary=noop("索引をつける・外す"),
    response=StandardIndexItem,
)  # fmt: skip
def switch_index(request: Asked, slug: str, field: str, body: Switch) -> Answer:
    """A job builds it, or takes it away; one that failed or is missing is built again."""
    object_type = object_for_settings(request, slug)
    index_standard(object_type.key, field, on=body.indexed, by=request.auth.person)
    for each in _reported(object_type):
        if each.field.key == field:
            return Answer(_json(each))
    raise NotFound


def _reported(object_type: ObjectType) -> list[IndexReport]:
    return report(object_type, {fact.name: fact for fact in indexes()})


def _json(each: IndexReport) -> dict[str, Any]:
    return {
        "key": each.field.key, "label": each.field.name, "indexed": each.wanted, "index_state": str(each.state),
        "bytes": each.size, "estimated": each.estimated, "uses": each.uses,
    }  # fmt: skip
