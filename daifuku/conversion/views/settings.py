"""How the firm begins trading: whether at all, what is made, whose it is, what follows, who may."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daifuku.conversion import carrying
from daifuku.conversion.actions.settling import edit_setup
from daifuku.conversion.models import Setup
from daifuku.conversion.models.setup import setup
from daifuku.conversion.preview import way_words
from daifuku.distribution.house import House
from daifuku.records.catalogue import registry
from daifuku.records.conditions import parse_leniently
from daifuku.records.forms import condition_form
from daifuku.records.views import telling
from daifuku.staff.models import Role
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, accepted

TICKS = ("on", "leads", "deal_ticked", "owner_open", "automatic")
WAYS = ("deal", "owner", "private", "branches", "doubles")
CARRY = "carry_"
HELP = {
    "on": gettext_lazy("使わないときは、見込み客の画面から「取引を開始する」がなくなります。"),
    "leads": gettext_lazy(
        "使わないときは、見込み客がメニューに出なくなります。登録した見込み客は消えません。"
    ),
    "deal_name": gettext_lazy("使えるもの: {会社名}・{氏名}・{商品}・{日付}"),
    "roles": gettext_lazy("選ばなければ、その見込み客を変更できる全員です。"),
    "private": gettext_lazy("会社のない見込み客のとき"),
    "doubles": gettext_lazy("取引先・担当者を新しく作ろうとしたとき。拠点として作るときは聞きません。"),
    "automatic": gettext_lazy(
        "営業担当の名前で、1分ごとに開始します。オンにしたあとに登録・変更された見込み客が対象です。"
        "似ている記録があるものは「要確認」に残し、取り消したものは手で開始します。"
    ),
}


class SetupForm(Quiet):
    version = forms.IntegerField(widget=forms.HiddenInput)
    deal_name = forms.CharField(required=False)
    roles = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in TICKS:
            self.fields[name] = forms.BooleanField(required=False)
        for name in WAYS:
            choices: Any = Setup._meta.get_field(name).choices  # type: ignore[union-attr]
            self.fields[name] = forms.ChoiceField(choices=choices, required=False)
        for name in (*TICKS, *WAYS, "deal_name", "roles"):
            self.fields[name].label = Setup._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            self.fields[name].help_text = HELP.get(name, "")
        self.fields["roles"].choices = [(role.key, str(role)) for role in Role.objects.all()]  # type: ignore[attr-defined]
        for kind in carrying.every():
            self.fields[f"{CARRY}{kind.key}"] = forms.ChoiceField(
                label=kind.label, choices=[(word, way_words(word)) for word in kind.choices], required=False
            )

    def ways(self) -> list[Any]:
        return [self[name] for name in WAYS if name != "deal"]

    def carried(self) -> list[Any]:
        return [self[f"{CARRY}{kind.key}"] for kind in carrying.every()]


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    by, rules = with_power(request, "settings"), setup()
    form = SetupForm(request.POST or None, initial=_initial(rules))
    written = condition_form.read(request.POST) if request.method == "POST" else rules.condition

    def save(values: dict[str, Any]) -> None:
        carry = {name.removeprefix(CARRY): word for name, word in values.items() if name.startswith(CARRY)}
        changes = {name: value for name, value in values.items() if not name.startswith(CARRY)}
        version = changes.pop("version")
        edit_setup({**changes, "carry": carry, "condition": written}, by=by, version=version)

    if request.method == "POST" and accepted(form, save):
        telling.done(request, _("設定を保存しました。"), telling.written())
        return redirect("conversion:settings")
    condition = parse_leniently(written, "lead", House())
    context = {
        "form": form, "editor": condition_form.editor(condition, House()), "of_type": registry.get("lead"),
    }  # fmt: skip
    return render(request, "conversion/settings.html", context, status=422 if form.errors else 200)


def _initial(rules: Setup) -> dict[str, Any]:
    found = {name: getattr(rules, name) for name in (*TICKS, *WAYS, "deal_name", "roles", "version")}
    return found | {f"{CARRY}{kind.key}": carrying.way_of(kind, rules.carry) for kind in carrying.every()}
