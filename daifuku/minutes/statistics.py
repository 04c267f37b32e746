"""What people really write under each heading of a template, and what the next edition could be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.minutes.models import Edition, Minutes
from daifuku.minutes.reading import read
from daifuku.minutes.slots import answers_in, slots_of

MOST, FEWEST = 500, 5
# A heading that is in fewer minutes is told to nobody: whoever keeps the templates need not see those minutes.
COMMON = 3
SELDOM, OFTEN, SHORT = 20, 30, 20
DROP, TAKE_IN, FIELD, MERGE = "drop", "take_in", "field", "merge"


@dataclass
class Use:
    """Of one heading: in how many minutes it was filled, how long the text is, how often something was made of it."""

    name: str
    offered: int = 0
    lengths: list[int] = field(default_factory=list)
    reused: int = 0

    @property
    def filled(self) -> int:
        return len(self.lengths)

    @property
    def percent(self) -> int:
        return self.filled * 100 // self.offered if self.offered else 0

    @property
    def length(self) -> int:
        return round(median(self.lengths)) if self.lengths else 0


@dataclass(frozen=True)
class Proposal:
    """`kind`: drop it, take a free heading in, make a short answer a field, merge it into `other`."""

    kind: str
    name: str
    sentence: str
    other: str = ""


@dataclass
class Statistics:
    edition: Edition
    number: int
    uses: list[Use]
    blanks: list[Use]
    free: list[Use]
    proposals: list[Proposal]


def statistics_of(edition: Edition) -> Statistics:
    """Of its newest 500 minutes: a question for them, the rest is reading."""
    rows = list(
        Minutes.objects.filter(edition=edition, talk__trashed_at__isnull=True)
        .order_by("-held_at", "-id")
        .values_list("talk__text", "held_at", "accepted")[:MOST]
    )
    uses = {name: Use(name, offered=len(rows)) for name in edition.names}
    blanks = {slot: Use(slot.name, offered=len(rows)) for slot in slots_of(edition.headings)}
    free: dict[str, Use] = {}
    together: Counter[frozenset[str]] = Counter()
    for text, held_at, accepted in rows:
        filled = set()
        day = timezone.localdate(held_at)
        sections = read(text, day).sections
        for answer in answers_in(sections, list(blanks), day):
            blanks[answer.slot].lengths += [len(answer.text)] if answer.text else []
        for section in sections:
            if not section.name:
                continue
            use = uses.get(section.name) or free.setdefault(
                section.name, Use(section.name, offered=len(rows))
            )
            if section.text:
                use.lengths.append(len(section.text))
                filled.add(section.name)
        for each in accepted:
            if (made_of := uses.get(each["heading"]) or free.get(each["heading"])) is not None:
                made_of.reused += 1
        together.update(frozenset(pair) for pair in _pairs(sorted(filled & set(uses))))
    known = list(uses.values())
    others = sorted((use for use in free.values() if use.filled >= COMMON), key=lambda use: -use.filled)[:10]
    told = [replace(use, name=f"{slot.heading} › {slot.name}") for slot, use in blanks.items()]
    return Statistics(edition, len(rows), known, told, others, _proposals(known, others, together, len(rows)))


def applied(edition: Edition, proposal: Proposal) -> list[dict[str, Any]]:
    """The headings of the next edition."""
    headings = [dict(each) for each in edition.headings]
    if proposal.kind == TAKE_IN:
        return [*headings, {"name": proposal.name, "hint": ""}]
    if proposal.kind == MERGE:
        for each in headings:
            if each["name"] == proposal.other:
                each["hint"] = each["hint"] or proposal.name
    return [each for each in headings if each["name"] != proposal.name]


def _pairs(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(one, other) for at, one in enumerate(names) for other in names[at + 1 :]]


def _proposals(
    uses: list[Use], free: list[Use], together: Counter[frozenset[str]], number: int
) -> list[Proposal]:
    if number < FEWEST:
        return []
    found = []
    for use in uses:
        told = {"name": use.name, "percent": use.percent, "length": use.length}
        # Of what stands below it tasks, plans and voices were made: it is of use as it is.
        if use.reused:
            continue
        if use.percent < SELDOM:
            sentence = _("「%(name)s」は、%(percent)s%%の議事録にしか書かれていません。外しますか。")
            found.append(Proposal(DROP, use.name, sentence % told))
        elif use.percent >= 70 and 0 < use.length <= SHORT:
            sentence = _("「%(name)s」は、いつも%(length)s文字ほどです。項目にすると、一覧で集計できます。")
            found.append(Proposal(FIELD, use.name, sentence % told))
    for use in free:
        if use.percent >= OFTEN:
            sentence = _("ひな形にない「%(name)s」が、%(percent)s%%の議事録に書かれています。加えますか。")
            found.append(Proposal(TAKE_IN, use.name, sentence % {"name": use.name, "percent": use.percent}))
    return [*found, *_merging(uses, together)]


def _merging(uses: list[Use], together: Counter[frozenset[str]]) -> list[Proposal]:
    """Two that are never both filled, each now and then: people take the one for the other."""
    found = []
    for one, other in zip(uses, uses[1:], strict=False):
        both = together[frozenset((one.name, other.name))]
        if both == 0 and min(one.percent, other.percent) >= SELDOM:
            sentence = _(
                "「%(name)s」と「%(other)s」は、どちらか一方にしか書かれていません。「%(other)s」にまとめますか。"
            )
            words = {"name": one.name, "other": other.name}
            found.append(Proposal(MERGE, one.name, sentence % words, other.name))
    return found
