"""One person: particulars, roles, teams, absence, devices, leaving. Each part is a form of its own on one page."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.staff import actions, panels, second_factor
from daifuku.staff.absence import is_absent, standing_in_for
from daifuku.staff.devices import devices_of
from daifuku.staff.history import lines_about
from daifuku.staff.models import Person, Team
from daifuku.staff.views.finding import one_of, person_at, with_power
from daifuku.staff.views.forms import told_in
from daifuku.staff.views.person_forms import (
    AbsenceForm,
    LeaveForm,
    MembershipForm,
    ParticularsForm,
    RolesForm,
)


@require_safe
def person(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    with_power(request)
    return _page(request, person_at(uid))


@require_POST
def edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    by, person = with_power(request), person_at(uid)
    form = ParticularsForm(request.POST, person=person)
    return _answer(
        request, person, "particulars", form,
        lambda: actions.edit_person(person, form.cleaned_data, by=by), _("保存しました。"),
    )  # fmt: skip


@require_POST
def roles(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    by, person = with_power(request), person_at(uid)
    form = RolesForm(request.POST)
    return _answer(
        request, person, "roles", form,
        lambda: actions.set_roles(person, form.cleaned_data["roles"], by=by),
        _("役割を変更しました。次の操作から有効です。"),
    )  # fmt: skip


@require_POST
def join_team(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    by, person = with_power(request), person_at(uid)
    form = MembershipForm(request.POST)
    return _answer(
        request, person, "membership", form,
        lambda: actions.put_into_team(
            form.cleaned_data["team"], person, leads=form.cleaned_data["leads"], by=by
        ),
        _("チームに加えました。"),
    )  # fmt: skip


@require_POST
def leave_team(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    by, person = with_power(request), person_at(uid)
    actions.take_out_of_team(one_of(Team.objects, pk), person, by=by)
    return _back(request, person, _("チームから外しました。"))


@require_POST
def absence(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    by, person = with_power(request), person_at(uid)
    form = AbsenceForm(request.POST, person=person)
    return _answer(
        request, person, "absence", form,
        lambda: actions.set_absence(person, **form.cleaned_data, by=by), _("不在の予定を保存しました。"),
    )  # fmt: skip


@require_POST
def leave(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    by, person = with_power(request), person_at(uid)
    form = LeaveForm(request.POST, person=person)
    return _answer(
        request, person, "leave", form,
        lambda: actions.leave(person, **form.cleaned_data, by=by),
        _("退職にしました。すべての端末からログアウトされました。"),
    )  # fmt: skip


@require_POST
def come_back(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    by, person = with_power(request), person_at(uid)
    actions.come_back(person, by=by)
    return _back(request, person, _("復帰しました。以前の役割とチームでログインできます。"))


@require_POST
def sign_out(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    by, person = with_power(request), person_at(uid)
    actions.sign_out_everywhere(person, but=request.session.session_key if by == person else None, by=by)
    return _back(request, person, _("ログアウトさせました。"))


@require_POST
def reset_second_factor(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    by, person = with_power(request), person_at(uid)
    actions.reset_second_factor(person, by=by)
    return _back(
        request, person, _("二段階認証を解除しました。次のログインのあと、設定し直してもらってください。")
    )


@require_POST
def password_link(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The link is shown on the page that answers, and nowhere again."""
    by, person = with_power(request), person_at(uid)
    return _page(request, person, password_link=actions.give_password_link(person, by=by))


def _answer(
    request: HttpRequest, person: Person, name: str, form: forms.Form, deed: Any, sentence: str
) -> HttpResponse:
    if form.is_valid():
        with told_in(form):
            deed()
            return _back(request, person, sentence)
    return _page(request, person_at(person.uid), status=422, **{name: form})


def _back(request: HttpRequest, person: Person, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("staff:person", person.uid)


def _page(request: HttpRequest, person: Person, *, status: int = 200, **shown: Any) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    today = timezone.localdate()
    context = {
        "person": person,
        "particulars": ParticularsForm(person=person),
        "roles": RolesForm(initial={"roles": person.roles.all()}),
        "memberships": person.memberships.select_related("team").order_by("team__name"),
        "membership": MembershipForm(),
        "absence": AbsenceForm(person=person),
        "absent": person.is_active and is_absent(person, today),
        "standing_in": standing_in_for(person, today),
        "devices": devices_of(person, request.session.session_key),
        "second_factor": second_factor.is_set_up(person),
        "leave": LeaveForm(person=person, initial={"on": today}),
        "history": lines_about("person", person.pk, viewer, str(person)),
        "panels": panels.shown(person, viewer),
        "myself": person.pk == viewer.pk,
    }
    return render(request, "staff/person.html", context | shown, status=status)
