"""How doubles are looked for, as the administrator settles it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.dedupe.actions import edit_setup
from daifuku.dedupe.actions.learning import ENOUGH
from daifuku.dedupe.actions.settling import MAY_LEAVE_OUT, THRESHOLDS, thought_of
from daifuku.dedupe.judging import SHIPPED
from daifuku.dedupe.models import Decision, Setup, Way, setup
from daifuku.dedupe.weighing import ENOUGH as ENOUGH_TO_PROPOSE
from daifuku.dedupe.weighing import OF_EACH, weigh
from daifuku.dedupe.words import field_of
from daifuku.foundation.errors import Invalid
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, accepted


class SetupForm(Quiet):
    version = forms.IntegerField(widget=forms.HiddenInput)
    offices_apart = forms.BooleanField(
        label=Setup._meta.get_field("offices_apart").verbose_name, required=False,
        help_text=gettext_lazy("同じ会社でも、大阪支店と福岡営業所のように名前で区別できるものは候補に出しません。"),
    )  # fmt: skip
    learn = forms.BooleanField(
        label=Setup._meta.get_field("learn").verbose_name, required=False,
        help_text=gettext_lazy("判断がたまると、夜のうちに点数を調整します。オフにすると、もとの点数に戻ります。"),
    )  # fmt: skip

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in THRESHOLDS:
            label = Setup._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            shipped = SHIPPED[Way(name.partition("_")[0])]
            usual = shipped.sure if name.endswith("sure") else shipped.perhaps
            self.fields[name] = forms.CharField(
                label=label, widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}), required=False,
                help_text=_("ふつうは%(points)s") % {"points": f"{usual:g}"},
            )  # fmt: skip
        choices = [(each, _label(each)) for each in MAY_LEAVE_OUT]
        self.fields["left_out"] = forms.MultipleChoiceField(
            label=_("比べない項目"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple,
            help_text=_("チェックした項目は、同じでも違っても点数に入れません。"),
        )  # fmt: skip

    def thresholds(self) -> list[Any]:
        return [self[name] for name in THRESHOLDS]


def _label(each: str) -> str:
    way, _dot, field = each.partition(".")
    words = {"way": Way(way).label, "field": field_of(field, way)}
    return _("%(way)s: %(field)s") % words


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    by, chosen = with_power(request, "settings"), setup()
    form = SetupForm(request.POST or None, initial=_initial(chosen))

    def save(values: dict[str, Any]) -> None:
        changes = dict(values)
        edit_setup(changes, by=by, version=changes.pop("version"))

    if request.method == "POST" and accepted(form, save):
        telling.done(request, _("設定を保存しました。次に調べるときから使います。"), telling.written())
        return redirect("dedupe:settings")
    learnt = [(Way(way).label, found["of"], found.get("kept", False)) for way, found in chosen.learnt.items()]
    context = {
        "form": form, "setup": chosen, "learnt": learnt, "decisions": Decision.objects.count(), "enough": ENOUGH,
        **_weighed(request, request.POST),
    }  # fmt: skip
    return render(request, "dedupe/settings.html", context, status=422 if form.errors else 200)


@require_safe
def weighing(request: HttpRequest) -> HttpResponse:
    """The part of the page that says what other thresholds would mean."""
    with_power(request, "settings")
    return render(request, "dedupe/parts/weighing.html", _weighed(request, request.GET))


def _weighed(request: HttpRequest, typed: QueryDict) -> dict[str, Any]:
    viewer, chosen = viewer_at(request), setup()
    try:
        found = weigh(chosen, thought_of(typed, chosen), viewer)
    except Invalid as error:
        return {"problem": error.message}
    told = any(line.found is not None for each in found for line in each.lines)
    return {"weighed": found, "told": told, "of_each": OF_EACH, "enough": ENOUGH_TO_PROPOSE}


def _initial(chosen: Setup) -> dict[str, Any]:
    found: dict[str, Any] = {name: f"{getattr(chosen, name):g}" for name in THRESHOLDS}
    return found | {name: getattr(chosen, name) for name in ("left_out", "offices_apart", "learn", "version")}
