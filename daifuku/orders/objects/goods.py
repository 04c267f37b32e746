"""受注商品: what is ordered, said together with the order. An order without any is refused on every way in.

The values become lines of the order (`order_line`), checked as those are; the order itself keeps none of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.catalog.models import Product
from daifuku.documents import lines as paper_lines
from daifuku.foundation.errors import DomainError, FieldProblem, Invalid
from daifuku.orders.objects.order_line import ORDER_LINE
from daifuku.records.actions import create_many
from daifuku.records.actions.cleaning import Cleaner
from daifuku.records.actions.creating import new_record
from daifuku.records.actions.saving import settle
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.object_type import Gathered, Saved
from daifuku.records.catalogue.types.base import FieldType, Refused
from daifuku.records.catalogue.types.link import as_uid
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from daifuku.orders.models import Order
    from daifuku.staff.models import Person

MOST = 500
KEYS = (
    "product", "name", "spec", "quantity", "unit", "unit_price", "discount", "tax_class", "due_on", "deliver_to",
    "note",
)  # fmt: skip
# One file brings orders with their goods: a row a line; what differs from the first row is said of the line.
GATHERED = Gathered(
    "goods", ORDER_LINE.key, KEYS, by="number", of_row={"due_on": "due_on", "place": "deliver_to"}
)
_follow: ContextVar[bool] = ContextVar("orders_lines_follow", default=False)


class Goods(FieldType):
    """A list of lines, each as `order_line` has it; from a cell of a file as documents write their lines."""

    key, label, widget = "goods", gettext_lazy("受注商品"), "textarea"
    in_panel: ClassVar[bool] = True

    def clean(self, raw: Any, viewer: Viewer | None = None) -> list[dict[str, Any]]:
        rows = self._rows(raw)
        if len(rows) > MOST:
            raise Refused(_("明細は%(most)s行までです。") % {"most": MOST}, "too_many")
        known = {"kind", "place", "code", *KEYS, "cost"}
        for row in rows:
            if strange := next((key for key in row if key not in known), None):
                raise Refused(
                    _("「%(key)s」という項目はありません。") % {"key": str(strange)[:40]}, "unknown_field"
                )
        return [_with_product(row, viewer) for row in rows]

    def _rows(self, raw: Any) -> list[dict[str, Any]]:
        if raw is None or raw == "":
            return []
        if isinstance(raw, str):
            try:
                raw = json.loads(raw) if raw.lstrip().startswith("[{") else paper_lines.from_text(raw)
            except ValueError as error:
                raise Refused(_("明細の書き方を確認してください。"), "type") from error
        if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
            raise Refused(_("明細の書き方を確認してください。"), "type")
        return [dict(row) for row in raw]

    def display(self, value: Any) -> str:
        return "\n".join(
            f"{row.get('product') or row.get('name') or ''} × {row.get('quantity') or 1}" for row in value
        )

    def schema(self) -> dict[str, Any]:
        properties = {key: {"type": "string"} for key in ("kind", *KEYS)}
        return {"type": "array", "items": {"type": "object", "properties": properties}}


def _with_product(row: dict[str, Any], viewer: Viewer | None) -> dict[str, Any]:
    """Files and programs name a product by its code or its name; a code without a product is the product's."""
    said = row.get("product") or row.get("code")
    if viewer is None or not isinstance(said, str) or as_uid(said) is not None:
        return row
    rows = Product.objects.visible_to(viewer).filter(trashed_at__isnull=True)
    found = rows.filter(code=said.strip()).first()
    if found is None:
        named = list(rows.filter(name=said.strip())[:2])
        found = named[0] if len(named) == 1 else None
    return {**row, "product": found or said}


@contextmanager
def lines_follow() -> Iterator[None]:
    """The lines are written right after the order, in the same transaction."""
    token = _follow.set(True)
    try:
        yield
    finally:
        _follow.reset(token)


def need_goods(order: Any, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """受注商品 is required; what is wrong with a line is said of that line before anything is written."""
    if order.pk is not None:
        if "goods" in changed and order.goods:
            sentence = _("受注商品は登録のときだけ使えます。明細は、受注明細で変更してください。")
            yield FieldProblem("goods", sentence, code="registered")
        return
    if not order.goods:
        if not _follow.get():
            yield FieldProblem("goods", _("受注した商品を1つ以上入力してください。"), code="required")
        return
    cleaner = Cleaner(ORDER_LINE, viewer)
    for number, row in enumerate(_rows(order), 1):
        try:
            line = new_record(ORDER_LINE, cleaner.new(row), cleaner, by=viewer.person)
            settle(ORDER_LINE, line, frozenset(cleaner.fields), viewer)
        except Invalid as error:
            yield from _said(error, number)


def write_goods(saved: Saved, by: Person) -> None:
    """After an order was registered with its goods: they are its lines."""
    for order, _changed in saved:
        if order.version != 1 or not order.goods:
            continue
        rows, order.goods = _rows(order), None
        problems = []
        for number, result in enumerate(create_many(ORDER_LINE.key, rows, by=by), 1):
            if isinstance(result, Invalid):
                problems += _said(result, number)
            elif isinstance(result, DomainError):
                raise result
        if problems:
            raise Invalid(problems)
        order.refresh_from_db(fields=["net", "tax", "total", "rates", "state"])


def _rows(order: Order) -> Sequence[dict[str, Any]]:
    found = []
    for number, row in enumerate(order.goods or ()):
        values = {key: value for key, value in row.items() if value not in (None, "") and key != "code"}
        found.append({"place": (number + 1) * 10, **values, "order": order})
    return found


def _said(error: Invalid, number: int) -> list[FieldProblem]:
    fields = vocabulary.fields_of(ORDER_LINE.key)
    told = []
    for each in error.problems:
        name = fields[each.field].name if each.field in fields else ""
        words = {"place": number, "field": name, "sentence": each.message}
        sentence = _("受注商品%(place)s行目の%(field)s: %(sentence)s") % words
        told.append(FieldProblem("goods", sentence, code=each.code))
    return told
