"""Daily reports: the day that compiles itself, closing it, reading those of others, the morning page, sharing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja.params.functions import Query

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of, uid_of
from daifuku.api.operations.daily_shapes import (
    CompiledDay,
    DailySettings,
    DailySettingsChange,
    DraftText,
    KeptDraft,
    MorningSheet,
    NewShared,
    Said,
    SharedItem,
    SharedItems,
    Unread,
)
from daifuku.api.operations.many import answering, shown
from daifuku.api.routing import fixed
from daifuku.daily import days, shares, unread, who
from daifuku.daily.actions import close_day, edit_habits, keep_draft, read, reopen, share, withdraw
from daifuku.daily.compiling import Item, day_of
from daifuku.daily.models import Draft, Habits, Report, Shared, habits
from daifuku.daily.morning.people import Row, rows_of
from daifuku.daily.morning.sheet import Line, morning_of
from daifuku.duties.showing import Line as DutyLine
from daifuku.duties.working import Calendar
from daifuku.foundation.errors import NotFound
from daifuku.staff.actions import rights
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

WORDS = noop("日報")
SLUG = "daily-reports"
REPORT = answering("DailyReport")


@fixed.get(
    "/daily/day", operation_id="get_daily_day", summary=noop("1日の活動"), tags=[WORDS], response=CompiledDay
)
def get_day(
    request: Asked,
    day: date | None = Query(None, description=noop("日付。なければ今の営業日")),
    person: str = Query("", description=noop("社員の番号。なければ自分"), max_length=40),
) -> Answer:
    """One's own, and of those whose reports one reads."""
    viewer, rules, now = _viewer(request), habits(), timezone.now()
    when = _past(day, days.business_day(now, rules))
    somebody = _person(viewer, person)
    report = Report.objects.visible_to(viewer).filter(owner=somebody, day=when).first()
    found = day_of(somebody, when, viewer, now, rules, report.closed_at if report else None)
    records = [
        {
            "object": each.object_type.key, "uid": str(each.record.uid), "label": str(each.record),
            "url": each.record.get_absolute_url(), "at": None,
            "words": [each.said] if each.said else [], "about": [], "later": each.later,
        }
        for each in found.records
    ]  # fmt: skip
    return Answer(
        {
            "person": named(somebody), "day": when.isoformat(), "report": str(report.uid) if report else None,
            "state": report.state if report else "open", "minutes": found.minutes,
            "talks": [_item(item) for item in found.talks], "plans": [_item(item) for item in found.plans],
            "tasks": [_item(item) for item in found.tasks], "records": records,
            "ahead": [_item(Item(line)) for line in (*found.ahead, *found.due)],
            "gaps": [_gap(line) for line in found.gaps], "hidden": found.hidden,
        }
    )  # fmt: skip


@fixed.put(
    "/daily/draft",
    operation_id="keep_daily_draft",
    summary=noop("日報の下書き"),
    tags=[WORDS],
    response=KeptDraft,
)
def put_draft(request: Asked, body: DraftText) -> Answer:
    """Nobody else sees it. With `version`, 412 when it was changed on another screen."""
    values = {"remark": body.remark, "consult": body.consult}
    draft = keep_draft(body.day, values, by=_viewer(request).person, version=body.version)
    return Answer(
        {
            "day": draft.day.isoformat(),
            "remark": draft.remark,
            "consult": draft.consult,
            "version": draft.version,
        }
    )


@fixed.post(
    "/daily/close", operation_id="close_day", summary=noop("日報を締める"), tags=[WORDS], openapi_extra=REPORT
)
def close(request: Asked, body: Said) -> Answer:
    """The report of one's own day; what is not sent is taken from the draft. Closing again corrects it."""
    viewer = _viewer(request)
    draft = Draft.objects.filter(person=viewer.pk, day=body.day).first()
    said = {"remark": body.remark, "consult": body.consult}
    values = {
        name: getattr(draft, name) if text is None else text
        for name, text in said.items()
        if text is not None or draft is not None
    }
    report = close_day(body.day, values, by=viewer.person)
    return shown(request, object_of(viewer, SLUG), report)


