"""What a column of a file can fill: a field, or several at once that the file keeps together in one column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import address, japanese
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import RecordLink
from daifuku.staff.viewer import Viewer

IGNORED = ""
UID = "*uid"
Parts = dict[str, str]


@dataclass(frozen=True)
class Composite:
    """One column for several fields; `split(text)` gives the value of each."""

    key: str
    label: Any
    fills: tuple[str, ...]
    synonyms: tuple[str, ...]
    split: Callable[[str], Parts]


def _split_address(text: str) -> Parts:
    return {key: str(value) for key, value in address.split(text).items() if value}


def _split_name(text: str) -> Parts:
    family, given = japanese.split_name(text)
    return {"family_name": family, "given_name": given}


def _split_kana(text: str) -> Parts:
    family, given = japanese.split_name(japanese.clean_kana(text))
    return {"family_kana": family, "given_kana": given}


COMPOSITES = (
    Composite(
        "*address", _("住所（1列にまとめたもの）"), ("prefecture", "city", "street"),
        (
            "住所", "所在地", "本社所在地", "本社住所", "会社住所", "会社所在地", "勤務先住所", "ご住所", "自宅住所",
            "住所1", "送付先住所", "address",
        ),
        _split_address,
    ),
    Composite(
        "*name", _("氏名（姓と名を1列にまとめたもの）"), ("family_name", "given_name"),
        (
            "氏名", "名前", "お名前", "姓名", "ご氏名", "担当者", "担当者名", "担当者氏名", "ご担当者", "ご担当者名",
            "担当", "先方担当者", "お客様名", "顧客名", "連絡先名", "name", "full name",
        ),
        _split_name,
    ),
    Composite(
        "*kana", _("氏名カナ（1列にまとめたもの）"), ("family_kana", "given_kana"),
        (
            "フリガナ", "カナ", "氏名カナ", "氏名フリガナ", "名前カナ", "お名前カナ", "担当者カナ", "担当者フリガナ",
            "担当者名カナ", "担当者名フリガナ", "ヨミガナ", "読み", "姓名カナ",
        ),
        _split_kana,
    ),
)  # fmt: skip
UID_SYNONYMS = ("記録番号", "uid", "id")


@dataclass(frozen=True)
class Target:
    """A choice for a column: its key in `Import.targets`, its name, the headings that mean it. `part` is a field of
    what the record gathers from several rows (`lines.quantity`)."""

    key: str
    label: str
    synonyms: tuple[str, ...]
    composite: Composite | None = None
    field: Field | None = None
    part: Field | None = None


def targets_for(viewer: Viewer, object_key: str) -> dict[str, Target]:
    """What this person may fill, by key: composites first, so that a heading that could be both means the whole."""
    fields = {
        key: field
        for key, field in vocabulary.editable_for(viewer, object_key).items()
        if field.type.key != "file"
    }
    found = {
        each.key: Target(each.key, str(each.label), each.synonyms, composite=each)
        for each in COMPOSITES
        if all(key in fields for key in each.fills)
    }
    for key, field in fields.items():
        found[key] = Target(
            key, field.name, (field.name, str(field.label), key, *field.synonyms), field=field
        )
    found |= _parts(viewer, object_key)
    found[UID] = Target(UID, str(_("記録番号（更新する記録を指す）")), UID_SYNONYMS)
    return found


def _parts(viewer: Viewer, object_key: str) -> dict[str, Target]:
    """What stands once in every row of the file, where several rows are one record."""
    gathered = registry.get(object_key).gathered
    if gathered is None or gathered.field not in vocabulary.editable_for(viewer, object_key):
        return {}
    fields, found = vocabulary.editable_for(viewer, gathered.object), {}
    own = vocabulary.editable_for(viewer, object_key)
    for key in gathered.keys:
        if field := fields.get(key):
            name = field.name if key not in own else f"{registry.get(gathered.object).name}: {field.name}"
            words = (name, f"{registry.get(gathered.object).name}の{field.name}", *field.synonyms)
            target = f"{gathered.field}.{key}"
            found[target] = Target(
                target, f"{registry.get(gathered.object).name}: {field.name}", words, part=field
            )
    return found


def key_fields(viewer: Viewer, object_key: str) -> dict[str, str]:
    """By what rows of a file can be matched with records: `{key: label}`."""
    kinds = {"text", "email", "phone", "corporate_number", "invoice_number", "kana", "url", "integer"}
    found = {UID: str(_("記録番号"))}
    for key, field in vocabulary.fields_for(viewer, object_key).items():
        if field.type.key in kinds and field.type.widget != "textarea":
            found[key] = field.name
    return found


def is_link(field: Field) -> bool:
    return isinstance(field.type, RecordLink)
