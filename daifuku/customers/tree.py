"""Head office, branches, sales offices, departments: what a part of a firm and all below it amount to.

Only what the person may see is named and summed; the rest of the tree keeps its shape, so that a branch does not seem
to hang in the air.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils.translation import pgettext_lazy

from daifuku.customers.models import Account, Contact
from daifuku.foundation.sql.prepared import Prepared
from daifuku.foundation.sql.tree import above, below
from daifuku.records.catalogue import vocabulary
from daifuku.records.scope import seen_by_keys, sees
from daifuku.staff.viewer import Viewer

AMOUNTS = ("employees", "annual_sales")


@dataclass(frozen=True)
class Counter:
    """Something that areas above count for accounts: `count(account ids, viewer)` gives {id: number}."""

    key: str
    label: Any
    count: Callable[[Sequence[int], Viewer], dict[int, int]]


@dataclass
class Sums:
    """Of an account and all below it: how many of them the person sees, their amounts, what hangs on them."""

    accounts: int = 0
    amounts: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


@dataclass
class Node:
    """A row of the tree; `account` is None where the person may not know which one it is."""

    account: Account | None
    sums: Sums
    depth: int = 0
    opens: bool = False


def count_contacts(keys: Sequence[int], viewer: Viewer) -> dict[int, int]:
    rows = Contact.objects.visible_to(viewer).filter(account_id__in=keys).order_by()
    return dict(rows.values_list("account_id").annotate(Count("pk")))


COUNTERS: list[Counter] = [Counter("contacts", pgettext_lazy("many", "担当者"), count_contacts)]


def told_to(viewer: Viewer) -> bool:
    """Whether this person may know what lies above what."""
    return "parent" in vocabulary.fields_for(viewer, "account")


def sums_of(roots: Iterable[int], viewer: Viewer) -> dict[int, Sums]:
    """Per root the sums over its subtree, as far as this person sees it: a few queries, however many roots."""
    pairs = below(Account, "parent", roots) if told_to(viewer) else [(root, root) for root in roots]
    keys = sorted({key for _root, key in pairs})
    amounts = [name for name in AMOUNTS if name in vocabulary.fields_for(viewer, "account")]
    seen = Account.objects.visible_to(viewer).filter(pk__in=keys).order_by()
    values = {row[0]: row[1:] for row in seen.values_list("pk", *amounts)}
    counts = {counter.key: counter.count(list(values), viewer) for counter in COUNTERS}
    found: dict[int, Sums] = defaultdict(
        lambda: Sums(amounts=dict.fromkeys(amounts, 0), counts=dict.fromkeys(counts, 0))
    )
    for root, key in pairs:
        sums = found[root]
        if key not in values:
            continue
        sums.accounts += 1
        for name, value in zip(amounts, values[key], strict=True):
            sums.amounts[name] += value or 0
        for name, numbers in counts.items():
            sums.counts[name] += numbers.get(key, 0)
    return found


RIGHT_BELOW = Prepared(
    lambda parent: Account.plain.filter(parent_id=parent, trashed_at__isnull=True).order_by("sort_key", "pk")
)


def level(parent: int, viewer: Viewer, depth: int = 0, *, summed: bool = True) -> list[Node]:
    """The nodes right below this account, by name; below an unseen one its own level follows at once."""
    if not told_to(viewer):
        return []
    return _nodes(RIGHT_BELOW(parent), viewer, depth, summed)


def node(account: Account, viewer: Viewer) -> Node:
    return _nodes([account], viewer, 0, True)[0]


def _nodes(accounts: list[Account], viewer: Viewer, depth: int, summed: bool) -> list[Node]:
    keys = [account.pk for account in accounts]
    if not keys:
        return []
    seen = {account.pk for account in accounts if not account.trashed_at and sees(viewer, account, "view")}
    sums = sums_of(keys, viewer) if summed else {}
    lower = Account.plain.filter(parent_id__in=keys, trashed_at__isnull=True)
    has = set(lower.values_list("parent_id", flat=True)) if told_to(viewer) else set()
    found: list[Node] = []
    for account in accounts:
        known = account.pk in seen
        found.append(
            Node(
                account if known else None,
                sums.get(account.pk) or Sums(),
                depth,
                opens=known and account.pk in has,
            )
        )
        if not known and account.pk in has and depth < 100:
            found += level(account.pk, viewer, depth + 1, summed=summed)
    return found


def parents_of(account: Account, viewer: Viewer) -> list[Account | None]:
    """From the top down to the account above this one; None for those that the person may not know."""
    keys = above(Account, "parent", account.pk) if account.parent_id and told_to(viewer) else []
    seen = seen_by_keys(Account, keys, viewer)
    return [seen.get(key) for key in reversed(keys)]
