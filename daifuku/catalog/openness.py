"""What is kept about a customer is as open as he is: his team, his privacy, whoever is in charge of him."""

from __future__ import annotations

from typing import Any

from daifuku.customers.models import Account
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person

# Kinds of records that hang on an account and are no wider open than it; areas above add theirs from `apps.ready()`.
AS_OPEN: list[Any] = []
HOW = ("keeper", "team", "privacy")


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


def keep_as_open(saved: Saved, by: Person) -> None:
    """Inside the write once more: since the customer was fetched, somebody may have made him private."""
    told = [record for record, changed in saved if "account" in changed and record.account_id is not None]
    if not told:
        return
    rows = Account.plain.filter(pk__in={record.account_id for record in told}).order_by("pk")
    if len(saved) == 1:
        rows = rows.select_for_update(no_key=True)
    now = {key: how for key, *how in rows.values_list("pk", "owner_id", "team_id", "privacy")}
    for record in told:
        if [record.keeper_id, record.team_id, record.privacy] != now[record.account_id]:
            record.keeper_id, record.team_id, record.privacy = now[record.account_id]
            record.save(update_fields=list(HOW))


def follow_accounts(saved: Saved, by: Person) -> None:
    """After an account was changed: accounts that now stand alike are followed together."""
    alike: dict[tuple[Any, ...], list[int]] = {}
    for account, changed in saved:
        if account.version > 1 and changed & {"owner", "team", "privacy"}:
            alike.setdefault((account.owner_id, account.team_id, account.privacy), []).append(account.pk)
    for (owner, team, privacy), keys in alike.items():
        for model in AS_OPEN:
            model.plain.filter(account__in=keys).update(keeper=owner, team=team, privacy=privacy)
