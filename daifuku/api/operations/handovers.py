"""Hand-overs: what would move, arranged, called off, gone on with, taken back."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named, paged
from daifuku.api.auth import Asked
from daifuku.api.finding import uid_of
from daifuku.api.routing import fixed
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.handover import actions, movers
from daifuku.handover.models import Handover
from daifuku.handover.models.handover import State
from daifuku.handover.preview import Preview, preview
from daifuku.handover.progress import job_of
from daifuku.handover.sharing_out import CUSTOMERS
from daifuku.records import saved_views
from daifuku.records.catalogue import registry
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

WORDS = noop("引き継ぎ")
ONE = "/handovers/{uid}"


class HandoverSuccessor(Schema):
    model_config = ConfigDict(extra="forbid")

    person: str = Field(..., description=noop("後任の番号"))
    condition: dict[str, Any] | None = Field(None, description=noop("この人に渡す取引先の条件"))
    view: str | None = Field(None, description=noop("条件の代わりに、取引先のビューの番号"))


class Wanted(Schema):
    model_config = ConfigDict(extra="forbid")

    giver: str = Field(..., description=noop("だれから引き継ぐか。社員の番号"))
    successors: list[HandoverSuccessor] = Field(
        ..., description=noop("後任。条件のある人から順に渡し、残りは条件のない人で均等に分けます")
    )
    starts_on: str | None = Field(None, description=noop("引き継ぐ日。省略すると今日"))
    returns_on: str | None = Field(None, description=noop("元に戻す日"))
    both_days: int | None = Field(None, description=noop("前任にも見える日数。0から365"))
    reason: str = ""
    kinds: list[str] | None = Field(None, description=noop("引き継ぐもの。省略するとすべて"))
    chosen: dict[str, list[str]] | None = Field(
        None, description=noop("これだけを引き継ぐとき。accounts、leads ごとの番号")
    )
    excluded: dict[str, list[str]] | None = Field(
        None, description=noop("引き継がないもの。accounts、leads ごとの番号")
    )


class HandoverKind(Schema):
    key: str
    label: str


class HandoverShare(Schema):
    person: dict[str, str]
    count: int
    names: list[str] = Field(..., description=noop("はじめの10件までの名前"))


class HandoverMoving(Schema):
    kind: str
    label: str
    total: int
    shares: list[HandoverShare]


class HandoverLeft(Schema):
    kind: str
    label: str
    hint: str
    names: list[str]


class HandoverPreview(Schema):
    giver: dict[str, str]
    moving: list[HandoverMoving]
    staying: int = Field(..., description=noop("引き継がれないお客様の数"))
    deciding: list[HandoverLeft] = Field(..., description=noop("自動では移らず、決めていただくもの"))
    away: list[dict[str, str]] = Field(..., description=noop("引き継ぐ日に不在の後任"))
    others: list[dict[str, str]] = Field(..., description=noop("終わっていないほかの引き継ぎ"))


class HandoverItem(Schema):
    uid: str
    label: str
    giver: dict[str, str]
    successors: list[dict[str, str]]
    state: str = Field(
        ..., description=noop("planned、running、stopped、done、returning、returned、undone、cancelled")
    )
    starts_on: str
    returns_on: str | None
    both_days: int
    reason: str
    kinds: list[str]
    moved: dict[str, int] = Field(..., description=noop("種類ごとの、移った件数"))
    refused: list[str] = Field(..., description=noop("移せなかった理由"))
    kept: int = Field(..., description=noop("元に戻すとき、その後に変わっていて残った件数"))
    customers: int
    received: int
    job: str | None = Field(..., description=noop("処理の番号"))
    created_at: str
    ended_at: str | None


class Handovers(Schema):
    items: list[HandoverItem]
    next: str | None


@fixed.get(
    "/handovers/kinds", operation_id="list_handover_kinds", summary=noop("引き継げるものの種類"), tags=[WORDS],
    response=list[HandoverKind],
)  # fmt: skip
def list_handover_kinds(request: Asked) -> Answer:
    return Answer([{"key": mover.key, "label": str(mover.label)} for mover in movers.every()])


@fixed.post(
    "/handovers/preview", operation_id="preview_handover", summary=noop("引き継がれるものの確認"), tags=[WORDS],
    response=HandoverPreview,
)  # fmt: skip
def preview_handover(request: Asked, body: Wanted) -> Answer:
    """Nothing moves."""
    found = preview(_values(request, body), by=request.auth.person, today=timezone.localdate())
    return Answer(_previewed(found))


@fixed.get(
    "/handovers", operation_id="list_handovers", summary=noop("引き継ぎの一覧"), tags=[WORDS], response=Handovers
)  # fmt: skip
def list_handovers(
    request: Asked,
    state: str = Query("", max_length=10),
    size: int = Query(50, ge=1, le=200),
    before: str = Query("", description=noop("前のページの next"), max_length=40),
) -> Answer:
    """Those that one gives, receives, arranged or leads, newest first."""
    rows = Handover.objects.visible_to(request.auth.viewer)
    if state:
        if state not in State.values:
            raise Invalid([FieldProblem("state", _("選択肢から選んでください。"), code="choice")])
        rows = rows.filter(state=state)
    if before:
        rows = rows.filter(pk__lt=handover_of(request, before).pk)
    page, following = paged(rows.select_related("giver", "created_by").order_by("-pk"), size)
    return Answer({"items": [_shown(each) for each in page], "next": following})


@fixed.post(
    "/handovers", operation_id="arrange_handover", summary=noop("引き継ぎの登録"), tags=[WORDS],
    response={201: HandoverItem},
)  # fmt: skip
def arrange_handover(request: Asked, body: Wanted) -> Answer:
    """From today on it begins at once, in the background; otherwise on its day."""
    made = actions.arrange(_values(request, body), by=request.auth.person, today=timezone.localdate())
    return Answer(_shown(_fresh(made)), status=201)


@fixed.get(
    ONE, operation_id="get_handover", summary=noop("一つの引き継ぎ"), tags=[WORDS], response=HandoverItem
)
def get_handover(request: Asked, uid: str) -> Answer:
    """How far it is, what moved and what did not."""
    return Answer(_shown(handover_of(request, uid)))


@fixed.post(
    f"{ONE}/cancel", operation_id="cancel_handover", summary=noop("引き継ぎの中止"), tags=[WORDS],
    response=HandoverItem,
)  # fmt: skip
def cancel_handover(request: Asked, uid: str) -> Answer:
    """Before anything has moved."""
    return _turned(request, uid, actions.cancel)


@fixed.post(
    f"{ONE}/go_on", operation_id="go_on_handover", summary=noop("止まった引き継ぎの続き"), tags=[WORDS],
    response=HandoverItem,
)  # fmt: skip
def go_on_handover(request: Asked, uid: str) -> Answer:
    """What is left moves; nothing moves twice."""
    return _turned(request, uid, actions.go_on)


@fixed.post(
    f"{ONE}/take_back", operation_id="take_back_handover", summary=noop("引き継ぎを元に戻す"), tags=[WORDS],
    response=HandoverItem,
)  # fmt: skip
def take_back_handover(request: Asked, uid: str) -> Answer:
    """All of it; what somebody has changed since stays."""
    return _turned(request, uid, actions.take_back)


@fixed.post(
    f"{ONE}/give_back", operation_id="give_back_handover", summary=noop("一時的な引き継ぎの返却"), tags=[WORDS],
    response=HandoverItem,
)  # fmt: skip
def give_back_handover(request: Asked, uid: str) -> Answer:
    """Before its day; what is new stays with whoever registered it."""
    return _turned(request, uid, actions.give_back)


def handover_of(request: Asked, uid: str) -> Handover:
    rows = Handover.objects.visible_to(request.auth.viewer).select_related("giver", "created_by")
    found = rows.filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def _fresh(handover: Handover) -> Handover:
    return Handover.objects.select_related("giver", "created_by").get(pk=handover.pk)


def _turned(request: Asked, uid: str, verb: Any) -> Answer:
    handover = handover_of(request, uid)
    verb(handover, by=request.auth.person)
    return Answer(_shown(_fresh(handover)))


def _values(request: Asked, body: Wanted) -> dict[str, Any]:
    """As `arrange` takes them. Whoever has left may give, never receive: that the verb says."""
    viewer, values = request.auth.viewer, body.dict()
    giver, *people = _people([body.giver, *(each.person for each in body.successors)])
    wrong = [
        FieldProblem(name, _("この番号の社員はいません。"), code="not_found")
        for name, person in (("giver", giver), *(("successors", each) for each in people))
        if person is None
    ]
    if wrong:
        raise Invalid(wrong)
    successors = [
        {"person": person, "condition": _condition(each, viewer)}
        for each, person in zip(body.successors, people, strict=True)
    ]
    which = {name: _keys(values[name], name, viewer) for name in ("chosen", "excluded") if values[name]}
    return {**values, "giver": giver, "successors": successors, **which}


def _people(uids: list[str]) -> list[Person | None]:
    found: list[Person | None] = []
    for uid in uids:
        try:
            found.append(Person.objects.filter(uid=uid_of(uid)).first())
        except NotFound:
            found.append(None)
    return found


def _condition(each: HandoverSuccessor, viewer: Viewer) -> Any:
    if each.view is None:
        return each.condition
    return saved_views.find(viewer, "account", each.view).condition


def _keys(named_ones: dict[str, list[str]], name: str, viewer: Viewer) -> dict[str, list[int]]:
    """What nobody may see is told like what is not there."""
    found: dict[str, list[int]] = {}
    for slug, uids in named_ones.items():
        kind = next((key for key in CUSTOMERS if registry.get(key).slug == slug), None)
        rows: Any = registry.get(kind).model.objects.visible_to(viewer) if kind else None
        keys = (
            [] if rows is None else list(rows.filter(uid__in=map(uid_of, uids)).values_list("pk", flat=True))
        )
        if kind is None or len(keys) < len(set(uids)):
            sentence = _("番号に当てはまるお客様がいません。")
            raise Invalid([FieldProblem(name, sentence, code="not_found")])
        found[kind] = keys
    return found


def _previewed(found: Preview) -> dict[str, Any]:
    return {
        "giver": named(found.giver),
        "moving": [
            {
                "kind": each.key, "label": str(each.label), "total": each.total,
                "shares": [
                    {"person": named(share.person), "count": share.count, "names": [n for n, _url in share.names]}
                    for share in each.shares
                ],
            }
            for each in found.moving
        ],
        "staying": found.staying,
        "deciding": [
            {"kind": each.key, "label": each.label, "hint": each.hint, "names": [n for n, _url in each.names]}
            for each in found.deciding
        ],
        "away": [named(person) for person in found.away],
        "others": [named(each) for each in found.others],
    }  # fmt: skip


def _shown(handover: Handover) -> dict[str, Any]:
    result, items = handover.result, handover.items
    people = Person.objects.in_bulk(handover.successor_keys)
    job = job_of(handover)
    return {
        **named(handover), "giver": named(handover.giver), "state": str(handover.state),
        "successors": [named(people[key]) for key in handover.successor_keys if key in people],
        "starts_on": handover.starts_on, "returns_on": handover.returns_on, "both_days": handover.both_days,
        "reason": handover.reason, "kinds": handover.plan.get("kinds", []), "moved": result.get("moved", {}),
        "refused": [why for _kind, _key, why in result.get("refused", [])], "kept": len(result.get("kept", [])),
        "customers": items.count(), "received": items.filter(acknowledged_at__isnull=False).count(),
        "job": str(job.uid) if job else None, "created_at": handover.created_at, "ended_at": handover.ended_at,
    }  # fmt: skip
