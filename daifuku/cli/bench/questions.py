"""What is measured: the pages and verbs of every day, and beside them what the bare framework takes for the least."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from daifuku.cli.bench.filling import Firm, varied
from daifuku.cli.bench.timing import Measured, Question
from daifuku.customers.models import Account
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.records import actions
from daifuku.transfers.actions import running
from daifuku.transfers.actions.choosing import choose_columns
from daifuku.transfers.actions.uploading import upload

NEXT = re.compile(r'href="([^"]+)" rel="next"')
LIST, OPEN, SAVE, IMPORT = "30", "30", "20", "1,500"
HEADINGS = {
    "name": "会社名",
    "kana": "会社名カナ",
    "postal_code": "郵便番号",
    "prefecture": "都道府県",
    "city": "市区町村",
    "street": "町域・番地",
    "phone": "電話番号",
    "note": "備考",
}
WORDS = ("電気", "商事", "大学", "病院", "東京", "工業", "銀行", "食品", "建設", "運輸")


def questions(firm: Firm) -> list[Question]:
    random = Random("questions")  # noqa: S311 - the same every time
    order = random.sample(range(len(firm.uids)), len(firm.uids))

    def some(number: int) -> str:
        return firm.uids[order[number % len(order)]]

    far = _far_page(firm, 99)
    return [
        Question("reference: the same loop of Python every time", _loop),
        Question("reference: a bare view, one row by its key", _bare(some)),
        Question("list of 50, first page", _page(firm, lambda number: "/accounts/"), LIST),
        Question("list of 50, 100th page", _page(firm, lambda number: far), LIST),
        Question("list sorted by name", _page(firm, lambda number: "/accounts/?sort=name"), LIST),
        Question(
            "list filtered by rank and prefecture",
            _page(firm, lambda number: "/accounts/?f.rank=a&f.prefecture=愛知県"),
            LIST,
        ),
        Question(
            "list searched for two characters",
            _page(firm, lambda number: f"/accounts/?q={WORDS[number % len(WORDS)]}"),
            LIST,
        ),
        Question(
            "search box, two characters",
            _page(firm, lambda number: f"/suggest/?q={WORDS[number % len(WORDS)]}"),
            LIST,
        ),
        Question("open an account", _page(firm, lambda number: f"/accounts/{some(number)}/"), OPEN),
        Question("save: the verb", _verb(firm, some), SAVE),
        Question("save: one value on the page", _inline(firm, some), SAVE),
        Question("save: through the API", _patch(firm, some), SAVE),
    ]


def chosen(asked: list[Question], word: str) -> Question:
    return next(question for question in asked if word in question.name)


def _page(firm: Firm, address: Callable[[int], str]) -> Callable[[int], int]:
    def ask(number: int) -> int:
        answer = firm.browser.get(address(number))
        assert answer.status_code == 200, (address(number), answer.status_code)
        return len(answer.content)

    return ask


def _far_page(firm: Firm, pages: int) -> str:
    """The address of the page that one reaches by that many times 次へ, or the last one."""
    address = "/accounts/"
    for _number in range(pages):
        found = NEXT.search(firm.browser.get(address).content.decode())
        if found is None:
            break
        address = unescape(found.group(1))
    return address


def _loop(number: int) -> int:
    """How fast the machine itself is now; p50 and p95 differ where it is shared."""
    return sum(each * each % 7 for each in range(20_000)) * 0


def _bare(some: Callable[[int], str]) -> Callable[[int], int]:
    """What is left when everything is left out: no sign-in, no template, one row by an index."""
    factory = RequestFactory()

    def view(request: HttpRequest, uid: str) -> HttpResponse:
        account = Account.plain.get(uid=uid)
        return HttpResponse(f"<h1>{account.name}</h1>")

    return lambda number: len(view(factory.get("/"), some(number)).content)


def _verb(firm: Firm, some: Callable[[int], str]) -> Callable[[int], int]:
    def ask(number: int) -> int:
        record = Account.objects.visible_to(firm.person).get(uid=some(number))
        actions.edit(record, {"note": f"変更{time.monotonic_ns()}"}, by=firm.person, version=record.version)
        return 0

    return ask


def _inline(firm: Firm, some: Callable[[int], str]) -> Callable[[int], int]:
    def ask(number: int) -> int:
        value = f"変更{time.monotonic_ns()}"
        answer = firm.browser.post(
            f"/accounts/{some(number)}/field/note/", {"note": value, "opened": '""', "chosen": "note"}
        )
        assert answer.status_code == 200 and value in answer.content.decode(), answer.content.decode()
        return len(answer.content)

    return ask


def _patch(firm: Firm, some: Callable[[int], str]) -> Callable[[int], int]:
    def ask(number: int) -> int:
        key = str(time.monotonic_ns())
        answer = firm.browser.patch(
            f"/api/v1/accounts/{some(number)}",
            f'{{"note": "変更{key}"}}',
            "application/json",
            headers={**firm.program, "Idempotency-Key": key},
        )
        assert answer.status_code == 200, answer.content
        return len(answer.content)

    return ask


def imports(firm: Firm, file: Path, rows: int) -> Iterator[Measured]:
    """Rows a second, of our import and of the least that Python and the database need for the same file."""
    content = _file(firm, file, rows)
    yield _rate("reference: csv to a bare table", rows, lambda: _bare_import(content))
    imported = upload(ContentFile(content, "計測.csv"), by=firm.administrator, object_key="account")
    choose_columns(imported, imported.targets, by=firm.administrator)
    yield _rate(f"import of {rows:,} rows", rows, lambda: _import(firm, imported), IMPORT)
    assert imported.counts["new"] == rows, imported.counts


def _file(firm: Firm, file: Path, rows: int) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS.values())
    for number, row in zip(range(rows), varied(file, [firm.person]), strict=False):
        writer.writerow([f"{row[key]}{number}" if key == "name" else row[key] for key in HEADINGS])
    return text.getvalue().encode("cp932", "replace")


def _rate(name: str, rows: int, work: Callable[[], object], target: str = "") -> Measured:
    started = time.perf_counter()
    work()
    return Measured(name, target, rate=rows / (time.perf_counter() - started))


def _import(firm: Firm, imported: Any) -> None:
    class Silent:
        cancelled = False

        def expect(self, total: int) -> None: ...

        def advance(self, count: int = 1) -> None: ...

    with through("import"):
        with ledger.writing():
            running.begin(imported, by=firm.administrator)
        running.run(imported, by=firm.administrator, progress=Silent())


def _bare_import(content: bytes) -> None:
    columns = ", ".join(f"c{number} text" for number in range(len(HEADINGS)))
    places = ", ".join(["%s"] * len(HEADINGS))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_bare (id integer, {columns})")
        rows = list(csv.reader(io.StringIO(content.decode("cp932"))))[1:]
        for start in range(0, len(rows), 500):
            with transaction.atomic():
                cursor.executemany(
                    f"INSERT INTO bench_bare VALUES (1, {places})",  # noqa: S608 - numbers alone
                    rows[start : start + 500],
                )
        cursor.execute("DROP TABLE bench_bare")
