"""A file of the bank is taken in, and its lines are booked as payments: one by one, or all that are sure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.billing import bank_csv, zengin
from daifuku.billing.actions.payments import cancel, record
from daifuku.billing.models import BankColumns, BankFile, BankLine, PayerName
from daifuku.billing.payers import payer_key
from daifuku.billing.proposing import Proposal, for_account, propose
from daifuku.foundation.errors import Conflict, DomainError, FieldProblem, Forbidden, Invalid, NotFound
from daifuku.foundation.japanese import clean_text
from daifuku.foundation.sql.named_lock import hold
from daifuku.foundation.unreadable import Unreadable
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

LARGEST = 5_000_000
MOST_AT_ONCE = 500
REASONS = {
    "length": _("全銀形式のファイルの長さが正しくありません。銀行からもう一度受け取ってください。"),
    "wide_letters": _("全銀形式のファイルに全角文字があります。加工していないファイルを選んでください。"),
    "kind": _("入金の明細ではない全銀ファイルです。「振込入金通知」か「入出金取引明細」を選んでください。"),
    "order": _("全銀形式のファイルの並びが正しくありません。銀行からもう一度受け取ってください。"),
    "cut_off": _("全銀形式のファイルが途中で切れています。銀行からもう一度受け取ってください。"),
    "sums": _("全銀形式のファイルの件数か合計金額が、明細と合いません。何も取り込んでいません。"),
    "amount": _("金額として読めないところがあります。加工していないファイルを選んでください。"),
    "day": _("日付として読めないところがあります。加工していないファイルを選んでください。"),
    "letters": _("文字として読めません。CSVか全銀形式のファイルを選んでください。"),
    "quote": _("CSVの引用符が正しく閉じられていません。加工していないファイルを選んでください。"),
    "empty": _("明細がありません。見出しの行と明細のあるファイルを選んでください。"),
    "too_wide": _("列が多すぎます。加工していないファイルを選んでください。"),
    "too_long": _("行が多すぎます。期間を分けて、2万行以内のファイルにしてください。"),
}


@dataclass(frozen=True)
class Unclear:
    """Headings do not say which column is which: somebody says it, then the file is taken in."""

    sheet: bank_csv.Sheet
    columns: bank_csv.Columns


@dataclass(frozen=True)
class Taken:
    file: BankFile
    wrong: tuple[tuple[int, str], ...] = ()


def may_use(viewer: Viewer) -> bool:
    """The bank's book shows everybody's payers: it is for those who keep everybody's payments."""
    return viewer.may("payment", "create") and viewer.reach("payment", "edit").everyone


def take_in(
    name: str, data: bytes, columns: bank_csv.Columns | None = None, *, by: Person, today: date
) -> Taken | Unclear:
    """全銀 or CSV. Lines that were there before are counted and not kept again, whatever file they came in.

    Raises Invalid (unreadable: nothing is kept), Forbidden."""
    if not may_use(viewer_of(by)):
        raise Forbidden
    if not data or len(data) > LARGEST:
        raise _refused(_("ファイルが空か、大きすぎます（5MBまで）。"), "size")
    wrong: tuple[tuple[int, str], ...] = ()
    others, bank = 0, ""
    try:
        if zengin.is_zengin(data):
            received: list[Any] = []
            for each in zengin.statements(data, today):
                received += each.received
                bank = f"{each.bank} {each.branch} {each.account}".strip()
        else:
            sheet = bank_csv.sheet_of(data)
            found = columns or _said_before(sheet) or bank_csv.guess(sheet)
            if not found.enough:
                return Unclear(sheet, found)
            read = bank_csv.read(sheet, found, today)
            received, wrong, others = list(read.received), read.wrong, read.others
            if not received and not others:
                return Unclear(sheet, found)
            if columns is not None:
                said = {"columns": columns.as_json(), "said_by": by}
                BankColumns.objects.update_or_create(signature=sheet.signature, defaults=said)
    except Unreadable as error:
        raise _refused(REASONS[error.code], error.code) from error
    return Taken(_keep(name, data, bank, received, others, by), wrong)


def book(line: BankLine, account: Any = None, fee: int | None = None, *, by: Person, today: date) -> Any:
    """Books the line as a payment of this customer (None: of the proposed one), set off against the invoices that the
    amount fits, else the oldest; his name is remembered. `fee`: what the bank took off, None: the usual ones are tried.

    Raises Conflict (booked before, nobody proposed), Invalid, Forbidden."""
    with ledger.writing():
        line = _held(line, by)
        if line.state == "booked":
            raise Conflict(_("この明細は、すでに入金として登録されています。"), code="booked")
        if line.state != "waiting":
            raise _moved()
        proposal = propose([line], viewer_of(by))[0] if account is None else for_account(line, account)
        if proposal.account is None:
            sentence = _("だれからの入金か分かりません。取引先を選んでください。")
            raise Invalid([FieldProblem("account", sentence, code="unknown_payer")])
        if line.taken_back:
            return _take_back(line, proposal, by=by, today=today)
        return _booked(line, proposal, fee, by=by, today=today)


