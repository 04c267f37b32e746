"""What every request asks about the person who is signed in: known beforehand, so that it is asked in one journey.

Areas add their questions from `apps.ready()`; the pages then ask each of them where they need its answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from daifuku.foundation.sql.prepared import Told, ask_ahead, by_keys, forget_ahead
from daifuku.staff.gate import SELF_GUARDED

Questions = Callable[[int], Iterable[Told]]
_always: list[Questions] = []
_of_pages: list[Questions] = []
_of_frames: list[Questions] = []


def add(questions: Questions, *, of_pages: bool = False, of_frames: bool = False) -> None:
    """`questions(person)` are asked with every request of his, only in the browser, or where a page gets its frame."""
    (_of_frames if of_frames else _of_pages if of_pages else _always).append(questions)


def ask_of(person: int, *also: Told) -> None:
    """For somebody who is known already: a program with a token. `also` goes along."""
    ask_ahead(lambda: [*_told(_always, person), *also])


def together(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Reads from the session who it will be, and asks for him and about him at once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        signed_in = request.session.get(SESSION_KEY, "")
        if signed_in.isdigit() and not request.path.startswith(SELF_GUARDED):
            framed = request.method == "GET" and "HX-Request" not in request.headers
            _ask_for(int(signed_in), framed=framed)
        try:
            return get_response(request)
        finally:
            forget_ahead()

    return middleware


def _ask_for(person: int, *, framed: bool) -> None:
    from daifuku.staff.models import Person

    questions = [*_always, *_of_pages, *(_of_frames if framed else ())]
    ask_ahead(lambda: [by_keys(Person).told([person]), *_told(questions, person)])


def _told(questions: Iterable[Questions], person: int) -> Iterator[Told]:
    for each in questions:
        yield from each(person)
