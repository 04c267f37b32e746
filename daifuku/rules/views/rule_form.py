"""What is asked about a rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types.choice import Choice
from daifuku.records.conditions import parse_leniently
from daifuku.records.forms import condition_form
from daifuku.rules.models import Missing, Moment, Rule, Until, Who
from daifuku.rules.words import amount_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer
from daifuku.staff.views.forms import Quiet

KEEP, BETWEEN = "keep_condition", "|"
CHOSEN = frozenset({"moment", "missing", "until", "who"})
NUMBER = {"inputmode": "numeric", "autocomplete": "off"}


class RuleForm(Quiet):
    title = forms.CharField(
        label=_("ルールの名前"), required=False, help_text=_("断るときの文にも使います。例: 新規顧客の必須項目"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    object = forms.ChoiceField(label=pgettext_lazy("one", "記録の種類"), required=False)
    moment = forms.ChoiceField(
        label=_("いつ"),
        choices=Moment.choices,
        widget=forms.RadioSelect,
        initial=Moment.CREATED,
        required=False,
    )
    stage = forms.CharField(label=_("この段階から"), required=False)
    missing = forms.ChoiceField(
        label=_("足りないとき"),
        choices=Missing.choices,
        widget=forms.RadioSelect,
        initial=Missing.DUTY,
        required=False,
    )
    until = forms.ChoiceField(
        label=_("いつまでに"), choices=Until.choices, initial=Until.WORKDAYS, required=False
    )
    amount = forms.CharField(
        label=_("分・営業日の数"), required=False, initial="1", widget=forms.TextInput(NUMBER),
        help_text=_("「分数」なら分、「営業日数」なら日の数です。"),
    )  # fmt: skip
    who = forms.ChoiceField(label=_("入力する人"), choices=Who.choices, initial=Who.OWNER, required=False)
    person = forms.ChoiceField(label=_("決まった人"), required=False)
    substitute = forms.ChoiceField(
        label=_("不在のときの代理"),
        required=False,
        help_text=_("選ばなければ、その人の「不在の設定」の代理です。"),
    )
    imports = forms.BooleanField(
        label=_("ファイルから取り込んだ記録にも約束を作る"), required=False,
        help_text=_("古い名簿を取り込むときは、外しておくと一度にたくさんの約束ができません。"),
    )  # fmt: skip
    note = forms.CharField(
        label=_("なぜ必要か"), required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("ルールブックで文の下に表示されます。"),
    )  # fmt: skip
    required = forms.Field(required=False)
    emptied = forms.Field(required=False)
    condition = forms.Field(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, viewer: Viewer, rule: Rule | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.viewer, self.rule = viewer, rule
        kinds = [(each.key, each.name) for each in registry.known_to(viewer)]
        people = [(str(each.uid), str(each)) for each in Person.objects.working()]
        self.fields["object"].choices = [("", "---"), *kinds]  # type: ignore[attr-defined]
        for name in ("person", "substitute"):
            self.fields[name].choices = [("", "---"), *people]  # type: ignore[attr-defined]
        if rule is not None and rule.binds:
            self.fields["amount"].label = _("分")
            self.fields["amount"].help_text = _(
                "「入力の期限と入力率」の設定と同じ数字です。どちらで変えても揃います。"
            )
        self.fields["required"].clean = lambda value: self._ticked("required")  # type: ignore[method-assign]
        self.fields["emptied"].clean = lambda value: self._ticked("emptied")  # type: ignore[method-assign]

    def _ticked(self, name: str) -> list[str]:
        return list(self.data.getlist(name)) if hasattr(self.data, "getlist") else []

    @property
    def written(self) -> Any:
        """One that the rows cannot show stays as it is."""
        if not self.is_bound:
            return self.rule.condition if self.rule else {}
        return self.rule.condition if KEEP in self.data and self.rule else condition_form.read(self.data)  # type: ignore[arg-type]

    def values(self) -> dict[str, Any]:
        """As the verbs take them."""
        sent = dict(self.cleaned_data)
        if self.rule is not None and self.rule.binds:
            return {
                name: sent[name] for name in ("title", "note", "amount", "substitute", "required", "emptied")
            }
        stage_field, _between, stage_from = sent.pop("stage").partition(BETWEEN)
        sent.pop("version")
        sent = {name: value for name, value in sent.items() if value != "" or name not in CHOSEN}
        return {**sent, "stage_field": stage_field, "stage_from": stage_from, "condition": self.written}

    @property
    def about(self) -> dict[str, Any]:
        chosen = self["object"].value() or (self.rule.object if self.rule else "")
        ticked = {
            name: self._ticked(name) if self.is_bound else list(getattr(self.rule, name, []))
            for name in ("required", "emptied")
        }
        return about(chosen, self.viewer, ticked, str(self["stage"].value() or ""), self.written)


def about(
    object_key: str, viewer: Viewer, ticked: Mapping[str, Iterable[str]] | None = None, stage: str = "",
    written: Any = None,
) -> dict[str, Any]:  # fmt: skip
    """What hangs on the kind of record: its fields in their sections, its stages, the editor of the condition."""
    known = {each.key: each for each in registry.known_to(viewer)}
    if object_key not in known:
        return {"of_type": None}
    fields = {
        key: field for key, field in vocabulary.fields_for(viewer, object_key).items() if field.editable
    }
    layout = vocabulary.layout_of(object_key)
    sections = [
        (section.name, [(key, fields[key].name) for key in keys])
        for section, keys in layout.with_fields(fields)
    ]
    condition = parse_leniently(written or {}, object_key, viewer)
    chosen = ticked or {}
    return {
        "of_type": known[object_key], "sections": sections, "required": list(chosen.get("required", ())),
        "emptied": list(chosen.get("emptied", ())), "stages": _stages(object_key, viewer), "stage": stage,
        "editor": condition_form.editor(condition, viewer), "keep": KEEP, "condition_sentence": condition.sentence(),
        "troubles": [each.message for each in condition.problems],
    }  # fmt: skip


def _stages(object_key: str, viewer: Viewer) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every choice of every field with one choice, in its order."""
    return [
        (field.name, [(f"{field.key}{BETWEEN}{option.key}", option.name) for option in field.type.offered()])
        for field in vocabulary.fields_for(viewer, object_key).values()
        if type(field.type) is Choice and field.type.offered() and field.key != "privacy"
    ]


def values_of(rule: Rule) -> dict[str, Any]:
    """A rule as the form shows it."""
    stage = f"{rule.stage_field}{BETWEEN}{rule.stage_from}" if rule.stage_field else ""
    return {
        "title": rule.title, "object": rule.object, "moment": rule.moment, "stage": stage, "missing": rule.missing,
        "until": rule.until, "amount": amount_of(rule) or "", "who": rule.who, "imports": rule.imports,
        "note": rule.note, "version": rule.version, "person": str(rule.person.uid) if rule.person else "",
        "substitute": str(rule.substitute.uid) if rule.substitute else "",
    }  # fmt: skip
