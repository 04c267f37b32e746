"""確認: somebody has read a report, as it stands now."""

from __future__ import annotations

from daifuku.daily.models import Reading, Report
from daifuku.daily.objects.report import DAILY_REPORT
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.records.actions.editing import locked
from daifuku.records.actions.saving import about
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def read(report: Report, *, by: Person) -> Report:
    """Once for each version; one's own report needs no reading. Raises NotFound."""
    with ledger.writing():
        report = locked(report, viewer_of(by), "view")
        if report.owner_id == by.pk:
            return report
        before = Reading.objects.select_for_update().filter(report=report, person=by).first()
        if before is not None and before.version == report.version:
            return report
        Reading.objects.update_or_create(
            report=report, person=by, defaults={"at": moment(), "version": report.version}
        )
        ledger.record(
            "daily_report.read", by=by, about=about(DAILY_REPORT, report), data={"version": report.version}
        )
    return report
