"""Blanks below a heading of a template: 予算: 120万円. The line in the text is the answer; nothing is kept beside it.

A line that names a slot and says nothing behind it is open. Whoever has nothing to say takes the line away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.foundation.errors import FieldProblem
from daifuku.foundation.japanese import fold
from daifuku.minutes.reading import Section, Words
from daifuku.minutes.reading.days import days_in
from daifuku.minutes.reading.lines import clean
from daifuku.minutes.reading.numbers import FIGURE, amounts_in, quantities_in

TEXT, NUMBER, DATE, CHOICE, PRODUCT, PERSON = "text", "number", "date", "choice", "product", "person"
TYPES: dict[str, Any] = {
    TEXT: gettext_lazy("文字"), NUMBER: gettext_lazy("数字"), DATE: gettext_lazy("日付"),
    CHOICE: gettext_lazy("選択"), PRODUCT: gettext_lazy("商品"), PERSON: gettext_lazy("人"),
}  # fmt: skip
_LINE = re.compile(r"(?:[・*•-]\s*)?([^:]{1,40}?)\s*:\s*(.*)")


@dataclass(frozen=True)
class Slot:
    heading: str
    name: str
    type: str = TEXT
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """`text` as it stands there, `value` as it was understood (a number, an ISO day, a choice, a uid), "" for none."""

    slot: Slot
    text: str
    value: str = ""
    problem: str = ""

    @property
    def is_open(self) -> bool:
        return not self.text


def slots_of(headings: Iterable[dict[str, Any]]) -> list[Slot]:
    return [
        Slot(heading["name"], each["name"], each.get("type", TEXT), tuple(each.get("options", ())))
        for heading in headings
        for each in heading.get("slots", ())
    ]


def answers_in(
    sections: Sequence[Section], slots: Sequence[Slot], day: date, words: Words | None = None
) -> list[Answer]:
    """Of the slots whose line is there, in the template's order; of two lines the first counts."""
    written = {(fold(section.name), fold(name)): text for section, name, text in _lines(sections)}
    found = ((slot, written.get((fold(slot.heading), fold(slot.name)))) for slot in slots)
    return [_answer(slot, text, day, words) for slot, text in found if text is not None]


def is_answer(heading: str, line: str, slots: Sequence[Slot]) -> bool:
    """Does this line stand for a blank? What it says is known as its answer already."""
    found = _LINE.fullmatch(line)
    if found is None:
        return False
    named = (fold(heading), fold(found.group(1)))
    return any((fold(slot.heading), fold(slot.name)) == named for slot in slots)


def problems_in(sections: Sequence[Section], slots: Sequence[Slot], day: date) -> list[FieldProblem]:
    """What is open, in one sentence, and what cannot be what its slot wants."""
    answers = answers_in(sections, slots, day)
    problems = [FieldProblem("text", each.problem, code="slot") for each in answers if each.problem]
    if names := [each.slot.name for each in answers if each.is_open]:
        told = "".join(f"「{name}」" for name in names)
        sentence = _("ひな形の空欄%(names)sが、まだ空いています。入力するか、その行を消してください。")
        problems.insert(0, FieldProblem("text", sentence % {"names": told}, code="open_slot"))
    return problems


def without_open(text: str, slots: Sequence[Slot]) -> str:
    """The text without the lines whose slots are open."""
    names = {(fold(slot.heading), fold(slot.name)) for slot in slots}
    heading, kept = "", []
    for raw in text.splitlines():
        line = clean(raw)
        if line.startswith("【") and "】" in line:
            heading = line[1 : line.index("】")].strip()
        found = _LINE.fullmatch(line)
        open_one = found is not None and not found.group(2)
        if not (open_one and found is not None and (fold(heading), fold(found.group(1))) in names):
            kept.append(raw)
    return "\n".join(kept)


def _lines(sections: Sequence[Section]) -> Iterator[tuple[Section, str, str]]:
    """From the last to the first, so that the first stays."""
    for section in reversed(sections):
        for line in reversed(section.lines):
            if found := _LINE.fullmatch(line):
                yield section, found.group(1), found.group(2).strip()


def _answer(slot: Slot, text: str, day: date, words: Words | None) -> Answer:
    if not text:
        return Answer(slot, "")
    value, problem = _READERS.get(slot.type, _as_it_is)(slot, text, day, words or Words())
    return Answer(slot, text, value, problem)


def _as_it_is(slot: Slot, text: str, day: date, words: Words) -> tuple[str, str]:
    return text, ""


def _number(slot: Slot, text: str, day: date, words: Words) -> tuple[str, str]:
    if amounts := amounts_in(text):
        return str(amounts[0].yen), ""
    if quantities := quantities_in(text):
        return str(quantities[0].number), ""
    if figure := re.search(FIGURE, text):
        return figure.group(0).replace(",", ""), ""
    return "", _("「%(name)s」には数字を入力してください。例: 120万円、20ケース") % {"name": slot.name}


def _day(slot: Slot, text: str, day: date, words: Words) -> tuple[str, str]:
    found = next(iter(days_in(text, day)), None)
    if found is not None:
        return found.day.isoformat(), ""
    return "", _("「%(name)s」には日付を入力してください。例: 12/3、来週金曜、来月末") % {"name": slot.name}


def _choice(slot: Slot, text: str, day: date, words: Words) -> tuple[str, str]:
    for option in slot.options:
        if fold(option) == fold(text):
            return option, ""
    told = {"name": slot.name, "options": _("、").join(slot.options)}
    return "", _("「%(name)s」は、%(options)sから選んでください。") % told


def _product(slot: Slot, text: str, day: date, words: Words) -> tuple[str, str]:
    """Goods that are in no list yet are goods too."""
    return next((each for each in words.products if fold(each) == fold(text)), text), ""


def _person(slot: Slot, text: str, day: date, words: Words) -> tuple[str, str]:
    known = words.names.one(text)
    return known.key if known is not None else text, ""


_READERS = {
    NUMBER: _number, DATE: _day, CHOICE: _choice, PRODUCT: _product, PERSON: _person,
}  # fmt: skip
