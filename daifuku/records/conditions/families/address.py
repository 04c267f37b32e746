"""A postal address in one custom field: its parts are read as one line."""

from __future__ import annotations

from typing import Any

from django.db.models import Expression, F, Q, TextField, Value
from django.db.models.functions import Coalesce, Concat
from django.db.models.lookups import Exact

from daifuku.foundation.sql import JsonText
from daifuku.records.catalogue.types.address import PARTS
from daifuku.records.conditions.families.text import TextFamily
from daifuku.records.conditions.operator import Asked, Target


class AddressFamily(TextFamily):
    """An address that is not there reads as an empty line."""

    def expression(self, prefix: str) -> Expression | F:
        custom = F(f"{prefix}custom")
        parts = [Coalesce(JsonText(custom, self.field.key, part), Value("", TextField())) for part in PARTS]
        return Concat(*parts, output_field=TextField())

    def held(self, record: Any) -> str:
        value = record.custom.get(self.field.key) or {}
        return "".join(value.get(part, "") for part in PARTS)

    def is_empty(self, value: Any) -> bool:
        return not value

    def empty_q(self, target: Target, value: Any, asked: Asked) -> Q:
        return Q(Exact(target.expression, ""))
