"""An order with its lines, written at once or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import DomainError, FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.orders import of_deals
from daifuku.orders.models import Order, OrderLine
from daifuku.orders.objects.goods import lines_follow
from daifuku.records.actions import create, edit, trash
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

MOST_LINES = 500
Row = Mapping[str, Any]


def enter(
    values: Mapping[str, Any], lines: Sequence[Row], *, by: Person, uid: uuid.UUID | None = None
) -> Order:
    """Registers an order. A problem of a line names it as `lines.0.quantity`.

    Raises Invalid (nothing ordered, fields), Forbidden, Conflict.
    """
    with ledger.writing():
        with of_deals.when_all_is_written(), lines_follow():
            try:
                order: Order = create("order", values, by=by, uid=uid)
            except Invalid as error:
                # What is wrong with the lines is told at once, as far as it can be known without their order.
                raise Invalid([*error.problems, *_nothing(lines)]) from error
            if problems := _nothing(lines):
                raise Invalid(problems)
            _write(order, lines, by)
        order = _fresh(order)
        of_deals.follow(order, by)
    return order


def change_lines(order: Order, lines: Sequence[Row], *, by: Person) -> Order:
    """Each row is new, or names a line by `uid`; with `remove` that one goes into the trash. Lines that are not named
    stay as they are. Raises Invalid, Conflict, Forbidden, NotFound."""
    with ledger.writing():
        _write(need_edit(order, by), lines, by)
    return _fresh(order)


def _write(order: Order, lines: Sequence[Row], by: Person) -> None:
    if len(lines) > MOST_LINES:
        raise Invalid(
            [FieldProblem("lines", _("明細は%(most)s行までです。") % {"most": MOST_LINES}, code="too_many")]
        )
    kept = {str(line.uid): line for line in lines_of(order).select_related("order", "product")}
    problems: list[FieldProblem] = []
    for number, row in enumerate(lines):
        values = {key: value for key, value in row.items() if key not in ("uid", "remove")}
        line = kept.get(str(row.get("uid", "")))
        try:
            if line is None:
                values.setdefault("place", (number + 1) * 10)
                create("order_line", {**values, "order": order}, by=by)
            elif row.get("remove"):
                trash(line, by=by)
            else:
                edit(line, values, by=by)
        except Invalid as error:
            problems += [
                FieldProblem(f"lines.{number}.{each.field}", each.message, code=each.code)
                for each in error.problems
            ]
        except DomainError as error:
            if error.status != 409:
                raise
            problems.append(FieldProblem(f"lines.{number}", error.message, code=error.code))
    if problems:
        raise Invalid(problems)


def _nothing(lines: Sequence[Row]) -> list[FieldProblem]:
    """受注商品 is required."""
    if lines:
        return []
    return [FieldProblem("lines", _("受注した商品を1つ以上入力してください。"), code="required")]


def lines_of(order: Order) -> Any:
    return OrderLine.plain.filter(order=order, trashed_at__isnull=True).order_by("place", "pk")


def _fresh(order: Order) -> Order:
    found: Order = Order.plain.select_related("account", "contact", "owner").get(pk=order.pk)
    return found


def need_edit(order: Order, by: Person) -> Order:
    """The order as it stands, held until the transaction ends. Raises NotFound, Forbidden."""
    from daifuku.records.actions.editing import locked

    found: Order = locked(order, viewer_of(by), "edit")
    return found
