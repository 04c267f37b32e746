"""The firm's tags: names, colours, how often they are used; two made one, one retired."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.foundation.errors import DomainError
from daifuku.records.actions import tagging
from daifuku.records.models import Tag
from daifuku.records.models.choice import COLOURS
from daifuku.records.views import telling
from daifuku.staff.models import Person
from daifuku.staff.views.finding import one_of, with_power


@require_http_methods(["GET", "HEAD", "POST"])
def tags_page(request: HttpRequest) -> HttpResponse:
    by = with_power(request, "settings")
    if request.method == "POST":
        try:
            telling.done(request, _do(request, by), telling.written())
        except DomainError as error:
            if not error.mendable:
                raise
            messages.error(request, error.message)
        return redirect("records:setting_tags")
    tags = Tag.objects.annotate(uses=Count("taggings"))
    page = {
        "tags": [tag for tag in tags if tag.retired_at is None], "colours": COLOURS,
        "retired": [tag for tag in tags if tag.retired_at is not None],
    }  # fmt: skip
    return render(request, "records/settings/tags.html", page)


def _do(request: HttpRequest, by: Person) -> str:
    what = request.POST.get("do", "")
    if what == "add":
        tag = tagging.tag_named(
            request.POST.get("name", ""), by=by, colour=request.POST.get("colour", "grey")
        )
        return _("タグ「%(tag)s」を追加しました。") % {"tag": tag.name}
    tag = one_of(Tag.objects, request.POST.get("tag", ""))
    if what == "retire":
        tagging.retire_tag(tag, by=by)
        return _("タグ「%(tag)s」を使わなくしました。") % {"tag": tag.name}
    if what == "bring_back":
        tagging.bring_back_tag(tag, by=by)
        return _("タグ「%(tag)s」を戻しました。") % {"tag": tag.name}
    if what == "merge":
        into = one_of(Tag.objects.filter(retired_at__isnull=True), request.POST.get("into", ""))
        tagging.merge_tags(tag, into, by=by)
        return _("タグ「%(tag)s」を「%(into)s」に統合しました。") % {"tag": tag.name, "into": into.name}
    tagging.edit_tag(tag, by=by, name=request.POST.get("name", ""), colour=request.POST.get("colour", ""))
    return _("タグを保存しました。")
