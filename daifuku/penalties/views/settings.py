"""The terms of the ledger, with what the law says; the wages that its caps are worked out from."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daifuku.duties.views.finding import Back
from daifuku.duties.views.verb import verb_page
from daifuku.duties.whose import POWER
from daifuku.penalties.actions import edit_terms, set_wage
from daifuku.penalties.models import Mode, Wage
from daifuku.penalties.models.terms import terms
from daifuku.penalties.periods import CLOSING_DAYS, LAST
from daifuku.records.views import telling
from daifuku.staff.models import Person
from daifuku.staff.views.finding import person_at, with_power
from daifuku.staff.views.forms import Quiet, accepted


class TermsForm(Quiet):
    version = forms.IntegerField(widget=forms.HiddenInput)
    on = forms.BooleanField(label=gettext_lazy("入力漏れの台帳を使う"), required=False)
    mode = forms.ChoiceField(label=gettext_lazy("扱い"), choices=Mode.choices, widget=forms.RadioSelect)
    amount = forms.CharField(
        label=gettext_lazy("1件あたりの金額（円）"), required=False, widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=gettext_lazy("点数だけのときは使いません。"),
    )  # fmt: skip
    begins_on = forms.CharField(
        label=gettext_lazy("記帳を始める日"), required=False, widget=forms.TextInput({"type": "date"})
    )
    clean_week = forms.BooleanField(
        label=gettext_lazy("入力漏れのない週に1点戻す"), required=False,
        help_text=gettext_lazy("金額を使うときは、1件分の金額も戻します。"),
    )  # fmt: skip
    closing_day = forms.TypedChoiceField(
        label=gettext_lazy("賃金の締め日"), coerce=int,
        help_text=gettext_lazy("月の明細と、減給の上限（10分の1）は、この日で締める期間ごとに数えます。"),
    )  # fmt: skip
    work_rules = forms.CharField(
        label=gettext_lazy("就業規則の条文"), required=False,
        help_text=gettext_lazy("減給にするときだけ必要です。例: 就業規則第48条（制裁の種類）"),
    )  # fmt: skip

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        days = [(LAST, _("月末")), *((day, _("毎月%(day)s日") % {"day": day}) for day in CLOSING_DAYS[:-1])]
        self.fields["closing_day"].choices = days  # type: ignore[attr-defined]


NAMES = ("on", "mode", "amount", "clean_week", "closing_day", "work_rules", "version")


@require_http_methods(["GET", "HEAD", "POST"])
def terms_page(request: HttpRequest) -> HttpResponse:
    by, rules = with_power(request, "settings"), terms()
    start: dict[str, Any] = {name: getattr(rules, name) for name in NAMES}
    form = TermsForm(request.POST or None, initial={**start, "begins_on": rules.begins_on.isoformat()})

    def save(values: dict[str, Any]) -> None:
        changes = dict(values)
        edit_terms(changes, by=by, version=changes.pop("version"))

    if request.method == "POST" and accepted(form, save):
        telling.done(request, _("設定を保存しました。"), telling.written())
        return redirect("penalties:terms")
    viewer = request.viewer  # type: ignore[attr-defined]
    context = {"form": form, "may_wages": viewer.has_power(POWER)}
    return render(request, "penalties/terms.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD"])
def wages_page(request: HttpRequest) -> HttpResponse:
    with_power(request, POWER)
    wages = {each.person_id: each for each in Wage.objects.all()}
    rows = [(person, wages.get(person.pk)) for person in Person.objects.working()]
    return render(request, "penalties/wages.html", {"rows": rows, "rules": terms()})


class WageForm(Quiet):
    daily = forms.CharField(
        label=gettext_lazy("平均賃金（1日、円）"), required=False, widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=gettext_lazy("直前3か月の賃金の総額を、その期間の暦の日数で割った額です（労働基準法12条）。"),
    )  # fmt: skip
    period = forms.CharField(
        label=gettext_lazy("一賃金支払期の賃金総額（円）"), required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=gettext_lazy("月給なら1か月分の総支給額です。両方を空欄にすると、登録を消します。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def wage_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    by, person = with_power(request, POWER), person_at(uid)
    known = Wage.objects.filter(person=person).first()
    start = {"daily": known.daily, "period": known.period} if known else {}
    return verb_page(
        request, WageForm(request.POST or None, initial=start),
        lambda values: set_wage(person, values["daily"], values["period"], by=by),
        back=Back("penalties:wages", _("賃金の登録")), title=_("%(person)sさんの賃金") % {"person": person},
        button=_("保存"), done=_("賃金を登録しました。"),
        lead=_("減給の上限を計算するためだけに使います。見られるのは社員を管理する人だけです。"),
    )  # fmt: skip
