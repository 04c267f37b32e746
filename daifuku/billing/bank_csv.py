"""Reads what came in from a bank's CSV: every bank has columns of its own, so they are known by their headings.

Where headings do not say which column is which, somebody says it once (`Columns`); the same headings are then known.
Files may begin with lines of other content; amounts may stand in one column with a sign, in one each for what came in
and what went out; a day may be cut into three columns.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from daifuku.billing.zengin import Received
from daifuku.documents.amounts import MOST
from daifuku.foundation import csv
from daifuku.foundation.calendar import parse_date
from daifuku.foundation.money import parse_amount
from daifuku.foundation.unreadable import Unreadable

SEARCHED = 30
MOST_ROWS = 20_000
HEADINGS: dict[str, tuple[str, ...]] = {
    "day": (
        "日付", "取引日", "年月日", "お取引日", "取引年月日", "入金日", "操作日", "起算日", "勘定日",
        "振込日", "取扱日付",
    ),
    "year": ("年", "操作日(年)", "取引日(年)"),
    "month": ("月", "操作日(月)", "取引日(月)"),
    "dom": ("日", "操作日(日)", "取引日(日)"),
    "came": (
        "入金金額", "入金額", "入金", "お預り金額", "お預かり金額", "預かり金額", "預り金額", "お預入れ", "お預入れ額",
        "預入金額", "お預入金額", "受入金額", "入金金額(円)", "お預り金額(円)", "預入額", "振込金額", "受取金額",
    ),
    "both": ("金額", "入出金", "入出金(円)", "取引金額", "入払金額", "入出金額"),
    "payer": (
        "振込依頼人名", "振込依頼人", "依頼人名", "振込人名", "振込人", "振込名義", "振込名義人", "名義",
        "摘要内容",
        "お取り扱い内容", "取り扱い内容", "お取引内容", "取引内容", "入出金内容", "内容", "摘要", "詳細", "詳細1",
        "取引名",
        "備考", "お客様名",
    ),
    "remark": ("摘要", "詳細2", "メモ", "備考", "適用", "取引区分", "取引名", "区分"),
}  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """Which column, counted from 0, is what; None: there is none. `day` or all of `year`, `month`, `dom`; `came` or
    `both`."""

    day: int | None = None
    year: int | None = None
    month: int | None = None
    dom: int | None = None
    came: int | None = None
    both: int | None = None
    payer: int | None = None
    remark: int | None = None

    @property
    def enough(self) -> bool:
        days = self.day is not None or None not in (self.year, self.month, self.dom)
        return days and self.payer is not None and (self.came is not None or self.both is not None)

    def as_json(self) -> dict[str, int | None]:
        return asdict(self)


@dataclass(frozen=True)
class Sheet:
    """`line` is where the headings stand; `rows` are those below, with the number of their line."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def signature(self) -> str:
        """The same for files of the same bank."""
        return "|".join(_plain(each) for each in self.headings)[:500]


@dataclass(frozen=True)
class Read:
    """`wrong` names lines that say neither a day nor an amount; `others` counts what went out."""

    received: tuple[Received, ...]
    wrong: tuple[tuple[int, str], ...]
    others: int


def sheet_of(data: bytes) -> Sheet:
    """Raises Unreadable: `letters`, `quote`, `empty`, `too_long`, `too_wide`."""
    try:
        text = csv.decode(data, csv.detect(data))
    except (UnicodeError, LookupError) as error:
        raise Unreadable("letters") from error
    try:
        lines = [(number, tuple(cells)) for number, cells in csv.rows(text, csv.guess_delimiter(text))]
    except csv.TooWide as error:
        raise Unreadable("too_wide") from error
    except ValueError as error:
        raise Unreadable("quote") from error
    if len(lines) > MOST_ROWS:
        raise Unreadable("too_long")
    at = max(range(min(SEARCHED, len(lines))), key=lambda each: _known(lines[each][1]), default=None)
    if at is None or len(lines) < at + 2 or len(lines[at][1]) < 2:
        raise Unreadable("empty")
    rows = [row for row in lines[at + 1 :] if any(cell.strip() for cell in row[1])]
    return Sheet(tuple(cell.strip() for cell in lines[at][1]), tuple(rows))


def guess(sheet: Sheet) -> Columns:
    """As the headings say; whoever pays stands rather in the column named first above."""
    plain = [_plain(each) for each in sheet.headings]
    found: dict[str, int] = {}
    for what, names in HEADINGS.items():
        for name in map(_plain, names):
            if name in plain and not (what == "remark" and plain.index(name) == found.get("payer")):
                found[what] = plain.index(name)
                break
    if "came" in found:
        found.pop("both", None)
    return Columns(**found)


def read(sheet: Sheet, columns: Columns, today: date) -> Read:
    """What came in, line by line. A sum at the foot, or what cannot be read, is named and left out."""
    received, wrong, others = [], [], 0
    for number, cells in sheet.rows:
        try:
            amount = _amount(cells, columns)
            if amount is None or amount <= 0:
                others += 1
                continue
            day = _day(cells, columns, today)
            payer, remark = _cell(cells, columns.payer), _cell(cells, columns.remark)
            received.append(Received(day, amount, payer[:200], "", remark[:200]))
        except ValueError as error:
            wrong.append((number, getattr(error, "code", "day")))
    return Read(tuple(received), tuple(wrong), others)


def _amount(cells: Sequence[str], columns: Columns) -> int | None:
    text = _cell(cells, columns.came if columns.came is not None else columns.both)
    if not text or set(text) <= set("-*―ー"):
        return None
    try:
        amount = parse_amount(text)
    except ValueError as error:
        raise Unreadable("amount") from error
    if abs(amount) > MOST:
        raise Unreadable("amount")
    return amount


def _day(cells: Sequence[str], columns: Columns, today: date) -> date:
    if columns.day is not None:
        day = parse_date(_cell(cells, columns.day), today)
    else:
        parts = [_cell(cells, each) for each in (columns.year, columns.month, columns.dom)]
        day = parse_date("/".join(parts), today)
    if not date(2000, 1, 1) <= day <= today:
        raise Unreadable("day")
    return day


def _cell(cells: Sequence[str], at: int | None) -> str:
    if at is None or at >= len(cells):
        return ""
    return " ".join(unicodedata.normalize("NFKC", cells[at]).split())


def _known(cells: Sequence[str]) -> int:
    plain = {_plain(each) for each in cells}
    return sum(any(_plain(name) in plain for name in names) for names in HEADINGS.values())


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
