"""Keeps the sums right: in the transaction of a change, and once over everything where they were not kept.

`book` may be called at any time and as often as one likes: it writes the difference to what stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Max, Sum

from daifuku.billing.models import Invoice, InvoiceLine, Payment
from daifuku.deals.models.deal import DONE as PAID
from daifuku.deals.models.deal import WON
from daifuku.forecast import sources
from daifuku.forecast.models import Booked, Setting, Summed, setting
from daifuku.forecast.money import INVOICED, OWED, RECEIVED, UNBILLED
from daifuku.forecast.sources import BACKLOG, OPEN_DEALS, Row, Rows, Source
from daifuku.foundation.sql.inserting import insert_rows
from daifuku.ledger import writing as ledger
from daifuku.orders.models import Order, OrderLine
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person

OF_ORDERS, OF_DEALS = ("ordered", "delivered", BACKLOG, UNBILLED), ("won", OPEN_DEALS)
OF_INVOICES, OF_PAYMENTS = (INVOICED, OWED), (RECEIVED,)
BATCH, AT_ONCE = 500, 500
# So many rows that are alike are worth putting together.
MANY = 500
DIMENSIONS = ("source", "month", "owner_id", "keeper_id", "team_id", "privacy", "part")
AMOUNTS = ("amount", "weighted", "count")
DONE = -1


def book(source: Source, keys: Iterable[int]) -> None:
    """What these records come to now, in place of what they came to before. Inside the transaction of the change."""
    wanted = sorted(set(keys))
    if not wanted:
        return
    old = _booked(source, wanted)
    new = source.rows(wanted)
    changed = [key for key in wanted if Counter(old.get(key, ())) != Counter(new.get(key, ()))]
    if not changed:
        return
    if old:
        Booked.objects.filter(source=source.key, record_id__in=changed).delete()
    rows = [(source.key, *row, key) for key in changed for row in new.get(key, ())]
    insert_rows(Booked, (*DIMENSIONS, *AMOUNTS, "record_id"), rows)
    difference: dict[tuple[Any, ...], list[int]] = {}
    for sign, side in ((-1, old), (1, new)):
        for key in changed:
            for row in side.get(key, ()):
                sums = difference.setdefault((source.key, *row[:6]), [0, 0, 0])
                for place, value in enumerate(row[6:]):
                    sums[place] += sign * value
    insert_rows(
        Summed, (*DIMENSIONS, *AMOUNTS), [(*key, *sums) for key, sums in difference.items() if any(sums)]
    )


def _booked(source: Source, keys: list[int]) -> Rows:
    found: Rows = {}
    rows = Booked.objects.filter(source=source.key, record_id__in=keys)
    for key, *values in rows.values_list("record_id", *DIMENSIONS[1:], *AMOUNTS):
        found.setdefault(key, []).append(Row(*values))
    return found


def orders_counted(keys: list[int]) -> None:
    """After lines, deliveries or the order itself changed (`orders.state.recount`)."""
    for name in OF_ORDERS:
        book(sources.get(name), keys)
    deals = Order.plain.filter(pk__in=keys, deal__state__in=(WON, PAID)).order_by()
    book(sources.get("won"), [key for key in deals.values_list("deal", flat=True) if key])


def orders_saved(saved: Saved, by: Person) -> None:
    """Trash, the way back, and another day on which it is due are told of here alone."""
    orders_counted([order.pk for order, changed in saved if not changed or "due_on" in changed])


def deals_saved(saved: Saved, by: Person) -> None:
    deals_counted([deal.pk for deal, _changed in saved])


def deals_counted(keys: Sequence[int]) -> None:
    for name in OF_DEALS:
        book(sources.get(name), keys)


def invoices_counted(keys: list[int]) -> None:
    """After they were issued, corrected, paid, or somebody else keeps them (`billing.settled`)."""
    for name in OF_INVOICES:
        book(sources.get(name), keys)


def invoices_saved(saved: Saved, by: Person) -> None:
    invoices_counted([invoice.pk for invoice, _changed in saved])


def payments_counted(keys: list[int]) -> None:
    for name in OF_PAYMENTS:
        book(sources.get(name), keys)


def products_saved(saved: Saved, by: Person) -> None:
    """Goods of another group: what was sold of them lately counts there at once, the rest from the next night on."""
    keys = [product.pk for product, changed in saved if product.version > 1 and "group" in changed]
    if keys:
        lines = OrderLine.plain.filter(product__in=keys).order_by("-ordered_on", "-pk")
        orders = sorted(set(lines.values_list("order", flat=True)[:AT_ONCE]))
        orders_counted(orders)
        bills = InvoiceLine.objects.filter(
            order_line__order__in=orders, order_line__product__in=keys
        ).order_by()
        invoices_counted(sorted(set(bills.values_list("invoice", flat=True)[:AT_ONCE])))


def accounts_saved(saved: Saved, by: Person) -> None:
    """A customer that somebody else keeps now, or that became private: his papers followed him, and are held."""
    keys = [a.pk for a, changed in saved if a.version > 1 and changed & {"owner", "team", "privacy"}]
    if keys:
        for model, count in (
            (Order, orders_counted),
            (Invoice, invoices_counted),
            (Payment, payments_counted),
        ):
            found = list(model.plain.filter(account__in=keys).values_list("pk", flat=True))
            for start in range(0, len(found), BATCH):
                count(found[start : start + BATCH])


def unfilled() -> bool:
    """Is there a source whose older records were never booked?"""
    filled = setting().filled
    return any(filled.get(source.key) != DONE for source in sources.every())


def fill(most: int = 0) -> int:
    """Books what was there before this room was, in batches; goes on where the last call stopped. How many."""
    done = 0
    for source in sources.every():
        while (after := setting().filled.get(source.key, 0)) != DONE:
            with ledger.writing():
                keys = list(
                    source.model.plain.filter(pk__gt=after)
                    .order_by("pk")
                    .values_list("pk", flat=True)[:BATCH]
                )
                list(
                    source.model.plain.select_for_update(no_key=True)
                    .filter(pk__in=keys)
                    .order_by("pk")
                    .values("pk")
                )
                book(source, keys)
                _reached(source, keys[-1] if keys else DONE)
            done += len(keys)
            if most and done >= most:
                return done
    return done


def _reached(source: Source, key: int) -> None:
    row = Setting.objects.first() or Setting()
    row.filled = {**row.filled, source.key: key}
    row.save()


def renew() -> None:
    """Over everything once more, at night: mends what came past the verbs."""
    with ledger.writing():
        if row := Setting.objects.first():
            row.filled = {}
            row.save(update_fields=["filled"])
    fill()
    for source in sources.every():
        _forget_gone(source)


def _forget_gone(source: Source) -> None:
    """Rows of records that are not there any more."""
    keys = Booked.objects.filter(source=source.key).exclude(record_id__in=source.model.plain.values("pk"))
    gone = list(keys.values_list("record_id", flat=True)[:BATCH])
    if gone:
        with ledger.writing():
            book(source, gone)


def scattered() -> bool:
    """Are there so many rows that are alike that reading them takes time?"""
    last = Summed.objects.aggregate(n=Count("pk"), last=Max("pk"))
    return bool(last["n"] and last["n"] > MANY and _alike().count() * 2 < last["n"])


def _alike() -> Any:
    return Summed.objects.order_by().values(*DIMENSIONS).annotate(rows=Count("pk"))


def put_together() -> None:
    """One row for all that are alike. Only rows that were read are taken away, so nothing written meanwhile is lost."""
    with ledger.writing():
        last = Summed.objects.aggregate(last=Max("pk"))["last"]
        keys = list(Summed.objects.filter(pk__lte=last or 0).values_list("pk", flat=True))
        sums: list[Any] = []
        for start in range(0, len(keys), 20_000):
            part = Summed.objects.filter(pk__in=keys[start : start + 20_000])
            grouped = part.order_by().values_list(*DIMENSIONS)
            sums += grouped.annotate(a=Sum("amount"), w=Sum("weighted"), n=Sum("count"))
            part.delete()
        together: dict[tuple[Any, ...], list[int]] = {}
        for row in sums:
            kept = together.setdefault(tuple(row[:7]), [0, 0, 0])
            for place, value in enumerate(row[7:]):
                kept[place] += value
        insert_rows(
            Summed,
            (*DIMENSIONS, *AMOUNTS),
            [(*key, *values) for key, values in together.items() if any(values)],
        )
