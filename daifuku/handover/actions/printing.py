"""All sheets of a hand-over as a file, made by a job: one PDF, or a ZIP of several where there are many customers."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.portions import portions
from daifuku.foundation.reversing import url_of
from daifuku.handover.drawing import draw, file_name, say_taken
from daifuku.handover.models import Handover, Item, Paper
from daifuku.handover.sheets import SHEETS_A_PAGE, items_for
from daifuku.jobs import queue
from daifuku.jobs.running import Running
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.records.files.sweeping import sweep
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

PRINT, KEPT = "handover.print", timedelta(days=7)


def print_sheets(handover: Handover, *, by: Person) -> Paper:
    """In the background. Raises Invalid where there is nothing to print."""
    if not items_for(handover, viewer_of(by)).exists():
        raise Invalid([FieldProblem("handover", _("引継書のあるお客様はいません。"), code="nothing")])
    with ledger.writing():
        paper: Paper = Paper.objects.create(handover=handover, by=by, at=moment())
        title, key = _("引継書: %(handover)s") % {"handover": handover}, f"handover:paper:{paper.pk}"
        paper.job = queue.enqueue(PRINT, {"paper": paper.pk}, by=by, title=title, key=key).uid
        paper.save(update_fields=["job"])
    return paper


def run(running: Running) -> None:
    """Begins anew after a kill: what was drawn before has reached nobody."""
    papers = Paper.objects.select_related("handover__giver", "by").filter(pk=running.payload["paper"])
    paper = papers.first()
    if paper is None:
        return
    viewer = viewer_of(paper.by)
    items = list(items_for(paper.handover, viewer))
    pieces = list(portions(items, SHEETS_A_PAGE))
    running.expect(running.job.done + len(items))
    with tempfile.TemporaryFile() as out:
        sheets = _write(out, paper, pieces, viewer, running)
        if running.cancelled:
            return
        say_taken(paper.handover, sheets, by=paper.by)
        out.seek(0)
        stored = default_storage.save("file", File(out))
    name = file_name(paper.handover, "zip" if len(pieces) > 1 else "pdf")
    with ledger.writing():
        done = {"file": stored, "name": name, "sheets": sheets, "finished_at": timezone.now()}
        papers.update(**done)
    running.result |= {"url": url_of("handover:paper", paper.uid), "sheets": sheets}


def _write(
    out: IO[bytes], paper: Paper, pieces: Sequence[Sequence[Item]], viewer: Viewer, running: Running
) -> int:
    """Fifty customers a PDF."""
    today, sheets = timezone.localdate(), 0
    if len(pieces) == 1:
        written, sheets = draw(paper.handover, pieces[0], viewer, today)
        out.write(written)
        running.advance(len(pieces[0]))
        return sheets
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as folder:
        for number, piece in enumerate(pieces, start=1):
            if running.cancelled:
                break
            written, count = draw(paper.handover, piece, viewer, today)
            folder.writestr(f"{number:03}.pdf", written)
            sheets += count
            running.advance(len(piece))
    return sheets


def clean() -> None:
    """Every night: what is older than a week can be made anew."""
    _forget(Paper.objects.filter(at__lt=timezone.now() - KEPT))


def forget_all() -> None:
    """Somebody was erased and may stand in any of them. In the transaction of the erasure."""
    _forget(Paper.objects.all())


def _forget(papers: Any) -> None:
    with ledger.writing():
        gone = list(papers.exclude(file="").values_list("file", flat=True))
        papers.delete()
        transaction.on_commit(lambda: sweep(gone))


def names(stored: str) -> bool:
    """Does a paper still need this file?"""
    return bool(Paper.objects.filter(file=stored).exists())
