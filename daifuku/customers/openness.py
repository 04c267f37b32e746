"""What is kept about a customer is as open as he is: his team, his privacy, whoever is in charge of him."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from daifuku.customers.models import Account, Lead
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person

Alike = tuple[Any, ...]
ASKED = ("account", "contact", "lead", "deal", "order")
LINKS: Sequence[tuple[str, Any]] = (("account", Account), ("lead", Lead))


def follow_customer(
    link: str, models: Sequence[Any], then: Callable[[Any, str], None] | None = None
) -> Callable[[Saved, Person], None]:
    """After a customer was changed: what happened with it is seen by those who see the customer. `then` gets the rows
    that followed and how private they are now."""

    def follow(saved: Saved, by: Person) -> None:
        """Customers that now stand alike are followed together: a bulk change moves thousands."""
        alike: dict[Alike, list[int]] = {}
        for customer, changed in saved:
            if customer.version > 1 and changed & {"owner", "team", "privacy"}:
                how = (customer.owner_id, customer.team_id, customer.privacy)
                alike.setdefault(how, []).append(customer.pk)
        for model in models:
            for (owner, team, privacy), keys in with_any(model, link, alike).items():
                rows = model.plain.filter(**{f"{link}__in": keys})
                if link == "lead":
                    rows = rows.filter(account__isnull=True)
                rows.update(keeper=owner, team=team, privacy=privacy)
                if then is not None:
                    then(rows, privacy)

    return follow


def with_any(model: Any, link: str, alike: dict[Alike, list[int]]) -> dict[Alike, list[int]]:
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
    beside: Callable[[str, Any], str] = lambda privacy, record: privacy,
) -> None:  # fmt: skip
    """Asks once more inside the write: since the customer was fetched, somebody may have made him private.

    `asked` are the fields after whose change it is asked, `links` those of a customer, of which the first that is
    filled counts; `beside` says what a record of a customer of such a privacy gets itself.

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
        now = {key: how for key, *how in rows.values_list("pk", "owner_id", "team_id", "privacy")}
        for record, key in meant.items():
            owner, team, privacy = now[key]
            wanted = [owner, team, beside(privacy, record)]
            if [record.keeper_id, record.team_id, record.privacy] != wanted:
                record.keeper_id, record.team_id, record.privacy = wanted
                record.save(update_fields=["keeper", "team", "privacy"])


def _counts(record: Any, links: Sequence[tuple[str, Any]]) -> str:
    """Whose privacy counts."""
    return next((link for link, _model in links if getattr(record, f"{link}_id") is not None), "")
