"""The lines of a paper as values: read from forms, the API and files, counted, said in words.

A line is a dict that JSON holds: `id`, `kind`, `code`, `name`, `spec`, `quantity`, `unit`, `unit_price`, `discount`,
`tax_class`, `amount` and, where somebody named one, `rate` and `product` (a uid). Empty values are left out.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from daifuku.documents import tax
from daifuku.documents.amounts import COUNTED, MOST, Kind, line_amount, subtotals
from daifuku.documents.models.line import KINDS
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.records.catalogue.types import DecimalNumber
from daifuku.records.catalogue.types.base import Refused

LineValue = dict[str, Any]
MOST_LINES = 200
TEXTS = {"code": 60, "name": 200, "spec": 500, "unit": 20}
KEYS = frozenset({"id", "kind", *TEXTS, "quantity", "unit_price", "discount", "tax_class", "rate", "product"})
# What a form or a file brings besides, and what follows from the rest.
PASSED_OVER = frozenset({"cost", "amount", "on", "paper"})
LARGEST = Decimal("9999999999.999")
HIGHEST = Decimal("9999999999999.99")
NUMBERS = {"quantity": 3, "unit_price": 2, "discount": 2, "rate": 2}


@dataclass(frozen=True)
class Counted:
    """A line as the sums want it, at the rate of its day."""

    kind: str
    amount: int
    tax_class: str
    rate: Decimal


def clean_lines(raw: Any) -> list[LineValue]:
    """Raises Refused with one sentence for each line that is wrong."""
    rows = read(raw)
    if len(rows) > MOST_LINES:
        raise Refused(_("明細は%(most)s行までです。") % {"most": MOST_LINES}, "too_many")
    cleaned: list[LineValue] = []
    problems: list[str] = []
    seen: set[str] = set()
    for place, row in enumerate(rows, 1):
        try:
            line = clean_line(row)
        except Refused as error:
            problems.append(said(place, row, error.message))
            continue
        if line["id"] in seen:
            line["id"] = uuid.uuid4().hex
        seen.add(line["id"])
        cleaned.append(line)
    if problems:
        raise Refused("\n".join(problems), "line")
    return cleaned


def said(place: int, row: Mapping[str, Any], sentence: object) -> str:
    name = str(row.get("name") or "")[:30]
    words = {"place": place, "name": name, "sentence": sentence}
    return (
        _("明細%(place)s行目「%(name)s」: %(sentence)s") if name else _("明細%(place)s行目: %(sentence)s")
    ) % words


def read(raw: Any) -> list[Mapping[str, Any]]:
    """From a list, its JSON, or the text of a cell (`from_text`); wholly empty rows are left out."""
    if raw is None or raw == "":
        return []
    if isinstance(raw, str):
        raw = _json(raw) if raw.lstrip().startswith(("[{", "[]")) else from_text(raw)
    if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
        raise Refused(_("明細の書き方を確認してください。"), "type")
    return [row for row in raw if not is_blank(row)]


def is_blank(row: Mapping[str, Any]) -> bool:
    """A row of a form in which nobody has typed anything that matters."""
    if row.get("kind") == Kind.SUBTOTAL:
        return False
    return not any(
        str(row.get(key) or "").strip() for key in ("name", "code", "spec", "unit_price", "product")
    )


def clean_line(row: Mapping[str, Any]) -> LineValue:
    unknown = [key for key in row if key not in KEYS | PASSED_OVER]
    if unknown:
        raise Refused(
            _("「%(key)s」という項目はありません。") % {"key": str(unknown[0])[:40]}, "unknown_field"
        )
    kind = str(row.get("kind") or Kind.GOODS)
    if kind not in {key for key, _label in KINDS}:
        raise Refused(_("行の種類を選んでください。"), "kind")
    line: LineValue = {"id": _id(row.get("id")), "kind": kind}
    for key, longest in TEXTS.items():
        text = clean_text(str(row.get(key) or ""))
        if len(text) > longest:
            raise Refused(_("%(limit)s文字以内で入力してください。") % {"limit": longest}, "too_long")
        if text:
            line[key] = text
    if kind not in COUNTED:
        return _words_only(line)
    return _goods(line, row) if kind == Kind.GOODS else _discount(line, row)


def _words_only(line: LineValue) -> LineValue:
    if line["kind"] != Kind.SUBTOTAL and "name" not in line:
        raise Refused(_("見出しや摘要の言葉を入力してください。"), "required")
    return {key: line[key] for key in ("id", "kind", "name") if key in line}


def _goods(line: LineValue, row: Mapping[str, Any]) -> LineValue:
    if "name" not in line:
        raise Refused(_("品名を入力してください。"), "required")
    quantity = _number(row, "quantity", _("数量"), Decimal(1))
    price = _number(row, "unit_price", _("単価"), Decimal(0))
    discount = _number(row, "discount", _("値引率"), Decimal(0))
    if not 0 < quantity <= LARGEST:
        raise Refused(_("数量は0より大きく、10桁までの数にしてください。"), "quantity")
    if not 0 <= price <= HIGHEST:
        raise Refused(
            _("単価は0以上で、13桁までにしてください。引くときは「値引き」の行を使います。"), "price"
        )
    if not 0 <= discount <= 100:
        raise Refused(_("値引率は0から100までの数にしてください。"), "discount")
    line |= {
        "quantity": plain(quantity),
        "unit_price": plain(price),
        "tax_class": _tax_class(row, tax.STANDARD),
    }
    if discount:
        line["discount"] = plain(discount)
    return _with_amount(line, row, line_amount(quantity, price, discount))


def _discount(line: LineValue, row: Mapping[str, Any]) -> LineValue:
    """Typed as 1000 or -1000, it takes 1,000 away; without a class it is spread over the rates."""
    price = abs(_number(row, "unit_price", _("値引き額"), Decimal(0)))
    if not 0 < price <= HIGHEST:
        raise Refused(_("値引き額を入力してください。"), "discount")
    line.setdefault("name", _("値引き"))
    line |= {"unit_price": plain(-price), "tax_class": _tax_class(row, "")}
    return _with_amount(line, row, line_amount(Decimal(1), -price))


def _with_amount(line: LineValue, row: Mapping[str, Any], amount: int) -> LineValue:
    if abs(amount) > MOST:
        raise Refused(_("金額が大きすぎます。数量と単価を確認してください。"), "too_large")
    line["amount"] = amount
    if row.get("rate") not in (None, ""):
        line["rate"] = plain(_number(row, "rate", _("税率"), Decimal(0)))
    if row.get("product"):
        line["product"] = _product(row["product"])
    return line


def _product(raw: Any) -> str:
    try:
        return str(uuid.UUID(str(raw)))
    except ValueError as error:
        raise Refused(_("商品を選び直してください。"), "product") from error


def _tax_class(row: Mapping[str, Any], otherwise: str) -> str:
    key = str(row.get("tax_class") or otherwise)
    if key and key not in tax.CLASSES:
        raise Refused(_("税区分を選んでください。"), "tax_class")
    return key


def _number(row: Mapping[str, Any], key: str, label: str, otherwise: Decimal) -> Decimal:
    raw = row.get(key)
    if isinstance(raw, str):
        raw = raw.translate({ord(mark): None for mark in "¥￥円%％"})
    try:
        found = DecimalNumber(NUMBERS[key]).clean(raw)
    except Refused as error:
        raise Refused(f"{label}: {error.message}", error.code) from error
    return otherwise if found is None else Decimal(found)


def _id(raw: Any) -> str:
    try:
        return uuid.UUID(str(raw)).hex
    except ValueError:
        return uuid.uuid4().hex


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise Refused(_("明細の書き方を確認してください。"), "type") from error


def plain(number: Decimal) -> str:
    """10, 1.5: without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def counted(lines: Sequence[LineValue], day: date, *, field: str = "lines") -> list[Counted]:
    """With the rates of that day. Raises Invalid for a line whose rate was not in force then."""
    found, problems = [], []
    for place, line in enumerate(lines, 1):
        kind, tax_class = line["kind"], line.get("tax_class", "")
        rate = tax.ZERO
        if kind in COUNTED and tax_class:
            named = Decimal(line["rate"]) if "rate" in line else None
            try:
                rate = tax.checked_rate(tax_class, day, named)
            except Invalid as error:
                problems.append(said(place, line, error.message))
        found.append(Counted(kind, line.get("amount", 0), tax_class, rate))
    if problems:
        raise Invalid([FieldProblem(field, "\n".join(problems), code="rate")])
    return found


