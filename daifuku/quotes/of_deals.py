"""What quotes do for the deal that they name: an issued one brings it to the quote, an accepted one wins it."""

from __future__ import annotations

from collections.abc import Sequence

from daifuku.deals.actions import following
from daifuku.quotes.models import Quote
from daifuku.quotes.models.quote import ACCEPTED, DECLINED, ISSUED, REPLACED
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person

COMES = {ISSUED: "quote", ACCEPTED: "order"}
# The customer has had it in his hands, whatever he thought of it.
OUT = (ISSUED, ACCEPTED, DECLINED, REPLACED)


def stand(deals: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    rows = Quote.plain.filter(deal__in=deals, state__in=OUT, trashed_at__isnull=True)
    for key, state in rows.values_list("deal_id", "state"):
        if key is not None:
            found.setdefault(key, set()).update({"quote", "order"} if state == ACCEPTED else {"quote"})
    return found


def after_save(saved: Saved, by: Person | None) -> None:
    for quote, changed in saved:
        if "deal" in changed and quote.left_deal is not None:
            following.follow([quote.left_deal], by=by)
        turned = quote.version > 1 and (changed & {"state", "deal"} or not changed)
        if quote.deal_id is not None and turned:
            values = {"amount": quote.net or None}
            following.follow([quote.deal_id], by=by, came=COMES.get(quote.state, ""), values=values)
