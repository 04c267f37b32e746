"""A customer who orders is traded with: 見込み becomes 取引中 with the first order, and goes back where that is taken
back. Nobody types it; whoever writes the order need not be in charge of the customer."""

from __future__ import annotations

from collections.abc import Iterable

from daifuku.customers.models import Account
from daifuku.customers.objects.account import ACCOUNT
from daifuku.ledger import writing as ledger
from daifuku.ledger.models import Event, Subject
from daifuku.orders.models import Order
from daifuku.records import derived
from daifuku.records.actions.editing import apply, stamp
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.object_type import Saved
from daifuku.records.formulas.filling import fill
from daifuku.records.formulas.spreading import spread
from daifuku.records.undoing import put_back
from daifuku.staff.models import Person

BEFORE, TRADING, DOCUMENT = "prospect", "active", "order"
LINES = 200


def after_save(saved: Saved, by: Person) -> None:
    """Of new orders, of those that name another customer, and of those that went into the trash or came out of it."""
    follow(
        (order.account_id for order, changed in saved if order.version == 1 or "account" in changed or not changed),
        by,
    )  # fmt: skip


def follow(keys: Iterable[int], by: Person | None) -> None:
    """Call inside the transaction in which orders came or went."""
    wanted = sorted(set(keys))
    rows = Account.plain.filter(pk__in=wanted, status__in=(BEFORE, TRADING), trashed_at__isnull=True)
    states = dict(rows.order_by("pk").values_list("pk", "status"))
    if not states:
        return
    standing = Order.plain.filter(account__in=states, trashed_at__isnull=True, cancelled_on__isnull=True)
    buying = set(standing.order_by().values_list("account_id", flat=True).distinct())
    other = [key for key, state in states.items() if (state == TRADING) != (key in buying)]
    held = Account.plain.select_for_update(of=("self",), no_key=True).filter(pk__in=other)
    for account in held.select_related("owner").order_by("pk") if other else ():
        if account.status == BEFORE and account.pk in buying and _is_offered():
            _write(account, TRADING, by)
        elif account.status == TRADING and account.pk not in buying and (line := _came_by_an_order(account)):
            with put_back():
                _write(account, line.changes["status"][0] or BEFORE, by, undoes=line)


def _is_offered() -> bool:
    """Firms have states of their own."""
    kind = vocabulary.fields_of("account")["status"].type
    return any(option.key == TRADING for option in kind.offered())  # type: ignore[attr-defined]


def _came_by_an_order(account: Account) -> Event | None:
    """The line that made this state, where an order did and nobody by hand."""
    lines = Event.objects.filter(
        subjects__object="account", subjects__record_id=account.pk, subjects__role=Subject.MAIN,
        undoes__isnull=True, undone_by__isnull=True,
    )  # fmt: skip
    for line in lines.order_by("-id")[:LINES]:
        if line.changes.get("status", [None, None])[1] == TRADING:
            return line if line.data.get("document") == DOCUMENT else None
    return None


def _write(account: Account, status: str, by: Person | None, undoes: Event | None = None) -> None:
    """Like any change of a customer, but the order is the proof: no rule is asked."""
    done = apply(account, {"status": status}, vocabulary.fields_of("account"))
    ACCOUNT.prepare(account, frozenset(done))
    fill(ACCOUNT, account)
    stamp(account)
    account.save()
    derived.keep(ACCOUNT, [account])
    person = by or account.owner or account.created_by
    if person is not None:
        ACCOUNT.follow([(account, frozenset(done))], person)
    spread(ACCOUNT, [(account, done)])
    ledger.record(
        ACCOUNT.event("edited"), by=by, about=about(ACCOUNT, account),
        data={"changes": done, "document": DOCUMENT}, undoes=undoes,
    )  # fmt: skip
