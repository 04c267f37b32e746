"""The writer takes his report back to write it anew; what he had said stays readable until he closes the day again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.daily.models import Draft, Report
from daifuku.daily.models.report import CLOSED, REOPENED
from daifuku.daily.objects.report import DAILY_REPORT, WRITTEN
from daifuku.duties.actions.fulfilling import fulfil_many
from daifuku.duties.actions.fulfilling import reopen as expect_again
from daifuku.foundation.errors import ChangedSince, Conflict, Forbidden
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.editing import locked, stamp
from daifuku.records.actions.saving import about
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def reopen(report: Report, *, by: Person) -> Report:
    """Raises Forbidden (another's), Conflict (open already), NotFound."""
    with ledger.writing():
        report = locked(report, viewer_of(by), "view")
        if report.owner_id != by.pk:
            raise Forbidden(_("日報を書き直せるのは書いた本人だけです。コメントで伝えてください。"))
        if report.state != CLOSED:
            raise Conflict(_("この日報はもう書き直し中です。"), code="open")
        report.state = REOPENED
        stamp(report)
        report.save(update_fields=["state", "version", "updated_at"])
        texts = {name: getattr(report, name) for name in WRITTEN}
        Draft.objects.update_or_create(person=by, day=report.day, defaults={**texts, "at": moment()})
        expect_again([report.duty])
        data = {"version": report.version}
        ledger.record("daily_report.reopened", by=by, about=about(DAILY_REPORT, report), data=data)
    return report


def undo_reopened(event: Event, by: Person) -> Undone:
    """Closed as it was; what was typed in the meantime is gone with the draft."""
    subject = event.subjects.filter(object=DAILY_REPORT.key).first()
    with ledger.writing():
        report = (
            Report.plain.select_for_update(of=("self",), no_key=True)
            .filter(pk=subject.record_id if subject else 0, owner=by)
            .first()
        )
        if report is None or report.version != event.data.get("version") or report.state != REOPENED:
            raise ChangedSince
        report.state = CLOSED
        stamp(report)
        report.save(update_fields=["state", "version", "updated_at"])
        Draft.objects.filter(person=by, day=report.day).delete()
        fulfil_many([report.duty], by=by, at=report.first_closed_at)
        ledger.record(
            "daily_report.closed", by=by, about=about(DAILY_REPORT, report),
            data={"version": report.version}, undoes=event,
        )  # fmt: skip
    return Undone(1)
