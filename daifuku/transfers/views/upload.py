"""First step: which kind of record, which file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from daifuku.foundation.errors import Forbidden
from daifuku.records.catalogue import registry
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer
from daifuku.staff.views.forms import Quiet, told_in
from daifuku.transfers.actions.uploading import upload
from daifuku.transfers.views.finding import person_at

ACCEPTED = ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.vcf,.enex,text/csv,text/vcard"


class UploadForm(Quiet):
    object = forms.ChoiceField(label=_("取り込むもの"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("ファイル"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("CSV、Excel（.xlsx、.xls）、vCard（.vcf）。文字コードは自動で見分けます"),
        error_messages={"required": _("ファイルを選んでください。")},
    )

    def __init__(self, viewer: Viewer, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["object"].choices = [  # type: ignore[attr-defined]
            (each.key, each.name) for each in registry.every() if viewer.may_write(each.key)
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    viewer = viewer_at(request)
    if not viewer.has_power("import"):
        raise Forbidden
    first = request.GET.get("object", "account")
    form = UploadForm(viewer, request.POST or None, request.FILES or None, initial={"object": first})
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            imported = upload(
                form.cleaned_data["file"], by=person_at(request), object_key=form.cleaned_data["object"]
            )
            return redirect("transfers:notes" if imported.of_notes else "transfers:columns", imported.uid)
    return render(request, "transfers/upload.html", {"form": form}, status=422 if form.errors else 200)
