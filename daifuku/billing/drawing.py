"""Draws and seals the pages of invoices whose numbers a closing run took: in the background, or when somebody asks."""

from __future__ import annotations

from django.utils.translation import gettext as _

from daifuku.billing import paper
from daifuku.billing.models import ClosingRun, Invoice, InvoicePaper
from daifuku.documents import numbering, sealing
from daifuku.documents.models import Sealed
from daifuku.documents.sealing import Ahead, Draft
from daifuku.jobs import queue
from daifuku.jobs.running import Running
from daifuku.ledger import writing as ledger

JOB = "billing.papers"


def waiting_draft(kept: InvoicePaper) -> Draft:
    """What was fixed with the number."""
    return Draft(
        paper.TEMPLATE, kept.data, kept.partner, kept.invoice.total, kept.invoice.account_id,
        {"seal": kept.seal} if kept.seal else None,
    )  # fmt: skip


def copy_of(invoice: Invoice) -> Sealed | None:
    """The sealed copy, drawn now where it still waits; None of a draft."""
    if invoice.is_draft:
        return None
    kept = (
        InvoicePaper.objects.filter(invoice=invoice).select_related("invoice", "invoice__created_by").first()
    )
    if kept is not None:
        _seal(kept)
    return next(iter(sealing.copies_of(invoice)), None)


def _seal(kept: InvoicePaper) -> None:
    """Whoever comes second finds the row gone and does nothing."""
    draft = waiting_draft(kept)
    drawn = Ahead(draft, sealing.draw(draft))
    with ledger.writing():
        fresh = InvoicePaper.objects.select_for_update().filter(pk=kept.pk).first()
        if fresh is None:
            return
        invoice = kept.invoice
        number = numbering.Number(invoice.number, kept.year, kept.place)
        assert invoice.issued_on is not None
        assert invoice.created_by is not None
        sealing.seal(
            paper.KEY, invoice, lambda _number: draft, invoice.issued_on, by=invoice.created_by, ahead=drawn,
            number=number,
        )  # fmt: skip
        fresh.delete()


def enqueue(run: ClosingRun) -> None:
    queue.enqueue(
        JOB, {"run": run.pk}, by=run.by, key=f"closing-papers:{run.pk}",
        title=_("締め請求（%(run)s）の請求書の作成") % {"run": run},
    )  # fmt: skip


def run(running: Running) -> None:
    """Begins where it stood: what is sealed waits no more."""
    closing = ClosingRun.objects.get(pk=running.payload["run"])
    rows = InvoicePaper.objects.filter(invoice__closing_run=closing).order_by("pk")
    done = closing.issued - rows.count()
    running.expect(closing.issued)
    if running.job.done < done:
        running.advance(done - running.job.done)
    while kept := rows.select_related("invoice", "invoice__created_by").first():
        if running.cancelled:
            return
        _seal(kept)
        running.advance(1)
    running.result["url"] = closing.get_absolute_url()
