"""Fields that nobody types: worked out by a formula, or rolled up from the records that link here.

Their values are kept, shown and compared as those of the type of their result.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue.types.base import FieldType


class Formula(FieldType):
    key, label = "formula", _("計算")


class Rollup(FieldType):
    key, label = "rollup", _("集計")


COMPUTED: dict[str, type[FieldType]] = {kind.key: kind for kind in (Formula, Rollup)}
RESULTS = ("decimal", "integer", "money", "percent", "text", "date", "yes_no")


def kept_as(key: str, options: dict[str, Any]) -> str:
    """The type as which the values of such a field are kept."""
    return str(options.get("result", "text")) if key in COMPUTED else key
