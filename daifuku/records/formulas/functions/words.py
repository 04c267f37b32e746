"""Functions on words: length, parts, capitals, replacing, and numbers and days as words."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.calendar import wareki
from daifuku.records.formulas.functions.base import LONGEST_TEXT, Function, Now, Values, whole
from daifuku.records.formulas.functions.numbers import rounded
from daifuku.records.formulas.spellings import ERA_FORM, NO_WORD, WEEKDAYS, YEN, YES_WORD
from daifuku.records.formulas.syntax import Kind

TEXT, NUMBER = Kind.TEXT, Kind.NUMBER
NUMBER_FORM = re.compile(r"\A(#,##)?0(?:\.(0{1,10}))?(%)?\Z")
DAY_PARTS = re.compile("yyyy|mm|m|dd|d|aaa", re.IGNORECASE)


def as_text(value: Any) -> str:
    """How a value stands in a text: numbers without needless noughts, days as 2026/11/24."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES_WORD if value else NO_WORD
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, date):
        return f"{value.year:04}/{value.month:02}/{value.day:02}"
    return str(value)


def _text(values: Values, now: Now) -> str | None:
    value, form = values[0], values[1] if len(values) > 1 else ""
    if not form or isinstance(value, str | bool):
        return as_text(value)
    if isinstance(value, date):
        return (
            wareki(value)
            if form == ERA_FORM
            else DAY_PARTS.sub(lambda found: _part(found[0].lower(), value), form)
        )
    found = NUMBER_FORM.match(form)
    if found is None:
        return None
    number = rounded(value * 100 if found[3] else value, len(found[2] or ""))
    return (f"{number:,f}" if found[1] else f"{number:f}") + (found[3] or "")


def _part(part: str, day: date) -> str:
    parts = {
        "yyyy": f"{day.year:04}",
        "mm": f"{day.month:02}",
        "m": str(day.month),
        "dd": f"{day.day:02}",
        "d": str(day.day),
        "aaa": WEEKDAYS[day.weekday()],
    }
    return parts[part]


def _value(values: Values, now: Now) -> Decimal | None:
    text = (
        unicodedata.normalize("NFKC", values[0]).replace(",", "").strip().removeprefix("¥").removesuffix(YEN)
    )
    if not re.fullmatch(r"[-+]?\d{1,30}(\.\d{1,30})?%?", text, re.ASCII):
        return None
    try:
        number = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        return None
    return number / 100 if text.endswith("%") else number


def _left(values: Values, now: Now) -> str:
    return str(values[0][: _length(values, 1)])


def _right(values: Values, now: Now) -> str:
    length = _length(values, 1)
    return str(values[0][-length:]) if length else ""


def _mid(values: Values, now: Now) -> str:
    start = whole(values[1], 1, LONGEST_TEXT) - 1
    return str(values[0][start : start + whole(values[2], 0, LONGEST_TEXT)])


def _length(values: Values, place: int) -> int:
    return whole(values[place], 0, LONGEST_TEXT) if len(values) > place else 1


def _substitute(values: Values, now: Now) -> str | None:
    """What would become too long is not even begun."""
    text, old, new = values
    if not old:
        return str(text)
    if len(text) + text.count(old) * (len(new) - len(old)) > LONGEST_TEXT:
        return None
    return str(text.replace(old, new))


FUNCTIONS = (
    Function(
        "LEN",
        (TEXT,),
        NUMBER,
        lambda v, now: Decimal(len(v[0])),
        _("LEN(文字)"),
        _("文字数です。"),
        _("LEN([名称])"),
    ),
    Function(
        "LEFT",
        (TEXT, NUMBER),
        TEXT,
        _left,
        _("LEFT(文字, 数)"),
        _("左からその文字数を取り出します。"),
        _("LEFT([郵便番号], 3)"),
        least=1,
    ),
    Function(
        "RIGHT",
        (TEXT, NUMBER),
        TEXT,
        _right,
        _("RIGHT(文字, 数)"),
        _("右からその文字数を取り出します。"),
        _("RIGHT([電話番号], 4)"),
        least=1,
    ),
    Function(
        "MID",
        (TEXT, NUMBER, NUMBER),
        TEXT,
        _mid,
        _("MID(文字, 何文字目から, 数)"),
        _("途中を取り出します。"),
        _("MID([法人番号], 2, 12)"),
    ),
    Function(
        "UPPER",
        (TEXT,),
        TEXT,
        lambda v, now: v[0].upper(),
        _("UPPER(文字)"),
        _("英字を大文字にします。"),
        _("UPPER([コード])"),
    ),
    Function(
        "LOWER",
        (TEXT,),
        TEXT,
        lambda v, now: v[0].lower(),
        _("LOWER(文字)"),
        _("英字を小文字にします。"),
        _("LOWER([メール])"),
    ),
    Function(
        "TRIM",
        (TEXT,),
        TEXT,
        lambda v, now: " ".join(v[0].split()),
        _("TRIM(文字)"),
        _("前後の空白を取り、続く空白を1つにします。"),
        _("TRIM([名称])"),
    ),
    Function(
        "CONTAINS",
        (TEXT, TEXT),
        Kind.TRUTH,
        lambda v, now: v[1] in v[0],
        _("CONTAINS(文字, 探す文字)"),
        _("含んでいれば「はい」。"),
        _('CONTAINS([名称], "病院")'),
    ),
    Function(
        "SUBSTITUTE",
        (TEXT, TEXT, TEXT),
        TEXT,
        _substitute,
        _("SUBSTITUTE(文字, 前, 後)"),
        _("文字を置き換えます。"),
        _('SUBSTITUTE([名称], "株式会社", "")'),
    ),
    Function(
        "TEXT",
        (None, TEXT),
        TEXT,
        _text,
        _("TEXT(値, 形式)"),
        _("数や日付を文字にします。形式の例: 「#,##0」「0.0%」「yyyy年m月d日(aaa)」「和暦」"),
        _('TEXT([契約日], "和暦")'),
        least=1,
    ),
    Function(
        "VALUE",
        (TEXT,),
        NUMBER,
        _value,
        _("VALUE(文字)"),
        _("文字を数として読みます。読めなければ空欄です。"),
        _("VALUE(LEFT([コード], 2))"),
    ),
)
