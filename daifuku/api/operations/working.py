"""Days off, why people enter little, and what the firm expects of everybody."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.colleagues import colleague_named
from daifuku.api.finding import uid_of
from daifuku.api.operations.duties import WORDS, read_day
from daifuku.api.routing import fixed
from daifuku.duties.actions import answer_why, edit_policy, give_back_day_off, take_day_off
from daifuku.duties.models import DayOff, Policy, Why
from daifuku.duties.models.policy import policy
from daifuku.duties.whose import people_seen
from daifuku.foundation.errors import NotFound


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
    made = take_day_off(person, read_day(body.day, "day"), body.part, body.reason, by=by)
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
