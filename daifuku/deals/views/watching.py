"""When a deal or a lead counts as left alone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daifuku.deals import alone
from daifuku.deals.actions.watching import edit_watch, ranks_offered
from daifuku.records.views import telling
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, told_in

NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
WORDS = {
    "no_step": gettext_lazy("次の予定がないまま（営業日）"),
    "quiet": gettext_lazy("やりとりがないまま（営業日）"),
    "no_answer": gettext_lazy("見積を出して返事がないまま（営業日）"),
    "no_decider": gettext_lazy("決裁者と話していない（日）"),
    "overstayed": gettext_lazy("段階の目安を超えたら放置とみなす（1: はい、0: いいえ）"),
    "uninvoiced": gettext_lazy("納品したあと請求しないまま（営業日）"),
    "card": gettext_lazy("見込み客を登録して、そのあとやりとりがないまま（営業日）"),
    "lead_quiet": gettext_lazy("見込み客と話して、そのあとやりとりがないまま（営業日）"),
}


class WatchForm(Quiet):
    def __init__(self, limits: alone.Limits, data: Any = None) -> None:
        super().__init__(data)
        for name, words in WORDS.items():
            self.fields[name] = self._number(words, limits.days[name])
        for key, rank in ranks_offered().items():
            label = _("ランク%(rank)sの取引先: やりとりがないまま（営業日）") % {"rank": rank}
            self.fields[f"rank-{key}"] = self._number(label, limits.ranks.get(key))

    def _number(self, words: Any, start: int | None) -> forms.CharField:
        shown = "" if start is None else str(start)
        return forms.CharField(label=words, initial=shown, required=False, widget=forms.TextInput(NUMBER))


@require_http_methods(["GET", "HEAD", "POST"])
def watch_page(request: HttpRequest) -> HttpResponse:
    by = with_power(request, "settings")
    form = WatchForm(alone.limits(), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            edit_watch(form.cleaned_data, by=by)
            telling.done(
                request,
                _("放置の目安を保存しました。明日の朝から、すべての商談と見込み客に使われます。"),
                telling.written(),
            )
            return redirect("deals:watch")
    return render(request, "deals/settings/watch.html", {"form": form}, status=422 if form.errors else 200)