@fixed.post(
    "/daily-reports/{uid}/reopen", operation_id="reopen_daily_report", summary=noop("日報の書き直し"), tags=[WORDS],
    openapi_extra=REPORT,
)  # fmt: skip
def reopen_report(request: Asked, uid: str) -> Answer:
    """Only by its writer; what it said stays readable until the day is closed again."""
    report = _report(request, uid)
    return shown(request, object_of(request.auth.viewer, SLUG), reopen(report, by=request.auth.person))


@fixed.post(
    "/daily-reports/{uid}/read", operation_id="read_daily_report", summary=noop("日報の確認"), tags=[WORDS],
    openapi_extra=REPORT,
)  # fmt: skip
def read_report(request: Asked, uid: str) -> Answer:
    """The writer sees who has read it, and whether it was changed since."""
    report = _report(request, uid)
    return shown(request, object_of(request.auth.viewer, SLUG), read(report, by=request.auth.person))


@fixed.get(
    "/daily/unread",
    operation_id="list_unread_reports",
    summary=noop("未確認の日報"),
    tags=[WORDS],
    response=Unread,
)
def list_unread(request: Asked) -> Answer:
    """Of those whom one leads, the newest first; `count` goes up to a hundred."""
    viewer = _viewer(request)
    if not unread.may_count(viewer):
        return Answer({"count": 0, "reports": []})
    rows = list(unread.unread(viewer, timezone.localdate()).select_related("owner")[: unread.MOST + 1])
    told = [
        {
            "uid": str(each.uid),
            "day": each.day.isoformat(),
            "person": named(each.writer),
            "consult": bool(each.consult),
        }
        for each in rows
    ]
    return Answer({"count": len(rows), "reports": told})


@fixed.get(
    "/daily/morning",
    operation_id="get_morning",
    summary=noop("朝の一枚"),
    tags=[WORDS],
    response=MorningSheet,
)
def get_morning(
    request: Asked, day: date | None = Query(None, description=noop("営業日。なければ前の営業日"))
) -> Answer:
    """For the president and whoever leads people; of each line as much as the caller may see."""
    viewer, rules, now = _viewer(request), habits(), timezone.now()
    if not who.reads_mornings(viewer, rules):
        raise NotFound
    today = days.business_day(now, rules)
    when = _past(day, today) if day else days.last_working(today, Calendar([], today))
    morning = morning_of(viewer, when, now, rules)
    sections = [
        {
            "key": part.section.key, "label": str(part.section.label), "total": part.found.total,
            "lines": [_line(line) for line in part.found.lines],
        }
        for part in morning.parts
    ]  # fmt: skip
    return Answer(
        {
            "day": when.isoformat(), "sections": sections, "people": [_row(row) for row in rows_of(morning)],
            "shared": [_shared(told) for told in shares.of_day(when, viewer)],
        }
    )  # fmt: skip


@fixed.get(
    "/daily/shared",
    operation_id="list_daily_shared",
    summary=noop("全員に共有されたこと"),
    tags=[WORDS],
    response=SharedItems,
)
def list_shared(request: Asked, size: int = Query(50, ge=1, le=200)) -> Answer:
    """For everybody, newest first; a record that the caller may not see has no name."""
    told = shares.told(shares.standing()[:size], request.auth.viewer)
    return Answer({"items": [_shared(each) for each in told]})


@fixed.post(
    "/daily/shared",
    operation_id="share_daily",
    summary=noop("全員に共有"),
    tags=[WORDS],
    response={201: SharedItem},
)
def share_line(request: Asked, body: NewShared) -> Answer:
    """Everybody is told in the app. For whoever reads the morning page."""
    viewer = request.auth.viewer
    record = record_of(viewer, object_of(viewer, body.slug), body.uid or "") if body.slug else None
    made = share(record, body.remark, by=request.auth.person, day=body.day)
    return Answer(_shared(shares.told([made], viewer)[0]), 201)


