"""Which customer a line of the bank's book comes from, and which invoices it pays: proposals for a person to confirm.

A name is that customer's if somebody said so before, or if it is his kana name; a name that is only cut off, or an
amount that only one open invoice has, is a hint. A proposal is sure where the name is known and the amount is that of
his invoices, with or without a fee that banks usually take. Questions are constant in number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from daifuku.billing import owed
from daifuku.billing.models import BankLine, Invoice, PayerName, Payment
from daifuku.billing.payers import begins, keys_of
from daifuku.billing.setting_off import Owed, meant
from daifuku.billing.settled import ISSUED
from daifuku.customers.models import Account
from daifuku.staff.viewer import Viewer

# What banks took for a transfer in the last years, in yen with tax.
FEES = (
    110, 145, 150, 165, 200, 220, 275, 300, 330, 385, 400, 430, 440, 490, 495, 550, 600, 605, 660, 715, 770, 825,
    880,
)  # fmt: skip
SAID, NAME, CUT_OFF, AMOUNT = "said", "name", "cut_off", "amount"


@dataclass(frozen=True)
class Part:
    invoice: Any
    amount: int


@dataclass(frozen=True)
class Proposal:
    """`why` the customer: SAID, NAME, CUT_OFF, AMOUNT, or empty where nobody is proposed. `left` stays as an advance.
    `takes_back` is the payment that a line of the bank takes back."""

    line: BankLine
    account: Any = None
    why: str = ""
    parts: tuple[Part, ...] = ()
    fee: int = 0
    left: int = 0
    exact: bool = False
    takes_back: Any = None

    @property
    def sure(self) -> bool:
        return self.why in (SAID, NAME) and self.exact and not self.line.taken_back


class Book:
    """What is known of payers and open invoices, as this person may know it; read once for many lines."""

    def __init__(self, lines: Sequence[BankLine], viewer: Viewer) -> None:
        keys = {line.payer_key for line in lines if line.payer_key}
        said = PayerName.objects.filter(key__in=keys).values_list("key", "account")
        self._said = dict(said)
        rows = Invoice.plain.filter(ISSUED, open__gt=0).values_list("account", flat=True)
        visible = Account.objects.visible_to(viewer)
        known = set(self._said.values())
        self._accounts = {
            each.pk: each for each in visible.filter(pk__in=set(rows.order_by().distinct()) | known)
        }
        open_ = Invoice.plain.filter(ISSUED, open__gt=0, account__in=self._accounts)
        self.open: dict[int, list[Any]] = {}
        for invoice in open_.order_by("due_on", "pk"):
            self.open.setdefault(invoice.account_id, []).append(invoice)
        self._by_key: dict[str, list[Any]] = {}
        for account in self._accounts.values():
            for key in keys_of(account.kana, account.name):
                self._by_key.setdefault(key, []).append(account)

    def who(self, line: BankLine) -> tuple[Any, str]:
        """The customer and why; nobody where two are meant alike."""
        key = line.payer_key
        if key in self._said:
            account = self._accounts.get(self._said[key])
            return (account, SAID) if account else (None, "")
        if len(exact := self._by_key.get(key, [])) == 1:
            return exact[0], NAME
        if key and not exact:
            cut = {each.pk: each for one, found in self._by_key.items() if begins(key, one) for each in found}
            if len(cut) == 1:
                return next(iter(cut.values())), CUT_OFF
        same = [one for found in self.open.values() for one in found if one.open == line.amount]
        return (self._accounts[same[0].account_id], AMOUNT) if len(same) == 1 and not exact else (None, "")


def propose(lines: Sequence[BankLine], viewer: Viewer) -> list[Proposal]:
    """In the order of the lines; what an earlier one pays is not proposed to a later one again."""
    book = Book(lines, viewer)
    found = {}
    for line in sorted(lines, key=lambda each: (each.day, each.pk)):
        found[line.pk] = _taking_back(line, book, viewer) if line.taken_back else _one(line, book)
    return [found[line.pk] for line in lines]


def for_account(line: BankLine, account: Any) -> Proposal:
    """What this line pays of that customer's, whom somebody chose."""
    return _paying(Proposal(line, account, SAID), owed.open_invoices(account))


def _one(line: BankLine, book: Book) -> Proposal:
    account, why = book.who(line)
    if account is None:
        return Proposal(line)
    proposal = _paying(Proposal(line, account, why), book.open.get(account.pk, []))
    spent = {part.invoice.pk: part.amount for part in proposal.parts}
    for invoice in book.open.get(account.pk, []):
        invoice.open -= spent.get(invoice.pk, 0)
    book.open[account.pk] = [each for each in book.open.get(account.pk, []) if each.open > 0]
    return proposal


def _paying(proposal: Proposal, invoices: Iterable[Any]) -> Proposal:
    by_key = {each.pk: each for each in invoices}
    open_: list[Owed] = owed.as_owed(list(by_key.values()))
    amount = proposal.line.amount
    sets, fee = meant(amount, open_, FEES)
    used = sum(each.amount for each in sets)
    exact = bool(sets) and used == amount + fee and all(each.amount == by_key[each.key].open for each in sets)
    parts = tuple(Part(by_key[each.key], each.amount) for each in sets)
    return replace(proposal, parts=parts, fee=fee, left=amount + fee - used, exact=exact)


def _taking_back(line: BankLine, book: Book, viewer: Viewer) -> Proposal:
    """A transfer that the bank took back: the newest payment of that name and amount."""
    rows = Payment.objects.visible_to(viewer).filter(
        bank_line__payer_key=line.payer_key,
        amount=line.amount,
        cancelled_on__isnull=True,
        paid_on__lte=line.day,
    )
    payment = rows.select_related("account").order_by("-paid_on", "-pk").first()
    return Proposal(line, payment.account if payment else None, SAID if payment else "", takes_back=payment)
