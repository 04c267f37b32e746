"""What the minutes of a talk say, for somebody: each finding, and what has been made of it already."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.utils import timezone

from daifuku.activities.models import Talk
from daifuku.minutes.models import Edition, Minutes
from daifuku.minutes.reading import Finding, Section, Words, read
from daifuku.minutes.reading.lines import AMOUNT, PRODUCT, QUANTITY
from daifuku.minutes.slots import Answer, Slot, answers_in, is_answer, slots_of
from daifuku.minutes.templates import written_by
from daifuku.minutes.words import words_for
from daifuku.records.catalogue import registry, vocabulary
from daifuku.staff.viewer import Viewer

# A line that was edited is still the one of which something was made.
ALIKE = 0.6
# So many pairs of lines are compared at most; beyond it, as after everything was written anew, only whole lines count.
MOST_PAIRS = 10_000
FACTS = frozenset({AMOUNT, QUANTITY, PRODUCT})


@dataclass
class Chip:
    """`made` is the record that it became, `accepted` also where nothing had to be made (a decision)."""

    finding: Finding
    accepted: dict[str, Any] | None = None
    made: Any = None
    chosen: bool = False

    @property
    def changed(self) -> bool:
        """The line says something else than when it was accepted."""
        return self.accepted is not None and self.accepted["key"] != self.finding.key


@dataclass
class Found:
    sections: list[Section]
    chips: list[Chip]
    answers: list[Answer] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        """So many were not accepted yet."""
        return sum(chip.accepted is None for chip in self.chips)

    def chip(self, key: str) -> Chip | None:
        return next((chip for chip in self.chips if chip.finding.key == key), None)


def customer_of(talk: Any) -> dict[str, Any]:
    return {name: getattr(talk, name) for name in ("account", "contact", "lead")}


def found_in(talk: Talk, viewer: Viewer, text: str | None = None) -> Found:
    """`text`: as it is being typed. What is in the trash again is open again. Of a text that this person may not read
    nothing is found."""
    if text is None:
        text = talk.text if "text" in vocabulary.fields_for(viewer, "talk") else ""
    row = Minutes.objects.filter(talk=talk).select_related("edition").first()
    day, words = timezone.localtime(talk.started_at).date(), words_for(customer_of(talk), viewer)
    found = _found(text, day, words, row.edition if row else None)
    _match(found.chips, list(row.accepted) if row else [])
    return found


def found_in_text(text: str, day: Any, customer: dict[str, Any], viewer: Viewer) -> Found:
    """Of minutes that are not saved yet."""
    return _found(text, day, words_for(customer, viewer), None)


def _found(text: str, day: date, words: Words, edition: Edition | None) -> Found:
    """With what stands in the blanks of the template by which this was written: that is no fact to be taken again."""
    told = read(text, day, words)
    edition = written_by(told.sections) or edition
    slots = slots_of(edition.headings) if edition is not None else []
    chips = [Chip(each) for each in told.findings if not _is_answer(each, slots)]
    return Found(told.sections, chips, answers_in(told.sections, slots, day, words))


def _is_answer(finding: Finding, slots: list[Slot]) -> bool:
    return finding.kind in FACTS and is_answer(finding.heading, finding.more, slots)


def _match(chips: list[Chip], accepted: list[dict[str, Any]]) -> None:
    """First the lines that stand as they were, then those that are most like one that is gone."""
    records = _records(accepted)
    left = [each for each in accepted if not each["uid"] or records.get((each["object"], each["uid"]))]
    by_key = {chip.finding.key: chip for chip in chips}
    for each in list(left):
        if (chip := by_key.get(each["key"])) and chip.accepted is None:
            _put(chip, each, records)
            left.remove(each)
    if len(left) * len(chips) > MOST_PAIRS:
        return
    for each in left:
        likely = [(_alike(each["line"], chip), chip) for chip in chips if _may_be(chip, each)]
        if likely and (best := max(likely, key=lambda pair: pair[0]))[0] >= ALIKE:
            _put(best[1], each, records)


def _put(chip: Chip, accepted: dict[str, Any], records: dict[tuple[str, str], Any]) -> None:
    chip.accepted, chip.made = accepted, records.get((accepted["object"], accepted["uid"]))


def _may_be(chip: Chip, accepted: dict[str, Any]) -> bool:
    return chip.accepted is None and chip.finding.kind == accepted["kind"]


def _alike(line: str, chip: Chip) -> float:
    return SequenceMatcher(None, line, chip.finding.text, autojunk=False).ratio()


def _records(accepted: list[dict[str, Any]]) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {}
    for object_key in {each["object"] for each in accepted if each["object"]}:
        uids = [each["uid"] for each in accepted if each["object"] == object_key]
        rows = registry.get(object_key).model.plain.filter(uid__in=uids, trashed_at__isnull=True)
        found |= {(object_key, str(row.uid)): row for row in rows}
    return found
