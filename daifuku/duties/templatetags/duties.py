"""How duties look on pages."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.filter
def steps_of(result: dict[str, Any]) -> list[tuple[Any, int]]:
    """What each step of the morning has found."""
    from daifuku.duties.morning import words_of

    return words_of(result)
