"""The journal for the accounting package: what it holds, as a file, and until when the books are closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.accounting import asking, journal
from daifuku.accounting.actions import close_period, edit_setting
from daifuku.accounting.layouts import LAYOUTS, write
from daifuku.accounting.models import AccountingSetting, accounting_setting
from daifuku.foundation.errors import Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.records.catalogue.types import Date
from daifuku.records.catalogue.types.base import Refused
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.history import lines_about
from daifuku.staff.viewer import Viewer
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, told_in

SHOWN = 100


@require_safe
def journal_page(request: HttpRequest) -> HttpResponse:
    viewer, today = _viewer(request), timezone.localdate()
    problems: dict[str, str] = {}
    try:
        asked = asking.read(request.GET, today)
    except Invalid as error:
        problems = {each.field: str(each.message) for each in error.problems}
        asked = asking.read({}, today)
    entries = journal.entries(asked.begin, asked.end, viewer, accounting_setting(), asked.what)
    context = {
        "asked": asked, "problems": problems, "entries": entries[:SHOWN], "count": len(entries), "shown": SHOWN,
        "layouts": list(LAYOUTS.values()), "sums": asking.sums(entries), "query": asking.query(asked),
        "closed": accounting_setting().closed_until, "may_close": viewer.has_power("settings"),
        "may_export": may_export(viewer),
    }  # fmt: skip
    return render(request, "accounting/journal.html", context, status=422 if problems else 200)


def _viewer(request: HttpRequest) -> Viewer:
    viewer = viewer_at(request)
    if not journal.may_read(viewer):
        raise NotFound
    return viewer


def may_export(viewer: Viewer) -> bool:
    return viewer.may("invoice", "export") and viewer.may("payment", "export")


@require_POST
def journal_file(request: HttpRequest) -> HttpResponse:
    """The file; who took it, for which period, is a line in the ledger."""
    viewer, today = _viewer(request), timezone.localdate()
    if not may_export(viewer):
        raise NotFound
    asked = asking.read(request.POST, today)
    layout = LAYOUTS[asked.package]
    entries = journal.entries(asked.begin, asked.end, viewer, accounting_setting(), asked.what)
    written = write(layout, entries, asked.encoding)
    with ledger.writing():
        ledger.record(
            "accounting.exported", by=viewer.person,
            data={
                "package": asked.package, "begin": asked.begin.isoformat(), "end": asked.end.isoformat(),
                "rows": written.rows,
            },
        )  # fmt: skip
    response = HttpResponse(
        written.content, content_type=f"text/csv; charset={asked.encoding.removesuffix('-sig')}"
    )
    name = f"{layout.key}-{asked.begin:%Y%m%d}-{asked.end:%Y%m%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


class SettingForm(Quiet):
    package = forms.ChoiceField(label=gettext_lazy("会計ソフト"))
    receivable = forms.CharField(label=gettext_lazy("売掛金の科目"), max_length=24)
    sales = forms.CharField(label=gettext_lazy("売上の科目"), max_length=24)
    bank = forms.CharField(label=gettext_lazy("入金先の科目"), max_length=24)
    cash = forms.CharField(label=gettext_lazy("現金の科目"), max_length=24)
    bill = forms.CharField(label=gettext_lazy("手形・電子記録債権の科目"), max_length=24)
    offset = forms.CharField(label=gettext_lazy("相殺の科目"), max_length=24)
    fee = forms.CharField(label=gettext_lazy("振込手数料の科目"), max_length=24)
    by_partner = forms.BooleanField(label=gettext_lazy("補助科目に取引先名を入れる"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["package"].choices = [(each.key, each.label) for each in LAYOUTS.values()]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    by, now = with_power(request, "settings"), accounting_setting()
    start = {name: getattr(now, name) for name in (*AccountingSetting.FIELDS, "version")}
    form = SettingForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        sent = dict(form.cleaned_data)
        with told_in(form):
            edit_setting(sent, by=by, version=sent.pop("version"))
            telling.done(request, _("設定を保存しました。"), telling.written())
            return redirect("accounting:settings")
    return _settings(request, form, now)


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Closes until a day, or with an empty one opens everything."""
    by = with_power(request, "settings")
    try:
        day: date | None = Date().clean(request.POST.get("closed_until") or "")
        close_period(day, by=by, today=timezone.localdate())
    except (Refused, Invalid) as error:
        message = error.problems[0].message if isinstance(error, Invalid) else error.message
        now = accounting_setting()
        start = {name: getattr(now, name) for name in (*AccountingSetting.FIELDS, "version")}
        return _settings(
            request, SettingForm(initial=start), now, str(message), request.POST.get("closed_until", "")
        )
    sentence = _("会計の期間を締めました。") if day else _("締めを解除しました。")
    telling.done(request, sentence, telling.written())
    return redirect("accounting:settings")


def _settings(
    request: HttpRequest, form: SettingForm, now: AccountingSetting, problem: str = "", typed: str = ""
) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    context = {
        "form": form, "history": lines_about("accounting_setting", now.pk, viewer) if now.pk else [],
        "problem": problem,
        "closed": typed or (now.closed_until.isoformat() if now.closed_until else ""),
    }  # fmt: skip
    return render(request, "accounting/settings.html", context, status=422 if form.errors or problem else 200)
