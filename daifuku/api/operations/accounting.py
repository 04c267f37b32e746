"""Issued papers by day, amount and partner, the journal for accounting packages, and how the books are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.accounting import asking, journal, received, searching
from daifuku.accounting.actions import close_period, edit_setting
from daifuku.accounting.models import AccountingSetting, accounting_setting
from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.routing import fixed
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue.types import Date
from daifuku.records.catalogue.types.base import Refused


class PaperFound(Schema):
    uid: str
    kind: str
    number: str
    issued_on: str
    partner: str
    amount: int
    record: str = Field(..., description=noop("書類の元の記録の uid"))
    object: str
    issued_by: str
    sha256: str
    replaces: str | None = Field(..., description=noop("訂正した書類の番号"))
    replaced_by: str | None = Field(..., description=noop("訂正後の書類の番号"))


class PapersFound(Schema):
    papers: list[PaperFound]
    next: str | None = Field(..., description=noop("続きがあるとき、after に入れる値"))


class PaperReceived(Schema):
    file: str = Field(..., description=noop("ファイルの uid"))
    name: str
    day: str
    partner: str
    amount: int
    record: str = Field(..., description=noop("受注・発注の uid"))
    object: str
    number: str
    version: int


class PapersReceived(Schema):
    papers: list[PaperReceived]
    next: str | None = Field(..., description=noop("続きがあるとき、after に入れる値"))


class JournalEntry(Schema):
    number: str
    day: str
    debit: str
    credit: str
    amount: int
    tax: int
    tax_class: str
    rate: str
    partner: str
    words: str


class Journal(Schema):
    begin: str
    end: str
    entries: list[JournalEntry]


class Books(Schema):
    model_config = ConfigDict(extra="forbid")
    package: str
    receivable: str
    sales: str
    bank: str
    cash: str
    bill: str
    offset: str
    fee: str
    by_partner: bool


class BooksShown(Books):
    closed_until: str | None


class BooksChanged(Schema):
    model_config = ConfigDict(extra="forbid")
    package: str | None = None
    receivable: str | None = None
    sales: str | None = None
    bank: str | None = None
    cash: str | None = None
    bill: str | None = None
    offset: str | None = None
    fee: str | None = None
    by_partner: bool | None = None


class Closed(Schema):
    model_config = ConfigDict(extra="forbid")
    closed_until: str | None = Field(..., description=noop("この日まで締めます。null で解除します"))


@fixed.get("/papers", operation_id="search_papers", summary=noop("発行した書類の検索"), response=PapersFound)
def search_papers(
    request: Asked, begin: str = "", end: str = "", low: str = "", high: str = "", partner: str = "", kind: str = "",
    number: str = "", only: str = "", after: str = "",
) -> Answer:  # fmt: skip
    """Fifty at a time, the newest first."""
    asked = searching.read({
        "begin": begin, "end": end, "low": low, "high": high, "partner": partner, "kind": kind, "number": number,
        "only": only,
    })  # fmt: skip
    found, more = searching.find(asked, request.auth.viewer, searching.place(after))
    last = found[-1].copy if more else None
    return Answer({
        "papers": [_paper(each) for each in found], "next": searching.place_words(last) if last is not None else None,
    })  # fmt: skip


@fixed.get(
    "/papers/received",
    operation_id="search_received_papers",
    summary=noop("受け取った書類の検索"),
    response=PapersReceived,
)
def search_received(
    request: Asked, begin: str = "", end: str = "", low: str = "", high: str = "", partner: str = "", kind: str = "",
    number: str = "", after: str = "",
) -> Answer:  # fmt: skip
    """Files on orders and purchases, by the day, amount and partner of the trade; the newest first."""
    asked = searching.read({
        "side": searching.RECEIVED, "begin": begin, "end": end, "low": low, "high": high, "partner": partner,
        "kind": kind, "number": number,
    })  # fmt: skip
    found, following = received.find(asked, request.auth.viewer, received.place(after))
    return Answer({
        "papers": [_came(each) for each in found], "next": received.place_words(following) if following else None,
    })  # fmt: skip


def _came(each: received.Received) -> dict[str, Any]:
    return {
        "file": str(each.file.uid), "name": each.file.name, "day": each.day.isoformat(), "partner": each.partner,
        "amount": each.amount, "record": str(each.record.uid), "object": each.record.object_key,
        "number": each.record.number, "version": each.versions,
    }  # fmt: skip


def _paper(each: searching.Found) -> dict[str, Any]:
    copy = each.copy
    return {
        "uid": str(copy.uid), "kind": copy.kind, "number": copy.number, "issued_on": copy.issued_on.isoformat(),
        "partner": copy.partner, "amount": copy.amount, "record": str(each.record.uid), "object": copy.object,
        "issued_by": str(copy.by), "sha256": copy.sha256, "replaces": each.older.number if each.older else None,
        "replaced_by": each.newer.number if each.newer else None,
    }  # fmt: skip


@fixed.get("/journal", operation_id="get_journal", summary=noop("売上と入金の仕訳"), response=Journal)
def get_journal(request: Asked, begin: str = "", end: str = "", what: str = "") -> Answer:
    """The month before this one, where nothing else is said."""
    viewer = request.auth.viewer
    if not journal.may_read(viewer):
        raise NotFound
    asked = asking.read({"begin": begin, "end": end, "what": what}, timezone.localdate())
    entries = journal.entries(asked.begin, asked.end, viewer, accounting_setting(), asked.what)
    return Answer({
        "begin": asked.begin.isoformat(), "end": asked.end.isoformat(), "entries": [_entry(each) for each in entries],
    })  # fmt: skip


def _entry(entry: journal.Entry) -> dict[str, Any]:
    tax_class, rate = max(entry.debit.tax, entry.credit.tax, key=lambda each: each[0] != "outside")
    return {
        "number": entry.number, "day": entry.day.isoformat(), "debit": entry.debit.account,
        "credit": entry.credit.account, "amount": entry.amount, "tax": entry.taxed, "tax_class": tax_class,
        "rate": f"{rate:f}", "partner": entry.partner, "words": entry.words,
    }  # fmt: skip


@fixed.get("/accounting", operation_id="get_accounting", summary=noop("会計の設定"), response=BooksShown)
def get_accounting(request: Asked) -> Answer:
    """The names of accounts, and until when the books are closed."""
    need_settings(request.auth.person)
    return Answer(_books(accounting_setting()))


@fixed.patch(
    "/accounting", operation_id="change_accounting", summary=noop("会計の設定の変更"), response=BooksShown
)
def change_accounting(request: Asked, body: BooksChanged) -> Answer:
    """What is not sent stays."""
    changes = {name: value for name, value in body.dict().items() if value is not None}
    return Answer(_books(edit_setting(changes, by=request.auth.person)))


@fixed.put(
    "/accounting/closed", operation_id="close_accounting", summary=noop("会計期間の締め"), response=BooksShown
)
def close_accounting(request: Asked, body: Closed) -> Answer:
    """Until a day, or with null not at all."""
    need_settings(request.auth.person)
    try:
        day: date | None = Date().clean(body.closed_until or "")
    except Refused as error:
        raise Invalid([FieldProblem("closed_until", error.message, code=error.code)]) from error
    if body.closed_until and day is None:
        raise Invalid([FieldProblem("closed_until", _("日付を入力してください。"), code="required")])
    return Answer(_books(close_period(day, by=request.auth.person, today=timezone.localdate())))


def _books(now: AccountingSetting) -> dict[str, Any]:
    kept = {name: getattr(now, name) for name in AccountingSetting.FIELDS}
    return {**kept, "closed_until": now.closed_until.isoformat() if now.closed_until else None}
