"""A deal for each account, most of them won or lost long ago, and one person's board of five hundred that are open."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils import timezone

from daifuku.customers.models import Account
from daifuku.deals import ways
from daifuku.deals.actions import move
from daifuku.deals.actions.processes import save_stage
from daifuku.deals.models import Deal
from daifuku.records import actions
from daifuku.staff.models import Person

if TYPE_CHECKING:
    from daifuku.cli.bench.filling import Firm

OPEN, DAYS = 500, 3 * 365
BOARD, CARD = "120", "40"
STAGES = (("payment", 80), ("lost", 12), ("quote", 3), ("visit", 2), ("appointment", 2), ("inquiry", 1))
MINE = {
    "all": [
        {"field": "state", "op": "any_of", "value": ["open"]},
        {"field": "owner", "op": "any_of", "value": ["me"]},
    ]
}


def deals(people: Sequence[Person]) -> Iterator[dict[str, Any]]:
    random, today = Random("deals"), timezone.localdate()  # noqa: S311 - the same every time
    keys, weights = zip(*STAGES, strict=True)
    for account in Account.plain.order_by("pk").iterator():
        day = today - timedelta(days=random.randrange(DAYS))
        yield {
            "name": f"商談 {account.pk}", "account": account, "owner": random.choice(people),
            "stage": random.choices(keys, weights)[0], "amount": random.randrange(1, 500) * 10_000,
            "close_on": day, "closed_on": day, "lost_reason": "price",
        }  # fmt: skip


def open_board(person: Person, administrator: Person) -> None:
    """What he has before him every morning; his cards may go back without a reason, so that they can be moved again."""
    save_stage("standard", "appointment", {"back": "allow"}, by=administrator)
    random, today = Random("board"), timezone.localdate()  # noqa: S311 - the same every time
    accounts = list(Account.plain.filter(owner=person).order_by("pk")[:OPEN])
    rows = [
        {
            "name": f"進行中 {number}", "account": accounts[number % len(accounts)], "owner": person,
            "stage": ("inquiry", "appointment", "visit", "quote")[number % 4],
            "amount": random.randrange(1, 500) * 10_000,
            "close_on": today + timedelta(days=random.randrange(90)),
            "next_on": today + timedelta(days=random.randrange(-9, 20)) if number % 3 else None,
        }
        for number in range(OPEN)
    ]  # fmt: skip
    with ways.carried():
        for start in range(0, OPEN, 100):
            actions.create_many("deal", rows[start : start + 100], by=person)


def board(number: int) -> str:
    return f"/deals/?{urlencode({'view': 'running', 'where': json.dumps(MINE)})}"


def card(firm: Firm) -> Callable[[int], int]:
    """A card is moved on, the next time back."""
    keys = list(
        Deal.plain.filter(owner=firm.person, stage__in=("inquiry", "appointment"), name__startswith="進行中")
        .order_by("pk")
        .values_list("pk", flat=True)
    )

    def ask(number: int) -> int:
        deal = Deal.plain.get(pk=keys[number % len(keys)])
        to = "appointment" if deal.stage == "inquiry" else "inquiry"
        sent = {"view": "running", "field": "stage", "to": to, "version": deal.version}
        answer = firm.browser.post(f"/deals/{deal.uid}/move/", sent)
        assert answer.status_code == 200, answer.content[:300]
        return len(answer.content)

    return ask


def verb(firm: Firm) -> Callable[[int], int]:
    keys = list(
        Deal.plain.filter(owner=firm.person, stage__in=("inquiry", "appointment")).values_list(
            "pk", flat=True
        )
    )

    def ask(number: int) -> int:
        deal = Deal.plain.get(pk=keys[number % len(keys)])
        to = "appointment" if deal.stage == "inquiry" else "inquiry"
        move(deal, to, by=firm.person, values={"next_step": f"変更{time.monotonic_ns()}"})
        return 0

    return ask
