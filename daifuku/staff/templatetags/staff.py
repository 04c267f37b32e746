"""What the pages of signing in need beside the shared building blocks."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

from daifuku.staff import second_factor

register = template.Library()


@register.simple_tag
def second_factor_required() -> bool:
    """Whether the firm asks everybody for a second factor."""
    return second_factor.is_required()


@register.filter
def as_json(data: Any) -> str:
    """For an attribute that a script reads; the template escapes it like any other text."""
    return json.dumps(data, cls=DjangoJSONEncoder)
