"""One duty: until when, when it was entered, how it counts, and what people have decided about it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.duties.actions import decline, excuse, hand_on, plead, snooze
from daifuku.duties.actions.snoozing import day_from, tomorrow
from daifuku.duties.models import Duty, State
from daifuku.duties.showing import Line, lines_of
from daifuku.duties.views.finding import Back, duty_at, framed
from daifuku.duties.views.verb import verb_page
from daifuku.duties.whose import manages
from daifuku.records.views.finding import viewer_at
from daifuku.staff.models import Person
from daifuku.staff.views.forms import Quiet


class SnoozeForm(Quiet):
    until = forms.CharField(
        label=gettext_lazy("いつまで"),
        required=False,
        widget=forms.TextInput({"type": "date", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"), required=False, help_text=gettext_lazy("例: 先方が出張中、来月の入札待ち")
    )


class ReasonForm(Quiet):
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        required=False,
        help_text=gettext_lazy("例: 電波の届かない場所にいた、急病、機器の故障"),
    )


class HandOnForm(Quiet):
    to = forms.ChoiceField(label=gettext_lazy("頼む相手"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("理由"), required=False, help_text=gettext_lazy("例: 先方をよく知っているため")
    )

    def __init__(self, *arguments: Any, without: int, **options: Any) -> None:
        super().__init__(*arguments, **options)
        people = Person.objects.working().exclude(pk=without)
        self.fields["to"].choices = [("", ""), *((str(each.uid), str(each)) for each in people)]  # type: ignore[attr-defined]


@require_safe
def duty_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    duty = duty_at(request, uid)
    line = _line(request, duty)
    context = {"duty": duty, "line": line, "may": _may(request, duty), "days_late": _late_by(duty)}
    return render(request, "duties/duty.html", framed(request, "", context))


def _late_by(duty: Duty) -> int:
    """Minutes after the deadline; 0 for what was in time."""
    if duty.entered is None or duty.entered <= duty.due_at:
        return 0
    return int((duty.entered - duty.due_at).total_seconds() // 60)


def _may(request: HttpRequest, duty: Duty) -> dict[str, bool]:
    viewer = viewer_at(request)
    own, leads = viewer.pk in {duty.owner_id, duty.substitute_id}, manages(viewer, duty.owner_id)
    wrong = duty.state in (State.OPEN, State.LATE) and duty.weight > 0
    return {
        "snooze": (own or leads) and duty.done_at is None, "hand_on": (own or leads) and duty.done_at is None,
        "plead": own and wrong and duty.pleaded_at is None, "excuse": leads and wrong,
        "decline": leads and duty.pleaded_at is not None and wrong,
    }  # fmt: skip


def _line(request: HttpRequest, duty: Duty) -> Line:
    return lines_of([duty], viewer_at(request), timezone.now())[0]


def _back(duty: Duty, request: HttpRequest) -> Back:
    if viewer_at(request).pk == duty.doer_id:
        return Back("duties:mine", _("やり残し"))
    return Back("duties:duty", _("入力の約束"), duty.uid)


@require_http_methods(["GET", "HEAD", "POST"])
def snooze_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    duty = duty_at(request, uid)
    by = viewer_at(request).person
    form = SnoozeForm(request.POST or None, initial={"until": tomorrow().isoformat()})
    lead = (
        _("その日まで一覧に出ません。入力の期限は変わりません。")
        if duty.weight
        else _("その日まで一覧に出ません。")
    )
    return verb_page(
        request, form, lambda values: snooze(duty, day_from(values["until"]), values["reason"], by=by),
        back=_back(duty, request), title=_("先送り: %(name)s") % {"name": _line(request, duty).name},
        button=_("先送りする"), done=_("先送りしました。"), lead=lead,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def hand_on_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    duty = duty_at(request, uid)
    by = viewer_at(request).person
    form = HandOnForm(request.POST or None, without=duty.doer_id)

    def act(values: dict[str, Any]) -> None:
        to = Person.objects.working().filter(uid=values["to"]).first() if values["to"] else None
        hand_on(duty, to, values["reason"], by=by)

    lead = _("頼まれた人の「やり残し」に移ります。入力率は、もとの担当のまま数えます。")
    return verb_page(
        request, form, act, back=_back(duty, request),
        title=_("ほかの人に頼む: %(name)s") % {"name": _line(request, duty).name}, button=_("頼む"),
        done=_("頼みました。相手にお知らせします。"), lead=lead if duty.weight else "",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def plead_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    duty = duty_at(request, uid)
    by = viewer_at(request).person
    return verb_page(
        request, ReasonForm(request.POST or None), lambda values: plead(duty, values["reason"], by=by),
        back=_back(duty, request), title=_("理由を申し出る: %(name)s") % {"name": _line(request, duty).name},
        button=_("申し出る"), done=_("申し出ました。上司が確認します。"),
        lead=_("上司が認めると、入力率に数えられなくなります。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def excuse_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    duty = duty_at(request, uid)
    by = viewer_at(request).person
    form = ReasonForm(request.POST or None, initial={"reason": duty.plea})
    return verb_page(
        request, form, lambda values: excuse(duty, values["reason"], by=by), back=_decided(duty),
        title=_("免除: %(name)s") % {"name": _line(request, duty).name}, button=_("免除する"), done=_("免除しました。"),
        lead=_("入力率に数えなくなります。理由は本人にも見えます。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def decline_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    duty = duty_at(request, uid)
    by = viewer_at(request).person
    return verb_page(
        request, ReasonForm(request.POST or None), lambda values: decline(duty, values["reason"], by=by),
        back=_decided(duty), title=_("認めない: %(name)s") % {"name": _line(request, duty).name},
        button=_("認めない"), done=_("申し出を認めませんでした。本人に理由が伝わります。"),
        lead=_("申し出: %(plea)s") % {"plea": duty.plea},
    )  # fmt: skip


def _decided(duty: Duty) -> Back:
    return (
        Back("duties:pleas", _("申し出"))
        if duty.pleaded_at
        else Back("duties:duty", _("入力の約束"), duty.uid)
    )
