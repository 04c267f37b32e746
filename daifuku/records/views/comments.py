"""Comments beside a record: write, change, take away."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.foundation.errors import DomainError, Forbidden, NotFound
from daifuku.foundation.japanese import clean_kana
from daifuku.foundation.whole import whole
from daifuku.records import panels
from daifuku.records.actions import commenting
from daifuku.records.models import Comment
from daifuku.records.talk import Quote, quote_of
from daifuku.records.views.answering import is_fragment, panel_again, refused_again
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.records.views.telling import written
from daifuku.staff.models import Person, Team

PANEL = "records/panels/comments.html"
OFFERED = 8


@require_http_methods(["GET", "HEAD", "POST"])
def write_comment(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """GET with `?quotes=UID` shows what is answered, above the form in its place or on a page of its own."""
    object_type, record = record_at(request, slug, uid)
    quoted = _quoted(record, request.GET.get("quotes", ""))
    page: dict[str, Any] = {"object_type": object_type, "record": record}
    if request.method != "POST":
        return _reply(request, page | {"panel": {"may_comment": True, "quoted": quoted}})
    viewer, text = viewer_at(request), request.POST.get("text", "")
    quotes = uid_in(request.POST.get("quotes", ""))
    try:
        commenting.write_comment(record, text, by=viewer.person, quotes=quotes)
    except DomainError as error:
        again = {"typed": text, "quoted": _quoted(record, str(quotes or ""))}
        if quotes and not is_fragment(request) and error.status == 422:
            panel = {"may_comment": True, "problem": error.message} | again
            return _reply(request, page | {"panel": panel}, status=422)
        return refused_again(
            request, object_type, record, PANEL, panels.comments(record, viewer) | again, error
        )
    return _again(request, object_type, record, _("コメントしました。"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_comment(request: HttpRequest, slug: str, uid: uuid.UUID, comment: uuid.UUID) -> HttpResponse:
    """GET shows the form in the comment's place, or as a page of its own."""
    object_type, record = record_at(request, slug, uid)
    viewer, row = viewer_at(request), comment_on(record, comment)
    if row.author_id != viewer.pk:
        raise Forbidden(_("ほかの人のコメントは変更できません。"))
    page: dict[str, Any] = {"object_type": object_type, "record": record, "comment": row, "typed": row.text}
    if request.method == "POST":
        version = request.POST.get("version", "")
        page["typed"] = request.POST.get("text", "")
        try:
            commenting.edit_comment(row, page["typed"], by=viewer.person, version=whole(version))
        except DomainError as error:
            if error.status not in {412, 422}:
                raise
            return render(request, _edit_template(request), page | {"problem": error.message}, status=422)
        return _again(request, object_type, record, _("コメントを変更しました。"))
    return render(request, _edit_template(request), page)


@require_POST
def remove_comment(request: HttpRequest, slug: str, uid: uuid.UUID, comment: uuid.UUID) -> HttpResponse:
    object_type, record = record_at(request, slug, uid)
    commenting.remove_comment(comment_on(record, comment), by=viewer_at(request).person)
    return _again(request, object_type, record, _("コメントを削除しました。"))


@require_safe
def mentionable(request: HttpRequest) -> HttpResponse:
    """The colleagues whose name or reading begins so, and the teams, to be picked after an @."""
    typed = request.GET.get("q", "").strip()[:40]
    kana = clean_kana(typed) if typed else ""
    wanted = Q(family_name__startswith=typed) | Q(given_name__startswith=typed)
    wanted |= Q(family_kana__startswith=kana) | Q(given_kana__startswith=kana)
    people = Person.objects.working().filter(wanted)[:OFFERED] if typed else []
    teams = Team.objects.filter(name__startswith=typed)[:OFFERED] if typed else []
    return render(request, "records/parts/mentionable.html", {"people": people, "teams": teams})


def _again(request: HttpRequest, object_type: Any, record: Any, sentence: str) -> HttpResponse:
    viewer = viewer_at(request)
    event = written(record)
    return panel_again(request, object_type, record, PANEL, panels.comments(record, viewer), sentence, event)


def uid_in(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _quoted(record: Any, text: str) -> Quote | None:
    """What is to be answered, as the form shows it; a comment that is not there (any more) is none."""
    uid = uid_in(text)
    found = commenting.comments_on(record).filter(uid=uid).first() if uid else None
    return quote_of(found) if found else None


def _reply(request: HttpRequest, page: dict[str, Any], status: int = 200) -> HttpResponse:
    template = "parts/quoted.html" if is_fragment(request) else "reply.html"
    return render(request, f"records/{template}", page, status=status)


def _edit_template(request: HttpRequest) -> str:
    return (
        "records/parts/edit_comment.html"
        if request.headers.get("HX-Request")
        else "records/edit_comment.html"
    )


def comment_on(record: Any, uid: uuid.UUID) -> Comment:
    found: Comment | None = commenting.comments_on(record).filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found
