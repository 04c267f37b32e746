"""締め請求: one invoice for each customer over all that was delivered to him until the closing day.

Whatever was billed is not billed again, so a run may be repeated, stopped and gone on with. Numbers are taken in the
transaction that writes the invoices, so none is missing whatever happens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.billing import closing_preview as preview
from daifuku.billing import contents, drawing, paper, settled, unbilled
from daifuku.billing.actions.asking import day_of_issue
from daifuku.billing.actions.issuing import LOCK, count, need_open
from daifuku.billing.closing_preview import Balance
from daifuku.billing.models import ClosingResult, ClosingRun, Invoice, InvoiceLine, InvoicePaper
from daifuku.billing.models.invoice import CLOSING, ISSUED
from daifuku.billing.objects.invoice import INVOICE
from daifuku.billing.terms import terms_of
from daifuku.customers.models import Account
from daifuku.documents import numbering
from daifuku.foundation.errors import Conflict, DomainError, FieldProblem, Invalid
from daifuku.foundation.sql.inserting import insert_many
from daifuku.foundation.sql.named_lock import hold
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.jobs.running import Running
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.records import derived
from daifuku.records.actions.saving import Filled, about, require
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

JOB = "billing.closing"
BATCH = 200
FARTHEST = timedelta(days=366)
NONE = Balance(0, 0, 0)


def start_closing(
    closes_on: date, issued_on: date | None = None, *, by: Person, today: date, with_balance: bool = False,
    leave_out: Sequence[str] = (),
) -> ClosingRun:  # fmt: skip
    """Chooses the customers and puts the run into the queue. `leave_out` are uids of customers who are passed over.

    Raises Invalid (days), Conflict (nothing to bill, another run at work), Forbidden."""
    viewer = viewer_of(by)
    require(viewer, INVOICE, "create")
    issued_on = issued_on or closes_on
    _check_days(closes_on, issued_on, today)
    out = set(leave_out)
    found = preview.rows(closes_on, viewer, with_balance=with_balance)
    accounts = [row.account.pk for row in found if str(row.account.uid) not in out]
    if not accounts:
        raise Conflict(_("この締め日に請求するものはありません。"), code="nothing")
    with ledger.writing():
        hold("billing.closing")
        _end_dead()
        if ClosingRun.objects.filter(state=ClosingRun.State.RUNNING).exists():
            raise Conflict(
                _("別の締め請求が進んでいます。終わってからもう一度実行してください。"), code="running"
            )
        run = ClosingRun.objects.create(
            closes_on=closes_on,
            issued_on=issued_on,
            with_balance=with_balance,
            accounts=accounts,
            by=by,
            at=moment(),
        )
        job = queue.enqueue(
            JOB,
            {"run": run.pk},
            by=by,
            title=_("締め請求（%(run)s締め）") % {"run": run},
            key=f"closing:{run.pk}",
        )
        run.job = job.uid
        run.save(update_fields=["job"])
        ledger.record(
            "invoices.closing_started", by=by, data={"closes_on": str(run), "customers": len(accounts)}
        )
    return run


def run(running: Running) -> None:
    """The job: a batch of customers in a transaction, each with an invoice, nothing to bill, or a sentence why not."""
    closing = ClosingRun.objects.get(pk=running.payload["run"])
    running.expect(len(closing.accounts))
    firm = paper.Firm()
    done = running.state.get("done", 0)
    while done < len(closing.accounts):
        if running.cancelled:
            _end(closing, ClosingRun.State.STOPPED)
            return
        keys = closing.accounts[done : done + BATCH]
        with ledger.writing():
            hold(LOCK)
            _batch(closing, keys, firm)
            done += len(keys)
            running.state["done"] = done
            running.advance(len(keys))
    _end(closing, ClosingRun.State.DONE)
    running.result.update(
        {"url": closing.get_absolute_url(), "issued": closing.issued, "failed": closing.failed}
    )


def _end_dead() -> None:
    """A run whose job was given up, or was cancelled before anybody began it, is in nobody's way."""
    for closing in ClosingRun.objects.filter(state=ClosingRun.State.RUNNING):
        if not Job.objects.filter(uid__in=[closing.job], state__in=Job.OPEN).exists():
            _end(closing, ClosingRun.State.STOPPED)


def _end(closing: ClosingRun, state: str) -> None:
    with ledger.writing():
        closing.state, closing.finished_at = state, moment()
        closing.save(update_fields=["state", "finished_at"])
        if closing.issued:
            drawing.enqueue(closing)


@dataclass
class Made:
    invoice: Invoice
    rows: list[InvoiceLine]


