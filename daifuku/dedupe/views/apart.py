"""The page on which somebody says that two that look alike stay two, and why."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.dedupe.actions import keep_apart, rejoin
from daifuku.dedupe.models import Reason
from daifuku.dedupe.values import WAYS
from daifuku.foundation.errors import Forbidden, NotFound
from daifuku.foundation.reversing import url_of
from daifuku.foundation.way_back import way_back
from daifuku.records.scope import sees
from daifuku.records.views import telling
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.staff.views.forms import Quiet, accepted


class ApartForm(Quiet):
    kind = forms.ChoiceField(
        label=gettext_lazy("なぜ別々にしますか"), choices=Reason.choices, widget=forms.RadioSelect,
        initial=Reason.NOT_SAME,
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("メモ"), required=False,
        help_text=gettext_lazy("例: 大阪は支店長が決裁する"), widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip


def _both(
    request: HttpRequest, slug: str, uid: uuid.UUID, other_slug: str, other: uuid.UUID
) -> tuple[Any, Any]:
    _type, one = record_at(request, slug, uid)
    _other_type, second = record_at(request, other_slug, other)
    if tuple(sorted((one.object_key, second.object_key))) not in WAYS or one == second:
        raise NotFound
    viewer = viewer_at(request)
    if not any(sees(viewer, each, "edit") for each in (one, second)):
        raise Forbidden
    return one, second


@require_http_methods(["GET", "HEAD", "POST"])
def apart_page(
    request: HttpRequest, slug: str, uid: uuid.UUID, other_slug: str, other: uuid.UUID
) -> HttpResponse:
    one, second = _both(request, slug, uid, other_slug, other)
    form, back = ApartForm(request.POST or None), way_back(request) or url_of("dedupe:pairs")

    def act(values: dict[str, str]) -> None:
        keep_apart(one, second, values["kind"], values["note"], by=viewer_at(request).person)

    if request.method == "POST" and accepted(form, act):
        words = {"one": one, "other": second}
        telling.done(
            request, _("「%(one)s」と「%(other)s」を別々の記録としました。") % words, telling.written()
        )
        return redirect(back)
    context = {
        "form": form, "one": one, "other": second, "back": back, "slug": slug, "other_slug": other_slug,
    }  # fmt: skip
    return render(request, "dedupe/apart.html", context, status=422 if form.errors else 200)


@require_POST
def rejoin_page(
    request: HttpRequest, slug: str, uid: uuid.UUID, other_slug: str, other: uuid.UUID
) -> HttpResponse:
    one, second = _both(request, slug, uid, other_slug, other)
    rejoin(one, second, by=viewer_at(request).person)
    telling.done(request, _("印を外しました。次の名寄せから、また候補になります。"), telling.written())
    return redirect(way_back(request) or one.get_absolute_url())
