"""Five activities for each account: talks of three years, plans around today, tasks; held by a hundred people.

Days count from today, so that there is always a yesterday to read about and a morning to plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from daifuku.activities.objects import choices
from daifuku.customers.models import Account
from daifuku.staff.models import Membership, Person, Role, Team

PEOPLE, TEAM = 100, 10
# A plan for each fiftieth account: among a million a hundred people have two hundred each.
TALKS, IN_PLANS, IN_TASKS = 4, 50, 10
DAYS = 3 * 365
TEXTS = (
    "納期は25日でよいとのこと。数量は前回と同じ。",
    "新しい担当の方をご紹介いただいた。次回は見積をお持ちする。",
    "味噌の荷姿について問い合わせ。箱を小さくできないかとのご要望。",
    "ご注文の内容を確認した。請求は月末締めで変わらない。",
    "届いた品に傷があったとのこと。お詫びし、明日代わりをお送りする。",
)
ERRANDS = ("見積を送る", "カタログを届ける", "納期を確かめる", "請求書を直す")


def hire(role: Role) -> list[Person]:
    """A hundred who sell, in teams of ten; none of them signs in."""
    people = []
    for number in range(PEOPLE):
        if number % TEAM == 0:
            team = Team.objects.create(name=f"計測{number // TEAM + 1}課")
        person: Person = Person.objects.create_user(
            f"rep{number}@example.jp", None, family_name="計測", given_name=f"{number:03d}"
        )
        person.roles.add(role)
        Membership.objects.create(person=person, team=team, leads=number % TEAM == 0)
        people.append(person)
    return people


def talks(people: Sequence[Person]) -> Iterator[dict[str, Any]]:
    """Most with few customers: of every ten accounts one has thirty talks."""
    random = Random("talks")  # noqa: S311 - the same every time
    for place, account in enumerate(Account.plain.order_by("pk").iterator()):
        for _number in range(TALKS * 7 + 2 if place % 10 == 0 else 1):
            start = _moment(random, -random.randrange(DAYS))
            yield {
                "account": account, "started_at": start, "minutes": random.choice((10, 15, 30, 60)),
                "method": random.choice(choices.METHODS).key, "content": random.choice(choices.CONTENTS).key,
                "text": random.choice(TEXTS), "owner": random.choice(people),
            }  # fmt: skip


def plans(people: Sequence[Person]) -> Iterator[dict[str, Any]]:
    """Most are still to come; those of the last days wait for their result."""
    random = Random("plans")  # noqa: S311 - the same every time
    for account in Account.plain.order_by("pk")[::IN_PLANS]:
        start = _moment(random, random.randrange(-3, 30))
        yield {
            "account": account, "started_at": start, "ended_at": start + timedelta(hours=1), "method": "visit",
            "subject": "定例のご訪問", "place": "先方", "owner": random.choice(people),
        }  # fmt: skip


def tasks(people: Sequence[Person]) -> Iterator[dict[str, Any]]:
    random, today = Random("tasks"), timezone.localdate()  # noqa: S311 - the same every time
    for account in Account.plain.order_by("pk")[::IN_TASKS]:
        days = random.randrange(-DAYS, 30)
        yield {
            "account": account, "subject": random.choice(ERRANDS), "due_on": today + timedelta(days=days),
            "state": "done" if days < 0 and random.random() < 0.99 else "open", "owner": random.choice(people),
        }  # fmt: skip


def _moment(random: Random, days: int) -> datetime:
    """At some quarter of an hour while people work; of today only what is over."""
    noon = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    start = noon + timedelta(days=days, minutes=15 * random.randrange(32))
    if days <= 0 and start > timezone.now() - timedelta(hours=2):
        start -= timedelta(days=1)
    return start
