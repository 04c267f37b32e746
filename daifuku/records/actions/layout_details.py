"""A layout as somebody sends it, made clean: sections with names, every field once, nothing that must stay left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.records.actions.custom_fields import known_object
from daifuku.records.catalogue import arranging, vocabulary
from daifuku.records.catalogue.arranging import COLUMNS, PANEL_COLUMNS, Arrangement, Section
from daifuku.records.catalogue.object_type import ObjectType

MOST_SECTIONS, LONGEST, LONGEST_ENGLISH = 40, 40, 60


def clean_layout(object_key: str, content: Mapping[str, Any]) -> Arrangement:
    """Complete: with every field of today once. Raises Invalid with a problem for each mistake, NotFound."""
    object_type = known_object(object_key)
    problems: list[FieldProblem] = []
    sections = _sections(object_type, _list(content, "sections"), problems)
    left_out = [key for key in _list(content, "left_out") if isinstance(key, str)]
    named = [*(key for each in sections for key in each.fields), *left_out]
    problems += _fields(object_type, named, left_out)
    panels = _panels(object_type, _list(content, "panels"), problems)
    if not sections:
        problems.append(_problem("sections", _("区分を1つ以上残してください。"), "required"))
    if problems:
        raise Invalid(problems)
    fields = vocabulary.fields_of(object_key)
    return arranging.completed(Arrangement(tuple(sections), tuple(left_out), panels), object_type, fields)


def _list(content: Mapping[str, Any], name: str) -> list[Any]:
    found = content.get(name, [])
    return found if isinstance(found, list) else []


def _problem(place: str, sentence: Any, code: str) -> FieldProblem:
    return FieldProblem(place, sentence, code=code)


def _sections(object_type: ObjectType, sent: Iterable[Any], problems: list[FieldProblem]) -> list[Section]:
    labels = {key: str(label) for key, label in object_type.sections}
    sections: list[Section] = []
    names: set[str] = set()
    for raw in sent:
        section = _section(raw, labels)
        if isinstance(section, FieldProblem):
            problems.append(section)
            continue
        name = section.label or labels.get(section.key, section.key)
        taken = {name, section.key}
        if taken & names:
            sentence = _("「%(name)s」という区分が2つあります。別の名前にしてください。")
            problems.append(_problem("sections", sentence % {"name": name}, "label_taken"))
        names |= taken
        sections.append(section)
    if len(sections) > MOST_SECTIONS:
        sentence = _("区分は%(most)sまでにしてください。")
        problems.append(_problem("sections", sentence % {"most": MOST_SECTIONS}, "too_many"))
    return sections


def _section(raw: Any, labels: Mapping[str, str]) -> Section | FieldProblem:
    """A section of one's own is known by its name, so that its fields find it again without the layout."""
    if not isinstance(raw, Mapping):
        return _problem("sections", _("区分の形が正しくありません。"), "type")
    key, label, english = (clean_text(str(raw.get(name) or "")) for name in ("key", "label", "label_en"))
    if key not in labels:
        key = label = label or key
    elif label == labels[key]:
        label = ""
    if not key:
        return _problem("sections", _("区分の名前を入力してください。"), "required")
    if len(key) > LONGEST or len(label) > LONGEST or len(english) > LONGEST_ENGLISH:
        return _problem(
            "sections",
            _("区分の名前は%(longest)s文字以内にしてください。") % {"longest": LONGEST},
            "too_long",
        )
    column, keys = raw.get("column") or "fields", raw.get("fields") or []
    if column not in COLUMNS:
        return _problem("sections", _("列を一覧から選んでください。"), "choice")
    if not isinstance(keys, list) or not all(isinstance(each, str) for each in keys):
        return _problem("sections", _("区分の形が正しくありません。"), "type")
    return Section(key, label, english, column, tuple(keys))


def _fields(object_type: ObjectType, named: list[str], left_out: list[str]) -> list[FieldProblem]:
    fields = vocabulary.fields_of(object_type.key)
    if any(key not in fields for key in named) or len(set(named)) < len(named):
        return [_problem("sections", _("項目の並びが変わっています。開き直してください。"), "unknown_field")]
    sentence = _("「%(name)s」は必須のため、ページから外せません。")
    return [
        _problem("left_out", sentence % {"name": fields[key].name}, "required")
        for key in left_out
        if not arranging.may_be_left_out(object_type, fields[key])
    ]


def _panels(
    object_type: ObjectType, sent: Iterable[Any], problems: list[FieldProblem]
) -> tuple[tuple[str, str], ...]:
    known = {panel.key for panel in object_type.panels if panel.place in PANEL_COLUMNS}
    found: dict[str, str] = {}
    for raw in sent:
        key, column = (
            (str(raw.get(name)) for name in ("key", "column")) if isinstance(raw, Mapping) else ("", "")
        )
        if key not in known or column not in PANEL_COLUMNS or key in found:
            problems.append(
                _problem("panels", _("パネルの並びが変わっています。開き直してください。"), "choice")
            )
            break
        found[key] = column
    return tuple(found.items())
