"""注文請書: the firm tells the customer in writing what it has understood."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from daifuku.documents import sealing
from daifuku.documents.models import Sealed
from daifuku.foundation.errors import Conflict
from daifuku.ledger import writing as ledger
from daifuku.ledger.writing import About
from daifuku.orders.actions.entering import lines_of, need_edit
from daifuku.orders.models import Order
from daifuku.orders.papers import CONFIRMATION, confirmation
from daifuku.staff.models import Person


def confirm(order: Order, *, by: Person, today: date) -> Sealed:
    """Issues the paper; a later one names the one before. Raises Conflict (cancelled, nothing ordered), Forbidden."""
    with ledger.writing():
        order = need_edit(order, by)
        lines = list(lines_of(order))
        if order.cancelled_on is not None:
            raise Conflict(_("取り消した受注の注文請書は発行できません。"), code="cancelled")
        if not any(line.counts for line in lines):
            raise Conflict(_("明細がないため、発行できません。商品を入力してください。"), code="empty")
        before = next((each for each in sealing.copies_of(order) if each.kind == CONFIRMATION), None)
        compose = confirmation(order, lines, today, before)
        copy = sealing.seal(CONFIRMATION, order, compose, today, by=by, replaces=before)
        order.issued_on = today
        order.save(update_fields=["issued_on"])
        ledger.record(
            "order.confirmed", by=by, about=[About("order", order.pk), About("account", order.account_id, "related")],
            data={"number": copy.number, "sha256": copy.sha256, "replaces": before.number if before else ""},
        )  # fmt: skip
    return copy
