"""Numbers as papers show them."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.filter
def grouped(value: Any) -> str:
    """1,234,567; empty stays empty."""
    return "" if value in (None, "") else f"{value:,}"
