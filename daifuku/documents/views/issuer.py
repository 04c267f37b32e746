"""What stands on every paper, as the administrator sets it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.documents import kinds, numbering
from daifuku.documents.actions import edit_issuer, remove_seal, set_seal
from daifuku.documents.actions.issuer import BANK, MOST_BANKS
from daifuku.documents.models.issuer import ROUNDINGS, YEARS, Issuer, issuer
from daifuku.foundation.errors import Conflict, NotFound
from daifuku.records.views import telling
from daifuku.staff.history import lines_about
from daifuku.staff.models import Company
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, told_in

BANK_WORDS = {
    "bank": gettext_lazy("銀行名"),
    "branch": gettext_lazy("支店名"),
    "kind": pgettext_lazy("bank", "種別"),
    "number": gettext_lazy("口座番号"),
    "holder": gettext_lazy("口座名義"),
}
BANK_KINDS = (
    ("普通", pgettext_lazy("bank", "普通")),
    ("当座", pgettext_lazy("bank", "当座")),
    ("貯蓄", pgettext_lazy("bank", "貯蓄")),
)


class IssuerForm(Quiet):
    head = forms.CharField(
        label=gettext_lazy("代表者"), required=False, max_length=100,
        help_text=gettext_lazy("例: 代表取締役　鈴木 勝五郎"),
    )  # fmt: skip
    fax = forms.CharField(label=gettext_lazy("FAX"), required=False, max_length=40)
    email = forms.CharField(label=gettext_lazy("メールアドレス"), required=False, max_length=254)
    web = forms.CharField(label=gettext_lazy("ウェブサイト"), required=False, max_length=500)
    rounding = forms.ChoiceField(
        label=gettext_lazy("消費税の端数"), choices=ROUNDINGS,
        help_text=gettext_lazy("1つの書類で、税率ごとに1回だけ端数を処理します（適格請求書の決まり）。"),
    )  # fmt: skip
    included = forms.BooleanField(
        label=gettext_lazy("単価を税込みで入力する（内税）"), required=False,
        help_text=gettext_lazy("書類ごとに変えられます。"),
    )  # fmt: skip
    years = forms.ChoiceField(label=gettext_lazy("連番を1に戻すとき"), choices=YEARS)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for kind in kinds.every():
            self.fields[f"template_{kind.key}"] = forms.CharField(
                label=_("%(paper)sの番号") % {"paper": kind.label}, required=False, max_length=60
            )
            self.fields[f"text_{kind.key}"] = forms.CharField(
                label=_("%(paper)sの備考の定型文") % {"paper": kind.label}, required=False,
                widget=forms.Textarea({"rows": 3}),
            )  # fmt: skip
        for place in range(MOST_BANKS):
            for name, words in BANK_WORDS.items():
                self.fields[f"bank_{place}_{name}"] = (
                    forms.ChoiceField(label=words, choices=BANK_KINDS, required=False)
                    if name == "kind"
                    else forms.CharField(label=words, required=False, max_length=BANK[name])
                )

    def banks(self) -> list[list[Any]]:
        return [[self[f"bank_{place}_{name}"] for name in BANK_WORDS] for place in range(MOST_BANKS)]

    def papers(self) -> list[tuple[Any, Any, Any]]:
        return [
            (kind.label, self[f"template_{kind.key}"], self[f"text_{kind.key}"]) for kind in kinds.every()
        ]

    def changes(self) -> dict[str, Any]:
        sent = self.cleaned_data
        values: dict[str, Any] = {name: sent[name] for name in Issuer.PLAIN}
        values["banks"] = [
            {name: sent.get(f"bank_{place}_{name}", "") for name in BANK_WORDS} for place in range(MOST_BANKS)
        ]
        values["templates"] = {kind.key: sent[f"template_{kind.key}"] for kind in kinds.every()}
        values["texts"] = {kind.key: sent[f"text_{kind.key}"] for kind in kinds.every()}
        return values


@require_http_methods(["GET", "HEAD", "POST"])
def issuer_page(request: HttpRequest) -> HttpResponse:
    by, now = with_power(request, "settings"), issuer()
    form = IssuerForm(request.POST or None, initial=_initial(now))
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            edit_issuer(form.changes(), by=by, version=form.cleaned_data["version"])
            telling.done(request, _("書類の設定を保存しました。"), telling.written())
            return redirect("documents:issuer")
    viewer = request.viewer  # type: ignore[attr-defined]
    context = {
        "form": form, "issuer": now, "company": Company.objects.first(),
        "history": lines_about("issuer", now.pk, viewer) if now.pk else [],
    }  # fmt: skip
    return render(request, "documents/issuer.html", context, status=422 if form.errors else 200)


@require_safe
def seal(request: HttpRequest) -> HttpResponseBase:
    with_power(request, "settings")
    now = issuer()
    if not now.seal or not default_storage.exists(now.seal):
        raise NotFound
    response = FileResponse(default_storage.open(now.seal), content_type=now.seal_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def change_seal(request: HttpRequest) -> HttpResponse:
    by, sent = with_power(request, "settings"), request.FILES.get("seal")
    if request.POST.get("do") == "remove":
        remove_seal(by=by)
        telling.done(request, _("印影を外しました。"), telling.written())
    elif sent is None:
        raise Conflict(_("ファイルを選んでください。"), code="required", field="seal")
    else:
        set_seal(sent, by=by)
        telling.done(request, _("印影を登録しました。"), telling.written())
    return redirect("documents:issuer")


def _initial(now: Issuer) -> dict[str, Any]:
    start: dict[str, Any] = {name: getattr(now, name) for name in (*Issuer.PLAIN, "version")}
    for kind in kinds.every():
        start[f"template_{kind.key}"] = numbering.template_of(kind.key, now)
        start[f"text_{kind.key}"] = now.texts.get(kind.key, "")
    for place, bank in enumerate(now.banks[:MOST_BANKS]):
        start |= {f"bank_{place}_{name}": bank.get(name, "") for name in BANK_WORDS}
    return start
