"""Notes brought in from the terminal: what would go where is listed, then it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from daifuku.ledger import writing as ledger
from daifuku.records.scope import seen_of_kinds
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of
from daifuku.transfers.models import Import, ImportedNote
from daifuku.transfers.notes import running
from daifuku.transfers.notes.choosing import choose_tags, standing
from daifuku.transfers.progress import Progress

TOGETHER = 500
Say = Callable[[str], Any]


def bring_in(
    imported: Import, say: Say, *, by: Person, meter: Progress, dry_run: bool, with_tags: bool
) -> None:
    """Goes on with what was killed; a dry run can be gone on with on the page."""
    if imported.counts.get("broken"):
        say(
            _("ファイルが途中（%(line)s行目）で壊れています。そこまでを読み取りました。")
            % {"line": imported.counts["broken"]}
        )
    if imported.state != Import.State.RUNNING:
        _list(imported, say, by)
        if dry_run:
            return
        choose_tags(imported, with_tags, by=by)
        if not imported.notes.filter(state__in=running.TO_DO).exists():
            say(_("行き先の決まっているノートがありません。画面の「取り込みの一覧」で選んでください。"))
            return
        with ledger.writing():
            running.begin(imported, by=by)
    else:
        say(_("%(number)s件目の次から続けます。") % {"number": imported.position})
    running.run(imported, by=by, progress=meter)
    _tell(imported, say)


def _list(imported: Import, say: Say, by: Person) -> None:
    """Every note and the record that it goes to."""
    viewer = viewer_of(by)
    for first in range(0, imported.rows, TOGETHER):
        notes = list(imported.notes.filter(number__gt=first, number__lte=first + TOGETHER))
        seen = seen_of_kinds(((note.object, note.record_id) for note in notes), viewer)
        names: dict[tuple[str, int | None], str] = {place: str(record) for place, record in seen.items()}
        for note in notes:
            say(f"  {note} -> {_where(note, names)}")


def _where(note: ImportedNote, names: dict[tuple[str, int | None], str]) -> str:
    if note.reason:
        return note.reason
    if note.candidates and not note.object:
        return _("（保留: %(count)s件の候補）") % {"count": len(note.candidates)}
    return names.get((note.object, note.record_id), _("（保留: 行き先なし）"))


def _tell(imported: Import, say: Say) -> None:
    counts = standing(imported)
    say(
        _(
            "取り込んだノート %(done)s  前に取り込み済み %(known)s  保留中 %(aside)s  取り込めないノート %(refused)s"
        )
        % counts
    )
    for note in imported.notes.filter(state=ImportedNote.State.REFUSED)[:20]:
        say(f"  {note}: {note.reason}")
