"""Which kind of field may go into which, and what becomes of one value on its way.

The table stands beside `FITS`: rows are kinds of the lead's fields, columns kinds of targets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from daifuku.conversion.mapping.rules import FIRST_LINE, WORDS, Rule
from daifuku.foundation.japanese import fold
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import (
    Address,
    Choice,
    Date,
    DateTime,
    FieldType,
    FileLink,
    LongText,
    Members,
    MultiChoice,
    PersonLink,
    RecordLink,
    Refused,
    TeamLink,
    Text,
    YesNo,
)

OK, LOOK, TABLE, NO = "ok", "look", "table", "no"
PLACE = "{値}"
_KINDS: tuple[tuple[type[FieldType], str], ...] = (
    (MultiChoice, "multi"), (Choice, "choice"), (YesNo, "yes_no"), (Date, "date"), (DateTime, "datetime"),
    (PersonLink, "person"), (TeamLink, "team"), (RecordLink, "record"), (FileLink, "file"), (Address, "address"),
    (Members, "members"), (LongText, "long"), (Text, "text"),
)  # fmt: skip
# What text takes in: anything that can be said in words.
_SAID = dict.fromkeys(
    ("text", "long", "choice", "multi", "number", "date", "datetime", "yes_no", "address"), OK
) | dict.fromkeys(("person", "team", "record"), LOOK)
# target -> source -> verdict; what is not named does not fit.
FITS: Mapping[str, Mapping[str, str]] = {
    "text": _SAID,
    "long": _SAID,
    "choice": {"choice": TABLE, "multi": LOOK, "text": LOOK, "long": LOOK, "yes_no": TABLE},
    "multi": {"multi": TABLE, "choice": TABLE, "text": LOOK, "long": LOOK},
    "number": {"number": OK, "text": LOOK, "yes_no": OK},
    "date": {"date": OK, "datetime": LOOK, "text": LOOK},
    "datetime": {"datetime": OK, "date": OK, "text": LOOK},
    "yes_no": {"yes_no": OK, "number": LOOK, "choice": TABLE, "text": LOOK},
    "person": {"person": OK},
    "team": {"team": OK},
    "record": {"record": OK},
    "address": {"address": OK},
    "members": {"members": OK},
}


@dataclass(frozen=True)
class Fit:
    """`state` says whether this goes, `sentence` what to look at."""

    state: str
    sentence: str = ""

    @property
    def possible(self) -> bool:
        return self.state != NO


class Cut(str):
    """A text of which the end did not fit."""

    __slots__ = ()


def kind_of(kind: FieldType) -> str:
    of: Any = type(kind)
    return _kind_of(of, bool(kind.numeric))


@cache
def _kind_of(kind: type[FieldType], numeric: bool) -> str:
    if numeric:
        return "number"
    return next((name for known, name in _KINDS if issubclass(kind, known)), "other")


def fit(source: Field, target: Field) -> Fit:
    """Whether the values of one may go into the other, and what to look at."""
    if not _takes(target):
        return Fit(NO, _("この項目には写せません。"))
    one, other = kind_of(source.type), kind_of(target.type)
    state = FITS.get(other, {}).get(one, NO)
    if state == NO:
        return Fit(NO, _("種類が違うため写せません。"))
    if _elsewhere(source.type, target.type):
        return Fit(NO, _("違う種類の記録を指す項目です。"))
    return Fit(state, _said(source.type, target.type, one, other, state))


def fits(source: Field, target: Field) -> bool:
    """The same without a word: asked for every rule of every lead."""
    state = FITS.get(kind_of(target.type), {}).get(kind_of(source.type), NO)
    return _takes(target) and state != NO and not _elsewhere(source.type, target.type)


def _takes(target: Field) -> bool:
    return target.editable and not target.computed and not target.momentary


def _elsewhere(source: FieldType, target: FieldType) -> bool:
    links = isinstance(source, RecordLink) and isinstance(target, RecordLink)
    return links and source.target != target.target  # type: ignore[attr-defined]


def _said(source: Any, target: Any, one: str, other: str, state: str) -> str:
    if one in {"text", "long"} and other in {"text", "long"}:
        if type(target) not in {Text, LongText, type(source)}:
            return _("形の合わない値は写りません。")
        if source.longest > target.longest:
            return _("%(longest)s文字を超える部分は写りません。") % {"longest": f"{target.longest:,}"}
        return ""
    if state == TABLE:
        return _("同じ名前の選択肢に写します。名前の違うものは、下で対応を決めてください。")
    if other in {"choice", "multi"}:
        return _("選択肢と同じ言葉のものだけ写ります。ほかの言葉は、下で対応を決めてください。")
    if state == LOOK:
        looks = {
            "number": _("数字として読めないものは写りません。"),
            "date": _("日付として読めないものと、時刻は写りません。"),
            "datetime": _("日時として読めないものは写りません。"),
            "yes_no": _("「はい」「いいえ」と読めないものは写りません。"),
        }
        return looks.get(other, _("名前を文字として写します。"))
    return ""


def carried(rule: Rule, source: Field, target: Field, value: Any) -> Any:
    """The value as the target keeps it; a `Cut` where its end was too much. Raises Refused: nothing can be read."""
    if source.type.is_empty(value):
        return target.type.clean(rule.default, None) if rule.default else target.type.empty
    raw = _raw(rule, source.type, target.type, value)
    if isinstance(target.type, Text) and isinstance(raw, str):
        return _text(rule, target.type, raw)
    return target.type.clean(raw, None)


def by_table(source: FieldType, target: FieldType) -> bool:
    """Whether the firm can say, value by value, what becomes of it."""
    return isinstance(target, Choice | YesNo) and isinstance(source, Choice | YesNo | Text)


def word(text: str) -> str:
    """The same word, however it is written: width, case, blanks."""
    return " ".join(fold(text).split())


def _raw(rule: Rule, source: Any, target: Any, value: Any) -> Any:
    if isinstance(source, Text) and rule.values:
        said = {word(each): wanted for each, wanted in rule.values.items()}
        found = said.get(word(str(value)), value)
        return [found] if isinstance(target, MultiChoice) and found is not value else found
    if isinstance(source, Choice | YesNo) and rule.values:
        keys = value if isinstance(value, list) else [source.to_json(value)]
        found = [rule.values.get(key, _same_choice(source, target, key)) for key in keys]
        found = [each for each in found if each]
        if not found:
            raise Refused(_("対応する選択肢が決まっていません。"), "no_choice")
        return found if isinstance(target, MultiChoice) else found[0]
    if isinstance(source, MultiChoice):
        if isinstance(target, MultiChoice):
            return [source.option(key).label for key in value]
        if isinstance(target, Choice) and len(value) > 1:
            raise Refused(_("複数の値があります。"), "several")
    if isinstance(source, YesNo) and target.numeric:
        return 1 if value else 0
    if source.numeric and isinstance(target, YesNo):
        return bool(value)
    if type(source) is type(target) and not isinstance(source, Choice):
        return value
    if isinstance(source, Date | DateTime):
        return value if isinstance(target, Date | DateTime) else value.isoformat()[:16].replace("T", " ")
    return source.form_value(value) if source.numeric else source.display(value)


def _same_choice(source: Any, target: Any, key: str) -> str:
    """A choice of the same name, where the table says nothing of it."""
    if not isinstance(target, Choice) or not isinstance(source, Choice):
        return ""
    try:
        return target.find(str(source.option(key).label))
    except Refused:
        return ""


def _text(rule: Rule, target: Text, raw: str) -> str:
    if rule.how == FIRST_LINE:
        raw = raw.strip().split("\n")[0]
    elif rule.how == WORDS and PLACE in rule.words:
        raw = rule.words.replace(PLACE, raw)
    if not isinstance(target, LongText):
        raw = " ".join(raw.split("\n"))
    tidy = target.tidy(raw)
    if len(tidy) > target.longest:
        return Cut(tidy[: target.longest].rstrip())
    return tidy
