"""Lines and their costs as kinds of fields, so that form, history, undo, API, import and export know them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.documents import lines
from daifuku.documents.amounts import Kind
from daifuku.records.catalogue.types import DecimalNumber
from daifuku.records.catalogue.types.base import FieldType, Refused

if TYPE_CHECKING:
    from daifuku.staff.viewer import Viewer

HIGHEST = Decimal("9999999999999.99")


class Lines(FieldType):
    """`suggest` names the address that proposes products while one types; `costs` the field of `object` that holds what
    the lines cost."""

    key, label, widget = "lines", gettext_lazy("明細"), "lines"
    in_panel: ClassVar[bool] = True
    searched: ClassVar[bool] = True
    operators: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *, object: str = "", suggest: str = "", costs: str = "") -> None:
        self.object, self.suggest, self.costs = object, suggest, costs

    def clean(self, raw: Any, viewer: Viewer | None = None) -> list[lines.LineValue]:
        return lines.clean_lines(raw)

    def for_column(self, value: Any) -> Any:
        return value or []

    def from_json(self, value: Any) -> Any:
        return value or []

    def display(self, value: Any) -> str:
        return "\n".join(_words(line) for line in value or ())

    def found_by(self, value: Any) -> str:
        return "、".join(str(line["name"]) for line in value or () if "name" in line)

    def form_value(self, value: Any) -> str:
        return value if isinstance(value, str) else rows_text(value or ())

    def export(self, value: Any) -> Any:
        return lines.as_text(value or ())

    def schema(self) -> dict[str, Any]:
        texts = dict.fromkeys(
            (*lines.TEXTS, "id", "quantity", "unit_price", "discount", "tax_class", "product")
        )
        properties: dict[str, Any] = {key: {"type": "string"} for key in texts}
        properties |= {
            "kind": {"type": "string", "enum": [str(kind) for kind in Kind]},
            "amount": {"type": "integer"},
        }
        return {"type": "array", "items": {"type": "object", "properties": properties}}


class Costs(FieldType):
    """`{id of a line: cost of one unit}`. Beside the lines and not in them, because fewer people see it."""

    key, label, widget = "costs", gettext_lazy("原価"), "costs"
    in_panel: ClassVar[bool] = True
    operators: ClassVar[tuple[str, ...]] = ()

    def clean(self, raw: Any, viewer: Viewer | None = None) -> dict[str, str]:
        if isinstance(raw, str):
            try:
                raw = json.loads(raw) if raw.strip() else {}
            except ValueError as error:
                raise Refused(_("原価の書き方を確認してください。"), "type") from error
        if raw is None:
            return {}
        if not isinstance(raw, Mapping) or len(raw) > lines.MOST_LINES:
            raise Refused(_("原価の書き方を確認してください。"), "type")
        found = {}
        for key, value in raw.items():
            cost = DecimalNumber(2).clean(value)
            if cost is None:
                continue
            if not 0 <= cost <= HIGHEST:
                raise Refused(_("原価は0以上で、13桁までにしてください。"), "cost")
            try:
                found[uuid.UUID(str(key)).hex] = lines.plain(cost)
            except ValueError as error:
                raise Refused(_("原価の行を確認してください。"), "line") from error
        return found

    def is_empty(self, value: Any) -> bool:
        return not value

    def for_column(self, value: Any) -> Any:
        return value or {}

    def from_json(self, value: Any) -> Any:
        return value or {}

    def display(self, value: Any) -> str:
        return str(_("、")).join(lines.commas(cost) for cost in value.values())

    def form_value(self, value: Any) -> str:
        return value if isinstance(value, str) else json.dumps(value or {}, sort_keys=True)

    def export(self, value: Any) -> Any:
        return json.dumps(value or {}, sort_keys=True)

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": {"type": "string"}}


def rows_text(rows: Any) -> str:
    """The rows of a form as one text that two editors' forms can be compared by."""
    kept = [
        {key: str(row[key]) for key in sorted(lines.KEYS) if row.get(key) not in (None, "")}
        for row in rows
        if not lines.is_blank(row)
    ]
    return json.dumps(kept, ensure_ascii=False)


def _words(line: lines.LineValue) -> str:
    name = line.get("name", "")
    if line["kind"] == Kind.GOODS:
        words = {"name": name, "n": lines.commas(line["quantity"]), "unit": line.get("unit", "")}
        words |= {"price": lines.commas(line["unit_price"]), "amount": f"{line['amount']:,d}"}
        return _("%(name)s %(n)s%(unit)s × %(price)s円 = %(amount)s円") % words
    if line["kind"] == Kind.DISCOUNT:
        return _("%(name)s %(amount)s円") % {"name": name, "amount": f"{line['amount']:,d}"}
    return f"［{lines.WORDS[line['kind']]}］{name}"
