"""The rows of the page on which an order's lines are typed: those that are there, and empty ones for more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from daifuku.foundation.errors import Conflict, FieldProblem, Invalid
from daifuku.foundation.whole import whole
from daifuku.orders.actions.entering import MOST_LINES
from daifuku.orders.models import OrderLine
from daifuku.orders.objects.order_line import ORDER_LINE
from daifuku.records.catalogue import vocabulary
from daifuku.records.forms import RecordForm
from daifuku.staff.viewer import Viewer

ASKED = (
    "product", "name", "quantity", "unit", "unit_price", "discount", "tax_class", "due_on", "deliver_to", "kind",
)  # fmt: skip
# A row in which none of these says anything is an empty one.
SAYS = ("product", "name", "quantity", "unit_price")
BLANK, MORE = 3, 5


class Row(RecordForm):
    """`uid` names the line that it changes."""

    uid = ""

    @property
    def removed(self) -> bool:
        return bool(self.data.get(f"{self.prefix}-remove"))


class LineForms:
    """All rows of one page; `rows()` is what the verbs take, `tell` puts problems beside the fields."""

    def __init__(
        self,
        viewer: Viewer,
        lines: Iterable[OrderLine] = (),
        sent: QueryDict | None = None,
        offered: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        known = vocabulary.editable_for(viewer, "order_line")
        self.fields = [known[key] for key in ASKED if key in known]
        self.problems: list[str] = []
        kept = {str(line.uid): line for line in lines}
        self.forms: list[Row] = []
        start = dict(enumerate(offered)) if sent is None else {}
        for number, uid in enumerate([""] * len(start) + self._uids(kept, sent)):
            form = Row(
                ORDER_LINE, self.fields, viewer, record=kept.get(uid), data=sent, prefix=f"l{number}",
                prefix_id="id", initial=start.get(number),
            )  # fmt: skip
            form.uid = uid
            self.forms.append(form)
        self._sent_rows: list[Row] = []

    def _uids(self, kept: Mapping[str, Any], sent: QueryDict | None) -> list[str]:
        if sent is None:
            return [*kept, *[""] * (BLANK if kept else MORE)]
        count = min(whole(sent.get("rows", "")) or 0, MOST_LINES)
        more = MORE if sent.get("do") == "more" else 0
        return [sent.get(f"l{number}-uid", "") for number in range(count)] + [""] * more

    def rows(self) -> list[dict[str, Any]]:
        found = []
        for form in self.forms:
            values = form.values()
            if form.uid:
                row = {"uid": form.uid, "remove": True} if form.removed else {"uid": form.uid, **values}
            elif any(str(values.get(key) or "").strip() for key in SAYS) or values.get("kind") == "subtotal":
                row = {key: value for key, value in values.items() if value != ""}
            else:
                continue
            self._sent_rows.append(form)
            found.append(row)
        return found

    def tell(self, error: Invalid | Conflict) -> list[FieldProblem]:
        """What is not about a line is given back."""
        others = []
        for problem in error.problems:
            _lines, _dot, rest = problem.field.partition(".")
            number, _dot, name = rest.partition(".")
            place = whole(number)
            if _lines != "lines" or place is None or place >= len(self._sent_rows):
                others.append(problem)
                continue
            form = self._sent_rows[place]
            form.add_error(name if name in form.fields else None, problem.message)
        return others

    @property
    def wrong(self) -> bool:
        return any(form.errors for form in self._sent_rows)
