"""The statement as a page and as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daifuku.duties import groups
from daifuku.duties.showing import lines_of
from daifuku.duties.tabs import whoever_leads
from daifuku.duties.views.finding import framed
from daifuku.duties.whose import POWER
from daifuku.foundation.csv import harmless
from daifuku.penalties import statement
from daifuku.penalties.models import Consent, Entry, EntryState, Mode
from daifuku.penalties.models.terms import terms
from daifuku.penalties.periods import LAST, bounds
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer


@require_safe
def statement_page(request: HttpRequest) -> HttpResponse:
    viewer, today = viewer_at(request), timezone.localdate()
    group = groups.read(request.GET.get("who", ""), viewer)
    rules = terms()
    month = statement.month_from(request.GET.get("month", ""), today, rules)
    entries, (first, last) = (
        statement.entries_of(viewer, group.people, month, rules),
        bounds(month, rules.closing_day),
    )
    context: dict[str, Any] = {
        "group": group, "month": month, "months": statement.months_until(today, rules), "rules": rules,
        "first": first, "last": last, "odd": rules.closing_day != LAST,
        "choices": groups.choices(viewer), "sums": statement.sums_of(group.people, month, rules),
        "rows": _rows(entries, viewer), "payments": statement.payments_of(viewer, group.people, month),
        "objections": _objections(viewer), "may_pay": rules.with_money and viewer.has_power(POWER),
        "many": len(group.people) > 1, "fund": rules.on and rules.mode == Mode.FUND,
        "agreed": Consent.objects.filter(person=viewer.pk, withdrawn_at__isnull=True).first(),
    }  # fmt: skip
    return render(request, "penalties/statement.html", framed(request, "penalties", context))


def _rows(entries: list[Entry], viewer: Viewer) -> list[tuple[Entry, Any, Any]]:
    """(entry, the line of its duty, why its amount is less) each."""
    lines = lines_of([entry.duty for entry in entries if entry.duty is not None], viewer, timezone.now())
    by_duty = {line.duty.pk: line for line in lines}
    return [
        (each, by_duty.get(each.duty_id or 0), statement.WHY_LESS.get(each.why_less, "")) for each in entries
    ]


def _objections(viewer: Viewer) -> list[Entry]:
    """What this person has to decide."""
    if not whoever_leads(viewer):
        return []
    rows = Entry.objects.visible_to(viewer).filter(state=EntryState.OBJECTED).exclude(person=viewer.pk)
    return list(rows.select_related("person", "duty").order_by("objected_at")[:100])


@require_safe
def statement_file(request: HttpRequest) -> HttpResponse:
    """As Excel opens it: UTF-8 with its mark; every cell that could be a formula is made text."""
    viewer, today = viewer_at(request), timezone.localdate()
    group = groups.read(request.GET.get("who", ""), viewer)
    rules = terms()
    month = statement.month_from(request.GET.get("month", ""), today, rules)
    table = [
        [_("氏名"), _("日付"), _("種類"), _("内容"), _("点数"), _("金額"), _("状態"), _("異議"), _("判断")]
    ]
    for entry, line, _less in _rows(statement.entries_of(viewer, group.people, month, rules), viewer):
        table.append(
            [
                str(entry.person), entry.day.isoformat(), entry.get_kind_display(), line.name if line else "",
                str(entry.points), str(entry.amount), entry.get_state_display(), entry.objection, entry.decision,
            ]
        )  # fmt: skip
    for payment in statement.payments_of(viewer, group.people, month):
        paid = [
            str(payment.person),
            payment.paid_on.isoformat(),
            _("受領"),
            payment.note,
            "",
            str(-payment.amount),
        ]
        table.append([*paid, "", "", ""])
    response = HttpResponse(_csv(table).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="penalties-{month:%Y-%m}.csv"'
    return response


def _csv(table: list[list[str]]) -> str:
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows([[harmless(cell) for cell in row] for row in table])
    return lines.getvalue()
