"""What is left to enter, how people enter, days off, and what the firm expects."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named, paged
from daifuku.api.auth import Asked
from daifuku.api.colleagues import colleague_named
from daifuku.api.finding import uid_of
from daifuku.api.routing import fixed
from daifuku.duties import groups
from daifuku.duties.actions import (
    decline,
    excuse,
    hand_on,
    plead,
    snooze,
)
from daifuku.duties.models import Duty, State
from daifuku.duties.rate import Count, Rate, in_state, rates
from daifuku.duties.showing import lines_of
from daifuku.duties.working import window
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.staff.models import Person

WORDS = noop("やり残しと入力率")
ONE = "/duties/{uid}"


class DutyItem(Schema):
    uid: str
    kind: str
    origin: str
    name: str = Field(..., description=noop("何を入力するか"))
    owner: dict[str, str]
    substitute: dict[str, str] | None
    subject: dict[str, str] | None = Field(None, description=noop("何についてか。見える範囲で"))
    state: str = Field(..., description=noop("open、on_time、late、missing、excused"))
    weight: int
    due_at: str
    first_due_at: str
    done_at: str | None
    entered_at: str | None = Field(None, description=noop("端末の時刻"))
    reason: str
    plea: str
    declined: str
    snoozed_until: str | None


class Duties(Schema):
    items: list[DutyItem]
    next: str | None


class DutyReason(Schema):
    model_config = ConfigDict(extra="forbid")

    reason: str = Field(..., description=noop("理由"))


class Snoozing(DutyReason):
    until: str = Field(..., description=noop("いつまで"))


class HandingOn(DutyReason):
    to: str = Field(..., description=noop("頼む相手の番号"))


class RateItem(Schema):
    person: dict[str, str]
    percent: int | None = Field(..., description=noop("判定なしのときは null"))
    on_time: int
    late: int
    missing: int
    excused: int
    kinds: dict[str, dict[str, Any]]


class RateItems(Schema):
    since: str
    until: str
    items: list[RateItem]


@fixed.get(
    "/duties", operation_id="list_duties", summary=noop("やり残しの一覧"), tags=[WORDS], response=Duties
)
def list_duties(
    request: Asked,
    who: str = Query(
        "", description=noop("社員の番号、team-1、all。省略すると自分のやること"), max_length=40
    ),
    state: str = Query("", max_length=10),
    kind: str = Query("", max_length=30),
    since: str = Query("", max_length=10),
    until: str = Query("", max_length=10),
    size: int = Query(50, ge=1, le=200),
    after: str = Query("", description=noop("前のページの next"), max_length=40),
) -> Answer:
    """In the order in which they arose. Without `who`: what the caller has to do, his own and what was left to him."""
    viewer, now = request.auth.viewer, timezone.now()
    rows: Any = Duty.objects.visible_to(viewer)
    if who:
        rows = rows.filter(owner__in=[person.pk for person in groups.read(who, viewer).people])
    else:
        rows = rows.of(viewer.pk)
        rows = rows if state else rows.waiting()
    if state:
        if state not in State.values:
            raise Invalid([FieldProblem("state", _("選択肢から選んでください。"), code="choice")])
        rows = in_state(rows, state, now)
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(due_on__gte=read_day(since, "since")) if since else rows
    rows = rows.filter(due_on__lte=read_day(until, "until")) if until else rows
    if after:
        rows = rows.filter(pk__gt=_duty(request, after).pk)
    page, following = paged(rows.select_related("owner", "substitute").order_by("pk"), size)
    return Answer({"items": _shown(request, page), "next": following})


@fixed.get(ONE, operation_id="get_duty", summary=noop("一つのやり残し"), tags=[WORDS], response=DutyItem)
def get_duty(request: Asked, uid: str) -> Answer:
    """Until when, when it was entered, how it counts."""
    return _one(request, _duty(request, uid))


@fixed.post(
    f"{ONE}/snooze", operation_id="snooze_duty", summary=noop("先送り"), tags=[WORDS], response=DutyItem
)
def snooze_duty(request: Asked, uid: str, body: Snoozing) -> Answer:
    """Off the list until that day; the deadline of what counts stays."""
    until = read_day(body.until, "until")
    return _one(request, snooze(_duty(request, uid), until, body.reason, by=request.auth.person))


@fixed.post(
    f"{ONE}/hand_on",
    operation_id="hand_on_duty",
    summary=noop("ほかの人に頼む"),
    tags=[WORDS],
    response=DutyItem,
)
def hand_on_duty(request: Asked, uid: str, body: HandingOn) -> Answer:
    """A colleague does it; it counts for the same person as before."""
    duty = _duty(request, uid)
    to = colleague_named(body.to, "to", _("頼む相手を選んでください。"))
    return _one(request, hand_on(duty, to, body.reason, by=request.auth.person))


@fixed.post(
    f"{ONE}/plead", operation_id="plead_duty", summary=noop("理由の申し出"), tags=[WORDS], response=DutyItem
)
def plead_duty(request: Asked, uid: str, body: DutyReason) -> Answer:
    """For whoever owes it."""
    return _one(request, plead(_duty(request, uid), body.reason, by=request.auth.person))


@fixed.post(
    f"{ONE}/excuse", operation_id="excuse_duty", summary=noop("免除"), tags=[WORDS], response=DutyItem
)
def excuse_duty(request: Asked, uid: str, body: DutyReason) -> Answer:
    """For whoever leads the person."""
    return _one(request, excuse(_duty(request, uid), body.reason, by=request.auth.person))


@fixed.post(
    f"{ONE}/decline", operation_id="decline_duty", summary=noop("申し出を認めない"), tags=[WORDS],
    response=DutyItem,
)  # fmt: skip
def decline_duty(request: Asked, uid: str, body: DutyReason) -> Answer:
    """For whoever leads the person."""
    return _one(request, decline(_duty(request, uid), body.reason, by=request.auth.person))


@fixed.get(
    "/input_rate", operation_id="get_input_rate", summary=noop("入力率"), tags=[WORDS], response=RateItems
)
def get_input_rate(
    request: Asked,
    who: str = Query("", description=noop("社員の番号、team-1、all"), max_length=40),
    since: str = Query("", max_length=10),
    until: str = Query("", max_length=10),
) -> Answer:
    """Of everybody whom the caller leads, and himself; without days over the firm's last working days."""
    people = list(groups.read(who, request.auth.viewer).people)
    first, last = window(timezone.localdate())
    first = read_day(since, "since") if since else first
    last = read_day(until, "until") if until else last
    found = rates(people, first, last)
    items = [_rate(person, found[person.pk]) for person in people]
    return Answer({"since": first.isoformat(), "until": last.isoformat(), "items": items})


