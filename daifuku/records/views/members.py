"""Members of a record, and taking one that waits in a queue."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.foundation.errors import Conflict, DomainError, NotFound
from daifuku.records import member_panel
from daifuku.records.actions import members, taking
from daifuku.records.actions.members import let_members_edit
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.models import HasMembers, MemberRule
from daifuku.records.views import telling
from daifuku.records.views.answering import is_fragment, panel_again, refused_again
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.staff.models import Person
from daifuku.staff.views.finding import with_power

PANEL = "records/panels/members.html"


@require_http_methods(["GET", "HEAD", "POST"])
def put_member(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """GET shows the form, in the panel or as a page of its own."""
    object_type, record = _with_members(request, slug, uid, action="edit")
    viewer = viewer_at(request)
    panel = member_panel.members(record, viewer)
    if request.method != "POST":
        page = {"object_type": object_type, "record": record, "people": member_panel.offered_people(record)}
        page |= {"roles": panel["roles"] if panel else []}
        template = "records/parts/member_form.html" if is_fragment(request) else "records/member.html"
        return render(request, template, page)
    try:
        person = _person(request.POST.get("person", ""))
        record = members.put_member(record, person, request.POST.get("role", ""), by=viewer.person)
    except DomainError as error:
        return refused_again(request, object_type, record, PANEL, panel or {}, error)
    sentence = _("%(name)sさんをメンバーにしました。") % {"name": person}
    return _again(request, object_type, record, sentence)


@require_POST
def remove_member(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    object_type, record = _with_members(request, slug, uid, action="edit")
    person = _person(request.POST.get("person", ""))
    record = members.remove_member(record, person, by=viewer_at(request).person)
    return _again(
        request, object_type, record, _("%(name)sさんをメンバーから外しました。") % {"name": person}
    )


@require_POST
def take(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """One tap; whoever comes second reads who was quicker."""
    _object_type, record = _with_members(request, slug, uid)
    try:
        record = taking.take(record, by=viewer_at(request).person)
    except Conflict as error:
        messages.error(request, error.message)
        return redirect(record.get_absolute_url())
    sentence = _("引き受けました。最初の連絡を取り、取引を記録しましょう。")
    telling.done(request, sentence, telling.written(record))
    return redirect(record.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def member_rule(request: HttpRequest) -> HttpResponse:
    """Whether members change records or only read them."""
    by = with_power(request, "settings")
    if request.method == "POST":
        let_members_edit(bool(request.POST.get("may_edit")), by=by)
        telling.done(request, _("メンバーの権限を保存しました。"), telling.written())
        return redirect(request.path)
    return render(request, "records/member_rule.html", {"may_edit": MemberRule.members_may_edit()})


def _with_members(
    request: HttpRequest, slug: str, uid: uuid.UUID, *, action: str = "view"
) -> tuple[Any, Any]:
    object_type, record = record_at(request, slug, uid, action=action)
    if not isinstance(record, HasMembers):
        raise NotFound
    return object_type, record


def _person(word: str) -> Person:
    if not word:
        raise Conflict(_("メンバーにする社員を選んでください。"), code="required", field="person")
    uid = as_uid(word)
    found = Person.objects.filter(uid=uid).first() if uid else None
    if found is None:
        raise NotFound
    return found  # type: ignore[no-any-return]


def _again(request: HttpRequest, object_type: Any, record: Any, sentence: str) -> HttpResponse:
    context = member_panel.members(record, viewer_at(request))
    return panel_again(request, object_type, record, PANEL, context or {}, sentence, telling.written(record))
