"""The dry run: everything is read, checked and compared, and nothing is written but what was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from daifuku.dedupe.many import Rows
from daifuku.dedupe.matching.scoring import SURE
from daifuku.ledger import writing as ledger
from daifuku.records.actions.many import Batches
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import RecordLink
from daifuku.records.scope import sees
from daifuku.records.showing import hidden_name, show
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of
from daifuku.transfers.actions.choosing import require_open
from daifuku.transfers.actions.opening import reopen
from daifuku.transfers.actions.rehearsing import notice_doubles, refuse, rehearse
from daifuku.transfers.actions.uploading import require_import
from daifuku.transfers.doubles import called
from daifuku.transfers.families import Family
from daifuku.transfers.gathering import Gathering, size
from daifuku.transfers.mapping import check_mapping
from daifuku.transfers.models import Import
from daifuku.transfers.planning import Planned, Planner, label_of, self_link
from daifuku.transfers.progress import Progress, Told

SHOWN = 100
NOTHING = {"new": 0, "updated": 0, "unchanged": 0, "rejected": 0, "doubles": 0, "sure": 0}


def check(imported: Import, *, by: Person, progress: Progress | None = None) -> Import:
    """Counts what would happen and keeps the first hundred differences. Raises Invalid, Conflict.

    What somebody else checks is only counted: whose import it is may know less than he. Doubles are looked for with the
    eyes of whose import it is.
    """
    progress, viewer = progress or Told(), viewer_of(by)
    require_import(viewer, imported.object)
    if imported.state != Import.State.CHECKING:
        require_open(imported)
    with vocabulary.steady():
        check_mapping(imported.targets, imported.headers, imported.object, viewer)
        planner, table = prepared(imported, by)
        report, seen = Report(imported, viewer), Rows(imported.object)
        progress.expect(imported.rows)
        for rows in Batches(table.rows(), seconds=1.0):
            if progress.cancelled:
                break
            plans = planner.plan(rows)
            results = rehearse(plans, imported, by)
            refuse(plans, results, imported.object)
            notice_doubles(plans, results, imported, by, seen)
            report.add(plans, results)
            with ledger.writing():
                progress.advance(sum(size(cells) for _line, cells in rows))
    cancelled = progress.cancelled
    imported.counts = report.counts | {"choices": planner.new_choices}
    imported.differences = report.differences if by.pk == imported.by_id else []
    imported.state = Import.State.UPLOADED if cancelled else Import.State.CHECKED
    with ledger.writing():
        imported.save(update_fields=["counts", "differences", "state"])
    return imported


def prepared(imported: Import, by: Person) -> tuple[Planner, Any]:
    """The planner and the table of this import; where rows name one another, who is above whom is read first."""
    viewer = viewer_of(by)
    table = reopen(imported, viewer)
    planner = Planner(imported, viewer)
    if field := self_link(imported, viewer):
        planner.family = Family.read(field, planner.converter, table.rows())
    return planner, Gathering(table, planner.converter) if planner.converter.gathered else table


class Report:
    """The numbers, and what the person sees of the first rows. Refused rows come before others."""

    def __init__(self, imported: Import, viewer: Viewer) -> None:
        self.imported, self.viewer = imported, viewer
        self.fields = vocabulary.fields_of(imported.object)
        self.counts: dict[str, Any] = dict(NOTHING)
        self._refused: list[dict[str, Any]] = []
        self._others: list[dict[str, Any]] = []

    @property
    def differences(self) -> list[dict[str, Any]]:
        return [*self._refused[:SHOWN], *self._others[:SHOWN]]

    def add(self, plans: Sequence[Planned], results: dict[int, Any]) -> None:
        for plan in plans:
            result = results.get(plan.line)
            what = self._what(plan, result)
            self.counts[what] += 1
            self.counts["doubles"] += plan.double is not None
            self.counts["sure"] += plan.double is not None and plan.double.verdict == SURE
            shown = self._refused if what == "rejected" else self._others
            if len(shown) < SHOWN and what != "unchanged":
                shown.append(self._difference(plan, result, what))

    def _what(self, plan: Planned, result: Any) -> str:
        if plan.reasons:
            return "rejected"
        if plan.record is None:
            return "new"
        return "updated" if result or plan.waiting else "unchanged"

    def _difference(self, plan: Planned, result: Any, what: str) -> dict[str, Any]:
        name = label_of(plan.record) or label_of(result if what == "new" else None)
        changes = self._values(plan, result) if what == "new" else []
        if what == "updated":
            changes = [
                [self.fields[key].name, self._text(key, old), self._text(key, new)]
                for key, (old, new) in (result or {}).items()
            ]
        return {
            "line": plan.line,
            "what": what,
            "name": name or _first_text(plan),
            "reasons": plan.reasons,
            "changes": changes,
            "double": called(plan.double) if plan.double else "",
            "verdict": plan.double.verdict if plan.double else "",
        }

    def _values(self, plan: Planned, record: Any) -> list[list[str]]:
        """What a new record gets out of its row, as it will be shown; its name stands before it."""
        name = registry.get(self.imported.object).lookup
        known = [self.fields[key] for key in plan.values if key in self.fields and key != name]
        shown = [(field.name, show(field, record, self.viewer).text) for field in known]
        return [[label, "", text[:200]] for label, text in shown if text]

    def _text(self, key: str, value: Any) -> str:
        kind = self.fields[key].type
        if isinstance(kind, RecordLink) and value is not None:
            other = kind.from_json(value)
            seen = other is not None and sees(self.viewer, other, "view")
            return str(other) if seen else hidden_name(kind.target)
        if isinstance(value, dict) and "label" in value:
            return str(value["label"])
        value = kind.from_json(value)
        return "" if kind.is_empty(value) else kind.display(value)[:200]


def _first_text(plan: Planned) -> str:
    return next((str(value)[:60] for value in plan.values.values() if value), "")
