"""`daifuku bench dedupe --typing`: how long one waits who types a firm's name, with a million firms in the database.

Fills a database of its own with invented accounts and the keys by which doubles are found, and nothing else; asks with
the rows of another list, as far as somebody has typed them, through the look-up and through the page's request.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from daifuku.cli.bench.doubles import FIELDS
from daifuku.dedupe.invented import LABELS, TUNING, firms

PORTION, WARMING = 2_000, 20
# What has been typed when the program is asked.
TYPED = (
    ("name", ("name",)),
    ("name, phone", ("name", "phone")),
    ("all", tuple(dict.fromkeys(FIELDS["account"].values()))),
)


def bench(chosen: argparse.Namespace) -> int:
    from daifuku.cli.bench import _keep_apart

    home = chosen.home or Path(tempfile.mkdtemp(prefix="daifuku-bench-"))
    home.mkdir(parents=True, exist_ok=True)
    try:
        _keep_apart(home, chosen.database)
        return _measure(chosen)
    finally:
        if chosen.home is None:
            shutil.rmtree(home, ignore_errors=True)


def _measure(chosen: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.urls import reverse

    from daifuku.cli.bench import filling
    from daifuku.dedupe.lookup import candidates
    from daifuku.foundation.garbage import set_program_aside
    from daifuku.records.catalogue import registry
    from daifuku.staff.models import Person
    from daifuku.staff.viewer import viewer_of

    if refusal := filling.refusal():
        print(refusal, file=sys.stderr)
        return 2
    _fill(chosen.size)
    set_program_aside()
    person = Person.objects.get(email="aoyama@example.jp")
    viewer, account, browser = viewer_of(person), registry.get("account"), filling.browser_of(person)
    address = reverse("customers:same", args=[account.slug])
    print(f"{'typed':<20}{'asked':<12}{'p50 ms':>8}{'p95 ms':>8}{'p99 ms':>8}{'max':>8}{'found':>7}")
    for name, fields in TYPED:
        rows = [{key: row.get(key, "") for key in fields} for row in _rows(chosen.times + WARMING, LABELS)]
        _print(name, "look-up", [_timed(lambda row=row: candidates(account, row, viewer)) for row in rows])
        _print(
            name,
            "request",
            [_timed(lambda row=row: browser.get(address, row).content.strip()) for row in rows],
        )
    return 0


def _timed(ask: Any) -> tuple[float, bool]:
    begun = time.perf_counter()
    found = ask()
    return (time.perf_counter() - begun) * 1000, bool(found)


def _print(name: str, asked: str, measured: list[tuple[float, bool]]) -> None:
    times = [milliseconds for milliseconds, _found in measured[WARMING:]]
    parts = quantiles(times, n=100, method="inclusive")
    found = sum(found for _time, found in measured[WARMING:]) / len(times)
    print(
        f"{name:<20}{asked:<12}{median(times):>8.2f}{parts[94]:>8.2f}{parts[98]:>8.2f}{max(times):>8.2f}{found:>7.0%}",
        flush=True,
    )


def _rows(size: int, seed: int) -> Iterator[dict[str, str]]:
    fields = FIELDS["account"]
    for _who, row in firms(size, seed):
        yield {fields[heading]: text for heading, text in row.items() if text and heading in fields}


def _fill(size: int) -> None:
    from django.db import connection

    from daifuku.cli.bench.filling import COMPANY
    from daifuku.cli.bench.multiplying import hurry
    from daifuku.customers.models import Account
    from daifuku.foundation.sql import statistics
    from daifuku.server import prepare
    from daifuku.staff.models import Company
    from daifuku.staff.testing import invent_cast

    prepare.migrate()
    prepare.collect_static()
    if not Company.objects.exists():
        invent_cast()
        Company.objects.create(name=COMPANY)
    hurry()
    missing = size - Account.plain.count()
    rows, begun = islice(_rows(size, TUNING), size - missing, None), time.perf_counter()
    done = 0
    while missing > 0 and (portion := list(islice(rows, PORTION))):
        _write(portion)
        done += len(portion)
        seconds = time.perf_counter() - begun
        print(f"\r{done:,} of {missing:,} accounts in {seconds:.0f} s", end="", file=sys.stderr, flush=True)
    statistics.renew()
    # Whatever was set for filling alone is gone with it.
    connection.close()
    print(file=sys.stderr)


def _write(portion: Iterable[dict[str, str]]) -> None:
    """Accounts with the keys that a save gives them, without search rows and ledger: neither is asked here."""
    from daifuku.customers.models import Account
    from daifuku.foundation.sql.inserting import insert_many, insert_rows
    from daifuku.foundation.sql.transaction import write_transaction
    from daifuku.records.catalogue import registry
    from daifuku.records.models import DuplicateKey
    from daifuku.staff.models import Person

    account, owner = registry.get("account"), Person.objects.get(email="aoyama@example.jp")
    drafts = []
    for values in portion:
        draft = Account(owner=owner, created_by=owner, **values)
        account.prepare(draft, frozenset(values))
        drafts.append(draft)
    with write_transaction():
        insert_many(drafts)
        keys = [
            ("account", each.pk, kind, key[:120])
            for each in drafts
            for kind, key in set(account.keys(each))
            if key
        ]
        insert_rows(DuplicateKey, ["object", "record_id", "kind", "key"], keys)
