"""What is asked about a webhook: where it sends to, and what of all that happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from daifuku.messages.models import Webhook
from daifuku.messages.webhooks import hearing
from daifuku.records.catalogue import registry
from daifuku.records.conditions import parse_leniently
from daifuku.records.forms import condition_form
from daifuku.staff.viewer import Viewer
from daifuku.staff.views.forms import Quiet

ALL, SOME = "all", "some"
KEEP = "keep_condition"


class WebhookForm(Quiet):
    """Whether all or some is asked apart from which, so that emptying the list does not mean everything."""

    name = forms.CharField(
        label=_lazy("名前"), max_length=60, help_text=_lazy("何とつなぐか。例: 基幹システム"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    address = forms.CharField(
        label=_lazy("送り先のアドレス"), help_text=_lazy("例: https://example.co.jp/hook"),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    extent = forms.ChoiceField(
        label=_lazy("送る出来事"), widget=forms.RadioSelect, initial=ALL, required=False,
        choices=[(ALL, _lazy("記録についてのすべて（これから増えるものも含む）")), (SOME, _lazy("選んだものだけ"))],
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(label=_lazy("出来事"), required=False)
    objects = forms.MultipleChoiceField(
        label=_lazy("記録の種類"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_lazy("選ばなければ、すべての種類です。"),
    )  # fmt: skip
    condition = forms.CharField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *arguments: Any, viewer: Viewer, webhook: Webhook | None = None, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.viewer, self.kept = viewer, webhook.condition if webhook else {}
        self.groups = hearing.groups(viewer)
        self.fields["kinds"].choices = [choice for _label, choices in self.groups for choice in choices]  # type: ignore[attr-defined]
        self.fields["objects"].choices = [(each.key, each.name) for each in registry.every()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("extent") == SOME and not cleaned.get("kinds") and "kinds" not in self.errors:
            self.add_error("kinds", _("送る出来事を1つ以上選んでください。"))
        return cleaned

    def values(self) -> dict[str, Any]:
        """As the verbs take them."""
        sent = self.cleaned_data
        kinds = sent["kinds"] if sent["extent"] == SOME else []
        return {
            "name": sent["name"], "address": sent["address"], "kinds": kinds, "objects": sent["objects"],
            "condition": self.condition_typed,
        }  # fmt: skip

    @property
    def condition_typed(self) -> dict[str, Any]:
        """One that the rows cannot show stays as it is."""
        return self.kept if KEEP in self.data else condition_form.read(self.data)  # type: ignore[arg-type]

    @property
    def narrowing(self) -> dict[str, Any]:
        """The editor of the condition, which needs to know of which kind of record."""
        written = self.condition_typed if self.is_bound else self.kept
        return editor_for(self["objects"].value() or [], written, self.viewer)

    @property
    def ticked(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """The kinds as they stand, in their groups."""
        chosen = set(self["kinds"].value() or [])
        return [
            (label, [(key, words, key in chosen) for key, words in choices]) for label, choices in self.groups
        ]


def editor_for(objects: Sequence[str], written: Any, viewer: Viewer) -> dict[str, Any]:
    known = {each.key: each for each in registry.known_to(viewer)}
    if len(objects) != 1 or objects[0] not in known:
        return {}
    condition = parse_leniently(written, objects[0], viewer)
    return {
        "of_type": known[objects[0]], "editor": condition_form.editor(condition, viewer), "keep": KEEP,
        "sentence": condition.sentence(), "troubles": [each.message for each in condition.problems],
    }  # fmt: skip


def values_of(webhook: Webhook) -> dict[str, Any]:
    """A webhook as the form shows it."""
    return {
        "name": webhook.name, "address": webhook.address, "extent": SOME if webhook.kinds else ALL,
        "kinds": webhook.kinds, "objects": webhook.objects_heard, "version": webhook.version,
    }  # fmt: skip
