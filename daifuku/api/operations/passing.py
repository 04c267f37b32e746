"""営業への引き渡し: passing a ready lead on, the answer of sales, what became of all, and the settings."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of, uid_of
from daifuku.api.routing import fixed as router
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.passing import report
from daifuku.passing.actions import accept, edit_setup, give_back, pass_on
from daifuku.passing.models import Handing, setup
from daifuku.passing.who import seen_by
from daifuku.records.actions.powers import need_settings
from daifuku.staff.models import Person, Team

MOST = 200
SETTINGS = ("on", "automatic", "condition", "target", "hours", "version")


class _Wish(Schema):
    model_config = ConfigDict(extra="forbid")


class PassingWish(_Wish):
    on: bool | None = None
    automatic: bool | None = None
    condition: dict[str, Any] | None = None
    target: str | None = None
    team: int | None = None
    hours: int | None = None
    version: int | None = None


class PassingSettled(Schema):
    on: bool
    automatic: bool
    condition: dict[str, Any]
    target: str
    team: int | None
    hours: int
    version: int


class PassOn(_Wish):
    person: str = Field("", description=noop("引き受ける社員の uid。person も team も省くと、設定の行き先"))
    team: int | None = Field(None, description=noop("順番待ちに入れるチームの番号"))
    note: str = Field("", description=noop("申し送り"))


class GiveBack(_Wish):
    reason: str = Field(..., description=noop("early、no_need、silent、wrong、known、missing、other"))
    answer: str = Field("", description=noop("理由の詳細。other のときは必ず"))
    ask_again_on: str = Field("", description=noop("いつまた声をかけるか"))


class HandingShown(Schema):
    uid: str
    lead: str
    state: str
    at: str
    by: dict[str, Any] | None
    before: dict[str, Any] | None
    person: dict[str, Any] | None
    team: int | None
    note: str
    reason: str
    answer: str
    answered_at: str | None
    minutes: int | None = Field(..., description=noop("返事までの営業時間（分）"))
    escalated_at: str | None


class HandingsShown(Schema):
    items: list[HandingShown]
    next: int | None = Field(..., description=noop("続きがあるとき、after に入れる値"))


class PassingLine(Schema):
    who: str
    name: str
    passed: int
    accepted: int
    returned: int
    waiting: int
    late: int
    mean_minutes: int | None
    median_minutes: int | None
    reasons: dict[str, int]


class PassingReport(Schema):
    begin: str
    end: str
    total: PassingLine
    lines: list[PassingLine]


@router.get("/passing", operation_id="get_passing", summary=noop("引き渡しの設定"), response=PassingSettled)
def get_passing(request: Asked) -> Answer:
    """Needs the power to change settings."""
    need_settings(request.auth.person)
    return _settled()


@router.patch(
    "/passing", operation_id="change_passing", summary=noop("引き渡しの設定を変える"), response=PassingSettled
)
def change_passing(request: Asked, body: PassingWish) -> Answer:
    """What is not named stays."""
    changes = body.dict(exclude_unset=True)
    edit_setup(changes, by=request.auth.person, version=changes.pop("version", None))
    return _settled()


@router.post(
    "/leads/{uid}/pass",
    operation_id="pass_lead",
    summary=noop("営業に引き渡す"),
    response={201: HandingShown},
)
def pass_lead(request: Asked, uid: str, body: PassOn) -> Answer:
    """To a person, into the queue of a team, or where the settings say."""
    viewer = request.auth.viewer
    lead = record_of(viewer, object_of(viewer, "leads"), uid)
    handing = pass_on(lead, _receiver(body), body.note, by=viewer.person)
    return Answer(_shown(handing), status=201)


@router.get("/passings", operation_id="list_passings", summary=noop("引き渡しの一覧"), response=HandingsShown)
def list_passings(
    request: Asked, begin: str = "", end: str = "", who: str = "", state: str = "", reason: str = "", after: int = 0
) -> Answer:  # fmt: skip
    """Of leads that the caller sees, the newest first; without days the last ninety."""
    viewer = request.auth.viewer
    object_of(viewer, "leads")
    sent = {"begin": begin, "end": end, "who": who, "state": state, "reason": reason}
    asked = report.read(sent, timezone.localdate())
    rows, following = report.page_of(report.rows_of(asked, viewer), after or None, MOST)
    return Answer({"items": [_shown(each) for each in rows], "next": following})


@router.get(
    "/passings/report", operation_id="passing_report", summary=noop("引き渡しの集計"), response=PassingReport
)
def passing_report(request: Asked, begin: str = "", end: str = "") -> Answer:
    """By receiver: how many were taken and given back, in how many working minutes, and why they came back."""
    viewer = request.auth.viewer
    object_of(viewer, "leads")
    asked = report.read({"begin": begin, "end": end}, timezone.localdate())
    total, lines = report.report(asked, viewer)
    return Answer({
        "begin": asked.begin.isoformat(), "end": asked.end.isoformat(), "total": _line(total),
        "lines": [_line(each) for each in lines],
    })  # fmt: skip


@router.post(
    "/passings/{uid}/accept", operation_id="accept_passing", summary=noop("引き受ける"), response=HandingShown
)
def accept_passing(request: Asked, uid: str) -> Answer:
    """Whoever takes it out of a team's queue is in charge."""
    return Answer(_shown(accept(_handing(request, uid), by=request.auth.person)))


@router.post(
    "/passings/{uid}/return",
    operation_id="return_passing",
    summary=noop("理由とともに戻す"),
    response=HandingShown,
)
def return_passing(request: Asked, uid: str, body: GiveBack) -> Answer:
    """Whoever had the lead has it again, and is told the reason."""
    return Answer(_shown(give_back(_handing(request, uid), body.dict(), by=request.auth.person)))


def _receiver(body: PassOn) -> Person | Team | None:
    if body.person:
        found: Person | Team | None = Person.objects.working().filter(uid=uid_of(body.person)).first()
    elif body.team is not None:
        found = Team.objects.filter(pk=body.team).first()
    else:
        return None
    if found is None:
        sentence = noop("引き渡す相手が見つかりません。社員の uid かチームの番号を確認してください。")
        raise Invalid([FieldProblem("person" if body.person else "team", sentence, code="unknown")])
    return found


def _handing(request: Asked, uid: str) -> Handing:
    found: Handing | None = seen_by(request.auth.viewer).filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def _settled() -> Answer:
    rules = setup()
    return Answer({name: getattr(rules, name) for name in SETTINGS} | {"team": rules.team_id})


def _shown(each: Handing) -> dict[str, Any]:
    return {
        "uid": str(each.uid), "lead": str(each.lead.uid), "state": str(each.state), "at": each.at.isoformat(),
        "by": named(each.by) if each.by else None, "before": named(each.before) if each.before else None,
        "person": named(each.person) if each.person else None, "team": each.team_id, "note": each.note,
        "reason": str(each.reason), "answer": each.answer, "minutes": each.minutes,
        "answered_at": each.answered_at.isoformat() if each.answered_at else None,
        "escalated_at": each.escalated_at.isoformat() if each.escalated_at else None,
    }  # fmt: skip


def _line(line: report.Line) -> dict[str, Any]:
    return {
        "who": line.key, "name": line.name, "passed": line.passed, "accepted": line.accepted,
        "returned": line.returned, "waiting": line.waiting, "late": line.late, "mean_minutes": line.mean,
        "median_minutes": line.median, "reasons": dict(line.reasons),
    }  # fmt: skip
