"""How amounts and quantities of goods are written on pages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from daifuku.catalog.objects.unit_price import UnitPrice, plain

register = template.Library()


@register.simple_tag
def yen(amount: Any) -> str:
    """1,200円 and 0.35円; nothing where there is no amount."""
    return "" if amount is None else UnitPrice().display(Decimal(amount))


@register.filter
def trimmed(number: Any) -> str:
    """12 and 1.5, never 12.000."""
    return "" if number is None else f"{plain(Decimal(number)):,f}"


@register.simple_tag
def kind_words(kind: str) -> str:
    """For whom a price holds."""
    words = {
        "account": _("この取引先"), "above": _("上位の取引先"), "rank": _("取引先のランク"),
        "everybody": _("すべての取引先"), "standard": _("商品の標準価格"),
    }  # fmt: skip
    return words[kind]
