"""The language of the authorisation matrix: what came of a request, in one letter.

o let in · i let in, but what was sent is refused · r led back with a sentence of refusal · L led to the sign-in · u 401
· f 403 · n 404, as if it were not there · m 405, not a way to ask here
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib.messages import ERROR
from django.db import transaction

from tests.support.digest import digest, watched
from tests.support.world import VISITORS, World

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.support.routes import Route

REFUSED = frozenset("irLufnm")
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
FORM = "application/x-www-form-urlencoded"
# What a form of ours sends at least; without it nobody looks at what else is missing.
LEAST = b"csrfmiddlewaretoken=x"
BY_STATUS = {401: "u", 403: "f", 404: "n", 405: "m"}
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|csrf-token" content="\w+"|"X-CSRFToken": ?"\w+"')
VARYING = {"Set-Cookie", "Date", "RateLimit-Remaining"}


def letter(answer: Any, visitor: str) -> str:
    status, request = answer.status_code, answer.wsgi_request
    assert status < 500, f"{visitor} {request.method} {request.get_full_path()} answers {status}"
    if status in BY_STATUS:
        return BY_STATUS[status]
    if 300 <= status < 400:
        if answer["Location"].startswith("/login/") and visitor == "anonymous":
            return "L"
        said = getattr(getattr(request, "_messages", None), "_queued_messages", [])
        return "r" if any(message.level >= ERROR for message in said) else "o"
    return "i" if status >= 400 else "o"


class Matrix:
    """Asks everything as everybody, and takes back at once what a request that was let in has done."""

    def __init__(self, world: World, *, reading_marks: bool = False) -> None:
        self.world, self.reading_marks = world, reading_marks
        self.before = digest()

    def row(self, route: Route, words: dict[str, Any], method: str, body: bytes = LEAST) -> str:
        address = route.address(words)
        return "".join(letter(self.ask(each, address, method, body), each) for each in VISITORS)

    def without_effect(self, visitor: str, address: str, method: str) -> Any:
        """Must change nothing, whatever is answered."""
        with transaction.atomic(), watched() as seen:
            answer = self.world.client(visitor).generic(method, address)
            if seen.writes:
                self.must_be_as_before(f"{visitor} {method} {address}", seen.writes)
            transaction.set_rollback(True)
        return answer

    def ask(self, visitor: str, address: str, method: str, body: bytes = LEAST, **headers: str) -> Any:
        """GET must change nothing at all, and neither must what is refused."""
        sent = b"" if method == "GET" else body
        return self.through(
            lambda: self.world.client(visitor).generic(method, address, sent, FORM, headers=headers),
            visitor,
            method,
        )

    def through(self, request: Callable[[], Any], visitor: str, method: str) -> Any:
        with transaction.atomic(), watched() as seen:
            answer = request()
            asked = f"{visitor} {method} {answer.wsgi_request.get_full_path()}"
            harmless = method not in WRITING and not self.reading_marks
            if seen.writes and (harmless or letter(answer, visitor) in REFUSED):
                self.must_be_as_before(asked, seen.writes)
            transaction.set_rollback(True)
        return answer

    def must_be_as_before(self, what: str, writes: Sequence[str] = ()) -> None:
        """A table that no statement named cannot have changed."""
        after = digest(writes)
        changed = sorted(name for name in after if self.before.get(name) != after[name])
        assert changed == [], f"{what}: refused, and yet these tables are no longer as they were: {changed}"

    def looks_alike(
        self, visitor: str, method: str, real: str, unknown: str, body: bytes = LEAST,
        *, refused: tuple[int, ...] = (404,), htmx: bool = False,
    ) -> None:  # fmt: skip
        """What one may not know of must look like what is not there, to the last byte."""
        headers = {"HX-Request": "true"} if htmx else {}
        answers = [(self.ask(visitor, each, method, body, **headers), each) for each in (real, unknown)]
        first, second = (plain(answer, address) for answer, address in answers)
        assert first[0] in refused, f"{visitor} {method} {real} is {first[0]}, not {refused}"
        assert first == second, f"{visitor} {method} {real} looks other than {unknown}"


def plain(answer: HttpResponse, address: str) -> tuple[int, list[str], list[str], bytes]:
    """Status, headers, names of cookies and body, without what is another one at every request or was asked for."""
    body = TOKEN.sub(b"", answer.content)
    headers = [
        f"{name}: {value}" for name, value in answer.items() if name not in VARYING | {"Content-Length"}
    ]
    named = {address, quote(address, safe=""), *(part for part in address.split("/") if len(part) > 8)}
    for part in sorted(named, key=len, reverse=True):
        body = body.replace(part.encode(), b"*")
        headers = [header.replace(part, "*") for header in headers]
    return answer.status_code, sorted(headers), sorted(answer.cookies), body
