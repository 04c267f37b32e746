"""Reads what banks hand out of an account's movements in the form of 全国銀行協会 (全銀協規定フォーマット).

Two kinds of file have what came in: 振込入金通知 (種別 01) and 入出金取引明細 (種別 03). Each record is 200 bytes, in
half-width kana (JIS X 0201, which CP932 contains), with or without line ends. Years are two digits, of the era or
of our count: whichever lies nearer to today is meant. A file whose trailer does not add up is refused, so that no
line is lost silently.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from daifuku.foundation.japanese import clean_text
from daifuku.foundation.unreadable import Unreadable

LENGTH = 200
HEADER, DATA, TRAILER, END = "1289"
TRANSFERS, MOVEMENTS = "01", "03"
ERA_BEGAN = 2018
AHEAD = timedelta(days=31)


@dataclass(frozen=True)
class Received:
    """Money that came in: when, how many yen, from whom (the payer's kana), through which bank, with which remark."""

    day: date
    amount: int
    payer: str
    bank: str = ""
    remark: str = ""
    payer_code: str = ""
    number: str = ""
    taken_back: bool = False


@dataclass(frozen=True)
class Statement:
    """The movements of one account."""

    bank: str
    branch: str
    account: str
    received: tuple[Received, ...]


def is_zengin(data: bytes) -> bool:
    """Whether the file begins as such a file does."""
    head = data.lstrip(b"\xef\xbb\xbf")[:3]
    return len(data) >= LENGTH and head in {b"101", b"103"}


def statements(data: bytes, today: date) -> list[Statement]:
    """All accounts of a file. Unreadable says with its code what is wrong: length, order, sums, day, amount."""
    found: list[Statement] = []
    header, received = "", list[Received]()
    for record in _records(data):
        kind = record[0]
        if kind == HEADER:
            header, received = record, []
            if record[1:3] not in {TRANSFERS, MOVEMENTS}:
                raise Unreadable("kind")
        elif kind == DATA and header:
            if one := _read(record, header[1:3], today):
                received.append(one)
        elif kind == TRAILER and header:
            _check(record, header[1:3], received)
            found.append(_statement(header, received))
            header = ""
        elif kind == END and not header:
            return found
        else:
            raise Unreadable("order")
    raise Unreadable("cut_off")


def _records(data: bytes) -> Iterator[str]:
    plain = data.replace(b"\r", b"").replace(b"\n", b"").rstrip(b"\x1a\x00")
    if not plain or len(plain) % LENGTH:
        raise Unreadable("length")
    for start in range(0, len(plain), LENGTH):
        record = plain[start : start + LENGTH].decode("cp932", "replace")
        if len(record) != LENGTH:
            raise Unreadable("wide_letters")
        yield record


def _read(record: str, kind: str, today: date) -> Received | None:
    """None for what went out. A transfer that the bank took back comes as a line of its own."""
    if kind == TRANSFERS:
        return Received(
            _day(record[7:13], today), _amount(record[19:29]), _words(record[49:97]), _words(record[97:112]),
            _words(record[128:148]), record[39:49].strip(), record[1:7].strip(), record[127] == "1",
        )  # fmt: skip
    if record[21] != "1":
        return None
    return Received(
        _day(record[9:15], today), _amount(record[24:36]), _words(record[81:129]), _words(record[129:144]),
        _words(record[159:179]), record[71:81].strip(), record[1:9].strip(),
    )  # fmt: skip


def _check(record: str, kind: str, received: list[Received]) -> None:
    """The trailer tells how many came in and how much."""
    count, total = (record[1:7], record[7:19]) if kind == TRANSFERS else (record[1:7], record[7:20])
    kept = [each.amount for each in received if not each.taken_back]
    if _amount(count) != len(kept) or _amount(total) != sum(kept):
        raise Unreadable("sums")


def _statement(header: str, received: list[Received]) -> Statement:
    if header[1:3] == TRANSFERS:
        return Statement(_words(header[26:41]), _words(header[44:59]), header[60:67].strip(), tuple(received))
    return Statement(_words(header[26:41]), _words(header[44:59]), header[63:73].strip(), tuple(received))


def _words(text: str) -> str:
    return clean_text(unicodedata.normalize("NFKC", text))


def _amount(text: str) -> int:
    plain = text.strip()
    if not plain.isascii() or not plain.isdigit():
        raise Unreadable("amount")
    return int(plain)


def _day(text: str, today: date) -> date:
    if not (text.isascii() and text.isdigit()):
        raise Unreadable("day")
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
    possible = []
    for base in (2000, ERA_BEGAN):
        try:
            possible.append(date(base + year, month, day))
        except ValueError:
            continue
    possible = [each for each in possible if each <= today + AHEAD]
    if not possible:
        raise Unreadable("day")
    return max(possible)
