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
    answer_why,
    decline,
    edit_policy,
    excuse,
    give_back_day_off,
    hand_on,
    plead,
    snooze,
    take_day_off,
)
from daifuku.duties.models import DayOff, Duty, Policy, State, Why
from daifuku.duties.models.policy import policy
from daifuku.duties.rate import Count, Rate, in_state, rates
from daifuku.duties.showing import lines_of
from daifuku.duties.whose import people_seen
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


class NewDayOff(Schema):
    model_config = ConfigDict(extra="forbid")

    day: str
    part: str = Field("whole", description=noop("whole、morning、afternoon"))
    reason: str = ""
    person: str | None = Field(None, description=noop("省略すると自分"))


class DayOffItem(Schema):
    uid: str
    person: dict[str, str]
    day: str
    part: str
    reason: str


class DaysOff(Schema):
    items: list[DayOffItem]


class WhyItem(Schema):
    uid: str
    person: dict[str, str]
    week: str
    percent: int
    weeks: int
    reason: str
    words: str


class WhyItems(Schema):
    items: list[WhyItem]


class WhyAnswer(Schema):
    model_config = ConfigDict(extra="forbid")

    reason: str = Field(..., description=noop("time、fields、no_use、phone、other"))
    words: str = ""


class PolicyItem(Schema):
    """What the firm expects: minutes, days, percents."""

    begins_on: str
    window_days: int
    fewest: int
    credit_late: int
    credit_missing: int
    weights: dict[str, int]
    call_minutes: int
    visit_minutes: int
    closed_days: list[str]
    lead_days: int
    quiet_floor: int
    quiet_percent: int
    low_percent: int
    asks_why: bool
    weeks_to_manager: int
    weeks_to_president: int
    version: int


class PolicyChange(Schema):
    model_config = ConfigDict(extra="forbid")

    begins_on: str | None = None
    window_days: int | None = None
    fewest: int | None = None
    credit_late: int | None = None
    credit_missing: int | None = None
    weights: dict[str, int] | None = None
    call_minutes: int | None = None
    visit_minutes: int | None = None
    closed_days: list[str] | None = None
    lead_days: int | None = None
    quiet_floor: int | None = None
    quiet_percent: int | None = None
    low_percent: int | None = None
    asks_why: bool | None = None
    weeks_to_manager: int | None = None
    weeks_to_president: int | None = None


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
    rows = rows.filter(due_on__gte=_day(since, "since")) if since else rows
    rows = rows.filter(due_on__lte=_day(until, "until")) if until else rows
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
    until = _day(body.until, "until")
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
    first = _day(since, "since") if since else first
    last = _day(until, "until") if until else last
    found = rates(people, first, last)
    items = [_rate(person, found[person.pk]) for person in people]
    return Answer({"since": first.isoformat(), "until": last.isoformat(), "items": items})


@fixed.get("/days_off", operation_id="list_days_off", summary=noop("休み"), tags=[WORDS], response=DaysOff)
def list_days_off(request: Asked) -> Answer:
    """One's own and those of whom one leads, the newest first."""
    seen = people_seen(request.auth.viewer)
    rows = DayOff.objects.select_related("person")
    rows = rows if seen is None else rows.filter(person__in=seen)
    return Answer({"items": [_day_off(row) for row in rows[:200]]})


@fixed.post(
    "/days_off",
    operation_id="take_day_off",
    summary=noop("休みの登録"),
    tags=[WORDS],
    response={201: DayOffItem},
)
def add_day_off(request: Asked, body: NewDayOff) -> Answer:
    """Deadlines of that time move behind it."""
    by = request.auth.person
    person = colleague_named(body.person, "person", _("社員を選んでください。")) if body.person else by
    assert person is not None
    made = take_day_off(person, _day(body.day, "day"), body.part, body.reason, by=by)
    return Answer(_day_off(made), 201)


@fixed.delete(
    "/days_off/{uid}", operation_id="give_back_day_off", summary=noop("休みの取り消し"), tags=[WORDS]
)
def remove_day_off(request: Asked, uid: str) -> Answer:
    """The person is at work after all."""
    found = DayOff.objects.filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    give_back_day_off(found, by=request.auth.person)
    return Answer(status=204)


@fixed.get(
    "/input_reasons", operation_id="list_input_reasons", summary=noop("入力しにくい理由"), tags=[WORDS],
    response=WhyItems,
)  # fmt: skip
def list_input_reasons(request: Asked) -> Answer:
    """What was asked and answered, of oneself and of whom one leads."""
    seen = people_seen(request.auth.viewer)
    rows = Why.objects.select_related("person")
    rows = rows if seen is None else rows.filter(person__in=seen)
    return Answer({"items": [_why(row) for row in rows[:200]]})


@fixed.post(
    "/input_reasons/{uid}", operation_id="answer_input_reason", summary=noop("入力しにくい理由の回答"),
    tags=[WORDS], response=WhyItem,
)  # fmt: skip
def answer_input_reason(request: Asked, uid: str, body: WhyAnswer) -> Answer:
    """One's own alone."""
    found = Why.objects.filter(uid=uid_of(uid), person=request.auth.person).first()
    if found is None:
        raise NotFound
    return Answer(_why(answer_why(found, body.reason, body.words, by=request.auth.person)))


@fixed.get(
    "/duty_policy", operation_id="get_duty_policy", summary=noop("入力の期限と入力率の設定"), tags=[WORDS],
    response=PolicyItem,
)  # fmt: skip
def get_duty_policy(request: Asked) -> Answer:
    """What is expected of everybody."""
    return Answer(_policy(policy()))


@fixed.patch(
    "/duty_policy", operation_id="change_duty_policy", summary=noop("入力の期限と入力率の設定の変更"),
    tags=[WORDS], response=PolicyItem,
)  # fmt: skip
def change_duty_policy(request: Asked, body: PolicyChange) -> Answer:
    """What is not sent stays; power `settings`."""
    return Answer(_policy(edit_policy(body.model_dump(exclude_unset=True), by=request.auth.person)))


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


def _day_off(row: DayOff) -> dict[str, Any]:
    return {
        "uid": str(row.uid), "person": named(row.person), "day": row.day, "part": str(row.part),
        "reason": row.reason,
    }  # fmt: skip


def _why(row: Why) -> dict[str, Any]:
    return {
        "uid": str(row.uid), "person": named(row.person), "week": row.week, "percent": row.percent,
        "weeks": row.weeks, "reason": row.reason, "words": row.words,
    }  # fmt: skip


def _policy(rules: Policy) -> dict[str, Any]:
    return {name: getattr(rules, name) for name in PolicyItem.model_fields}


def _day(raw: str, field: str) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        sentence = _("日付を2026-12-31のように入力してください。")
        raise Invalid([FieldProblem(field, sentence, code="date")]) from error