def _batch(closing: ClosingRun, keys: Sequence[int], firm: paper.Firm) -> None:
    """Those that an attempt before this one has finished are passed over by what is billed already."""
    need_open(closing.issued_on)
    accounts = list(Account.plain.filter(pk__in=keys, trashed_at__isnull=True).select_related("owner"))
    where = Q(delivery__account__in=keys, delivery__delivered_on__lte=closing.closes_on)
    open_: dict[int, list[unbilled.Open]] = {}
    for each in unbilled.delivered(where):
        open_.setdefault(each.line.delivery.account_id, []).append(each)
    known = preview.balances(accounts, closing.closes_on)
    told = preview.told(keys, closing.closes_on)
    made: list[Made] = []
    results: list[ClosingResult] = []
    for account in sorted(accounts, key=lambda account: keys.index(account.pk)):
        try:
            balance = NONE if account.pk in told and account.pk not in open_ else known.get(account.pk, NONE)
            found = _made(closing, account, open_.get(account.pk, []), balance, firm)
        except DomainError as error:
            sentence = error.message[:300]
            results.append(ClosingResult(run=closing, account=account, outcome="failed", sentence=sentence))
            continue
        if found is None:
            results.append(ClosingResult(run=closing, account=account, outcome="nothing"))
            continue
        made.append(found)
    _write(closing, made, firm)
    results += [
        ClosingResult(run=closing, account=each.invoice.account, outcome="issued", invoice=each.invoice)
        for each in made
    ]
    ClosingResult.objects.bulk_create(results)
    closing.issued += len(made)
    closing.failed += sum(each.outcome == ClosingResult.FAILED for each in results)
    closing.passed += sum(each.outcome == ClosingResult.NOTHING for each in results)
    closing.total += sum(each.invoice.total for each in made)
    closing.save(update_fields=["issued", "failed", "passed", "total"])


def _made(
    closing: ClosingRun, account: Account, open_: list[unbilled.Open], balance: Balance, firm: paper.Firm
) -> Made | None:
    """Unsaved. Raises Invalid, Conflict."""
    if not open_ and not (closing.with_balance and balance.carried):
        return None
    if len({each.line.delivery.included for each in open_}) > 1:
        sentence = gettext_lazy("税込みの納品と税抜きの納品が混じっています。納品ごとに請求してください。")
        raise Conflict(sentence, code="two_ways")
    terms = terms_of(account)
    invoice = Invoice(
        kind=CLOSING, state=ISSUED, account=account, owner=account.owner, keeper_id=account.owner_id,
        team_id=account.team_id, privacy=account.privacy, created_by=closing.by, closing_run=closing,
        title=_("%(month)s月分のご請求") % {"month": closing.closes_on.month}, rounding=firm.of.rounding,
        included=open_[0].line.delivery.included if open_ else firm.of.included, payment=account.payment_terms,
        period_from=terms.period(closing.closes_on)[0], closes_on=closing.closes_on, issued_on=closing.issued_on,
        due_on=terms.due(closing.closes_on), previous=balance.previous, received=balance.received,
        carried=balance.carried,
    )  # fmt: skip
    content = contents.of_deliveries(open_)
    count(invoice, content)
    return Made(invoice, content.rows)


def _write(closing: ClosingRun, made: list[Made], firm: paper.Firm) -> None:
    if not made:
        return
    settled.hold(each.invoice.account_id for each in made)
    numbers = numbering.take_many(paper.KEY, closing.issued_on, len(made))
    invoices = [each.invoice for each in made]
    for invoice, number in zip(invoices, numbers, strict=True):
        invoice.number = number.text
    insert_many(invoices)
    rows = [row for each in made for row in each.rows]
    for each in made:
        for row in each.rows:
            row.invoice = each.invoice
    insert_many(rows)
    insert_many([
        _paper(invoice, number, closing, firm) for invoice, number in zip(invoices, numbers, strict=True)
    ])  # fmt: skip
    derived.keep(INVOICE, invoices, new=True)
    settled.recount((invoice.pk for invoice in invoices), closing.by)
    _tell(invoices, closing)


def _paper(invoice: Invoice, number: Any, closing: ClosingRun, firm: paper.Firm) -> InvoicePaper:
    draft = paper.composer(invoice, closing.issued_on, firm)(number.text)
    return InvoicePaper(
        invoice=invoice, year=number.year, place=number.place, data=dict(draft.data), partner=draft.partner,
        seal=firm.of.seal,
    )  # fmt: skip


def _tell(invoices: list[Invoice], closing: ClosingRun) -> None:
    """Two lines for each: it was registered, and it was issued."""
    filled = Filled(vocabulary.fields_of("invoice"), Invoice)
    lines = []
    for invoice in invoices:
        who = about(INVOICE, invoice)
        lines.append(ledger.Line("invoice.created", who, {"changes": filled.changes(invoice)}))
        lines.append(ledger.Line("invoice.issued", who, {"changes": {}, "number": invoice.number}))
    ledger.record_many(lines, by=closing.by)


def _check_days(closes_on: date, issued_on: date, today: date) -> None:
    problems = day_of_issue(issued_on, today)
    if not today - FARTHEST <= closes_on <= today + timedelta(days=31):
        sentence = gettext_lazy("締め日は、1年前から31日先までの日付にしてください。")
        problems.append(FieldProblem("closes_on", sentence, code="range"))
    elif issued_on < closes_on:
        sentence = gettext_lazy("発行日が締め日より前です。日付を確認してください。")
        problems.append(FieldProblem("issued_on", sentence, code="before"))
    if problems:
        raise Invalid(problems)
    need_open(issued_on)
