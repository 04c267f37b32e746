"""Before a person is erased the page says what will go; it is the one thing here that cannot be undone."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.foundation.errors import NotFound
from daifuku.records.actions import commenting, filing
from daifuku.records.actions.erasing import erase, say_before
from daifuku.records.views.finding import record_at, viewer_at


@require_http_methods(["GET", "HEAD", "POST"])
def erase_page(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    viewer = viewer_at(request)
    if not viewer.has_power("erase"):
        raise NotFound
    object_type, record = record_at(request, slug, uid, trashed=True)
    if not object_type.about_person:
        raise NotFound
    page = {"object_type": object_type, "record": record}
    if request.method == "POST":
        if request.POST.get("sure"):
            erase(record, by=viewer.person)
            messages.success(request, _("個人情報を消去しました。"))
            return redirect("records:list", object_type.slug)
        page["problem"] = _("消去する前に、内容を確認した印をつけてください。")
    page |= {"comments": commenting.comments_on(record).count(), "files": filing.files_of(record).count()}
    page["sentences"] = [words for say in say_before if (words := say(record))]
    return render(request, "records/erase.html", page, status=422 if "problem" in page else 200)
