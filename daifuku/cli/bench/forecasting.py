"""Deals of the firm of the bench: one for each account over three years, and the sums of all deals and orders."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from daifuku.customers.models import Account
from daifuku.deals import processes
from daifuku.deals.models import Deal
from daifuku.forecast import booking
from daifuku.foundation.sql.inserting import insert_many
from daifuku.ledger import writing as ledger

DAYS, AHEAD, BATCH = 1095, 180, 5_000


def sums() -> None:
    """Straight into the tables; the sums are made by the job that makes them in a firm that was there before."""
    if not Deal.plain.exists():
        _fill(Random("deals"))  # noqa: S311 - the same every time
    booking.fill()
    booking.put_together()


def _fill(random: Random) -> None:
    stages, today = list(processes.book().usual.stages), timezone.localdate()
    waiting: list[Any] = []
    for account in Account.plain.order_by("pk").iterator(chunk_size=BATCH):
        stage = random.choice(stages)
        day = today + timedelta(days=random.randrange(-DAYS, 1 if stage.kind != "open" else AHEAD))
        amount = random.randrange(5, 500) * 10_000
        waiting.append(
            Deal(
                name=f"商談{account.pk}", account=account, owner_id=account.owner_id, team_id=account.team_id,
                privacy=account.privacy, own_team_id=account.team_id, own_privacy=account.privacy,
                process=stage.process, stage=stage.key, state=stage.kind, amount=amount, probability=stage.probability,
                expected=amount * stage.probability // 100, forecast=stage.forecast, close_on=day,
                closed_on=None if stage.kind == "open" else day,
            )
        )  # fmt: skip
        if len(waiting) >= BATCH:
            _write(waiting)
            waiting = []
    _write(waiting)


def _write(deals: list[Any]) -> None:
    with ledger.writing():
        insert_many(deals)
