"""Deals: moved through their stages, with who has a say in them; the firm's processes."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.operations.many import answering, shown
from daifuku.api.routing import fixed
from daifuku.customers.models import Contact
from daifuku.deals import alone, history, processes
from daifuku.deals.actions import move, people
from daifuku.deals.models import Deal
from daifuku.records.catalogue import vocabulary
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

DEAL = answering("Deal")


class DealMoved(Schema):
    model_config = ConfigDict(extra="forbid")

    stage: str = Field(..., description=noop("移す先の段階（キーか名前）"))
    reason: str = Field("", description=noop("お客様の反応、または飛ばす・戻す理由"))
    values: dict[str, Any] = Field(default_factory=dict, description=noop("その段階に要る項目の値"))
    version: int | None = Field(None, description=noop("読んだときの版。ほかの人が先に変えていれば断ります"))


class PutPerson(Schema):
    model_config = ConfigDict(extra="forbid")

    contact: str = Field(..., description=noop("担当者の番号"))
    role: str = Field("window", description=noop("役割"))
    influence: str = Field("middle", description=noop("影響力"))
    stance: str = Field("unknown", description=noop("立場"))
    note: str = Field("", description=noop("メモ"))


class RemovedPerson(Schema):
    model_config = ConfigDict(extra="forbid")

    contact: str = Field(..., description=noop("担当者の番号"))


class PutRival(Schema):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(..., description=noop("競合の会社"))
    standing: str = Field("unknown", description=noop("形勢"))
    strengths: str = Field("", description=noop("相手の強み"))
    weaknesses: str = Field("", description=noop("相手の弱み"))


class RemovedRival(Schema):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(..., description=noop("競合の会社"))


class DealStay(Schema):
    stage: str
    entered_at: str
    left_at: str | None
    working_days: int
    how: str = Field(..., description=noop("on, skip, back, lose, reopen, cross。最初は空"))
    reason: str
    by: str | None


class DealPush(Schema):
    at: str
    old: str
    new: str


class DealLeftAlone(Schema):
    reason: str
    since: str


class DealPersonShown(Schema):
    contact: str
    name: str
    role: str
    influence: str
    stance: str
    note: str


class RivalShown(Schema):
    name: str
    standing: str
    strengths: str
    weaknesses: str


class DealWay(Schema):
    stays: list[DealStay]
    skips: int
    backs: int
    pushes: list[DealPush] = Field(..., description=noop("受注予定日の延期"))
    left_alone: list[DealLeftAlone] = Field(..., description=noop("放置の理由"))
    people: list[DealPersonShown] = Field(..., description=noop("お客様の関係者。見られる人だけ"))
    rivals: list[RivalShown]


class ProcessShown(Schema):
    key: str
    name: str
    purpose: str
    active: bool
    stages: list[dict[str, Any]]


class ProcessList(Schema):
    items: list[ProcessShown]


@fixed.get(
    "/processes", operation_id="list_processes", summary=noop("営業プロセスの一覧"), response=ProcessList
)
def list_processes(request: Asked) -> Answer:
    """Every process with its stages in order and what belongs to each."""
    object_of(request.auth.viewer, "deals")
    items = [
        {
            "key": each.key, "name": each.label, "purpose": each.purpose, "active": each.active,
            "stages": [stage.json() for stage in each.stages],
        }
        for each in processes.book().processes.values()
    ]  # fmt: skip
    return Answer({"items": items})


@fixed.get("/deals/{uid}/way", operation_id="way_of_deal", summary=noop("商談の段階の履歴"), response=DealWay)
def way_of_deal(request: Asked, uid: str) -> Answer:
    """When it came into which stage and left it, in working days; what was put off, and why it counts as left alone."""
    deal, today = _deal(request, uid), timezone.localdate()
    seen = vocabulary.fields_for(request.auth.viewer, "deal")
    told = history.of_deal(deal, today) if "stage" in seen else history.History()
    stays = [
        {
            "stage": stay.stage.key, "entered_at": stay.entered.isoformat(),
            "left_at": stay.left.isoformat() if stay.left else None, "working_days": stay.days, "how": stay.kind,
            "reason": stay.note if "stage_note" in seen else "", "by": str(stay.by.uid) if stay.by else None,
        }
        for stay in told.stays
    ]  # fmt: skip
    pushes = [
        {"at": push.at.isoformat(), "old": push.old.isoformat(), "new": push.new.isoformat()}
        for push in (told.pushes if "close_on" in seen else ())
    ]
    left = alone.reasons([deal], today, alone.limits())[deal.pk] if "alone" in seen else []
    reasons = [{"reason": each.key, "since": each.since.isoformat()} for each in left]
    return Answer(
        {
            "stays": stays, "skips": told.skips, "backs": told.backs, "pushes": pushes, "left_alone": reasons,
            "people": _people(deal, request.auth.viewer), "rivals": _rivals(deal),
        }
    )  # fmt: skip


def _people(deal: Deal, viewer: Viewer) -> list[dict[str, str]]:
    if not viewer.may("contact", "view"):
        return []
    rows = [row for row in deal.people.select_related("contact") if sees(viewer, row.contact, "view")]
    return [
        {
            "contact": str(row.contact.uid), "name": str(row.contact),
            **{name: getattr(row, name) for name in people.OF_PERSON},
        }
        for row in rows
    ]  # fmt: skip


def _rivals(deal: Deal) -> list[dict[str, str]]:
    return [{name: getattr(row, name) for name in ("name", *people.OF_RIVAL)} for row in deal.rivals.all()]


@fixed.post(
    "/deals/{uid}/move", operation_id="move_deal", summary=noop("商談の段階を変える"), openapi_extra=DEAL
)
def move_deal(request: Asked, uid: str, body: DealMoved) -> Answer:
    """By the rules of its process: what it asks for on this way is refused by the name of the field."""
    moved = move(
        _deal(request, uid), body.stage, by=request.auth.person, reason=body.reason, values=body.values,
        version=body.version,
    )  # fmt: skip
    return _shown(request, moved)


@fixed.post(
    "/deals/{uid}/people",
    operation_id="put_deal_person",
    summary=noop("商談の関係者の登録"),
    openapi_extra=DEAL,
)
def put_deal_person(request: Asked, uid: str, body: PutPerson) -> Answer:
    """Who of the customer has a say in it, how much, and where he stands."""
    deal = _deal(request, uid)
    values = body.dict(exclude={"contact"})
    people.put_person(deal, _contact(request, body.contact), values, by=request.auth.person)
    return _shown(request, deal)


@fixed.post(
    "/deals/{uid}/people/remove", operation_id="remove_deal_person", summary=noop("商談の関係者を外す"),
    openapi_extra=DEAL,
)  # fmt: skip
def remove_deal_person(request: Asked, uid: str, body: RemovedPerson) -> Answer:
    """Takes the contact off the deal."""
    deal = _deal(request, uid)
    people.remove_person(deal, _contact(request, body.contact), by=request.auth.person)
    return _shown(request, deal)


@fixed.post(
    "/deals/{uid}/rivals", operation_id="put_deal_rival", summary=noop("商談の競合の登録"), openapi_extra=DEAL
)
def put_deal_rival(request: Asked, uid: str, body: PutRival) -> Answer:
    """Who else wants the order."""
    deal = _deal(request, uid)
    people.put_rival(deal, body.name, body.dict(exclude={"name"}), by=request.auth.person)
    return _shown(request, deal)


@fixed.post(
    "/deals/{uid}/rivals/remove", operation_id="remove_deal_rival", summary=noop("商談の競合を外す"),
    openapi_extra=DEAL,
)  # fmt: skip
def remove_deal_rival(request: Asked, uid: str, body: RemovedRival) -> Answer:
    """Takes the competitor off the deal."""
    deal = _deal(request, uid)
    people.remove_rival(deal, body.name, by=request.auth.person)
    return _shown(request, deal)


def _deal(request: Asked, uid: str) -> Deal:
    deal: Deal = record_of(request.auth.viewer, object_of(request.auth.viewer, "deals"), uid)
    return deal


def _contact(request: Asked, uid: str) -> Contact:
    contact: Contact = record_of(request.auth.viewer, object_of(request.auth.viewer, "contacts"), uid)
    return contact


def _shown(request: Asked, deal: Deal) -> Answer:
    return shown(request, object_of(request.auth.viewer, "deals"), deal)
