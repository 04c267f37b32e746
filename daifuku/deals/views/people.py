"""Who has a say in a deal, and who else wants the order."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.customers.models import Contact
from daifuku.customers.views.verb_page import verb_page
from daifuku.deals.actions import people
from daifuku.deals.models import Deal, DealPerson, Rival
from daifuku.deals.objects.deal import DEAL
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.records.catalogue.types import RecordLink, Refused
from daifuku.records.forms.widgets import RelationInput
from daifuku.records.scope import seen_by_uid
from daifuku.records.views import telling
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.staff.views.forms import Quiet


class PersonForm(Quiet):
    contact = forms.CharField(label=gettext_lazy("担当者"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("役割"), choices=DealPerson.Role.choices)
    influence = forms.ChoiceField(
        label=gettext_lazy("影響力"), choices=DealPerson.Influence.choices, initial="middle"
    )
    stance = forms.ChoiceField(
        label=gettext_lazy("立場"), choices=DealPerson.Stance.choices, initial="unknown"
    )
    note = forms.CharField(label=gettext_lazy("メモ"), required=False)


class RivalForm(Quiet):
    name = forms.CharField(label=gettext_lazy("競合の会社"), required=False)
    standing = forms.ChoiceField(
        label=gettext_lazy("形勢"), choices=Rival.Standing.choices, initial="unknown"
    )
    strengths = forms.CharField(label=gettext_lazy("相手の強み"), required=False)
    weaknesses = forms.CharField(label=gettext_lazy("相手の弱み"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def person_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """With `?contact=uid` the one who is on it already."""
    deal, viewer = _deal(request, uid), viewer_at(request)
    given = _contact(request.GET.get("contact", ""), viewer)
    row = deal.people.filter(contact=given).first() if given else None
    start: dict[str, Any] = {"contact": given or ""}
    if row is not None:
        start |= {name: getattr(row, name) for name in people.OF_PERSON}
    form = PersonForm(request.POST or None, initial=start)
    form.fields["contact"].widget = RelationInput("contact", viewer)

    def act(values: dict[str, Any]) -> DealPerson:
        try:
            chosen = RecordLink("contact").clean(values.pop("contact"), viewer)
        except Refused as error:
            raise Invalid([FieldProblem("contact", error.message, code=error.code)]) from error
        return people.put_person(deal, chosen, values, by=viewer.person)

    return verb_page(
        request, form, act, record=deal, title=_("「%(deal)s」の関係者") % {"deal": deal}, button=_("登録する"),
        done=_("関係者を登録しました。履歴から元に戻せます。"),
        lead=_("だれが決め、だれが影響し、どちらに立っているかを残します。"),
    )  # fmt: skip


@require_POST
def remove_person(request: HttpRequest, uid: uuid.UUID, contact: uuid.UUID) -> HttpResponse:
    deal = _deal(request, uid)
    row = deal.people.filter(contact__uid=contact).select_related("contact").first()
    if row is not None:
        people.remove_person(deal, row.contact, by=viewer_at(request).person)
        telling.done(request, _("関係者から外しました。"), telling.written(deal))
    return redirect(deal)


@require_http_methods(["GET", "HEAD", "POST"])
def rival_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """With `?rival=uid` the one who is on it already."""
    deal = _deal(request, uid)
    row = (
        deal.rivals.filter(uid=request.GET["rival"]).first()
        if _is_uid(request.GET.get("rival", ""))
        else None
    )
    start = {name: getattr(row, name) for name in ("name", *people.OF_RIVAL)} if row else {}
    form, by = RivalForm(request.POST or None, initial=start), viewer_at(request).person
    return verb_page(
        request, form, lambda values: people.put_rival(deal, values.pop("name"), values, by=by), record=deal,
        title=_("「%(deal)s」の競合") % {"deal": deal}, button=_("登録する"),
        done=_("競合を登録しました。履歴から元に戻せます。"),
        lead=_("ほかにどこが提案しているか、強みと弱み、いまの形勢を残します。"),
    )  # fmt: skip


@require_POST
def remove_rival(request: HttpRequest, uid: uuid.UUID, rival: uuid.UUID) -> HttpResponse:
    deal = _deal(request, uid)
    row = deal.rivals.filter(uid=rival).first()
    if row is not None:
        people.remove_rival(deal, row.name, by=viewer_at(request).person)
        telling.done(request, _("競合から外しました。"), telling.written(deal))
    return redirect(deal)


def _deal(request: HttpRequest, uid: uuid.UUID) -> Deal:
    deal: Deal = record_at(request, DEAL.slug, uid, action="edit")[1]
    return deal


def _contact(text: str, viewer: Any) -> Contact | None:
    return seen_by_uid(Contact, uuid.UUID(text), viewer) if _is_uid(text) else None


def _is_uid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
