"""The journal as the packages read it: 弥生会計 (弥生インポート形式), freee (汎用形式), マネーフォワード (仕訳帳).

Each row is one entry with a debit and a credit. Amounts are whole yen with tax (税込), never negative; the names of tax
classes are the packages' own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.accounting.journal import Entry, Side
from daifuku.foundation.csv import harmless
from daifuku.foundation.encodings import encode, unsayable

CP932, UTF8 = "cp932", "utf-8-sig"
REDUCED = Decimal(8)


@dataclass(frozen=True)
class Layout:
    """`heading` is the first row, none where the package wants none. `encodings` has the usual one first."""

    key: str
    label: Any
    encodings: tuple[str, ...]
    heading: tuple[str, ...]
    row: Callable[[Entry], list[Any]]
    help: Any = ""


def tax_name(side: Side, names: dict[str, str]) -> str:
    """The package's word for this class and rate; a rate that is not usual any more is written out."""
    tax_class, rate = side.tax
    number = f"{rate.normalize():f}"
    return names.get(f"{tax_class} {number}", names.get(tax_class, names["outside"])).format(rate=number)


YAYOI = {
    "standard": "課税売上込{rate}%", "reduced": "課税売上込軽減{rate}%", "export": "輸出売上", "exempt": "非課税売上",
    "outside": "対象外",
}  # fmt: skip
FREEE = {
    "standard": "課税売上{rate}%", "reduced": "課税売上{rate}%（軽）", "export": "輸出売上", "exempt": "非課売上",
    "outside": "対象外",
}  # fmt: skip
MONEYFORWARD = {
    "standard": "課税売上 {rate}%", "reduced": "課税売上 (軽){rate}%", "export": "輸出売上 0%", "exempt": "非課税売上",
    "outside": "対象外",
}  # fmt: skip


def yayoi(entry: Entry) -> list[Any]:
    """25 columns; 2000 is an entry of one row. Longer names are cut by the package, so they are cut here, where whole
    characters stay whole."""
    day = f"{entry.day:%Y/%m/%d}"
    sides: list[Any] = []
    for side in (entry.debit, entry.credit):
        tax = entry.taxed if side.tax[0] != "outside" else 0
        sides += [cut(side.account, 24), cut(side.sub, 24), "", tax_name(side, YAYOI), entry.amount, tax]
    return ["2000", "", "", day, *sides, cut(entry.words, 64), "", "", "0", "", "", "0", "0", "no"]


def freee(entry: Entry) -> list[Any]:
    row: list[Any] = [f"{entry.day:%Y/%m/%d}", entry.number, ""]
    for side in (entry.debit, entry.credit):
        tax = entry.taxed if side.tax[0] != "outside" else 0
        row += [side.account, entry.partner, tax_name(side, FREEE), entry.amount, tax]
    return [*row, entry.words]


def moneyforward(entry: Entry) -> list[Any]:
    row: list[Any] = [entry.number, f"{entry.day:%Y/%m/%d}"]
    for side in (entry.debit, entry.credit):
        tax = entry.taxed if side.tax[0] != "outside" else 0
        row += [
            side.account,
            side.sub,
            "",
            entry.partner,
            tax_name(side, MONEYFORWARD),
            "",
            entry.amount,
            tax,
        ]
    return [*row, entry.words, "", "", "", ""]


def cut(text: str, width: int) -> str:
    """So many half-width characters: what is two bytes in CP932 takes two."""
    used, kept = 0, ""
    for character in text:
        used += 1 if len(encode(character, CP932)) == 1 else 2
        if used > width:
            break
        kept += character
    return kept


def _both(*names: str) -> tuple[str, ...]:
    return tuple(f"{side}{name}" for side in ("借方", "貸方") for name in names)


# The headings are the packages' own words, so they are not translated.
LAYOUTS = {
    layout.key: layout
    for layout in (
        Layout(
            "yayoi", _("弥生会計"), (CP932,), (), yayoi,
            _("弥生会計の「ファイル」の「インポート」で読み込みます。"),
        ),
        Layout(
            "freee", _("freee会計"), (UTF8, CP932),
            ("日付", "伝票番号", "決算整理仕訳", *_both("勘定科目", "取引先", "税区分", "金額", "税額"), "摘要"), freee,
            _("freee会計の「他社会計ソフトからの仕訳データの移行（汎用形式）」で読み込みます。"),
        ),
        Layout(
            "moneyforward", _("マネーフォワード クラウド会計"), (UTF8, CP932),
            (
                "取引No", "取引日",
                *_both("勘定科目", "補助科目", "部門", "取引先", "税区分", "インボイス", "金額(円)", "税額"), "摘要",
                "仕訳メモ", "タグ", "MF仕訳タイプ", "決算整理仕訳",
            ),
            moneyforward, _("クラウド会計の「仕訳帳」の「インポート」で読み込みます。"),
        ),
    )
}  # fmt: skip


@dataclass
class Written:
    """`missing` are characters that the encoding does not have; a mark stands in their place."""

    content: bytes
    rows: int
    missing: str


def write(layout: Layout, entries: Iterable[Entry], encoding: str) -> Written:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    if layout.heading:
        writer.writerow(layout.heading)
    count = 0
    for entry in entries:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in layout.row(entry)])
        count += 1
    text = lines.getvalue()
    if encoding == UTF8:
        return Written(text.encode(UTF8), count, "")
    return Written(encode(text, encoding), count, "".join(sorted(unsayable(text, encoding)))[:60])
