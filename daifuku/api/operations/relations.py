"""How accounts stand to each other."""

from __future__ import annotations

from typing import Any, Literal

from django.db.models import Q
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.finding import number_of, object_of, record_of
from daifuku.api.routing import fixed
from daifuku.customers import panels
from daifuku.customers.actions import relate, unrelate
from daifuku.customers.models import Account, Relation
from daifuku.foundation.errors import NotFound
from daifuku.records.presenting.links import hidden
from daifuku.staff.viewer import Viewer

MOST = 10_000


class NewRelation(Schema):
    """`kind`: supplier, group, introduced, partner, billing."""

    model_config = ConfigDict(extra="forbid")

    target: str = Field(..., description=noop("相手の取引先の uid、コード、名前"))
    kind: str
    direction: Literal["in", "out"] = Field(
        "out", description=noop("in: 相手がこの取引先の仕入先など。out: この取引先が相手の仕入先など")
    )
    note: str = ""


class RelationItem(Schema):
    id: int
    target: dict[str, Any]
    kind: str
    direction: str
    words: str
    note: str


class Relations(Schema):
    items: list[RelationItem]


@fixed.get(
    "/accounts/{uid}/relations", operation_id="relations_account", summary=noop("関係先の一覧"),
    response=Relations,
)  # fmt: skip
def list_relations(request: Asked, uid: str) -> Answer:
    """`words` says what `target` is to this account."""
    account = _account(request, uid)
    return Answer({"items": _all(account, request.auth.viewer)})


@fixed.post(
    "/accounts/{uid}/relations", operation_id="relate_account", summary=noop("関係先の追加"),
    response={201: RelationItem},
)  # fmt: skip
def add(request: Asked, uid: str, body: NewRelation) -> Answer:
    """Whoever may change this account may add one."""
    account = _account(request, uid)
    row = relate(
        account,
        body.target,
        body.kind,
        by=request.auth.person,
        note=body.note,
        incoming=body.direction == "in",
    )
    items = _all(account, request.auth.viewer)
    return Answer(next(item for item in items if item["id"] == row.pk), 201)


@fixed.delete(
    "/accounts/{uid}/relations/{relation}", operation_id="unrelate_account", summary=noop("関係先を外す"),
    response={204: None},
)  # fmt: skip
def remove(request: Asked, uid: str, relation: str) -> Answer:
    """Undoing its line brings it back."""
    account = _account(request, uid)
    rows = Relation.objects.filter(Q(source=account) | Q(target=account))
    row = rows.filter(pk=number_of(relation)).first()
    if row is None:
        raise NotFound
    unrelate(row, by=request.auth.person)
    return Answer(status=204)


def _account(request: Asked, uid: str) -> Account:
    account: Account = record_of(request.auth.viewer, object_of(request.auth.viewer, "accounts"), uid)
    return account


def _all(account: Account, viewer: Viewer) -> list[dict[str, Any]]:
    return [_shown(row, account) for row in panels.relations(account, viewer, MOST)["rows"]]


def _shown(related: panels.Related, account: Account) -> dict[str, Any]:
    row, other = related.relation, related.account
    return {
        "id": row.pk,
        "target": named(other) if other else hidden("record:account"),
        "kind": str(row.kind), "direction": "out" if row.source_id == account.pk else "in",
        "words": related.words, "note": row.note,
    }  # fmt: skip
