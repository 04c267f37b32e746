"""Reads an amount of money as people write it: ￥1,234-, 1,234千円, ▲500, 1億2,000万円.

Minus signs are those of Japanese accounting (▲, △, brackets). Commas must stand where thousands end: 12,34 is refused
rather than guessed, because a wrong amount costs more than a second look.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from daifuku.foundation.unreadable import Unreadable

SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}

_MINUSES = str.maketrans({"−": "-", "‐": "-", "–": "-", "—": "-", "ー": "-", "▲": "-", "△": "-", "\\": "¥"})
_WHOLE = re.compile(
    r"""\A (?P<minus>-?) (?:¥|JPY|金)? (?P<inner>-?) (?P<number>[0-9.,十百千万億兆]+) (?:円也?|JPY|yen)? -? \Z""",
    re.VERBOSE | re.IGNORECASE,
)
_TOKEN = re.compile(r"(?P<digits>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)|(?P<unit>[十百千万億兆])")


def parse_amount(text: str) -> int:
    """Whole yen; ValueError for what is no amount or has a fraction of a yen."""
    plain = "".join(unicodedata.normalize("NFKC", text).translate(_MINUSES).split())
    bracketed = plain.startswith("(") and plain.endswith(")")
    found = _WHOLE.match(plain[1:-1] if bracketed else plain)
    if not found:
        raise Unreadable("amount")
    minuses = bracketed + bool(found["minus"]) + bool(found["inner"])
    if minuses > 1:
        raise Unreadable("amount")
    amount = _number(found["number"])
    if amount != int(amount):
        raise Unreadable("fraction")
    return -int(amount) if minuses else int(amount)


def _number(text: str) -> Decimal:
    """12億3,400万 and 5千万: small units multiply within their group of four digits, large ones close the group."""
    if len(text) > 40:
        raise Unreadable("too_long")
    total = group = Decimal(0)
    digits: Decimal | None = None
    position, ceiling = 0, 10**16
    while position < len(text):
        token = _TOKEN.match(text, position)
        if not token or (token["digits"] and digits is not None):
            raise Unreadable("amount")
        position = token.end()
        if token["digits"]:
            digits = Decimal(token["digits"].replace(",", ""))
            continue
        unit = token["unit"]
        if unit in SMALL:
            group += (Decimal(1) if digits is None else digits) * SMALL[unit]
        elif LARGE[unit] >= ceiling or (digits is None and not group):
            raise Unreadable("amount")
        else:
            ceiling = LARGE[unit]
            total, group = total + (group + (digits or 0)) * ceiling, Decimal(0)
        digits = None
    return total + group + (digits or 0)
