"""Requests for new fields: all of them, one asked for with what is like it, and what becomes of each."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.foundation.errors import NotFound
from daifuku.records.catalogue import registry
from daifuku.records.forms.request_form import DeclineForm, RequestForm
from daifuku.records.models import FieldRequest
from daifuku.records.once import SentBefore, new_word, once
from daifuku.records.requests import asking, similar
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer
from daifuku.staff.views.forms import told_in

SHOWN = 200
State = FieldRequest.State


class Unseen(Exception):
    """There is something like it that this person was not shown yet."""


@require_safe
def requests_page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_at(request)
    known = asking.visible_to(viewer)
    counted = dict(known.order_by().values_list("state").annotate(n=Count("pk")))
    state = request.GET.get("state", "")
    state = state if state in State.values else str(State.OPEN)
    rows = known.filter(state=state).annotate(supporters=Count("supports")).order_by("-pk")[:SHOWN]
    page = {
        "rows": [(row, registry.get(row.object), similar.type_name(row.type)) for row in rows],
        "states": [(each, counted.get(each.value, 0)) for each in State], "state": State(state),
        "most": SHOWN if len(rows) == SHOWN else 0, "may_ask": bool(_askable(viewer)),
    }  # fmt: skip
    return render(request, "records/requests/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def new_request(request: HttpRequest) -> HttpResponse:
    """What is like it and was not shown yet is shown first; sent again, it is a request."""
    viewer = viewer_at(request)
    askable = _askable(viewer)
    if not askable:
        raise NotFound
    wanted = request.GET.get("object", "")
    initial = {"object": wanted if wanted in askable else askable[0]}
    form = RequestForm(request.POST or None, viewer=viewer, initial=initial)
    found, status, word = _alike(viewer, form) if form.is_bound else [], 200, request.POST.get("once", "")
    if form.is_bound and form.is_valid():
        with told_in(form):
            try:
                return _asked(request, form, viewer)
            except SentBefore as before:
                form.add_error(None, before.message)
                status, word = 409, ""
            except Unseen:
                pass
    if form.errors and status == 200:
        status = 422
    page = {"form": form, "found": found, "viewer": viewer, "once": word or new_word()}
    return render(request, "records/requests/form.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_request(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """For whoever asked, while nobody has decided."""
    viewer, row = viewer_at(request), request_at(request, uid)
    asking.need_own(row, viewer.person)
    form = RequestForm(request.POST or None, viewer=viewer, row=row)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            asking.change_request(row, form.details(), by=viewer.person)
            telling.done(request, _("申請を保存しました。"), telling.written())
            return redirect("records:field_request", uid)
    page = {"form": form, "row": row, "object_type": registry.get(row.object), "viewer": viewer}
    return render(request, "records/requests/form.html", page, status=422 if form.errors else 200)


@require_safe
def similar_fields(request: HttpRequest) -> HttpResponse:
    """While a name or choices are typed: what is there already."""
    viewer = viewer_at(request)
    known = [each.key for each in registry.every()] if viewer.has_power("settings") else _askable(viewer)
    object_key = request.GET.get("object") or next(iter(known), "")
    if object_key not in known:
        raise NotFound
    label, choices = request.GET.get("label", "")[:200], request.GET.get("choices", "")[:10_000]
    found = similar.similar_to(viewer, object_key, label, choices.splitlines())
    return render(request, "records/requests/similar.html", {"found": found})


@require_safe
def request_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    return shown(request, request_at(request, uid), DeclineForm())


def shown(request: HttpRequest, row: FieldRequest, decline: DeclineForm, status: int = 200) -> HttpResponse:
    """The page of a request, with what this person may do with it."""
    viewer = viewer_at(request)
    supports = list(row.supports.select_related("person"))
    mine = row.asked_by_id == viewer.pk
    undecided = row.state in {State.OPEN, State.APPROVED}
    page = {
        "row": row, "object_type": registry.get(row.object), "kind": similar.type_name(row.type), "mine": mine,
        "supporters": [each.person for each in supports],
        "supports": any(each.person_id == viewer.pk for each in supports),
        "may_support": undecided and not mine and asking.may_ask(viewer, row.object),
        "may_decide": viewer.has_power("settings"), "undecided": undecided, "decline": decline,
        "found": similar.similar_to(viewer, row.object, row.label, row.choices, but=row) if undecided else [],
    }  # fmt: skip
    return render(request, "records/requests/one.html", page, status=status)


def request_at(request: HttpRequest, uid: uuid.UUID) -> FieldRequest:
    row = asking.visible_to(viewer_at(request)).filter(uid=uid).first()
    if row is None:
        raise NotFound
    return row


def _askable(viewer: Viewer) -> list[str]:
    return [each.key for each in registry.every() if asking.may_ask(viewer, each.key)]


def _alike(viewer: Viewer, form: RequestForm) -> list[similar.Similar]:
    form.is_valid()
    values = form.cleaned_data
    if "object" not in values:
        return []
    return similar.similar_to(viewer, values["object"], values.get("label", ""), form.wanted_choices())


def _asked(request: HttpRequest, form: RequestForm, viewer: Viewer) -> HttpResponse:
    """The same form sent twice is one request."""

    def act() -> dict[str, Any]:
        if {each.word for each in _alike(viewer, form)} - set(request.POST.get("seen", "").split()):
            raise Unseen
        row = asking.ask_for_field(form.cleaned_data["object"], by=viewer.person, **form.details())
        return {"uid": str(row.uid)}

    outcome, _now = once(request.POST, act, by=viewer.person)
    telling.done(
        request,
        _("申請しました。項目を管理する人に知らせます。結果はお知らせで届きます。"),
        telling.written(),
    )
    return redirect("records:field_request", outcome["uid"])
