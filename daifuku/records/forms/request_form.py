"""The forms of a request for a new field: what is asked for, and why it is declined."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue import registry
from daifuku.records.forms.field_form import type_choices
from daifuku.records.forms.widgets import DateInput
from daifuku.records.models import FieldRequest
from daifuku.records.requests.asking import may_ask
from daifuku.records.requests.details import DETAILS
from daifuku.staff.viewer import Viewer
from daifuku.staff.views.forms import Quiet


def _must(sentence: Any) -> dict[str, Any]:
    return {"required": sentence}


class RequestForm(Quiet):
    """`object` is asked once: the others may be worded better while nobody has decided."""

    object = forms.ChoiceField(label=_("どの記録に"))
    label = forms.CharField(
        label=_("項目名"), max_length=60, error_messages=_must(_("項目名を入力してください。")),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    type = forms.ChoiceField(label=_("種類"), error_messages=_must(_("種類を一覧から選んでください。")))
    choices = forms.CharField(
        label=_("選択肢"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("選択の項目のとき、1行に1つずつ。"),
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("何を決めるために使うか"), max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text=_("例: 決算の2か月前に提案の時期を決める。"),
        error_messages=_must(_("何を決めるために使うかを入力してください。")),
    )  # fmt: skip
    decider = forms.CharField(
        label=_("だれが判断に使うか"), max_length=200, help_text=_("例: 営業課長が、月初の会議で。"),
        error_messages=_must(_("だれが判断に使うかを入力してください。")),
    )  # fmt: skip
    enterer = forms.CharField(
        label=_("だれがいつ入力するか"), max_length=200, help_text=_("例: 担当の営業が、初回の訪問のあとに。"),
        error_messages=_must(_("だれがいつ入力するかを入力してください。")),
    )  # fmt: skip
    review_on = forms.CharField(
        label=_("見直し日"), max_length=40, widget=DateInput(),
        help_text=_("この日に、使われているかを確かめ、続けるか、やめるかを決めます。"),
        error_messages=_must(_("見直し日を入力してください。例: 半年後")),
    )  # fmt: skip

    def __init__(
        self, *arguments: Any, viewer: Viewer, row: FieldRequest | None = None, **options: Any
    ) -> None:
        if row is not None:
            options["initial"] = opened(row)
        super().__init__(*arguments, **options)
        if row is not None:
            del self.fields["object"]
        else:
            known = [(each.key, each.name) for each in registry.every() if may_ask(viewer, each.key)]
            self._offer("object", known)
        self._offer("type", [("", "—"), *type_choices()])

    def _offer(self, name: str, choices: list[Any]) -> None:
        choice = self.fields[name]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = choices

    def details(self) -> dict[str, Any]:
        """What the verbs take."""
        return {name: self.cleaned_data[name] for name in DETAILS} | {"choices": self.wanted_choices()}

    def wanted_choices(self) -> list[str]:
        return str(self.cleaned_data.get("choices", "")).splitlines()


def opened(row: FieldRequest) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in DETAILS}
    return values | {"choices": "\n".join(row.choices), "review_on": row.review_on.isoformat()}


class DeclineForm(Quiet):
    reason = forms.CharField(
        label=_("見送る理由"), max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text=_("申請した人に、この文のまま伝わります。"),
        error_messages=_must(_("見送る理由を入力してください。申請した人に伝わります。")),
    )  # fmt: skip
