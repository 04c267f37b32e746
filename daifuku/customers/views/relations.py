"""Relations between accounts."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.customers.actions import relate, unrelate
from daifuku.customers.models import Relation
from daifuku.customers.views.verb_page import verb_page
from daifuku.foundation.errors import NotFound
from daifuku.records.forms.widgets import RelationInput
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.staff.views.forms import Quiet

# What the other account is to this one; the second word says who is the source.
DIRECTIONS = [
    ("supplier.in", gettext_lazy("仕入先（この取引先に納めている会社）")),
    ("supplier.out", gettext_lazy("納入先（この取引先が納めている会社）")),
    ("group.out", gettext_lazy("グループ会社")),
    ("introduced.in", gettext_lazy("紹介元（この取引先を紹介してくれた会社）")),
    ("introduced.out", gettext_lazy("紹介した先")),
    ("partner.out", gettext_lazy("協力会社")),
    ("billing.in", gettext_lazy("請求先（この取引先の代わりに請求する会社）")),
]


class RelationForm(Quiet):
    target = forms.CharField(
        label=gettext_lazy("相手の取引先"), required=False, widget=RelationInput("account")
    )
    kind = forms.ChoiceField(label=gettext_lazy("相手はこの取引先の"), choices=DIRECTIONS)
    note = forms.CharField(label=gettext_lazy("メモ"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    _object_type, account = record_at(request, "accounts", uid, action="edit")
    by = viewer_at(request).person

    def act(values: dict[str, str]) -> None:
        kind, direction = values["kind"].split(".")
        relate(account, values["target"], kind, by=by, note=values["note"], incoming=direction == "in")

    return verb_page(
        request, RelationForm(request.POST or None), act,
        record=account, title=_("%(name)sの関係先を追加") % {"name": account}, button=_("関係先を追加"),
        done=_("関係先を追加しました。履歴から元に戻せます。"),
    )  # fmt: skip


@require_POST
def remove(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    _object_type, account = record_at(request, "accounts", uid)
    relation = Relation.objects.filter(pk=pk).first()
    if relation is None or account.pk not in {relation.source_id, relation.target_id}:
        raise NotFound
    unrelate(relation, by=viewer_at(request).person)
    messages.success(request, _("関係先を外しました。履歴から元に戻せます。"))
    return redirect(account.get_absolute_url())
