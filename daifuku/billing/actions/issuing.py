"""An invoice goes out: it gets its number and is kept as it was printed. It never changes afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from daifuku.billing import contents, drawing, paper, settled
from daifuku.billing.actions.asking import cleaned, due_of
from daifuku.billing.contents import Content
from daifuku.billing.models import Invoice, InvoiceLine
from daifuku.billing.models.invoice import DRAFT, ISSUED
from daifuku.billing.objects.invoice import INVOICE
from daifuku.documents import sealing
from daifuku.documents.amounts import MOST, Kind, totals
from daifuku.documents.models import Sealed
from daifuku.foundation.errors import Conflict, FieldProblem, Invalid
from daifuku.foundation.sql.inserting import insert_many
from daifuku.foundation.sql.named_lock import hold
from daifuku.ledger import writing as ledger
from daifuku.orders.actions.issuing import register, tell
from daifuku.records import derived
from daifuku.records.actions.editing import locked, stamp
from daifuku.records.actions.saving import about, require
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

# Whoever bills waits for whoever bills, so that nothing is billed twice.
LOCK = "billing.billing"
BILLED_BEFORE = _("この納品は、すでに請求しています。請求のページで確認してください。")
# Areas above refuse days of a period that the books have closed: each raises a DomainError.
OPEN_PERIOD: list[Callable[[date], None]] = []


def need_open(day: date) -> None:
    """Raises what an area above says of a day whose books are closed."""
    for check in OPEN_PERIOD:
        check(day)


def issue(invoice: Invoice, values: Mapping[str, Any] | None = None, *, by: Person, today: date) -> Invoice:
    """A draft becomes a paper. `values`: issued_on. Raises Conflict (issued, billed before), Invalid (nothing on it,
    a rate that was not in force), Forbidden, Unavailable (the server cannot draw)."""
    day = cleaned(values or {}, today)["issued_on"]
    _ready(invoice, day)
    drawn = sealing.ahead(paper.KEY, paper.composer(invoice, day), day)
    with ledger.writing():
        hold(LOCK)
        settled.hold([invoice.account_id])
        fresh: Invoice = locked(invoice, viewer_of(by), "edit")
        content = _ready(fresh, day)
        before = {key: field.json(fresh) for key, field in vocabulary.fields_of("invoice").items()}
        copy = _finish(fresh, content, day, by, drawn)
        stamp(fresh)
        fresh.save()
        settled.follow([fresh], by)
        _tell_issued(fresh, before, copy, by)
    return fresh


def issue_new(make: Callable[[], tuple[Invoice, Content]], day: date, *, by: Person) -> Invoice:
    """`make` builds the unsaved invoice with its lines, once to draw it and once more inside, where nobody can change
    what it is made from. Raises Conflict, Invalid, Forbidden."""
    require(viewer_of(by), INVOICE, "create")
    made, content = make()
    count(made, content)
    drawn = sealing.ahead(paper.KEY, paper.composer(made, day), day)
    with ledger.writing():
        hold(LOCK)
        made, content = make()
        settled.hold([made.account_id])
        count(made, content)
        register(made, by=by)
        copy = _finish(made, content, day, by, drawn)
        made.save(update_fields=["state", "number", "issued_on"])
        settled.follow([made], by)
        tell(made, by=by, data={"number": made.number})
        _tell_issued(made, {}, copy, by)
    return made


def count(invoice: Invoice, content: Content) -> None:
    """Tax once for each rate over all lines (消費税法施行令 第70条の10). Raises Invalid."""
    invoice.lines = content.values
    found = totals(content.rows, invoice.rounding, included=invoice.included)
    if abs(found.gross) > MOST:
        raise Invalid(
            [FieldProblem("lines", _("金額が大きすぎます。数量と単価を確認してください。"), code="too_large")]
        )
    invoice.put_totals(found)


def _ready(invoice: Invoice, day: date) -> Content:
    """Fills what a draft leaves open; says why it cannot go out."""
    if invoice.state != DRAFT:
        raise Conflict(_("この請求書は、すでに発行しています。"), code="issued")
    if not any(line["kind"] == Kind.GOODS for line in invoice.lines):
        raise Invalid([FieldProblem("lines", _("商品の行を入力してから発行してください。"), code="required")])
    content = contents.of_draft(invoice, day)
    invoice.traded_on = invoice.traded_on or day
    invoice.due_on = invoice.due_on or due_of(invoice.account, invoice.traded_on)
    count(invoice, content)
    if invoice.total < 0 and not any(row.delivery_line_id for row in content.rows):
        sentence = _(
            "合計がマイナスです。請求を減らすときは、元の請求のページの「訂正する」をお使いください。"
        )
        raise Invalid([FieldProblem("lines", sentence, code="below_zero")])
    return content


def _finish(invoice: Invoice, content: Content, day: date, by: Person, drawn: sealing.Ahead) -> Sealed:
    """The rows, then the number and the paper. The unique index is the last word on what was billed before."""
    need_open(day)
    write_rows(invoice, content.rows)
    before = replaced(invoice)
    copy = sealing.seal(
        paper.KEY, invoice, paper.composer(invoice, day), day, by=by, ahead=drawn, replaces=before
    )
    invoice.state, invoice.number, invoice.issued_on, invoice.links = ISSUED, copy.number, day, {}
    return copy


def replaced(invoice: Invoice) -> Sealed | None:
    return drawing.copy_of(invoice.corrects) if invoice.corrects else None


def write_rows(invoice: Invoice, rows: list[InvoiceLine]) -> None:
    """Raises Conflict where somebody else has billed one of the deliveries meanwhile."""
    for row in rows:
        row.invoice = invoice
    taken = [row.delivery_line_id for row in rows if row.live and row.delivery_line_id]
    if InvoiceLine.objects.filter(delivery_line__in=taken, live=True).exists():
        raise Conflict(BILLED_BEFORE, code="billed")
    try:
        insert_many(rows)
    except IntegrityError as error:
        raise Conflict(BILLED_BEFORE, code="billed") from error


def _tell_issued(invoice: Invoice, before: Mapping[str, Any], copy: Sealed, by: Person) -> None:
    derived.keep(INVOICE, [invoice])
    changes = {}
    for key, field in vocabulary.fields_of("invoice").items():
        now = field.json(invoice)
        if before and before[key] != now:
            changes[key] = [before[key], now]
    ledger.record(
        "invoice.issued", by=by, about=about(INVOICE, invoice),
        data={"changes": changes, "number": copy.number, "sha256": copy.sha256},
    )  # fmt: skip
