"""What is kept about a customer is as open as he is: his team, his privacy, whoever is in charge of him."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from daifuku.customers.models import Account, Lead
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person

ASKED = ("account", "contact", "lead", "deal", "order")
LINKS: Sequence[tuple[str, Any]] = (("account", Account), ("lead", Lead))


class Hands(NamedTuple):
    """In whose hands a customer is, and how open; or what of that a record gets that is kept about him."""

    keeper: int | None
    team: int | None
    privacy: str


def hands_of(customer: Any) -> Hands:
    return Hands(customer.owner_id, customer.team_id, customer.privacy)


def put(record: Any, hands: Hands) -> None:
    record.keeper_id, record.team_id, record.privacy = hands


def put_rows(rows: Any, hands: Hands) -> None:
    rows.update(keeper=hands.keeper, team=hands.team, privacy=hands.privacy)


def follow_customer(
    link: str,
    models: Sequence[Any],
    then: Callable[[Any, str], None] | None = None,
    put: Callable[[Any, Hands], None] = put_rows,
) -> Callable[[Saved, Person], None]:
    """After a customer was changed: what happened with it is seen by those who see the customer. `put` gives rows what
    they get of him; `then` gets the rows that followed and how private he is now."""

    def follow(saved: Saved, by: Person) -> None:
        """Customers that now stand alike are followed together: a bulk change moves thousands."""
        alike: dict[Hands, list[int]] = {}
        for customer, changed in saved:
            if customer.version > 1 and changed & {"owner", "team", "privacy"}:
                alike.setdefault(hands_of(customer), []).append(customer.pk)
        for model in models:
            for hands, keys in with_any(model, link, alike).items():
                rows = model.plain.filter(**{f"{link}__in": keys})
                if link == "lead":
                    rows = rows.filter(account__isnull=True)
                put(rows, hands)
                if then is not None:
                    then(rows, hands.privacy)

    return follow


def with_any(model: Any, link: str, alike: dict[Hands, list[int]]) -> dict[Hands, list[int]]:
    """Of many groups of customers those with whom there is any of these: newcomers dealt out to twenty people have
    nothing yet, and one question is less than twenty changes of nothing."""
    if len(alike) < 2:
        return alike
    every = [key for keys in alike.values() for key in keys]
    rows = model.plain.filter(**{f"{link}__in": every}).order_by()
    busy = set(rows.values_list(f"{link}_id", flat=True).distinct())
    found = {how: [key for key in keys if key in busy] for how, keys in alike.items()}
    return {how: keys for how, keys in found.items() if keys}


def keep_as_open(
    saved: Saved, by: Person, *, asked: Collection[str] = ASKED, links: Sequence[tuple[str, Any]] = LINKS,
    gets: Callable[[Any, Hands], Hands] = lambda record, hands: hands,
) -> None:  # fmt: skip
    """Asks once more inside the write: since the customer was fetched, somebody may have made him private.

    `asked` are the fields after whose change it is asked, `links` those of a customer, of which the first that is
    filled counts; `gets` says what a record of a customer in such hands gets of them.

    A single save holds the customer until it ends, so that neither of two who meet overlooks the other; many at once
    would wait for each other in the wrong order.
    """
    told = [record for record, changed in saved if changed & set(asked)]
    for link, model in links:
        meant = {record: getattr(record, f"{link}_id") for record in told if _counts(record, links) == link}
        if not meant:
            continue
        rows = model.plain.filter(pk__in=set(meant.values())).order_by("pk")
        if len(saved) == 1:
            rows = rows.select_for_update(no_key=True)
        now = {key: Hands(*how) for key, *how in rows.values_list("pk", "owner_id", "team_id", "privacy")}
        for record, key in meant.items():
            wanted = gets(record, now[key])
            if (record.keeper_id, record.team_id, record.privacy) != wanted:
                put(record, wanted)
                record.save(update_fields=["keeper", "team", "privacy"])


def _counts(record: Any, links: Sequence[tuple[str, Any]]) -> str:
    """Whose privacy counts."""
    return next((link for link, _model in links if getattr(record, f"{link}_id") is not None), "")
