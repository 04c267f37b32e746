"""A firm with as many accounts as asked for, twice as many people in them, as many leads, five activities each.

Up to `BY_HAND` accounts come in through the verbs, as everything does. What goes beyond is copied inside the database,
row by row with its search row, keys and lines of the ledger, under other names: that is twenty times as fast.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client

from daifuku.api.actions import create_token
from daifuku.cli.bench import activities, deals, invented
from daifuku.cli.bench.ageing import age
from daifuku.cli.bench.multiplying import Multiplying
from daifuku.customers.models import Account
from daifuku.deals import ways
from daifuku.foundation.errors import DomainError
from daifuku.foundation.sql import statistics
from daifuku.jobs import queue, running
from daifuku.records import actions
from daifuku.records.actions.custom_fields import add_field
from daifuku.records.actions.rows import RowChange
from daifuku.records.catalogue import vocabulary
from daifuku.server import prepare
from daifuku.staff.models import Company, Person, Role
from daifuku.staff.testing import Cast, invent_cast

COMPANY = "計測商事"
BATCH = 1000
BY_HAND = 25_000
# Of so many firms one after another the first is the head office, and the next ones are its branches.
FAMILY, BRANCHES = 20, 4


@dataclass
class Firm:
    """Who works there, his browser and the president's, a program with a token, and the keys of his accounts."""

    person: Person
    administrator: Person
    browser: Client
    president: Client
    program: dict[str, str]
    uids: list[str]


def refusal() -> str:
    """Why this database may not be filled; empty where it may."""
    tables = connection.introspection.table_names()
    if Company._meta.db_table not in tables:
        return "The database is not empty." if tables else ""
    names = list(Company.objects.values_list("name", flat=True))
    return "" if names in ([], [COMPANY]) else "The database holds a firm's data; it is not touched."


def fill(rows: int, file: Path) -> Firm:
    prepare.migrate()
    prepare.collect_static()
    if not Company.objects.exists():
        cast = invent_cast()
        Company.objects.create(name=COMPANY)
        times = ceil(rows / BY_HAND)
        _by_hand(ceil(rows / times), file, cast)
        if times > 1:
            multiplying = Multiplying(told=_told)
            for number in range(1, times):
                multiplying.copy(number)
            multiplying.finish()
        deals.open_board(cast.aoyama, cast.mizuno)
        _settle()
        # Whatever was set for filling alone is gone with it.
        connection.close()
    return _firm()


def people_of(cast: Cast) -> list[Person]:
    return [cast.aoyama, cast.baba, cast.osaki, cast.senda]


def _by_hand(rows: int, file: Path, cast: Cast) -> None:
    for object_key, kind, label, key, indexed in invented.OWN_FIELDS:
        add_field(object_key, kind, label, by=cast.mizuno, key=key, indexed=indexed)
    while job := queue.claim():
        running.carry_out(job, lambda: False)
    people = people_of(cast)
    _fill("account", islice(invented.accounts(file, people), rows), cast)
    _make_families(cast)
    _fill("contact", invented.contacts(people), cast)
    _fill("lead", islice(invented.leads(file, people), rows), cast)
    reps = activities.hire(Role.objects.get(key="rep")) + people
    _fill("talk", activities.talks(reps), cast)
    _fill("plan", activities.plans(reps), cast)
    _fill("task", activities.tasks(reps), cast)
    with ways.carried():
        _fill("deal", deals.deals(reps[: -len(people)]), cast)
    age()


def _fill(kind: str, wanted: Iterator[dict[str, Any]], cast: Cast) -> None:
    started, done = time.perf_counter(), 0
    with vocabulary.steady():
        while batch := list(islice(wanted, BATCH)):
            done += len(_without_refusal(actions.create_many(kind, batch, by=cast.mizuno)))
            _told(f"{done:,} of kind {kind}")
    _told(f"{done:,} of kind {kind} in {time.perf_counter() - started:.0f} s\n")


def _make_families(cast: Cast) -> None:
    keys = list(Account.plain.order_by("pk").values_list("pk", flat=True))
    heads = {account.pk: account for account in Account.plain.filter(pk__in=keys[::FAMILY])}
    changes = [
        RowChange(branch, {"parent": heads[keys[at]]})
        for at in range(0, len(keys), FAMILY)
        for branch in keys[at + 1 : at + 1 + BRANCHES]
    ]
    for at in range(0, len(changes), BATCH):
        _without_refusal(actions.change_rows("account", changes[at : at + BATCH], by=cast.mizuno))


def _without_refusal(results: Sequence[Any]) -> Sequence[Any]:
    refused = [result for result in results if isinstance(result, DomainError)]
    assert not refused, refused[0].problems
    return results


def _told(text: str) -> None:
    print(f"\r{text}", end="", file=sys.stderr, flush=True)


def _settle() -> None:
    """As it is some hours later: statistics are there, the ledger is sealed."""
    statistics.renew()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    call_command("ledger", "seal", verbosity=0, stdout=sys.stderr)


def _firm() -> Firm:
    person = Person.objects.get(email="aoyama@example.jp")
    administrator = Person.objects.get(email="mizuno@example.jp")
    browser, president = browser_of(person), browser_of(Person.objects.get(email="mori@example.jp"))
    _token, secret = create_token(by=person, name="計測", scopes=["write"], days=1)
    own = Account.plain.filter(owner=person).order_by("pk").values_list("uid", flat=True)
    program = {"Authorization": f"Bearer {secret}"}
    return Firm(person, administrator, browser, president, program, [str(uid) for uid in own])


def browser_of(person: Person) -> Client:
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser
