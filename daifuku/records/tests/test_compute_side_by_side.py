"""Several people save at once what is computed from one another: nobody is told to try again, and all is counted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from daifuku.customers.models import Account, Contact
from daifuku.records import actions
from daifuku.records.actions import custom_fields

if TYPE_CHECKING:
    from daifuku.records.models import CustomField
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 25


def side_by_side(*works: Callable[[int], object]) -> None:
    """Each in a thread of its own, so many times; what one of them raises is raised here."""
    troubles: list[BaseException] = []
    together = threading.Barrier(len(works))

    def repeat(work: Callable[[int], object]) -> None:
        try:
            for number in range(ROUNDS):
                together.wait(30)
                work(number)
        except BaseException as error:
            troubles.append(error)
            together.abort()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=repeat, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    real = [error for error in troubles if not isinstance(error, threading.BrokenBarrierError)]
    if real:
        raise real[0]


def formula(cast: Cast, text: str) -> CustomField:
    return custom_fields.add_field(
        "contact", "formula", "会社の名前", by=cast.mizuno, options={"formula": text}
    )


def roll_up(cast: Cast, **options: str) -> CustomField:
    wanted = {"of": "contact", "link": "account", **options}
    return custom_fields.add_field("account", "rollup", "集計", by=cast.mizuno, options=wanted)


def firm(cast: Cast) -> tuple[Account, Contact]:
    account: Account = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    contact: Contact = actions.create("contact", {"family_name": "山田", "account": account}, by=cast.aoyama)
    return account, contact


def test_a_formula_and_a_roll_up_over_the_same_link(cast: Cast) -> None:
    row, latest = formula(cast, "[取引先].[name]"), roll_up(cast, how="latest", field="family_name")
    account, contact = firm(cast)
    side_by_side(
        lambda number: actions.edit(account, {"name": f"会社{number}"}, by=cast.aoyama),
        lambda number: actions.edit(contact, {"family_name": f"山田{number}"}, by=cast.aoyama),
    )
    assert Contact.plain.get().custom[row.key] == Account.plain.get().name == f"会社{ROUNDS - 1}"
    assert Account.plain.get().custom[latest.key] == f"山田{ROUNDS - 1}"


def test_many_come_to_one_account_at_once(cast: Cast) -> None:
    row = roll_up(cast, how="count")
    account, _contact = firm(cast)

    def add(number: int) -> None:
        actions.create("contact", {"family_name": f"鈴木{number}", "account": account}, by=cast.aoyama)

    side_by_side(add, add, add)
    assert Account.plain.get().custom[row.key] == 3 * ROUNDS + 1


def test_somebody_moves_to_an_account_that_is_being_renamed(cast: Cast) -> None:
    formula(cast, "[取引先].[name]")
    account, contact = firm(cast)
    other = actions.create("account", {"name": "別の会社"}, by=cast.aoyama)
    side_by_side(
        lambda number: actions.edit(account, {"name": f"会社{number}"}, by=cast.aoyama),
        lambda number: actions.edit(contact, {"account": (other, account)[number % 2]}, by=cast.aoyama),
    )
    assert (Account.plain.get(pk=account.pk).version, Contact.plain.get().version) == (ROUNDS + 1, ROUNDS + 1)
