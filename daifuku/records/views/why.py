"""「見える理由」: why somebody can or cannot see this record, step by step."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.explaining import asked_about, explain_all, hidden_and_locked, may_ask_about_others
from daifuku.records.scope import sees
from daifuku.records.showing import hidden_name
from daifuku.records.views.finding import viewer_at
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SHOWN = 10


class WhyForm(forms.Form):
    """`person` and `record` are uids; `record` may also be the address of its page or a part of its name."""

    person = forms.ModelChoiceField(
        label=_("人"), queryset=Person.objects.all(), to_field_name="uid", empty_label=_("選んでください")
    )
    object = forms.ChoiceField(label=_("記録の種類"))
    record = forms.CharField(
        label=_("記録"), max_length=300, help_text=_("名前の一部か、記録のページのアドレスを入力します。")
    )

    def __init__(self, viewer: Viewer, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"label_suffix": "", **options})
        kinds = [(kind.key, vocabulary.name_of(kind.key) or kind.name) for kind in registry.every()]
        choice, person = self.fields["object"], self.fields["person"]
        assert isinstance(choice, forms.ChoiceField)
        assert isinstance(person, forms.ModelChoiceField)
        choice.choices = kinds
        if not may_ask_about_others(viewer):
            person.queryset = Person.objects.filter(pk=viewer.pk)
            person.empty_label = None


@require_safe
def why(request: HttpRequest) -> HttpResponse:
    """`?person=&object=&record=`; without the power for it one asks about oneself, and of what one sees."""
    viewer = viewer_at(request)
    sent = request.GET.copy()
    if sent and not sent.get("person"):
        sent["person"] = str(viewer.person.uid)
    form = WhyForm(
        viewer, sent if {"object", "record"} <= sent.keys() else None, initial={"person": viewer.person.uid}
    )
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        context |= _answer(viewer, form.cleaned_data)
    return render(request, "records/why.html", context)


def _answer(viewer: Viewer, asked: dict[str, Any]) -> dict[str, Any]:
    object_type = registry.get(asked["object"])
    named = UID.search(asked["record"].lower())
    if named is None:
        return {"found": _named_like(viewer, object_type, asked["record"])}
    uid, any_record = uuid.UUID(named.group()), may_ask_about_others(viewer)
    record = asked_about(viewer, object_type, uid, any_record=any_record)
    subject = Viewer(asked["person"])
    hidden, locked = hidden_and_locked(subject, object_type.key)
    seen = sees(viewer, record, "view")
    return {
        "subject": subject.person,
        "record": record,
        "name": str(record) if seen else hidden_name(object_type.key),
        "address": record.get_absolute_url() if seen and record.trashed_at is None else "",
        "trashed": record.trashed_at is not None,
        "explanations": explain_all(subject, record),
        "hidden": hidden,
        "locked": locked,
    }


def _named_like(viewer: Viewer, object_type: ObjectType, text: str) -> list[Any]:
    rows = object_type.model.objects.visible_to(viewer)
    return list(rows.filter(**{f"{object_type.lookup}__icontains": text.strip()}).order_by("pk")[:SHOWN])