def printed(lines: Sequence[LineValue], day: date) -> list[dict[str, Any]]:
    """As a page shows them: numbers with commas, the mark of the reduced rate, what a subtotal adds up to."""
    return [
        _printed(line, sum_of) for line, sum_of in zip(lines, subtotals(counted(lines, day)), strict=True)
    ]


def _printed(line: LineValue, sum_of: int | None) -> dict[str, Any]:
    shown = {key: line.get(key, "") for key in ("kind", *TEXTS)}
    amount = sum_of if sum_of is not None else line.get("amount")
    tax_class = line.get("tax_class", "")
    return shown | {
        "quantity": commas(line["quantity"]) if "quantity" in line else "",
        "unit_price": commas(line["unit_price"]) if line["kind"] == Kind.GOODS else "",
        "discount": line.get("discount", ""),
        "amount": f"{amount:,d}" if amount is not None else "",
        "mark": tax.CLASSES[tax_class].mark if tax_class else "",
    }


def commas(number: str) -> str:
    return f"{Decimal(number):,f}"


WORDS = {Kind.HEADING: "見出し", Kind.NOTE: "摘要", Kind.SUBTOTAL: "小計", Kind.DISCOUNT: "値引き"}


def as_text(lines: Iterable[LineValue]) -> str:
    """A cell of a file, read again by `from_text`: `品名 | 数量 | 単位 | 単価 | 値引率 | 税区分 | 仕様 | コード`."""
    return "\n".join(_text(line) for line in lines)


def _text(line: LineValue) -> str:
    kind, name = line["kind"], str(line.get("name", "")).replace("|", "／")
    if kind == Kind.GOODS:
        cells = [name, line["quantity"], line.get("unit", ""), line["unit_price"], line.get("discount", "")]
        cells += [line["tax_class"], line.get("spec", ""), line.get("code", "")]
        return " | ".join(str(cell).replace("|", "／") for cell in cells).rstrip(" |")
    words = f"[{WORDS[kind]}] {name}".rstrip()
    return (
        f"{words} | {line['unit_price']} | {line['tax_class']}".rstrip(" |")
        if "unit_price" in line
        else words
    )


def from_text(text: str) -> list[LineValue]:
    rows: list[LineValue] = []
    for line in text.replace("｜", "|").splitlines():
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split("|")]
        named = next((kind for kind, word in WORDS.items() if cells[0].startswith(f"[{word}]")), None)
        if named is None:
            keys = ("name", "quantity", "unit", "unit_price", "discount", "tax_class", "spec", "code")
            rows.append({"kind": str(Kind.GOODS), **dict(zip(keys, cells, strict=False))})
            continue
        name = cells[0].removeprefix(f"[{WORDS[named]}]").strip()
        rows.append(
            {
                "kind": str(named),
                "name": name,
                **dict(zip(("unit_price", "tax_class"), cells[1:], strict=False)),
            }
        )
    return rows
