"""What is asked about a webhook: where it sends to, and what of all that happens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from daifuku.messages.models import Webhook
from daifuku.messages.webhooks import hearing
from daifuku.records.catalogue import registry
from daifuku.staff.viewer import Viewer
from daifuku.staff.views.forms import Quiet

ALL, SOME = "all", "some"


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
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*arguments, **options)
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
        return {"name": sent["name"], "address": sent["address"], "kinds": kinds, "objects": sent["objects"]}

    @property
    def ticked(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """The kinds as they stand, in their groups."""
        chosen = set(self["kinds"].value() or [])
        return [
            (label, [(key, words, key in chosen) for key, words in choices]) for label, choices in self.groups
        ]


def values_of(webhook: Webhook) -> dict[str, Any]:
    """A webhook as the form shows it."""
    return {
        "name": webhook.name, "address": webhook.address, "extent": SOME if webhook.kinds else ALL,
        "kinds": webhook.kinds, "objects": webhook.objects_heard, "version": webhook.version,
    }  # fmt: skip
