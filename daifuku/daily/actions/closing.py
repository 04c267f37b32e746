"""日報を締める: the day is done, and what the person says about it is there for those who read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.daily import days
from daifuku.daily.models import Draft, Report, habits
from daifuku.daily.models.report import CLOSED, REOPENED
from daifuku.daily.objects.report import DAILY_REPORT, WRITTEN
from daifuku.duties.actions.fulfilling import fulfil_many
from daifuku.duties.actions.fulfilling import reopen as expect_again
from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Forbidden, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records import derived
from daifuku.records.actions.cleaning import Cleaner
from daifuku.records.actions.editing import apply, stamp
from daifuku.records.actions.saving import about, require, settle
from daifuku.records.catalogue import vocabulary
from daifuku.records.formulas.spreading import spread
from daifuku.records.formulas.turns import take_turn
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

OLDEST = timedelta(days=366)


def close_day(day: date, values: Mapping[str, Any] | None = None, *, by: Person) -> Report:
    """Hands in the report of this day; without `values` with what the draft says. Closing twice changes nothing.

    Raises Invalid (a day to come, a text that is too long), Forbidden.
    """
    viewer, rules = viewer_of(by), habits()
    require(viewer, DAILY_REPORT, "create")
    check_day(day, days.business_day(moment(), rules))
    cleaner = Cleaner(DAILY_REPORT, viewer)
    said = cleaner.changes(_said(day, by) if values is None else values)
    with ledger.writing():
        take_turn(DAILY_REPORT)
        report = _held(by, day)
        new = report is None
        report = report or _blank(by, day)
        done = apply(report, said, cleaner.fields)
        if not new and report.state == CLOSED and not done:
            return report
        report.state, report.closed_at = CLOSED, moment()
        _save(report, frozenset(done), viewer, by, new=new)
        Draft.objects.filter(person=by, day=day).delete()
        _fulfil(report, rules, by)
        ledger.record(
            "daily_report.closed", by=by, about=about(DAILY_REPORT, report),
            data={"changes": done, "first": new, "version": report.version},
        )  # fmt: skip
    return report


def check_day(day: date, today: date) -> None:
    if day > today:
        raise Invalid([FieldProblem("day", _("これからの日の日報は締められません。"), code="to_come")])
    if day < today - OLDEST:
        raise Invalid([FieldProblem("day", _("1年より前の日報は締められません。"), code="too_old")])


def undo_closed(event: Event, by: Person) -> Undone:
    """The day is open again; what he said before stands there again."""
    subject = event.subjects.filter(object=DAILY_REPORT.key).first()
    key = subject.record_id if subject else 0
    with ledger.writing():
        report = Report.plain.select_for_update(of=("self",), no_key=True).filter(pk=key).first()
        if report is None or report.trashed_at is not None:
            raise Conflict(_("この日報はもうありません。"), code="gone")
        if report.owner_id != by.pk:
            raise Forbidden
        if report.version != event.data.get("version") or report.state != CLOSED:
            raise ChangedSince
        fields = vocabulary.fields_of(DAILY_REPORT.key)
        for name, (old, _new) in event.changes.items():
            fields[name].put(report, fields[name].type.from_json(old))
        report.state = REOPENED
        _save(report, frozenset(event.changes), viewer_of(by), by, new=False)
        expect_again([report.duty])
        ledger.record("daily_report.reopened", by=by, about=about(DAILY_REPORT, report), undoes=event)
    return Undone(1)


def _said(day: date, by: Person) -> dict[str, Any]:
    draft = Draft.objects.filter(person=by, day=day).first()
    return {} if draft is None else {name: getattr(draft, name) for name in WRITTEN}


def _held(by: Person, day: date) -> Report | None:
    rows = Report.plain.select_for_update(of=("self",), no_key=True)
    found: Report | None = rows.filter(owner=by, day=day, trashed_at__isnull=True).first()
    return found


def _blank(by: Person, day: date) -> Report:
    now = moment()
    report = Report(
        owner=by, created_by=by, day=day, title=f"{day:%Y/%m/%d} {by}"[:120], created_at=now, updated_at=now,
        closed_at=now, first_closed_at=now,
    )  # fmt: skip
    report.closing = True  # type: ignore[attr-defined]
    return report


def _save(report: Report, changed: frozenset[str], viewer: Any, by: Person, *, new: bool) -> None:
    if not new:
        stamp(report)
    settle(DAILY_REPORT, report, changed, viewer)
    report.save(force_insert=new)
    derived.keep(DAILY_REPORT, [report], new=new)
    DAILY_REPORT.follow([(report, changed)], by)
    spread(DAILY_REPORT, [(report, None)])


def _fulfil(report: Report, rules: Any, by: Person) -> None:
    """Night work counts for its business day: whoever closes before the switch is in time."""
    now, due = report.closed_at, days.due(report.day, rules)
    counts_as = due if due < now < days.span(report.day, rules).end else None
    fulfil_many([report.duty], by=by, entered_at=counts_as)
