"""What is measured in this process: pages and verbs, and beside them what the bare framework takes for the least."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from daifuku.cli.bench import billing, conversion, deals, distributing, duties, merging, papers
from daifuku.cli.bench.filling import Firm
from daifuku.cli.bench.pages import SAVE, Page
from daifuku.cli.bench.timing import Question
from daifuku.customers.models import Account
from daifuku.records import actions


def questions(firm: Firm, pages: Sequence[Page]) -> list[Question]:
    def some(number: int) -> str:
        return firm.uids[number * 7919 % len(firm.uids)]

    return [
        Question("reference: the same loop of Python every time", _loop),
        Question("reference: a bare view, one row by its key", _bare(some)),
        *(Question(page.name, _asked(firm, page), page.target) for page in pages),
        Question("save: the verb", _verb(firm, some), SAVE),
        Question("move a card of the board", deals.card(firm), deals.CARD),
        Question("move a deal: the verb", deals.verb(firm), deals.CARD),
        Question("a lead with 50 talks becomes a customer: the verb", conversion.one(), conversion.ONE),
        Question("save: one value on the page", _inline(firm, some), SAVE),
        Question("one page of a quote as PDF", papers.draw, "400"),
    ]


def jobs() -> list[Question]:
    return [
        Question("the morning job, once", duties.run_morning, "60,000"),
        Question("10,000 leads given to 20 people, once", distributing.give, "10,000"),
        Question("10,000 leads become customers, once", conversion.many, conversion.MANY),
        Question("a closing run for 10,000 customers, once", billing.close, "120,000"),
        Question("10 records with 1,000 things on them become one, once", merging.merge_ten, "1,000"),
        Question("and become ten again, once", merging.part_again, "1,000"),
    ]


def chosen(asked: list[Question], word: str) -> Question:
    return next(question for question in asked if word in question.name)


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


def _asked(firm: Firm, page: Page) -> Callable[[int], int]:
    def ask(number: int) -> int:
        address = page.address(number)
        if page.body is None:
            answer = page.reader(firm).get(address)
        else:
            headers = firm.program | {"Idempotency-Key": str(time.monotonic_ns())}
            answer = firm.browser.generic(
                page.method, address, page.content(number), "application/json", headers=headers
            )
        assert answer.status_code in {200, 201}, (address, answer.status_code, answer.content[:300])
        return len(answer.content)

    return ask


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
