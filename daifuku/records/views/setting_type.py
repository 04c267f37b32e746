"""Another type for a field: first what would become of its values, then the button."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daifuku.jobs.models import Job
from daifuku.records.actions import retyping
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import KINDS, TYPES
from daifuku.records.forms.field_form import OptionsForm, type_choices
from daifuku.records.models import CustomField
from daifuku.records.rewriting import AT_ONCE
from daifuku.records.views import telling
from daifuku.records.views.setting_fields import field_at
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import told_in


class TypeForm(OptionsForm):
    type = forms.ChoiceField(label=gettext_lazy("新しい種類"))
    field_order = ("type", "longest", "places", "target")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choice = self.fields["type"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "—"), *type_choices()]


@require_http_methods(["GET", "HEAD", "POST"])
def type_page(request: HttpRequest, object: str, key: str) -> HttpResponse:
    """GET with `type` shows what would happen and writes nothing; POST does it."""
    by, row = with_power(request, "settings"), field_at(object, key)
    asked = request.POST if request.method == "POST" else (request.GET if "type" in request.GET else None)
    form = TypeForm(asked)
    needed_by = vocabulary.plan().telling_of(object, key)
    page: dict[str, Any] = {"needed_by": needed_by, "row": row, "form": form, "kind": KINDS[row.type].label}
    if asked is not None and form.is_valid():
        with told_in(form):
            wanted, options = form.cleaned_data["type"], form.options()
            if request.method == "POST":
                event, count = retyping.change_type(row, wanted, options, by=by)
                return _done(request, row, event, count)
            page["preview"] = retyping.preview_type_change(row, wanted, options, by=by)
            page["new_kind"] = TYPES[wanted].label
    return render(request, "records/settings/type.html", page, status=422 if form.errors else 200)


def _done(request: HttpRequest, row: CustomField, event: Any, count: int) -> HttpResponse:
    if count > AT_ONCE:
        job = Job.objects.filter(kind="records.retype", payload={"event": event.pk}).first()
        if job is not None:
            return redirect("jobs:job", job.uid)
    telling.done(request, _("「%(name)s」の種類を変更しました。") % {"name": row.label}, event)
    return redirect("records:setting_field", row.object, row.key)