def _duty(request: Asked, uid: str) -> Duty:
    rows = Duty.objects.visible_to(request.auth.viewer).select_related("owner", "substitute")
    found = rows.filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def _one(request: Asked, duty: Duty) -> Answer:
    fresh = Duty.objects.select_related("owner", "substitute").get(pk=duty.pk)
    return Answer(_shown(request, [fresh])[0])


def _shown(request: Asked, duties: list[Duty]) -> list[dict[str, Any]]:
    return [_json(line) for line in lines_of(duties, request.auth.viewer, timezone.now())]


def _json(line: Any) -> dict[str, Any]:
    duty, record = line.duty, line.record
    return {
        "uid": str(duty.uid), "kind": duty.kind, "origin": duty.origin, "name": line.name,
        "owner": named(duty.owner), "substitute": named(duty.substitute) if duty.substitute else None,
        "subject": {"object": duty.subject_object, **named(record)} if record is not None else None,
        "state": line.state.value, "weight": duty.weight, "due_at": duty.due_at,
        "first_due_at": duty.first_due_at, "done_at": duty.done_at, "entered_at": duty.entered_at,
        "reason": duty.why, "plea": duty.plea, "declined": duty.declined, "snoozed_until": duty.snoozed_until,
    }  # fmt: skip


def _rate(person: Person, rate: Rate) -> dict[str, Any]:
    kinds = {kind: {**_counts(count), "percent": _percent(rate, count)} for kind, count in rate.kinds.items()}
    return {"person": named(person), "percent": rate.percent, **_counts(rate.total), "kinds": kinds}


def _counts(count: Count) -> dict[str, int]:
    return {
        "on_time": count.on_time, "late": count.late, "missing": count.missing, "excused": count.excused,
    }  # fmt: skip


def _percent(rate: Rate, count: Count) -> int | None:
    share = rate.share_of(count)
    return None if share is None else int(share * 100)


def read_day(raw: str, field: str) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        sentence = _("日付を2026-12-31のように入力してください。")
        raise Invalid([FieldProblem(field, sentence, code="date")]) from error
