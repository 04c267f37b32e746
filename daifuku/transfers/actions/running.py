"""The import itself: batch after batch, each with its lines in the ledger and its place in the file in one transaction.

A killed import goes on behind the last batch that was committed, so no row is taken in twice and none is forgotten.
Rows that name a parent further down in the file are put aside and taken up when the parent is in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.dedupe.many import Rows
from daifuku.foundation.errors import Conflict, DomainError, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.records import actions
from daifuku.records.actions.choices import add_choice
from daifuku.records.actions.many import TRANSACTION_SECONDS, Batches
from daifuku.records.actions.rows import RowChange
from daifuku.records.catalogue import registry, vocabulary
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of
from daifuku.transfers.actions.checking import NOTHING, prepared
from daifuku.transfers.actions.ending import end
from daifuku.transfers.actions.rehearsing import notice_doubles, refuse, rehearse
from daifuku.transfers.actions.uploading import require_import
from daifuku.transfers.gathering import size
from daifuku.transfers.mapping import check_mapping
from daifuku.transfers.models import Import, RejectedRow
from daifuku.transfers.planning import Planned, Planner, sentences
from daifuku.transfers.progress import Progress
from daifuku.transfers.reading.cells import as_text

# Half of it is preparation, outside the transaction.
BATCH_SECONDS = 2 * TRANSACTION_SECONDS


def begin(imported: Import, *, by: Person) -> Import:
    """Writes the line that all others will name as their cause. Call inside `writing()`. Raises Conflict."""
    require_import(viewer_of(by), imported.object)
    begun = Import.objects.filter(pk=imported.pk, state__in=[Import.State.UPLOADED, Import.State.CHECKED])
    if not begun.update(state=Import.State.RUNNING):
        raise Conflict(_("この取り込みはもう始まっています。"), code="already_begun")
    with through("import"):
        imported.event = ledger.record(
            registry.get(imported.object).event("imported"), by=by,
            data={"import": str(imported.uid), "file": imported.name, "rows": imported.rows, "mode": imported.mode},
        )  # fmt: skip
    _add_choices(imported, by)
    imported.counts, imported.position = dict(NOTHING), 0
    imported.state = Import.State.RUNNING
    imported.save(update_fields=["event", "counts", "position", "state", "job"])
    return imported


def _add_choices(imported: Import, by: Person) -> None:
    """Those that the check found and the administrator wants. One that is too like another is left to its rows."""
    with through("import", cause=imported.event):
        for key, labels in imported.counts.get("choices", {}).items():
            for label in labels:
                with suppress(Conflict, Invalid):
                    add_choice(imported.object, key, label, by=by)


def going_on(imported: Import) -> Import:
    """One that failed runs again, behind its last batch. Raises Conflict if it was taken back in the meantime."""
    if imported.state in {Import.State.UNDOING, Import.State.UNDONE}:
        raise Conflict(_("この取り込みはすでに元に戻されています。"), code="already_undone")
    failed = Import.objects.filter(pk=imported.pk, state=Import.State.FAILED)
    with ledger.writing():
        if failed.update(state=Import.State.RUNNING, message=""):
            imported.state, imported.message = Import.State.RUNNING, ""
    return imported


def run(imported: Import, *, by: Person, progress: Progress) -> Import:
    """Takes in what is not in yet. Raises Invalid, Forbidden when rights or fields changed in the meantime."""
    if imported.state != Import.State.RUNNING:
        return imported
    with through("import", cause=imported.event), vocabulary.steady():
        check_mapping(imported.targets, imported.headers, imported.object, viewer_of(by))
        if imported.position == 0:
            progress.expect(imported.rows)
        whole = Work(imported, by, progress).do()
    return end(imported, whole=whole)


class Work:
    """One attempt at an import."""

    def __init__(self, imported: Import, by: Person, progress: Progress) -> None:
        self.imported, self.by, self.progress = imported, by, progress
        self.fields = vocabulary.fields_of(imported.object)
        self.planner: Planner
        self.planner, self.table = prepared(imported, by)

    def do(self) -> bool:
        """False when the person wanted it to stop."""
        for rows in Batches(self._rows_to_do(), seconds=BATCH_SECONDS):
            if self.progress.cancelled:
                return False
            self._take_in(self.planner.plan(rows), last_line=rows[-1][0])
        return self._take_up_waiting()

    def _rows_to_do(self) -> Iterator[tuple[int, list[Any]]]:
        for line, cells in self.table.rows():
            if line <= self.imported.position:
                self.planner.pass_by(cells, line)
            else:
                yield line, cells

    def _take_up_waiting(self) -> bool:
        """Again and again, as long as parents come in; what is left then has none."""
        while True:
            lines = list(self._waiting().values_list("line", flat=True))
            before = len(lines)
            for some in Batches(lines):
                if self.progress.cancelled:
                    return False
                self._take_up(some)
            left = self._waiting().count()
            if left == 0:
                return True
            if left == before:
                self._give_up_waiting()
                return True

    def _waiting(self) -> Any:
        return RejectedRow.objects.filter(imported=self.imported, waiting=True)

    def _take_up(self, lines: Sequence[int]) -> None:
        rows = [(row.line, row.cells) for row in self._waiting().filter(line__in=lines)]
        self._take_in(self.planner.plan(rows))

    def _give_up_waiting(self) -> None:
        reason = str(_("上位の行が取り込まれなかったため、取り込めませんでした。上位の行を直してください。"))
        with ledger.writing():
            count = self._waiting().update(waiting=False, reasons=[reason])
            self.imported.counts["rejected"] += count
            self.imported.save(update_fields=["counts"])
            self.progress.advance(count)

    def _take_in(self, plans: Sequence[Planned], last_line: int = 0) -> None:
        """`last_line` moves the place in the file; rows that waited have none."""
        self._refuse_beforehand(plans)
        ready = [plan for plan in plans if not plan.reasons and not plan.waiting]
        new = [plan for plan in ready if plan.record is None]
        old = [plan for plan in ready if plan.record is not None]
        changes = [RowChange(plan.record.pk, plan.values) for plan in old]

        def inside(made: list[Any]) -> None:
            changed = actions.change_rows(self.imported.object, changes, by=self.by) if changes else []
            self._keep_place(
                plans,
                dict(zip(map(id, new), made, strict=True)),
                dict(zip(map(id, old), changed, strict=True)),
                last_line,
            )

        if new:
            actions.create_many(
                self.imported.object, [plan.values for plan in new], by=self.by, inside=inside
            )
        else:
            with ledger.writing():
                inside([])

    def _refuse_beforehand(self, plans: Sequence[Planned]) -> None:
        """Where doubles are refused every row is tried before it is written; else only what is refused already. The
        rows of earlier batches are records by now."""
        rejecting = self.imported.doubles == Import.Doubles.REJECT
        tried = plans if rejecting else [plan for plan in plans if plan.reasons]
        if not tried:
            return
        results = rehearse(tried, self.imported, self.by)
        refuse(tried, results, self.imported.object)
        if rejecting:
            notice_doubles(tried, results, self.imported, self.by, Rows(self.imported.object))

    def _keep_place(
        self, plans: Sequence[Planned], made: dict[int, Any], changed: dict[int, Any], last_line: int
    ) -> None:
        """Counts, refused rows, place and progress, in the transaction of the batch."""
        counts, aside = dict(self.imported.counts), []
        finished = 0
        for plan in plans:
            result = made.get(id(plan), changed.get(id(plan)))
            if isinstance(result, DomainError):
                plan.reasons += sentences(result, self.fields)
            if plan.waiting:
                aside.append(self._aside(plan))
                continue
            finished += size(plan.cells)
            if plan.reasons:
                aside += [self._aside(plan), *self._rest_of(plan)]
                counts["rejected"] += 1
            elif id(plan) in made:
                counts["new"] += 1
            else:
                counts["updated" if result is not None else "unchanged"] += 1
        if not last_line:
            self._waiting().filter(line__in=[plan.line for plan in plans]).delete()
        RejectedRow.objects.bulk_create(aside)
        position = last_line or self.imported.position
        kept = Import.objects.filter(pk=self.imported.pk, position=self.imported.position).update(
            position=position, counts=counts
        )
        if not kept:
            raise Conflict(_("この取り込みは別のところで進んでいます。"), code="taken_over")
        self.progress.advance(finished)
        self.imported.position, self.imported.counts = position, counts

    def _rest_of(self, plan: Planned) -> list[RejectedRow]:
        """The other rows of the same record go back to the person with it."""
        more = getattr(plan.cells, "more", ())
        return [self._aside(Planned(line, cells, reasons=plan.reasons)) for line, cells in more]

    def _aside(self, plan: Planned) -> RejectedRow:
        return RejectedRow(
            imported=self.imported, line=plan.line, cells=[as_text(cell) for cell in plan.cells],
            reasons=plan.reasons, waiting=plan.waiting,
        )  # fmt: skip
