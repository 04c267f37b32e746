"""The settings of sales processes: which there are, their stages, what belongs to each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.deals import processes
from daifuku.deals.actions import processes as verbs
from daifuku.deals.actions import stage_details
from daifuku.deals.models import Deal
from daifuku.deals.objects.choices import FORECASTS, STATES
from daifuku.deals.processes import Process, Stage
from daifuku.foundation.errors import NotFound
from daifuku.records.models.choice import COLOURS
from daifuku.records.views import telling
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, told_in

NUMBER = {"inputmode": "numeric", "autocomplete": "off"}
WAYS = (
    ("allow", gettext_lazy("できる")), ("ask", gettext_lazy("理由を入力すればできる")),
    ("forbid", gettext_lazy("できない")),
)  # fmt: skip
FOLLOWS = (
    ("", gettext_lazy("なし（手で移す）")), ("quote", gettext_lazy("見積")), ("order", gettext_lazy("受注")),
    ("delivery", gettext_lazy("納品")), ("payment", gettext_lazy("入金")),
)  # fmt: skip
COLOUR_NAMES = dict(
    zip(
        COLOURS,
        (
            gettext_lazy("灰"), gettext_lazy("赤"), gettext_lazy("橙"), gettext_lazy("黄"), gettext_lazy("緑"),
            gettext_lazy("青緑"), gettext_lazy("青"), gettext_lazy("藍"), gettext_lazy("紫"), gettext_lazy("桃"),
        ),
        strict=True,
    )
)  # fmt: skip


class ProcessForm(Quiet):
    name = forms.CharField(label=gettext_lazy("名前"), required=False)
    name_en = forms.CharField(label=gettext_lazy("名前（英語）"), required=False)
    purpose = forms.CharField(
        label=gettext_lazy("使う場面"),
        required=False,
        help_text=gettext_lazy("例: 新しいお客様、いつもの注文の繰り返し"),
    )
    active = forms.BooleanField(label=gettext_lazy("使う"), required=False, initial=True)


class StageForm(Quiet):
    name = forms.CharField(label=gettext_lazy("段階の名前"), required=False)
    name_en = forms.CharField(label=gettext_lazy("名前（英語）"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("この段階の商談は"), choices=[(o.key, o.label) for o in STATES]
    )
    colour = forms.ChoiceField(label=gettext_lazy("色"), choices=list(COLOUR_NAMES.items()))
    purpose = forms.CharField(label=gettext_lazy("目的"), required=False)
    guidance = forms.CharField(
        label=gettext_lazy("進め方"), required=False, widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("商談のページに出ます。1,000文字まで"),
    )  # fmt: skip
    proof = forms.CharField(
        label=gettext_lazy("済んだしるし（お客様の反応）"), required=False,
        help_text=gettext_lazy("当社がしたことではなく、お客様がしてくれたこと。例: 見積を頼まれた"),
    )  # fmt: skip
    proof_needed = forms.BooleanField(
        label=gettext_lazy("次へ進めるとき、お客様の反応の入力を必ず求める"), required=False
    )
    probability = forms.CharField(
        label=gettext_lazy("受注確度（%）"), required=False, widget=forms.TextInput(NUMBER)
    )
    forecast = forms.ChoiceField(label=gettext_lazy("ヨミ"), choices=[(o.key, o.label) for o in FORECASTS])
    target_days = forms.CharField(
        label=gettext_lazy("目安の日数（営業日）"), required=False, widget=forms.TextInput(NUMBER)
    )
    quiet_days = forms.CharField(
        label=gettext_lazy("やりとりがないと放置とみなす日数"), required=False, widget=forms.TextInput(NUMBER),
        help_text=gettext_lazy("空欄なら全体の設定。0は数えません"),
    )  # fmt: skip
    required = forms.MultipleChoiceField(
        label=gettext_lazy("この段階から必須の項目"), required=False, widget=forms.CheckboxSelectMultiple
    )
    tasks = forms.CharField(
        label=gettext_lazy("この段階に入ったら作るタスク"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("1行に1つ。例: 見積の返事を聞く、3日後（営業日で数えます）"),
    )  # fmt: skip
    tasks_stay = forms.BooleanField(
        label=gettext_lazy("次の段階へ移っても、手をつけていないタスクを残す"), required=False,
        help_text=gettext_lazy("選ばなければ、この段階で作られて手をつけていないタスクは「不要になった」になります"),
    )  # fmt: skip
    skip = forms.ChoiceField(label=gettext_lazy("この段階から先の段階へ飛ばすこと"), choices=WAYS)
    back = forms.ChoiceField(label=gettext_lazy("この段階から前の段階へ戻すこと"), choices=WAYS)
    exits = forms.MultipleChoiceField(
        label=gettext_lazy("次に移せる段階"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("1つも選ばなければ、すべてに移せます"),
    )  # fmt: skip
    follows = forms.ChoiceField(
        label=gettext_lazy("書類で自動的に移る"), choices=FOLLOWS, required=False,
        help_text=gettext_lazy("選んだ書類が登録されると、商談がこの段階へ移ります"),
    )  # fmt: skip

    def __init__(self, process: Process, stage: Stage | None, data: Any = None) -> None:
        start: dict[str, Any] = {
            "skip": "ask",
            "back": "ask",
            "kind": "open",
            "colour": "grey",
            "forecast": "pipeline",
        }
        if stage is not None:
            start = {**stage.json(), "tasks": stage_details.tasks_in_words(stage.tasks)}
        super().__init__(data, initial=start)
        self.fields["required"].choices = [(f.key, f.name) for f in stage_details.requirable()]  # type: ignore[attr-defined]
        others = [each for each in process.stages if stage is None or each.key != stage.key]
        self.fields["exits"].choices = [(each.key, each.label) for each in others]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def processes_page(request: HttpRequest) -> HttpResponse:
    """All processes, and a new one beside them."""
    by, book = with_power(request, "settings"), processes.book()
    form = ProcessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            row = verbs.add_process(form.cleaned_data, by=by, like=request.POST.get("like", "")[:40])
            telling.done(request, _("営業プロセスを追加しました。段階を直してください。"), telling.written())
            return redirect("deals:process", row.key)
    context = {"processes": list(book.processes.values()), "form": form, "usual": book.usual.key}
    return render(request, "deals/settings/processes.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def process_page(request: HttpRequest, key: str) -> HttpResponse:
    """Its name and its stages in order; the order is sent by the same page."""
    by, process = with_power(request, "settings"), _process(key)
    start = {name: getattr(process, name) for name in verbs.DETAILS}
    sent = request.POST if request.method == "POST" and request.POST.get("do") != "order" else None
    form = ProcessForm(sent, initial=start)
    if request.method == "POST" and sent is None:
        verbs.order_stages(key, request.POST.getlist("stage"), by=by)
        telling.done(request, _("段階の順番を保存しました。"), telling.written())
        return redirect("deals:process", key)
    if sent is not None and form.is_valid():
        with told_in(form):
            verbs.edit_process(key, form.cleaned_data, by=by)
            telling.done(request, _("営業プロセスを保存しました。"), telling.written())
            return redirect("deals:process", key)
    context = {"process": process, "form": form, "counts": _counts(process)}
    return render(request, "deals/settings/process.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def stage_page(request: HttpRequest, key: str, stage: str = "") -> HttpResponse:
    """One stage; without a key a new one."""
    by, process = with_power(request, "settings"), _process(key)
    found = process.stage(stage) if stage else None
    if stage and found is None:
        raise NotFound
    form = StageForm(process, found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            verbs.save_stage(key, stage, form.cleaned_data, by=by)
            telling.done(request, _("段階を保存しました。"), telling.written())
            return redirect("deals:process", key)
    context = {"process": process, "stage": found, "form": form}
    return render(request, "deals/settings/stage.html", context, status=422 if form.errors else 200)


@require_POST
def remove_stage(request: HttpRequest, key: str, stage: str) -> HttpResponse:
    by = with_power(request, "settings")
    _process(key)
    verbs.remove_stage(key, stage, by=by)
    telling.done(request, _("段階を外しました。"), telling.written())
    return redirect("deals:process", key)


def _process(key: str) -> Process:
    found = processes.process(key)
    if found is None:
        raise NotFound
    return found


def _counts(process: Process) -> list[tuple[Stage, int]]:
    """Each stage with how many deals stand in it now, whoever may see them."""
    rows = Deal.plain.filter(process=process.key, trashed_at__isnull=True).order_by().values_list("stage")
    found = dict(rows.annotate(count=Count("pk")))
    return [(stage, found.get(stage.key, 0)) for stage in process.stages]