@fixed.delete(
    "/daily/shared/{uid}", operation_id="withdraw_daily_shared", summary=noop("共有の取り消し"), tags=[WORDS]
)
def withdraw_line(request: Asked, uid: str) -> Answer:
    """Only what one shared oneself."""
    found: Shared | None = shares.standing().filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    withdraw(found, by=request.auth.person)
    return Answer(None, 204)


@fixed.get(
    "/daily/settings",
    operation_id="get_daily_settings",
    summary=noop("日報の設定"),
    tags=[WORDS],
    response=DailySettings,
)
def get_settings(request: Asked) -> Answer:
    rights.need(request.auth.person, "settings")
    return Answer(_settings(habits()))


@fixed.patch(
    "/daily/settings", operation_id="change_daily_settings", summary=noop("日報の設定の変更"), tags=[WORDS],
    response=DailySettings,
)  # fmt: skip
def change_settings(request: Asked, body: DailySettingsChange) -> Answer:
    """Changes what is sent; `writers` and `readers` are keys of roles."""
    sent = body.model_dump(exclude_unset=True, exclude_none=True)
    return Answer(_settings(edit_habits(sent, by=request.auth.person)))


def _viewer(request: Asked) -> Viewer:
    viewer = request.auth.viewer
    if not viewer.may(who.OBJECT, "view"):
        raise NotFound
    return viewer


def _report(request: Asked, uid: str) -> Report:
    report: Report = record_of(request.auth.viewer, object_of(request.auth.viewer, SLUG), uid)
    return report


def _person(viewer: Viewer, uid: str) -> Person:
    found: Person | None = Person.objects.filter(uid=uid_of(uid)).first() if uid else viewer.person
    if found is None or not who.may_read(viewer, found.pk):
        raise NotFound
    return found


def _past(day: date | None, today: date) -> date:
    if day is not None and (day > today or day.year < 2000):
        raise NotFound
    return day or today


def _item(item: Item) -> dict[str, Any]:
    record = item.line.record
    return {
        "object": record.object_key, "uid": str(record.uid), "label": str(record),
        "url": record.get_absolute_url(), "at": getattr(record, "started_at", None),
        "words": [str(option.name) for option in item.line.words], "about": [name for name, _url in item.line.who],
        "later": item.later,
    }  # fmt: skip


def _gap(line: DutyLine) -> dict[str, Any]:
    return {
        "label": line.name,
        "state": str(line.state),
        "due_at": line.duty.due_at,
        "url": line.address,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "text": line.text, "note": line.note, "url": line.url,
        "person": named(line.person) if line.person else None, "at": line.at,
        "words": [str(word) for word, _colour in line.chips], "about": [name for name, _url in line.who],
        "object": line.object, "uid": str(line.uid) if line.uid else None,
    }  # fmt: skip


def _row(row: Row) -> dict[str, Any]:
    numbers = ("visits", "calls", "others", "minutes", "waiting", "tasks", "registered", "missing", "late")
    return {
        "person": named(row.person), **{name: getattr(row, name) for name in numbers}, "state": row.state,
        "report": str(row.report.uid) if row.report else None,
    }  # fmt: skip


def _shared(told: shares.Told) -> dict[str, Any]:
    shared = told.shared
    return {
        "uid": str(shared.uid), "day": shared.day.isoformat(), "at": shared.at, "by": named(shared.by),
        "remark": shared.remark, "label": told.name, "url": told.url,
    }  # fmt: skip


def _settings(rules: Habits) -> dict[str, Any]:
    return {
        "switches_at": rules.switches_at, "due_at": f"{rules.due_at:%H:%M}", "writers": rules.writers,
        "readers": rules.readers, "mails": rules.mails, "mails_at": f"{rules.mails_at:%H:%M}",
    }  # fmt: skip
