"""What is expected and how it counts, as the administrator sets it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daifuku.duties import kinds
from daifuku.duties.actions import edit_policy
from daifuku.duties.actions.policies import HEAVIEST, NUMBERS
from daifuku.duties.models import Policy
from daifuku.duties.models.policy import policy
from daifuku.records.views import telling
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, accepted

WEIGHT = "weight_"
SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (gettext_lazy("入力の期限"), ("call_minutes", "visit_minutes", "begins_on", "closed_days")),
    (gettext_lazy("入力率"), ("window_days", "fewest", "credit_late", "credit_missing")),
    (gettext_lazy("連絡していないお客様"), ("lead_days", "quiet_floor", "quiet_percent")),
    (gettext_lazy("入力率が低いとき"), ("low_percent", "weeks_to_manager", "weeks_to_president")),
)
HELP = {
    "call_minutes": gettext_lazy("電話が終わってから、この時間までに入力します。"),
    "visit_minutes": gettext_lazy(
        "訪問が終わってから、この時間か、次の訪問予定の開始か、早いほうまでに入力します。"
    ),
    "begins_on": gettext_lazy("この日より前の予定や取引は数えません。"),
    "closed_days": gettext_lazy("土日と祝日、年末年始のほかに休む日を、1行に1日ずつ書きます。例: 2026-08-13"),
    "fewest": gettext_lazy("これより少ないときは「判定なし」になります。"),
    "credit_late": gettext_lazy("期限内を100％としたときの、遅れの点数です。"),
    "quiet_percent": gettext_lazy("150なら、普段の間隔の1.5倍を過ぎたら知らせます。"),
    "quiet_floor": gettext_lazy("普段の間隔がこれより短いお客様でも、この日数より短くは数えません。"),
    "weeks_to_manager": gettext_lazy("低い週がこれだけ続いたら、上司に知らせます。"),
    "weeks_to_president": gettext_lazy("低い週がこれだけ続いたら、社長にも知らせます。"),
}


class PolicyForm(Quiet):
    version = forms.IntegerField(widget=forms.HiddenInput)
    asks_why = forms.BooleanField(
        label=gettext_lazy("入力率が低い人に、週に一度、理由をたずねる"), required=False,
        help_text=gettext_lazy("たずねるだけで、だれかが責められることはありません。答えは集計して見直しに使います。"),
    )  # fmt: skip

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in (*NUMBERS, "begins_on", "closed_days"):
            label = Policy._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            widget: forms.Widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
            if name == "begins_on":
                widget = forms.TextInput({"type": "date"})
            if name == "closed_days":
                widget = forms.Textarea({"rows": 4})
            self.fields[name] = forms.CharField(
                label=label, required=False, widget=widget, help_text=HELP.get(name, "")
            )
        for kind in kinds.counted():
            self.fields[f"{WEIGHT}{kind.key}"] = forms.TypedChoiceField(
                label=kind.label,
                coerce=int,
                choices=[(0, _("数えない")), *((n, str(n)) for n in range(1, HEAVIEST + 1))],
            )

    def sections(self) -> list[tuple[Any, list[Any]]]:
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]

    def weights(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith(WEIGHT)]


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    by, rules = with_power(request, "settings"), policy()
    form = PolicyForm(request.POST or None, initial=_initial(rules))

    def save(values: dict[str, Any]) -> None:
        changes = {name: value for name, value in values.items() if not name.startswith(WEIGHT)}
        version = changes.pop("version")
        weights = {name.removeprefix(WEIGHT): values[name] for name in values if name.startswith(WEIGHT)}
        edit_policy({**changes, "weights": weights}, by=by, version=version)

    if request.method == "POST" and accepted(form, save):
        telling.done(request, _("設定を保存しました。"), telling.written())
        return redirect("duties:settings")
    return render(request, "duties/settings.html", {"form": form}, status=422 if form.errors else 200)


def _initial(rules: Policy) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(rules, name) for name in (*NUMBERS, "asks_why", "version")}
    found["begins_on"] = rules.begins_on.isoformat()
    found["closed_days"] = "\n".join(rules.closed_days)
    for kind in kinds.counted():
        found[f"{WEIGHT}{kind.key}"] = rules.weights.get(kind.key, kind.weight)
    return found