def book_sure(*, by: Person, today: date) -> tuple[int, list[str]]:
    """All lines whose payer and amount are certain. Gives how many, and the sentences of what was in the way."""
    viewer = viewer_of(by)
    if not may_use(viewer):
        raise Forbidden
    done, refused = 0, []
    for proposal in propose(waiting(), viewer):
        if not proposal.sure:
            continue
        try:
            book(proposal.line, proposal.account, proposal.fee, by=by, today=today)
            done += 1
        except DomainError as error:
            refused.append(f"{proposal.line}: {error.message}")
    return done, refused


def put_aside(line: BankLine, *, by: Person) -> BankLine:
    """対象外: no customer's money (interest, a transfer of our own). Raises Conflict, Forbidden."""
    return _move(line, "waiting", "aside", by)


def take_up(line: BankLine, *, by: Person) -> BankLine:
    """It is to be looked at again after all."""
    return _move(line, "aside", "waiting", by)


def waiting() -> list[BankLine]:
    return list(BankLine.objects.filter(state="waiting").order_by("day", "pk")[:MOST_AT_ONCE])


def _said_before(sheet: bank_csv.Sheet) -> bank_csv.Columns | None:
    found = BankColumns.objects.filter(signature=sheet.signature).first()
    return bank_csv.Columns(**found.columns) if found else None


def _booked(line: BankLine, proposal: Proposal, fee: int | None, *, by: Person, today: date) -> Any:
    account = proposal.account
    taken_off = proposal.fee if fee is None else fee
    values = {
        "account": account, "paid_on": line.day, "method": "transfer", "amount": line.amount, "fee": taken_off,
        "payer": line.payer,
    }  # fmt: skip
    payment = record(values, by=by, today=today)
    line.state, line.payment = "booked", payment
    line.save(update_fields=["state", "payment"])
    if line.payer_key:
        _remember(line, account, by)
    return payment


def _take_back(line: BankLine, proposal: Proposal, *, by: Person, today: date) -> Any:
    if proposal.takes_back is None:
        raise Conflict(
            _("組み戻された元の入金が見つかりません。入金のページで取り消してください。"), code="no_payment"
        )
    payment = cancel(proposal.takes_back, str(_("銀行の組戻し")), line.day, by=by, today=today)
    line.state = "booked"
    line.save(update_fields=["state"])
    return payment


def _remember(line: BankLine, account: Any, by: Person) -> None:
    said = {"account": account, "payer": line.payer, "confirmed_at": moment(), "confirmed_by": by}
    PayerName.objects.update_or_create(key=line.payer_key, defaults=said)


def _keep(name: str, data: bytes, bank: str, received: Sequence[Any], others: int, by: Person) -> BankFile:
    with ledger.writing():
        hold("billing.bank")
        file = BankFile.objects.create(
            name=clean_text(name)[:200], sha256=hashlib.sha256(data).hexdigest(), bank=bank[:120], read_at=moment(),
            read_by=by, lines_other=others,
        )  # fmt: skip
        lines = _lines(file, received)
        known = set(
            BankLine.objects.filter(mark__in=[each.mark for each in lines]).values_list("mark", flat=True)
        )
        new = [each for each in lines if each.mark not in known]
        BankLine.objects.bulk_create(new)
        file.lines_new, file.lines_known = len(new), len(lines) - len(new)
        file.save(update_fields=["lines_new", "lines_known"])
        data_of = {"name": file.name, "sha256": file.sha256, "new": len(new), "known": file.lines_known}
        ledger.record("payment.bank_file", by=by, data=data_of)
    return file


def _lines(file: BankFile, received: Sequence[Any]) -> list[BankLine]:
    seen: Counter[str] = Counter()
    lines = []
    for each in received:
        key = payer_key(each.payer)[:200]
        said = f"{each.day.isoformat()}|{each.amount}|{key}|{int(each.taken_back)}"
        seen[said] += 1
        mark = hashlib.sha256(f"{said}|{seen[said]}".encode()).hexdigest()
        lines.append(BankLine(
            file=file, mark=mark, day=each.day, amount=each.amount, payer=each.payer[:200], payer_key=key,
            bank=each.bank[:120], remark=each.remark[:200], taken_back=each.taken_back,
        ))  # fmt: skip
    return lines


def _move(line: BankLine, before: str, after: str, by: Person) -> BankLine:
    with ledger.writing():
        line = _held(line, by)
        if line.state != before:
            raise _moved()
        line.state = after
        line.save(update_fields=["state"])
        ledger.record(f"payment.bank_line_{after}", by=by, data={"line": line.pk})
    return line


def _moved() -> Conflict:
    return Conflict(_("この明細は、ほかの人が先に処理しました。"), code="moved")


def _held(line: BankLine, by: Person) -> BankLine:
    if not may_use(viewer_of(by)):
        raise Forbidden
    found = BankLine.objects.select_for_update().filter(pk=line.pk).first()
    if found is None:
        raise NotFound
    return found


def _refused(sentence: Any, code: str) -> Invalid:
    return Invalid([FieldProblem("file", sentence, code=code)])
