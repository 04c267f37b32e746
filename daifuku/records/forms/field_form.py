"""The form of a field of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.records import indexing
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import TYPES
from daifuku.records.models import CustomField, FieldRequest
from daifuku.staff.models import Role
from daifuku.staff.views.forms import Quiet

DETAILS = ("label", "label_en", "help", "section", "required", "hidden_from_roles")


def type_choices() -> list[tuple[str, Any]]:
    return [(key, kind.label) for key, kind in TYPES.items()]


def object_choices() -> list[tuple[str, str]]:
    return [(each.key, each.name) for each in registry.every()]


class OptionsForm(Quiet):
    """What only some types know; what a type does not know is passed over."""

    longest = forms.IntegerField(
        label=_("最大文字数"), required=False, min_value=1, max_value=255, help_text=_("文字（1行）のとき。")
    )
    places = forms.IntegerField(
        label=_("小数点以下の桁数"), required=False, min_value=0, max_value=6,
        help_text=_("小数・パーセントのとき。"),
    )  # fmt: skip
    target = forms.ChoiceField(label=_("リンク先"), required=False, help_text=_("他の記録へのリンクのとき。"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choice = self.fields["target"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "—"), *object_choices()]

    def options(self) -> dict[str, Any]:
        names = ("longest", "places", "target")
        return {
            name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name) not in (None, "")
        }


class FieldForm(OptionsForm):
    """`type` is asked only once: changing it has a page of its own, which shows first what would be lost."""

    label = forms.CharField(label=_("項目名"), max_length=60)
    label_en = forms.CharField(label=_("項目名（英語）"), max_length=60, required=False)
    type = forms.ChoiceField(label=_("種類"))
    help = forms.CharField(
        label=_("説明"), max_length=200, required=False, help_text=_("入力欄の下に表示します。")
    )
    section = forms.CharField(
        label=pgettext_lazy("form", "区分"), max_length=40, required=False,
        help_text=_("空欄なら「追加項目」に入ります。新しい名前を書くと区分が増えます。"),
        widget=forms.TextInput({"list": "sections", "autocomplete": "off"}),
    )  # fmt: skip
    required = forms.BooleanField(
        label=_("必須にする"),
        required=False,
        help_text=_("いまの空欄は、次に変更するときに入力を求めます。"),
    )
    default = forms.CharField(label=_("初期値"), max_length=200, required=False)
    indexed = forms.BooleanField(
        label=_("索引をつける"), required=False,
        help_text=_("件数が多いとき、この項目での絞り込みと並べ替えを速くします。"),
    )  # fmt: skip
    hidden_from_roles = forms.MultipleChoiceField(
        label=_("見せない役割"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *arguments: Any, object_key: str, row: CustomField | None = None, **options: Any
    ) -> None:
        self.row, self.object_key = row, object_key
        if row is not None:
            options["initial"] = opened(row)
        super().__init__(*arguments, **options)
        if row is not None:
            del self.fields["type"]
            if not indexing.may_have(row.type, row.options):
                del self.fields["indexed"]
        else:
            self._offer("type", type_choices())
        self._offer("hidden_from_roles", [(role.key, role.name) for role in Role.objects.all()])

    def _offer(self, name: str, choices: list[Any]) -> None:
        choice = self.fields[name]
        assert isinstance(choice, forms.ChoiceField | forms.MultipleChoiceField)
        choice.choices = choices

    def details(self) -> dict[str, Any]:
        """What the verbs take."""
        values = {name: self.cleaned_data[name] for name in DETAILS}
        if "indexed" in self.fields:
            values["indexed"] = self.cleaned_data["indexed"]
        values["section"] = section_key(self.object_key, values["section"])
        return values | {"options": self.options(), "default": self._default()}

    def _default(self) -> Any:
        text = self.cleaned_data["default"]
        if self.row is not None and text == opened(self.row)["default"]:
            return self.row.default
        return text or None


def opened(row: CustomField) -> dict[str, Any]:
    field = vocabulary.fields_of(row.object).get(row.key) or vocabulary.custom_field(row)
    default = "" if row.default is None else field.type.display(field.type.from_json(row.default))
    names = (*DETAILS, "indexed", "version")
    section = dict(vocabulary.sections_of(row.object)).get(row.section, row.section)
    values: dict[str, Any] = {name: getattr(row, name) for name in names} | row.options
    return values | {"default": default, "section": section}


def opened_request(row: FieldRequest) -> dict[str, Any]:
    """What somebody asked for, so that it is not typed twice; its purpose helps whoever fills the field."""
    longest = FieldForm.base_fields["help"].max_length  # type: ignore[attr-defined]
    helping = " ".join(row.purpose.split())
    return {"label": row.label, "type": row.type, "help": helping if len(helping) <= longest else ""}


def section_key(object_key: str, written: str) -> str:
    """A shipped section is known by its name; any other name is its own key."""
    for key, name in vocabulary.sections_of(object_key):
        if written in {key, name}:
            return key
    return written
