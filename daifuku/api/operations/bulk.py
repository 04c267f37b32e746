"""Up to a thousand operations in one request, with a result for each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api import problems
from daifuku.api.answers import Answer
from daifuku.api.auth import Asked, Caller
from daifuku.api.finding import object_of, record_of
from daifuku.api.once import Once
from daifuku.api.operations.many import create_once
from daifuku.api.operations.upsert import upsert
from daifuku.api.routing import in_steps, records
from daifuku.foundation.errors import DomainError, FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.records import actions
from daifuku.records.catalogue.object_type import ObjectType

MOST = 1000
# So many rows are one transaction: about 0.2 s, so that nobody else waits long.
STEP = 50


class Operation(Schema):
    """`create` (`uid` if wanted), `update`, `delete`, `restore` (`uid`), `upsert` (`by`: the key among `values`)."""

    model_config = ConfigDict(extra="forbid")

    op: Literal["create", "update", "upsert", "delete", "restore"]
    uid: str | None = None
    by: str | None = Field(None, max_length=63)
    version: int | None = Field(None, ge=1)
    values: dict[str, Any] = {}


class Bulk(Schema):
    model_config = ConfigDict(extra="forbid")

    operations: list[Operation] = Field(..., min_length=1, max_length=MOST)


class BulkResult(Schema):
    index: int
    status: int
    uid: str | None = None
    version: int | None = None
    problem: dict[str, Any] | None = None


class BulkAnswer(Schema):
    done: int
    refused: int
    results: list[BulkResult]


@records.post(
    "/{slug}/bulk",
    operation_id="bulk_{object}",
    summary=noop("まとめて登録・変更・削除"),
    response=BulkAnswer,
)
@in_steps
def bulk(request: Asked, slug: str, body: Bulk) -> Answer:
    """Each operation is done or refused for itself; `results` has one entry for each, in order.

    With an Idempotency-Key a request that was cut off in the middle is continued where it stopped.
    """
    object_type = object_of(request.auth.viewer, slug)
    once, work = Once(request), Work(object_type, request.auth)
    results: list[dict[str, Any]] = []
    again = []
    for start in range(0, len(body.operations), STEP):
        part = body.operations[start : start + STEP]
        kept = once.step(str(start), partial(work.answer, part, start))
        results += json.loads(kept.text)
        again.append(kept.again)
    done = sum(1 for result in results if result["status"] < 300)
    headers = {"Idempotent-Replayed": "true"} if all(again) else {}
    return Answer({"done": done, "refused": len(results) - done, "results": results}, headers=headers)


class Work:
    """Carries out the operations of one step; new records without an own number are written in bulk."""

    def __init__(self, object_type: ObjectType, caller: Caller) -> None:
        self.object_type, self.caller = object_type, caller

    def answer(self, part: Sequence[Operation], start: int) -> Answer:
        return Answer(self.rows(part, start))

    def rows(self, part: Sequence[Operation], start: int) -> list[dict[str, Any]]:
        results: list[dict[str, Any]] = []
        for plain, run in groupby(part, key=lambda each: each.op == "create" and each.uid is None):
            group = list(run)
            results += self._create(group) if plain else [self._each(operation) for operation in group]
        return [{"index": start + number, **result} for number, result in enumerate(results)]

    def _create(self, group: list[Operation]) -> list[dict[str, Any]]:
        try:
            made = actions.create_many(
                self.object_type.key, [operation.values for operation in group], by=self.caller.person
            )
        except DomainError as error:
            return [refusal(error) for _operation in group]
        return [refusal(one) if isinstance(one, DomainError) else result(one, 201) for one in made]

    def _each(self, operation: Operation) -> dict[str, Any]:
        try:
            with ledger.writing():
                return self._done(operation)
        except DomainError as error:
            return refusal(error)

    def _done(self, operation: Operation) -> dict[str, Any]:
        if operation.op == "create":
            record, fresh = create_once(
                self.object_type, {**operation.values, "uid": operation.uid}, self.caller
            )
            return result(record, 201 if fresh else 200)
        if operation.op == "upsert":
            name = _needed("by", operation.by)
            values = operation.values
            value = operation.uid if name == "uid" else values.get(name)
            record, fresh = upsert(self.object_type, name, value, values, self.caller)
            return result(record, 201 if fresh else 200)
        uid, thrown = _needed("uid", operation.uid), operation.op == "restore"
        record = record_of(self.caller.viewer, self.object_type, uid, trashed=thrown)
        if thrown:
            return result(actions.restore(record, by=self.caller.person), 200)
        if operation.op == "delete":
            return result(actions.trash(record, by=self.caller.person), 200)
        saved = actions.edit(record, operation.values, by=self.caller.person, version=operation.version)
        return result(saved, 200)


def _needed(name: str, value: str | None) -> str:
    if value is None:
        raise Invalid([FieldProblem(name, _("この項目が必要です。"), code="required")])
    return value


def result(record: Any, status: int) -> dict[str, Any]:
    return {"status": status, "uid": str(record.uid), "version": record.version}


def refusal(error: DomainError) -> dict[str, Any]:
    return {"status": error.status, "problem": problems.of(error)}
