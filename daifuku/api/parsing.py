"""Reads JSON strictly: what could mean two things, or break a program later, is refused with a sentence."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from daifuku.api.errors import Unreadable, WrongKind

DEEPEST = 32
DIGITS = 40


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        if not is_json(request.content_type or ""):
            raise WrongKind("application/json")
        return read(request.body)


def is_json(kind: str) -> bool:
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def read(data: bytes | str) -> Any:
    """Raises Unreadable: not JSON, too deep, NaN, a number of a mile, a name twice, half a character, NUL."""
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        value = json.loads(
            text,
            parse_constant=_no_constant,
            parse_int=_whole,
            parse_float=_fraction,
            object_pairs_hook=_once,
        )
    except UnicodeDecodeError as error:
        raise Unreadable(_("文字コードはUTF-8にしてください。"), code="encoding") from error
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        raise Unreadable(
            _("JSONとして読めません。かっこや引用符を確かめてください。"), code="json"
        ) from error
    _look_through(value)
    return value


def _no_constant(word: str) -> Any:
    raise Unreadable(_("%(word)s は使えません。") % {"word": word}, code="number")


def _whole(digits: str) -> int:
    if len(digits) > DIGITS:
        raise Unreadable(_("数が大きすぎます。"), code="number")
    return int(digits)


def _fraction(digits: str) -> Decimal:
    """Decimal, so that 0.1 stays 0.1."""
    number = Decimal(digits) if len(digits) <= DIGITS else Decimal("Infinity")
    if not number.is_finite() or abs(number.adjusted()) > DIGITS:
        raise Unreadable(_("数が大きすぎるか、細かすぎます。"), code="number")
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable(_("「%(name)s」が2回書かれています。") % {"name": twice[:60]}, code="duplicate_name")
    return found


def _too_deep() -> Unreadable:
    return Unreadable(_("入れ子が深すぎます。"), code="too_deep")


def _look_through(value: Any) -> None:
    """Every level and every text, without recursion."""
    waiting: list[tuple[Any, int]] = [(value, 0)]
    while waiting:
        each, depth = waiting.pop()
        if depth > DEEPEST:
            raise _too_deep()
        if isinstance(each, str):
            refuse_broken(each)
        elif isinstance(each, dict):
            waiting += [(part, depth + 1) for pair in each.items() for part in pair]
        elif isinstance(each, list):
            waiting += [(part, depth + 1) for part in each]


def refuse_broken(text: str) -> None:
    """NUL and halves of characters cannot be stored everywhere, so they are stored nowhere."""
    if "\0" in text:
        raise Unreadable(_("使えない文字（NUL）が含まれています。"), code="nul")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Unreadable(_("途中で切れた文字が含まれています。"), code="encoding") from error
