"""名寄せ: all that was decided about two that look alike, taken out and brought in many at a time."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.operations.duplicates import ApartWish
from daifuku.api.routing import fixed as router
from daifuku.dedupe import marks
from daifuku.dedupe.actions.bringing import bring
from daifuku.dedupe.reading import OBJECTS
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.records.presenting.links import address

MOST = 500


class DuplicateDecision(Schema):
    first: dict[str, Any]
    second: dict[str, Any]
    kind: str
    note: str
    by: dict[str, Any]
    at: str


class DuplicateDecisions(Schema):
    items: list[DuplicateDecision]
    after: str


class DecisionsWish(Schema):
    model_config = ConfigDict(extra="forbid")

    items: list[ApartWish]


class DecisionOutcome(Schema):
    state: str
    message: str


class DecisionOutcomes(Schema):
    items: list[DecisionOutcome]


@router.get(
    "/duplicates/decisions", operation_id="list_duplicate_decisions", summary=noop("別々の記録とした組"),
    response=DuplicateDecisions,
)  # fmt: skip
def list_decisions(request: Asked, after: str = "") -> Answer:
    """The latest first, of two that one sees, fifty at a time: `after` of the answer gives the next."""
    viewer = request.auth.viewer
    if not any(viewer.may(key, "edit") for key in OBJECTS):
        raise NotFound
    found, following = marks.page(viewer, after)
    items = [
        {
            "first": _named(each.first), "second": _named(each.second), "kind": each.kind, "note": each.note,
            "by": named(each.row.by), "at": each.row.at,
        }
        for each in found
    ]  # fmt: skip
    return Answer({"items": items, "after": following})


def _named(record: Any) -> dict[str, Any]:
    return {"object": record.object_key, "uid": str(record.uid), "label": str(record), "url": address(record)}


@router.post(
    "/duplicates/decisions", operation_id="bring_duplicate_decisions",
    summary=noop("別々の記録とする組をまとめて登録"), response=DecisionOutcomes,
)  # fmt: skip
def bring_decisions(request: Asked, body: DecisionsWish) -> Answer:
    """Up to 500, each as in `keep_apart`; a result for each in their order: `done`, `known`, or `refused` with a
    `message`. What is refused stops none of the others."""
    if not 0 < len(body.items) <= MOST:
        sentence = _("一度に登録できるのは%(most)s件までです。") % {"most": MOST}
        raise Invalid([FieldProblem("items", sentence, code="too_many")])
    found = bring([(number, each.dict()) for number, each in enumerate(body.items)], by=request.auth.person)
    return Answer({"items": [{"state": each.state, "message": each.sentence} for each in found]})
