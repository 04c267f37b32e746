"""The records side by side, as the page shows them: a line a field, what is kept and what is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from daifuku.merging.actions.merging import chosen_values
from daifuku.merging.limits import Limits, limits_of
from daifuku.merging.proposing import ALL, Proposal, propose, told_to
from daifuku.records import hanging
from daifuku.records.catalogue import registry
from daifuku.records.showing import Shown, show_value
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Cell:
    """One record's value of one field. One like that of a record before it is an `echo`: nobody has to choose it."""

    uid: str
    name: str
    shown: Shown
    chosen: bool
    lost: bool
    echo: bool


@dataclass(frozen=True)
class Line:
    """`together` is what is kept where the values can stand together, None where only one can."""

    key: str
    label: str
    cells: list[Cell]
    together: Shown | None
    all_chosen: bool
    sure: bool
    decided: bool

    @property
    def loses(self) -> bool:
        return any(cell.lost for cell in self.cells)


@dataclass(frozen=True)
class Column:
    """One of the records: what it is called, and how much hangs on it."""

    record: Any
    subtitle: str
    stays: bool
    hung: list[tuple[str, int]]

    @property
    def uid(self) -> str:
        return str(self.record.uid)


@dataclass(frozen=True)
class Sides:
    columns: list[Column]
    lines: list[Line]
    alike: list[Line]
    moved: list[tuple[str, int]]
    limits: Limits | None = None

    @property
    def lost(self) -> int:
        return sum(line.loses for line in self.lines)


def lay_out(records: Sequence[Any], survivor: Any, viewer: Viewer, choices: Mapping[str, str]) -> Sides:
    """`choices` as the person has made them so far; of the other fields the proposal."""
    ordered = [survivor, *(record for record in records if record.pk != survivor.pk)]
    proposals = told_to(viewer, survivor.object_key, propose(ordered, survivor, viewer))
    known = {
        key: chosen
        for key, chosen in choices.items()
        if key in proposals
        and (chosen in proposals[key].values or (chosen == ALL and proposals[key].may_be_all))
    }
    chosen_values(proposals, known, survivor)
    lines = [_line(each, ordered, viewer, known.get(key, each.chosen)) for key, each in proposals.items()]
    filled = [line for line in lines if any(not cell.shown.empty for cell in line.cells)]
    hung = hanging.hung_on(survivor.object_key, [record.pk for record in ordered], viewer)
    object_type = registry.of(survivor)
    columns = [
        Column(
            record, object_type.subtitle(record, viewer), record.pk == survivor.pk,
            [(each.label, each.each[record.pk]) for each in hung if record.pk in each.each],
        )
        for record in ordered
    ]  # fmt: skip
    moved = [(each.label, each.total - each.each.get(survivor.pk, 0)) for each in hung]
    return Sides(
        columns,
        [line for line in filled if line.decided],
        [line for line in filled if not line.decided],
        [pair for pair in moved if pair[1]],
        limits_of(ordered, survivor, viewer),
    )


def _line(proposal: Proposal, records: Sequence[Any], viewer: Viewer, chosen: str) -> Line:
    field, lost = proposal.field, set(proposal.lost(ALL if proposal.sure else chosen))
    uids = [str(record.uid) for record in records]
    first = {uid: _first_like(proposal, uids, uid) for uid in uids}
    cells = [
        Cell(
            uid, str(record), show_value(field, proposal.values[uid], viewer),
            first.get(chosen) == uid, uid in lost, first[uid] != uid,
        )
        for uid, record in zip(uids, records, strict=True)
    ]  # fmt: skip
    together = show_value(field, proposal.together, viewer) if proposal.may_be_all else None
    return Line(
        field.key,
        field.name,
        cells,
        together,
        chosen == ALL or proposal.sure,
        proposal.sure,
        proposal.differs,
    )


def _first_like(proposal: Proposal, uids: Sequence[str], uid: str) -> str:
    """The first record with the same value."""
    kind, value = proposal.field.type, proposal.values[uid]
    return next(each for each in uids if kind.same(proposal.values[each], value))
