"""What the one record that is left should say: for each field the value that is newest, whole, and loses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from daifuku.ledger.models import Event, Subject
from daifuku.records import hanging
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import LongText, Members, MultiChoice, YesNo
from daifuku.staff.viewer import Viewer

ALL = "all"
# Values that say something only together come from one record.
GROUPS = (
    ("family_name", "given_name", "family_kana", "given_kana"),
    ("name", "kana"),
    ("company", "company_kana"),
    ("postal_code", "prefecture", "city", "street", "building"),
    ("account", "department", "title"),
)
EARLIEST = frozenset({"traded_since", "first_contact_on"})
KEEPING = ("owner", "team")
STRICTNESS = ("", "team", "private")
# Whoever asked not to be written to is not written to.
OPT_OUT = re.compile(
    r"停止|不可|拒否|禁止|お断り|希望しない|送らない|オプトアウト|opt.?out|unsubscribe|do.?not", re.I
)
LINES = 2000


@dataclass
class Proposal:
    """`chosen` is the uid of the record whose value is kept, or ALL where the values can stand together. What is
    `sure` nobody chooses: an opt-out stays."""

    field: Field
    values: dict[str, Any]
    chosen: str
    together: Any = None
    sure: bool = False

    @property
    def may_be_all(self) -> bool:
        return self.together is not None

    def value(self, chosen: str) -> Any:
        return self.together if chosen == ALL else self.values[chosen]

    @property
    def differs(self) -> bool:
        """Is there anything to decide: more than one value that is not empty?"""
        return len(self.distinct) > 1

    @property
    def distinct(self) -> list[Any]:
        found: list[Any] = []
        for value in self.values.values():
            if not self.field.type.is_empty(value) and not any(
                self.field.type.same(value, each) for each in found
            ):
                found.append(value)
        return found

    def lost(self, chosen: str) -> list[str]:
        """The uids of those whose value goes."""
        kept = self.value(chosen)
        if chosen == ALL:
            return []
        return [
            uid
            for uid, value in self.values.items()
            if not self.field.type.is_empty(value) and not self.field.type.same(value, kept)
        ]


def propose(records: Sequence[Any], survivor: Any, viewer: Viewer) -> dict[str, Proposal]:
    """By key, of the fields that this person may change; of the others the survivor keeps what it has, and gets what it
    lacks: nothing is lost because somebody may not see it."""
    fields = fields_for(viewer, survivor.object_key)
    ordered = [survivor, *(record for record in records if record.pk != survivor.pk)]
    when = _Entered(ordered)
    found: dict[str, Proposal] = {}
    grouped: set[str] = set()
    for group in GROUPS:
        keys = [key for key in group if key in fields]
        if len(keys) > 1:
            best = _best_of_group(ordered, [fields[key] for key in keys], when)
            for key in keys:
                found[key] = _proposal(fields[key], ordered, _fitting(fields, keys, key, best, ordered))
            grouped |= set(keys)
    for key, each in fields.items():
        if key not in grouped:
            found[key] = _one(each, ordered, when)
    return {key: found[key] for key in fields} | _lacking(fields, ordered, when)


def told_to(viewer: Viewer, kind: str, proposals: Mapping[str, Proposal]) -> dict[str, Proposal]:
    """What this person decides, or sees decided."""
    may, seen = vocabulary.editable_for(viewer, kind), vocabulary.fields_for(viewer, kind)
    return {
        key: each for key, each in proposals.items() if key in may or (key in seen and is_opt_out(each.field))
    }


def fields_for(viewer: Viewer, kind: str) -> dict[str, Field]:
    may = vocabulary.editable_for(viewer, kind)
    return {key: each for key, each in _kept(kind).items() if key in may or is_opt_out(each)}


def _kept(kind: str) -> dict[str, Field]:
    return {
        key: each
        for key, each in vocabulary.fields_of(kind).items()
        if each.editable and not (each.computed or each.momentary or each.broken)
    }


def _lacking(fields: Mapping[str, Field], records: Sequence[Any], when: _Entered) -> dict[str, Proposal]:
    """Of what this person may not change that which the survivor lacks; what says something only together, only where
    it has nothing of it."""
    found: dict[str, Proposal] = {}
    every, survivor = _kept(records[0].object_key), records[0]
    for key, each in every.items():
        group = next((group for group in GROUPS if key in group), (key,))
        own = [every[name] for name in group if name in every]
        if key in fields or key in KEEPING or key == "privacy" or _filled(own, survivor):
            continue
        best = _best_of_group(records, own, when)
        if not each.type.is_empty(each.get(best)):
            proposal = _proposal(each, records, best)
            proposal.together, proposal.chosen, proposal.sure = each.get(best), ALL, True
            found[key] = proposal
    return found


def is_opt_out(each: Field) -> bool:
    return isinstance(each.type, YesNo) and bool(OPT_OUT.search(f"{each.key} {each.name}"))


def most_complete(records: Sequence[Any]) -> Any:
    """The record that should stay: most hangs on it, most is filled in, it is the oldest."""
    fields = [each for each in vocabulary.fields_of(records[0].object_key).values() if not each.computed]
    hung: dict[int, int] = {}
    for each in hanging.hung_on(records[0].object_key, [record.pk for record in records]):
        for key, number in each.each.items():
            hung[key] = hung.get(key, 0) + number
    return max(records, key=lambda r: (hung.get(r.pk, 0), _filled(fields, r), -r.pk))


def _filled(fields: Iterable[Field], record: Any) -> int:
    return sum(not each.type.is_empty(each.get(record)) for each in fields)


def _proposal(each: Field, records: Sequence[Any], chosen: Any) -> Proposal:
    values = {str(record.uid): each.get(record) for record in records}
    return Proposal(each, values, str(chosen.uid))


def _one(each: Field, records: Sequence[Any], when: _Entered) -> Proposal:
    filled = [record for record in records if not each.type.is_empty(each.get(record))]
    if each.key in KEEPING or not filled:
        chosen = next((record for record in records if record in filled), records[0])
    elif each.key == "privacy":
        chosen = max(records, key=lambda record: STRICTNESS.index(record.privacy))
    elif each.key in EARLIEST:
        chosen = min(filled, key=each.get)
    else:
        chosen = max(filled, key=lambda r: (when.said(r, each), when(r, each.key), r is records[0]))
    proposal = _proposal(each, records, chosen)
    if is_opt_out(each) and any(proposal.values.values()):
        proposal.together, proposal.chosen, proposal.sure = True, ALL, True
    elif proposal.differs and (together := _together(each, proposal.distinct)) is not None:
        proposal.together, proposal.chosen = together, ALL
    return proposal


def _together(each: Field, values: Sequence[Any]) -> Any:
    """Texts one below the other, sets as one set; None where only one value can be."""
    if isinstance(each.type, LongText):
        return "\n\n".join(str(value).strip() for value in values)
    if isinstance(each.type, MultiChoice):
        return list(dict.fromkeys(key for value in values for key in value))
    if isinstance(each.type, Members):
        people = {member["id"]: member for value in reversed(values) for member in value}
        return list(people.values())
    return None


def _best_of_group(records: Sequence[Any], fields: Sequence[Field], when: _Entered) -> Any:
    newest = {record.pk: max(when(record, each.key) for each in fields) for record in records}
    return max(records, key=lambda r: (_filled(fields, r), newest[r.pk], r is records[0]))


def _fitting(
    fields: Mapping[str, Field], group: Sequence[str], key: str, best: Any, records: Sequence[Any]
) -> Any:
    """Where the best one says nothing, another that says nothing else than it does."""
    if not fields[key].type.is_empty(fields[key].get(best)):
        return best
    for record in records:
        if not fields[key].type.is_empty(fields[key].get(record)) and _agree(fields, group, best, record):
            return record
    return best


def _agree(fields: Mapping[str, Field], group: Sequence[str], one: Any, other: Any) -> bool:
    pairs = [(fields[key].type, fields[key].get(one), fields[key].get(other)) for key in group]
    return all(kind.is_empty(a) or kind.is_empty(b) or kind.same(a, b) for kind, a, b in pairs)


@dataclass
class _Entered:
    """When each value was entered last, as the ledger tells it."""

    records: Sequence[Any]
    _known: dict[tuple[int, str], datetime] = field(default_factory=dict)
    _edited: set[tuple[int, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        kind = self.records[0].object_key
        lines = Event.objects.filter(
            subjects__object=kind,
            subjects__record_id__in=[record.pk for record in self.records],
            subjects__role=Subject.MAIN,
            kind__in=[f"{kind}.created", f"{kind}.edited"],
        )
        rows = lines.order_by("-pk").values_list("subjects__record_id", "at", "data", "kind")[:LINES]
        for record, at, data, what in rows:
            for key in data.get("changes", {}):
                self._known.setdefault((record, key), at)
                if what == f"{kind}.edited":
                    self._edited.add((record, key))

    def said(self, record: Any, each: Field) -> bool:
        """Whether somebody meant it: what every new record has by itself says nothing."""
        return each.get(record) != each.default or (record.pk, each.key) in self._edited

    def __call__(self, record: Any, key: str) -> datetime:
        found: datetime = self._known.get((record.pk, key), record.created_at)
        return found
