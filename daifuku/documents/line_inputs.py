"""The rows of a paper in a form: server-rendered, each with its number in the names of its inputs."""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Any

from django import forms

from daifuku.documents import lines, tax
from daifuku.documents.line_types import rows_text
from daifuku.documents.models.line import KINDS
from daifuku.foundation.reversing import url_of
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field

if TYPE_CHECKING:
    from daifuku.staff.viewer import Viewer

# So many stand ready in a new paper, and one at the end of every other.
READY = 3
ASKED = (
    "id",
    "kind",
    "code",
    "name",
    "spec",
    "quantity",
    "unit",
    "unit_price",
    "discount",
    "tax_class",
    "rate",
    "product",
)
_PLACE = re.compile(r"\A(\d{1,4})\.(\w+)\Z")


class LinesInput(forms.Widget):
    """`lines.0.name` and so on; an empty row is nothing. Costs are asked where this person may change them."""

    template_name = "documents/widgets/lines.html"

    def __init__(self, field: Field, viewer: Viewer) -> None:
        super().__init__()
        self.suggest: str = field.type.suggest  # type: ignore[attr-defined]
        self.costs: str = field.type.costs  # type: ignore[attr-defined]
        self.object: str = field.type.object  # type: ignore[attr-defined]
        self.viewer = viewer
        self.known_costs: dict[str, str] = {}

    def offer(self, record: Any) -> None:
        """The record whose lines these are: its costs stand in the rows."""
        self.known_costs = dict(getattr(record, self.costs, None) or {}) if record and self.costs else {}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        rows = sent_rows(data, name)
        if rows is None:
            return None
        self.known_costs |= {row["id"]: row["cost"] for row in rows if "cost" in row and row.get("id")}
        return rows_text(rows)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = json.loads(value) if isinstance(value, str) and value.startswith("[") else list(value or ())
        asks_cost = bool(self.costs) and self.costs in vocabulary.editable_for(self.viewer, self.object)
        blank = [{"id": uuid.uuid4().hex} for _place in range(1 if rows else READY)]
        context["widget"] |= {
            "rows": [self._row(name, place, row, asks_cost) for place, row in enumerate([*rows, *blank])],
            "sample": self._row(name, 9999, {"id": ""}, asks_cost), "most": lines.MOST_LINES,
            "suggest": url_of(self.suggest) if self.suggest else "", "asks_cost": asks_cost,
        }  # fmt: skip
        return context

    def _row(self, name: str, place: int, row: dict[str, Any], asks_cost: bool) -> dict[str, Any]:
        kind = row.get("kind") or "goods"
        tax_class = row.get("tax_class") or ("" if kind == "discount" else tax.STANDARD)
        return {
            "prefix": f"{name}.{place}", "place": place, "value": {key: row.get(key, "") for key in ASKED},
            "kinds": [(key, label, key == kind) for key, label in KINDS], "kind": kind,
            "taxes": [(key, each.label, key == tax_class) for key, each in tax.CLASSES.items()],
            "spread": not tax_class,
            "cost": self.known_costs.get(_hex(row.get("id")), "") if asks_cost else None,
        }  # fmt: skip

    def format_value(self, value: Any) -> Any:
        return value


class CostsInput(forms.Widget):
    """Its inputs stand in the rows of the lines; this one only reads them."""

    template_name = "documents/widgets/costs.html"

    def __init__(self, field: Field, viewer: Viewer) -> None:
        super().__init__()
        self.beside = "lines"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        rows = sent_rows(data, self.beside)
        if rows is None or not any("cost" in row for row in rows):
            return None
        costs = {row["id"]: row["cost"] for row in rows if row.get("id") and row.get("cost", "").strip()}
        return json.dumps(costs, sort_keys=True)

    def format_value(self, value: Any) -> Any:
        return value


def sent_rows(data: Any, name: str) -> list[dict[str, str]] | None:
    """The rows in their order; None where no row was sent at all, so that nothing is touched."""
    found: dict[int, dict[str, str]] = {}
    for key in data:
        if key.startswith(f"{name}.") and (place := _PLACE.match(key[len(name) + 1 :])):
            found.setdefault(int(place[1]), {})[place[2]] = str(data[key])
    if not found:
        return None
    rows = [found[place] for place in sorted(found)][: lines.MOST_LINES * 2]
    for row in rows:
        row["id"] = _hex(row.get("id")) or uuid.uuid4().hex
    return rows


def _hex(raw: Any) -> str:
    try:
        return uuid.UUID(str(raw)).hex
    except ValueError:
        return ""
