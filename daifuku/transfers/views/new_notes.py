"""First step for notes: the file that Evernote wrote."""

from __future__ import annotations

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
from daifuku.transfers.actions.uploading import upload_notes
from daifuku.transfers.views.finding import person_at


class NotesForm(Quiet):
    file = forms.FileField(
        label=_("Evernoteの書き出しファイル（.enex）"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".enex"}),
        help_text=_("Evernoteでノートかノートブックを選び、「ノートを書き出す」でENEX形式にしたものです"),
        error_messages={"required": _("ファイルを選んでください。")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_notes(request: HttpRequest) -> HttpResponse:
    viewer = viewer_at(request)
    if not viewer.has_power("import"):
        raise Forbidden
    form = NotesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            imported = upload_notes(
                form.cleaned_data["file"], by=person_at(request), object_key=_object(viewer)
            )
            return redirect("transfers:notes", imported.uid)
    return render(request, "transfers/new_notes.html", {"form": form}, status=422 if form.errors else 200)


def _object(viewer: Viewer) -> str:
    """Any kind of record that this person may write on: the notes themselves say where they go."""
    for each in registry.known_to(viewer):
        if viewer.may_write(each.key):
            return each.key
    raise Forbidden
