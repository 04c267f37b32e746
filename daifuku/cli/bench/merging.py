"""Ten firms become one with a thousand things hanging on them, and ten again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from daifuku.customers.models import Account
from daifuku.merging.actions import merge, take_back
from daifuku.merging.models import Merge
from daifuku.records import actions
from daifuku.records.actions.commenting import write_comment
from daifuku.staff.models import Person

RECORDS, PEOPLE, TALKS, COMMENTS = 10, 20, 70, 10
NAME = "重複商事"


def make_doubles() -> None:
    """Before anything is measured: each with a hundred things on it."""
    if _doubles():
        return
    by, now = _person(), timezone.now()
    for number in range(RECORDS):
        values = {"name": f"{NAME}{number}", "phone": f"03-5555-00{number:02}", "note": f"備考{number}"}
        firm = actions.create("account", values, by=by)
        actions.create_many(
            "contact", [{"family_name": f"田中{each}", "account": firm} for each in range(PEOPLE)], by=by
        )
        talks = [
            {
                "account": firm,
                "method": "phone",
                "content": "other",
                "text": f"電話 {each}",
                "started_at": now - timedelta(days=each),
            }
            for each in range(TALKS)
        ]
        actions.create_many("talk", talks, by=by)
        for each in range(COMMENTS):
            write_comment(firm, f"覚え書き {each}", by=by)


def merge_ten(number: int) -> int:
    records = _doubles()
    merge(records, records[0], by=_person())
    return 0


def part_again(number: int) -> int:
    take_back(Merge.objects.filter(undone_at__isnull=True).latest("pk"), by=_person())
    return 0


def _person() -> Person:
    person: Person = Person.objects.get(email="aoyama@example.jp")
    return person


def _doubles() -> list[Any]:
    return list(Account.plain.filter(name__startswith=NAME, trashed_at__isnull=True).order_by("pk"))
