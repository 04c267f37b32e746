"""The file of an import becomes one with a row for each talk; what nobody can be found for is listed and assigned.

The new file has the old columns, the text of each part in its column, and behind them the customer, how, the heading as
it was written, and on the first row of each report the whole report as it was: so nothing is lost.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict, FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.records.files.sweeping import sweep
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of
from daifuku.transfers.actions.choosing import require_open
from daifuku.transfers.actions.opening import reopen
from daifuku.transfers.actions.uploading import require_import
from daifuku.transfers.finding import Ambiguous, Finder
from daifuku.transfers.models import Import
from daifuku.transfers.reading.cells import Cell, as_text
from daifuku.transfers.reports.cutting import Block, cut, names_in
from daifuku.transfers.storing import keep_file

CUSTOMER, HOW, HEADING, WHOLE = "取引先（分割）", "対応方法（分割）", "見出し（分割）", "元の日報"
BATCH, SHOWN, SAMPLE = 500, 500, 80
BEFORE = "（見出しの前の文）"


def split_reports(imported: Import, column: int | None = None, *, by: Person) -> Import:
    """Cuts the column of the reports (that of the details where none is named). Raises Invalid, Conflict."""
    viewer = viewer_of(by)
    require_import(viewer, imported.object)
    require_open(imported)
    if imported.object != "talk":
        raise Conflict(_("分けられるのは、取引履歴への取り込みだけです。"), code="not_talks")
    if imported.split:
        raise Conflict(_("このファイルはもうお客様ごとに分けてあります。"), code="split_already")
    number = _column(imported, column)
    rows, found = [], {"reports": 0, "talks": 0}
    finder, unmatched = Finder("account", viewer), dict[str, Any]()
    for some in _batches(reopen(imported, viewer).rows()):
        texts = [_cell(cells, number) for cells in some]
        finder.find({name for text in texts for name in names_in(text)})
        for cells, text in zip(some, texts, strict=True):
            found["reports"] += 1
            for row in _rows_of(imported, cells, number, text, finder, unmatched):
                found["talks"] += bool(row[-4])
                rows.append(row)
    headers = [*imported.headers, CUSTOMER, HOW, HEADING, WHOLE]
    imported.split = found | {
        "unmatched": [{"heading": heading, **told} for heading, told in list(unmatched.items())[:SHOWN]],
        "more": max(0, len(unmatched) - SHOWN),
    }
    imported.targets = ["" if target == "account" else target for target in imported.targets]
    imported.targets += ["account", "" if "method" in imported.targets else "method", "", ""]
    return _put(imported, headers, rows)


def assign(imported: Import, heading: str, account: Any, *, by: Person) -> Import:
    """All parts under this heading tell of this customer. Raises Invalid, Conflict, NotFound."""
    viewer = viewer_of(by)
    require_import(viewer, imported.object)
    require_open(imported)
    known = {each["heading"] for each in imported.split.get("unmatched", [])}
    if heading not in known:
        raise Invalid([FieldProblem("heading", _("この見出しはもう割り当ててあります。"), code="unknown")])
    if account is None or not sees(viewer, account, "view"):
        raise Invalid([FieldProblem("account", _("取引先を選んでください。"), code="required")])
    rows = []
    at = len(imported.headers) - 4
    for _line, cells in reopen(imported, viewer).rows():
        row = [as_text(cell) for cell in cells] + [""] * (len(imported.headers) - len(cells))
        if not row[at] and (row[at + 2] or BEFORE) == heading:
            row[at] = str(account.uid)
        rows.append(row)
    left = [each for each in imported.split["unmatched"] if each["heading"] != heading]
    number = next(each["rows"] for each in imported.split["unmatched"] if each["heading"] == heading)
    imported.split = imported.split | {"unmatched": left, "talks": imported.split["talks"] + number}
    return _put(imported, imported.headers, rows)


def _column(imported: Import, column: int | None) -> int:
    number = (
        column
        if column is not None
        else next((place for place, target in enumerate(imported.targets) if target == "text"), None)
    )
    if number is None or not 0 <= number < len(imported.headers):
        raise Invalid(
            [
                FieldProblem(
                    "text", _("日報の文章がどの列かを、「詳細」に対応させてください。"), code="no_text"
                )
            ]
        )
    return number


def _rows_of(
    imported: Import, cells: Sequence[Cell], number: int, text: str, finder: Finder, unmatched: dict[str, Any]
) -> list[list[str]]:
    """The rows that come of one; a row that names its customer in a column and has no headings stays as it is."""
    row = [as_text(cell) for cell in cells][: len(imported.headers)]
    row += [""] * (len(imported.headers) - len(row))
    named = row[imported.targets.index("account")].strip() if "account" in imported.targets else ""
    known = finder.find([])
    blocks = cut(text, lambda name: name in known)
    if named and not any(block.heading for block in blocks):
        return [[*row, named, "", "", ""]]
    told = []
    for place, block in enumerate(blocks or [Block(lines=[text])]):
        customer = _customer(block, known) or ("" if block.heading else named)
        if not customer:
            if not block.text and not block.name:
                continue
            heading = block.heading or BEFORE
            entry = unmatched.setdefault(
                heading, {"rows": 0, "sample": (block.text or block.heading)[:SAMPLE]}
            )
            entry["rows"] += 1
        one = list(row)
        one[number] = block.text or block.heading
        told.append([*one, customer, block.method, block.heading, text if place == 0 else ""])
    return told


def _customer(block: Block, known: dict[str, Any]) -> str:
    """The number of the record where exactly one is meant."""
    found = known.get(block.name) if block.name else None
    return str(found.uid) if found is not None and found is not Ambiguous else ""


def _cell(cells: Sequence[Cell], number: int) -> str:
    return as_text(cells[number]) if number < len(cells) else ""


def _batches(rows: Iterable[tuple[int, list[Cell]]]) -> Iterable[list[list[Cell]]]:
    some: list[list[Cell]] = []
    for _line, cells in rows:
        some.append(cells)
        if len(some) == BATCH:
            yield some
            some = []
    if some:
        yield some


def _put(imported: Import, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Import:
    """The new file takes the place of the old one, which goes where nobody else needs it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headers)
    writer.writerows(rows)
    before = imported.file
    imported.file = keep_file(ContentFile(out.getvalue().encode("utf-8-sig"), name="split.csv"))
    imported.form, imported.encoding, imported.sheet, imported.header_line = "text", "utf-8-sig", "", 1
    imported.headers, imported.rows = list(headers), len(rows)
    imported.state, imported.counts, imported.differences = Import.State.UPLOADED, {}, []
    with ledger.writing():
        imported.save()
        transaction.on_commit(lambda: sweep([before]))
    return imported
