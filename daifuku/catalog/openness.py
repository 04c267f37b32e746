"""What is kept about a customer is as open as he is: his team, his privacy, whoever is in charge of him."""

from __future__ import annotations

from functools import partial
from typing import Any

from daifuku.customers import openness

# Kinds of records that hang on an account and are no wider open than it; areas above add theirs from `apps.ready()`.
AS_OPEN: list[Any] = []


def take_customer(record: Any, changed: frozenset[str]) -> None:
    """Before a save: as the account says it. Without one the record is everybody's."""
    if record.pk is not None and "account" not in changed:
        return
    account = record.account if record.account_id else None
    record.keeper_id = account.owner_id if account else None
    if account is not None:
        record.team_id, record.privacy = account.team_id, account.privacy
    elif record.pk is not None:
        record.privacy = ""


# Inside the write once more: since the customer was fetched, somebody may have made him private.
keep_as_open = partial(openness.keep_as_open, asked=("account",), links=openness.LINKS[:1])
# After an account was changed.
follow_accounts = openness.follow_customer("account", AS_OPEN)
