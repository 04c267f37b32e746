"""Words: contain, are, begin with. Case and width make no difference, and where a field has a folded column kana,
old characters and company form make none either."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import Func, Q, Value
from django.db.models.functions import Replace, StrIndex, Upper
from django.db.models.lookups import Exact, GreaterThan, In
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.japanese import clean_text, fold, split_form
from daifuku.foundation.japanese.company import FORMS
from daifuku.foundation.sql import Binary
from daifuku.records.catalogue.types import Refused
from daifuku.records.catalogue.types.base import NOT_TEXT
from daifuku.records.conditions.operator import (
    Asked,
    Family,
    Held,
    Operator,
    Rule,
    Takes,
    Target,
    missing_value,
)
from daifuku.staff.viewer import Viewer

LONGEST = 200
RAISED = {ord(letter): letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"}
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def plain_text(raw: Any) -> str:
    """Text that both engines take as a parameter. Raises Refused."""
    if raw is None:
        raise missing_value()
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise Refused(NOT_TEXT, "type")
    text = clean_text(
        "".join(letter for letter in str(raw) if unicodedata.category(letter) not in {"Cc", "Cs"})
    )
    if not text:
        raise missing_value()
    if len(text) > LONGEST:
        raise Refused(_("条件の文字は%(longest)s文字までです。") % {"longest": LONGEST}, "too_long")
    return str(text)


def raised(text: str) -> str:
    """Capitals for a to z alone: what SQLite's upper() and PostgreSQL's under the "C" collation do as well."""
    return text.translate(RAISED)


def widths(text: str) -> list[str]:
    """As typed, narrow and wide."""
    narrow = unicodedata.normalize("NFKC", text)
    return list(dict.fromkeys((text, narrow, narrow.translate(WIDE))))


def spellings(text: str) -> list[str]:
    """What counts as the same word; plain equality of each walks an index."""
    return list(
        dict.fromkeys(
            spelling
            for width in widths(text)
            for spelling in (width, width.lower(), width.upper(), width.capitalize())
        )
    )


def parts(text: str) -> list[str]:
    """What counts as the same part of a word, where a to z are capitals already."""
    small, large = text.lower(), text.upper()
    return list(dict.fromkeys(raised(word) for case in (text, small, large) for word in widths(case)))


def position(expression: Any, word: str) -> Func:
    return StrIndex(expression, Value(word))


def _without_form(text: str) -> str:
    """Folded for the folded column; nothing if it names a form (有限会社), which that column does not have."""
    return "" if split_form(text)[1] or text in FORMS else fold(text)


def _somewhere(compare: Callable[[Any, str], Any], inside: Callable[[str, str], bool]) -> Rule:
    def q(target: Target, value: str, asked: Asked) -> Q:
        if target.folded is not None and (folded := _without_form(value)):
            return Q(compare(target.folded, folded))
        found = Q()
        for word in parts(value):
            found |= Q(compare(Upper(Binary(target.expression)), word))
        return found

    def holds(held: Held, value: str, asked: Asked) -> bool:
        if held.folded is not None and (folded := _without_form(value)):
            return inside(held.folded, folded)
        text = raised(held.value or "")
        return any(inside(text, word) for word in parts(value))

    return Rule(q, holds)


CONTAINS = _somewhere(
    lambda expression, word: GreaterThan(position(expression, word), 0), lambda text, word: word in text
)
STARTS = _somewhere(
    lambda expression, word: Exact(position(expression, word), 1), lambda text, word: text.startswith(word)
)
IS = Rule(
    lambda target, value, asked: Q(In(target.expression, spellings(value))),
    lambda held, value, asked: (held.value or "") in spellings(value),
)


def text_operators(contains: Rule) -> tuple[Operator, ...]:
    return (
        Operator("contains", _("を含む"), _("%(field)sに%(value)sを含む"), Takes.ONE, contains),
        Operator("not_contains", _("を含まない"), _("%(field)sに%(value)sを含まない"), Takes.ONE, contains.reversed()),
        Operator("is", _("が一致"), _("%(field)sが%(value)s"), Takes.ONE, IS),
        Operator("is_not", _("が一致しない"), _("%(field)sが%(value)sではない"), Takes.ONE, IS.reversed()),
        Operator("starts", _("で始まる"), _("%(field)sが%(value)sで始まる"), Takes.ONE, STARTS),
    )  # fmt: skip


class TextFamily(Family):
    operators: ClassVar = text_operators(CONTAINS)

    def empty_q(self, target: Target, value: Any, asked: Asked) -> Q:
        return target.missing() if self.field.custom else Q(Exact(target.expression, ""))

    def read(self, operator: Operator, raw: Any, viewer: Viewer) -> Any:
        """A whole value is tidied as the field tidies it (460-0001 for 4600001); a part of one cannot be."""
        value = super().read(operator, raw, viewer)
        if operator.key not in {"is", "is_not"}:
            return value
        try:
            return self.field.type.clean(value, viewer) or value
        except Refused:
            return value

    def read_one(self, raw: Any, viewer: Viewer) -> str:
        return plain_text(raw)

    def write(self, value: Any) -> Any:
        return value

    def say(self, value: Any) -> str:
        return str(_("「%(text)s」") % {"text": value})


def _without_hyphens() -> Rule:
    def q(target: Target, value: str, asked: Asked) -> Q:
        bare = Target(target.field, Replace(target.expression, Value("-"), Value("")))
        return CONTAINS.q(bare, value.replace("-", "") or value, asked)

    def holds(held: Held, value: str, asked: Asked) -> bool:
        bare = Held((held.value or "").replace("-", ""))
        return CONTAINS.holds(bare, value.replace("-", "") or value, asked)

    return Rule(q, holds)


class PhoneFamily(TextFamily):
    """Hyphens make no difference: 12345678 is in 03-1234-5678."""

    operators: ClassVar = text_operators(_without_hyphens())
