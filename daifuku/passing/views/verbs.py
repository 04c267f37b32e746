"""Passing one lead on, taking it, giving it back."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.foundation.errors import Conflict, Forbidden, NotFound
from daifuku.foundation.whole import whole
from daifuku.passing.actions import accept, give_back, pass_on
from daifuku.passing.models import Reason, Target, setup
from daifuku.passing.views.finding import handing_at
from daifuku.passing.who import may_answer
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.scope import sees
from daifuku.records.views import telling
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.staff.models import Person, Team
from daifuku.staff.views.forms import Quiet, accepted

TEAM = "team-"


class PassForm(Quiet):
    to = forms.ChoiceField(label=gettext_lazy("だれに"), required=False)
    note = forms.CharField(
        label=gettext_lazy("申し送り"), required=False, max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("お客様の関心や、次にしてほしいこと。引き受ける人が読みます。"),
    )  # fmt: skip

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        rules = setup()
        usual = (
            _("%(team)sの順番待ち") % {"team": rules.team}
            if rules.target == Target.TEAM
            else _("振り分けのルールで決める")
        )
        people = [(str(each.uid), str(each)) for each in Person.objects.working()]
        teams = [
            (f"{TEAM}{each.pk}", _("%(team)sの順番待ち") % {"team": each}) for each in Team.objects.all()
        ]
        groups = [("", usual), (_("人"), people), (_("チーム"), teams)]
        self.fields["to"].choices = groups  # type: ignore[attr-defined]


class ReturnForm(Quiet):
    reason = forms.ChoiceField(
        label=gettext_lazy("戻す理由"),
        choices=[("", gettext_lazy("選んでください")), *Reason.choices],
        required=False,
    )
    answer = forms.CharField(
        label=gettext_lazy("理由の詳細"), required=False, max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("引き渡した人が読みます。「その他」のときは入力してください。"),
    )  # fmt: skip
    ask_again_on = forms.CharField(
        label=gettext_lazy("いつまた声をかけるか"), required=False, widget=forms.DateInput({"type": "date"}),
        help_text=gettext_lazy("この日になると「放置」と「今日」に出ます"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def pass_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """To whom, and with which words."""
    _object_type, lead = record_at(request, "leads", uid)
    viewer = viewer_at(request)
    if not sees(viewer, lead, "edit"):
        raise Forbidden
    form = PassForm(request.POST if request.method == "POST" else None)

    def act(values: dict[str, Any]) -> object:
        return pass_on(lead, _receiver(values["to"]), values["note"], by=viewer.person)

    if request.method == "POST" and accepted(form, act):
        telling.done(request, _("「%(name)s」を引き渡しました。") % {"name": lead}, telling.written(lead))
        lead.refresh_from_db()
        return redirect(lead.get_absolute_url() if sees(viewer, lead, "view") else "passing:list")
    context = {
        "form": form, "record": lead, "title": _("営業に引き渡す"), "button": _("引き渡す"),
        "lead": _("営業が引き受けるか、理由とともに戻すと、お知らせが届きます。"),
    }  # fmt: skip
    return render(request, "customers/verb.html", context, status=422 if form.errors else 200)


def _receiver(raw: str) -> Person | Team | None:
    if not raw:
        return None
    if raw.startswith(TEAM):
        found: Person | Team | None = Team.objects.filter(pk=whole(raw.removeprefix(TEAM)) or 0).first()
    else:
        found = Person.objects.working().filter(uid=as_uid(raw)).first()
    if found is None:
        raise NotFound
    return found


@require_POST
def accept_one(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    handing = handing_at(request, uid)
    lead = handing.lead
    try:
        accept(handing, by=viewer_at(request).person)
        telling.done(request, _("「%(name)s」を引き受けました。") % {"name": lead}, telling.written(lead))
    except Conflict as error:
        telling.done(request, str(error.message), None)
    return redirect(lead.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def return_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """With the reason, and a day to ask the customer again if there is one."""
    handing, viewer = handing_at(request, uid), viewer_at(request)
    if handing.is_waiting and not may_answer(viewer, handing):
        raise Forbidden
    lead, form = handing.lead, ReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and accepted(
        form, lambda values: give_back(handing, values, by=viewer.person)
    ):
        telling.done(request, _("「%(name)s」を戻しました。") % {"name": lead}, telling.written(lead))
        lead.refresh_from_db()
        return redirect(lead.get_absolute_url() if sees(viewer, lead, "view") else "passing:list")
    context = {
        "form": form, "record": lead, "title": _("引き渡しを戻す"), "button": _("戻す"),
        "lead": _("理由は、引き渡した人に届き、集計に使われます。"),
    }  # fmt: skip
    return render(request, "customers/verb.html", context, status=422 if form.errors else 200)
