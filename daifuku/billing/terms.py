"""When a customer's deliveries are closed and paid: his 締め日 and 支払条件, as they stand on his page."""

from __future__ import annotations

from dataclasses import replace

from daifuku.billing.closing import LAST, Terms, read_terms
from daifuku.customers.models import Account

END, EACH = "end", "each"


def terms_of(account: Account) -> Terms:
    """The day in 締め日 goes before what 支払条件 says of it. Where neither says a day, every delivery has its own
    invoice, due at the end of the month after."""
    written = read_terms(account.payment_terms) or Terms(closing_day=None)
    said = account.closing_day
    if said == EACH:
        return replace(written, closing_day=None)
    if said == END:
        return replace(written, closing_day=LAST)
    if said.isascii() and said.isdigit() and 1 <= int(said) <= LAST:
        return replace(written, closing_day=int(said))
    return written
