"""A page that asks how many of each, on which day, and a few words; what was typed stays where something is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from daifuku.catalog.objects.unit_price import plain
from daifuku.foundation.errors import DomainError
from daifuku.records.once import SentBefore, new_word, once
from daifuku.records.views.finding import viewer_at


@dataclass(frozen=True)
class Quantities:
    """A thing of which some are to be moved: ordered, done before, left."""

    key: str
    name: str
    unit: str
    whole: Decimal
    done: Decimal
    left: Decimal
    price: str = ""
    filled: bool = True

    @property
    def start(self) -> str:
        return f"{plain(Decimal(self.left)):f}" if self.filled else "0"


@dataclass(frozen=True)
class Question:
    title: str
    back: Any
    words: str
    lead: str
    quantities: Sequence[Quantities] | None = None
    days: Mapping[str, tuple[str, date | None]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    nothing: str = ""
    danger: bool = False
    priced: bool = False
    choices: Sequence[Any] = ()
    unknown: Sequence[Any] = ()

    def typed(self, sent: Any) -> dict[str, str]:
        """All that was sent, also of what somebody else has finished meanwhile: the verb says so."""
        said = {name[2:]: value.strip() for name, value in sent.items() if name.startswith("q-")}
        return {key: value for key, value in said.items() if value not in {"", "0"}}


def ask(request: HttpRequest, question: Question, act: Callable[[Any], Any]) -> HttpResponse:
    """`act` gives the record whose page comes next. A part of something may well be moved twice, so such a form that
    arrives twice is done once; everything else the verbs refuse the second time."""
    problems: dict[str, str] = {}
    others: list[str] = []
    word = new_word()
    sent = request.POST if request.method == "POST" else None
    if sent is not None:
        try:
            if question.quantities is None:
                return redirect(act(sent).get_absolute_url())
            outcome, _now = once(
                sent, lambda: {"url": act(sent).get_absolute_url()}, by=viewer_at(request).person
            )
            return redirect(outcome["url"])
        except DomainError as error:
            if not error.mendable:
                raise
            word = word if isinstance(error, SentBefore) else sent.get("once", "")
            known = {*(each.key for each in question.quantities or ()), *question.days, *question.texts}
            for problem in error.problems:
                if problem.field in known:
                    problems[problem.field] = problem.message
                else:
                    others.append(problem.message)
            if not error.problems:
                others.append(error.message)
    context = {
        "question": question, "others": others, "refused": sent is not None, "once": word,
        "rows": [
            (each, _said(sent, f"q-{each.key}", each.start), _said(sent, f"p-{each.key}", each.price),
             problems.get(each.key, ""))
            for each in question.quantities or ()
        ],
        "days": [
            (key, label, _said(sent, key, day.isoformat() if day else ""), problems.get(key, ""))
            for key, (label, day) in question.days.items()
        ],
        "texts": [
            (key, label, _said(sent, key, ""), problems.get(key, "")) for key, label in question.texts.items()
        ],
    }  # fmt: skip
    return render(request, "orders/ask.html", context, status=422 if sent is not None else 200)


def _said(sent: Any, key: str, start: str) -> str:
    return str(sent.get(key, "")) if sent is not None else start
