"""The forms of fields that are worked out: a formula, or a roll-up of the records that link here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import RESULTS, TYPES, RecordLink
from daifuku.records.forms.field_form import DETAILS, FieldForm, section_key
from daifuku.records.forms.widgets import RelationInput
from daifuku.records.formulas import writing_down
from daifuku.records.formulas.printing import write
from daifuku.records.formulas.rolling import HOW, can
from daifuku.records.formulas.sources import kind_of
from daifuku.records.formulas.syntax import LONGEST, Reference
from daifuku.records.models import CustomField
from daifuku.staff.viewer import Viewer

TYPED_ONLY = ("type", "required", "default", "longest", "target")
EMPTY = ("", "—")


class ComputedForm(FieldForm):
    """A field of one's own that nobody types: neither required nor with a default."""

    def __init__(
        self, *arguments: Any, object_key: str, viewer: Viewer, row: CustomField | None = None, **options: Any
    ) -> None:
        super().__init__(*arguments, object_key=object_key, row=row, **options)
        self.viewer = viewer
        for name in TYPED_ONLY:
            self.fields.pop(name, None)
        self.fields["sample"] = forms.Field(
            label=_("試す記録"), required=False, widget=RelationInput(object_key, viewer),
            help_text=_("空欄なら、はじめの記録で試します。"),
        )  # fmt: skip

    def details(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in DETAILS if name in self.fields}
        if "indexed" in self.fields:
            values["indexed"] = self.cleaned_data["indexed"]
        values["section"] = section_key(self.object_key, values["section"])
        return values | {"options": self.options()}


class FormulaForm(ComputedForm):
    formula = forms.CharField(
        label=_("式"), max_length=LONGEST,
        widget=forms.Textarea({"rows": 5, "spellcheck": "false", "autocomplete": "off", "data-formula-target": "text"}),
        help_text=_("項目は [ ]、文字は \" \" で囲みます。例: [従業員数] * 1.5"),
    )  # fmt: skip
    result = forms.ChoiceField(label=_("結果の種類"), required=False)

    def __init__(self, *arguments: Any, row: CustomField | None = None, **options: Any) -> None:
        super().__init__(*arguments, row=row, **options)
        self._offer("result", [("", _("式から決める")), *((key, TYPES[key].label) for key in RESULTS)])
        if row is not None:
            self.initial["formula"] = writing_down.shown(row)

    def options(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in ("formula", "result", "places")}

    def own_fields(self) -> list[tuple[str, str]]:
        """(name, how it is written in a formula)."""
        return [(field.name, _written(field)) for field in self._usable(self.object_key)]

    def linked_fields(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """For each link what stands behind it: (取引先, [(ランク, [取引先].[ランク]) ...])."""
        return [
            (field.name, [(far.name, _written(field, far)) for far in self._usable(field.type.target)])
            for field in vocabulary.fields_for(self.viewer, self.object_key).values()
            if isinstance(field.type, RecordLink) and self.viewer.may(field.type.target, "view")
        ]

    def _usable(self, object_key: str) -> list[Field]:
        own = self.row.key if self.row and object_key == self.object_key else ""
        fields = vocabulary.fields_for(self.viewer, object_key).values()
        return [field for field in fields if kind_of(field) is not None and field.key != own]


def _written(*way: Field) -> str:
    return write(Reference(0, tuple(field.name for field in way)))


class RollupForm(ComputedForm):
    """`of` and `link` are chosen before, the condition has an editor of its own."""

    how = forms.ChoiceField(label=_("集計のしかた"), choices=[(key, label) for key, label in HOW.items()])
    field = forms.ChoiceField(
        label=_("集計する項目"), required=False, help_text=_("件数のときは要りません。")
    )

    def __init__(
        self, *arguments: Any, pair: tuple[str, str], row: CustomField | None = None, **options: Any
    ) -> None:
        super().__init__(*arguments, row=row, **options)
        self.pair = pair
        self.condition: dict[str, Any] = {}
        fields = vocabulary.fields_for(self.viewer, pair[0]).values()
        self._offer("field", [EMPTY, *((each.key, each.name) for each in fields if can("latest", each))])

    def options(self) -> dict[str, Any]:
        of, link = self.pair
        chosen = {name: self.cleaned_data.get(name) for name in ("how", "field", "places")}
        return {"of": of, "link": link, "condition": self.condition, **chosen}


def pairs_for(viewer: Viewer, object_key: str) -> list[tuple[str, str, str]]:
    """(object, link, words) of the records that link to these ones: 担当者（取引先）."""
    return [
        (other.key, field.key, str(_("%(object)s（%(link)s）") % {"object": other.name, "link": field.name}))
        for other in registry.every()
        if viewer.may(other.key, "view")
        for field in vocabulary.fields_for(viewer, other.key).values()
        if isinstance(field.type, RecordLink) and field.type.target == object_key
    ]
