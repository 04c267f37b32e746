"""What may be said of a field, made clean: name, help, section, default, options, who does not see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.foundation.whole import whole
from daifuku.records import indexing
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import COMPUTED, Refused, build
from daifuku.records.formulas.writing_down import Unfit, clean_formula, clean_roll
from daifuku.records.models import CustomField
from daifuku.staff.models import Role


class Wrong(ValueError):
    """Why a detail cannot be so."""

    def __init__(self, sentence: Any, code: str = "invalid", field: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.code, self.field = sentence, code, field


def clean_details(row: CustomField, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The clean values of the named details, for the row's type. Raises Invalid with a problem for each."""
    cleaned: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for name in sorted(wanted, key=_options_first):
        how = DETAILS.get(name)
        if how is None:
            problems.append(FieldProblem(name[:63], _("この設定は変更できません。"), code="unknown_field"))
            continue
        try:
            cleaned[name] = how(row, wanted[name], cleaned)
        except Wrong as error:
            problems.append(FieldProblem(error.field or name, error.sentence, code=error.code))
    if problems:
        raise Invalid(problems)
    return cleaned


def _options_first(name: str) -> tuple[bool, str]:
    return name != "options", name


def _text(longest: int, *, needed: bool = False) -> Callable[[CustomField, Any, Mapping[str, Any]], str]:
    def clean(row: CustomField, raw: Any, cleaned: Mapping[str, Any]) -> str:
        if not isinstance(raw, str):
            raise Wrong(_("文字で入力してください。"), "type")
        text = clean_text(raw)
        if needed and not text:
            raise Wrong(_("項目名を入力してください。"), "required")
        if len(text) > longest:
            raise Wrong(_("%(longest)s文字以内で入力してください。") % {"longest": longest}, "too_long")
        return text

    return clean


def _flag(row: CustomField, raw: Any, cleaned: Mapping[str, Any]) -> bool:
    if not isinstance(raw, bool):
        raise Wrong(_("「はい」か「いいえ」で指定してください。"), "type")
    return raw


def _required(row: CustomField, raw: Any, cleaned: Mapping[str, Any]) -> bool:
    wanted = _flag(row, raw, cleaned)
    if wanted and row.type in COMPUTED:
        raise Wrong(_("計算の項目は必須にできません。"), "computed")
    return wanted


def _indexed(row: CustomField, raw: Any, cleaned: Mapping[str, Any]) -> bool:
    wanted = _flag(row, raw, cleaned)
    if wanted and not indexing.may_have(row.type, cleaned.get("options", row.options)):
        raise Wrong(_("この種類の項目には索引をつけられません。"), "not_indexable")
    return wanted


def _options(row: CustomField, raw: Any, cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """Only what the type knows: longest text, decimal places, linked object."""
    if not isinstance(raw, dict):
        raise Wrong(_("設定の形が正しくありません。"), "type")
    if row.type in COMPUTED:
        return _computed(row, raw)
    kept: dict[str, Any] = {}
    if row.type == "text" and raw.get("longest") is not None:
        kept["longest"] = _between(raw["longest"], 1, 255)
    if row.type in {"decimal", "percent"} and raw.get("places") is not None:
        kept["places"] = _between(raw["places"], 0, 6)
    if row.type == "record":
        target = raw.get("target")
        if target not in {object_type.key for object_type in registry.every()}:
            raise Wrong(_("リンク先の種類を選んでください。"), "required")
        kept["target"] = target
    return kept


def _computed(row: CustomField, raw: dict[str, Any]) -> dict[str, Any]:
    try:
        return clean_formula(row, raw) if row.type == "formula" else clean_roll(row, raw)
    except Unfit as error:
        raise Wrong(error.sentence, error.code, error.field) from error


def _between(raw: Any, least: int, most: int) -> int:
    if isinstance(raw, str):
        raw = whole(raw)
    if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
        raise Wrong(
            _("%(least)sから%(most)sまでの数にしてください。") % {"least": least, "most": most}, "range"
        )
    return raw


def _default(row: CustomField, raw: Any, cleaned: Mapping[str, Any]) -> Any:
    if raw is None or raw == "" or raw == []:
        return None
    if row.type in COMPUTED:
        raise Wrong(_("計算の項目には初期値をつけられません。"), "computed")
    known = vocabulary.fields_of(row.object).get(row.key) if row.pk else None
    kind = known.type if known else build(row.type, cleaned.get("options", row.options))
    try:
        return kind.to_json(kind.clean(raw, None))
    except Refused as error:
        raise Wrong(error.message, error.code) from error


def _section(row: CustomField, raw: Any, cleaned: Mapping[str, Any]) -> str:
    return _text(40)(row, raw, cleaned) or "custom"


def _roles(row: CustomField, raw: Any, cleaned: Mapping[str, Any]) -> list[str]:
    if not isinstance(raw, list | tuple):
        raise Wrong(_("役割を一覧から選んでください。"), "type")
    known = set(Role.objects.values_list("key", flat=True))
    if not set(raw) <= known:
        raise Wrong(_("役割を一覧から選んでください。"), "choice")
    return sorted(set(raw))


DETAILS: dict[str, Callable[[CustomField, Any, Mapping[str, Any]], Any]] = {
    "label": _text(60, needed=True),
    "label_en": _text(60),
    "help": _text(200),
    "section": _section,
    "required": _required,
    "indexed": _indexed,
    "options": _options,
    "default": _default,
    "hidden_from_roles": _roles,
}
