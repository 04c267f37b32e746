"""The doubles within a file, by the headings of the import: no server and no database are needed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from daifuku.customers.objects.account import ACCOUNT
from daifuku.customers.objects.contact import CONTACT
from daifuku.dedupe.matching.scan import KINDS, Found, Listed, Values
from daifuku.transfers.mapping import heading_key
from daifuku.transfers.reading.cells import as_text
from daifuku.transfers.reading.nature import CARDS, ENEX, nature_of
from daifuku.transfers.reading.refused import refused
from daifuku.transfers.reading.table import Table, read_table
from daifuku.transfers.targets import COMPOSITES, Composite

OBJECTS = {"account": ACCOUNT, "contact": CONTACT}
HEADINGS = ("row_a", "row_b", "score", "verdict")
# What of a person or a firm is compared: one of them at least has to be in the file.
NEEDED = {"account": {"name", "kana"}, "contact": {"family_name", "given_name", "family_kana"}}
# The contact's firm is compared by its name.
AS = {"account": "company"}


def find_in(path: Path, object_key: str, encoding: str = "") -> list[Found]:
    """Raises Invalid with a sentence for what is no table or names nobody, OSError for what cannot be read."""
    table, columns = _opened(path, object_key, encoding)
    listed = Listed(KINDS[object_key], _rows(table, columns, object_key))
    if not listed.records:
        raise refused(_("見出しの下に行がありません。"), "no_rows")
    return listed.pairs()


def _opened(path: Path, object_key: str, encoding: str) -> tuple[Table, dict[int, str | Composite]]:
    known = _known(object_key)
    with path.open("rb") as file:
        form = nature_of(file, min(1, path.stat().st_size))
        data = file.read()
    if form in {CARDS, ENEX}:
        raise refused(_("CSVかExcelのファイルを選んでください。"), "not_a_table")
    table = read_table(data, form, knows=lambda heading: heading_key(heading) in known, encoding=encoding)
    columns: dict[int, str | Composite] = {}
    for number, heading in enumerate(table.headers):
        target = known.get(heading_key(heading)) if heading else None
        if target is not None and target not in columns.values():
            columns[number] = target
    filled = {
        key
        for target in columns.values()
        for key in (target.fills if isinstance(target, Composite) else (target,))
    }
    if not filled & NEEDED[object_key]:
        words = {"headings": "、".join(table.headers[:12]) or "－"}
        sentence = _(
            "名前の列が見つかりません（見出し: %(headings)s）。「会社名」や「氏名」という見出しを付けてください。"
        )
        raise refused(sentence % words, "no_name")
    return table, columns


def _known(object_key: str) -> dict[str, str | Composite]:
    """Headings in their plain form; a field's own name counts more than another's synonym, as in the import."""
    fields = {field.key: field for field in OBJECTS[object_key].fields}
    composites = [each for each in COMPOSITES if all(key in fields for key in each.fills)]
    found: dict[str, str | Composite] = {}
    for composite in composites:
        found.setdefault(heading_key(str(composite.label)), composite)
    for key, field in fields.items():
        for word in (str(field.label), key):
            found.setdefault(heading_key(word), key)
    for composite in composites:
        for word in composite.synonyms:
            found.setdefault(heading_key(word), composite)
    for key, field in fields.items():
        for word in field.synonyms:
            found.setdefault(heading_key(str(word)), key)
    return found


def _rows(table: Table, columns: dict[int, str | Composite], object_key: str) -> Iterator[Values]:
    """Every line below the headings, the empty ones too: their places are what is told."""
    for line, cells in table.lines:
        if line <= table.header_line:
            continue
        values: Values = {}
        for number, target in columns.items():
            text = as_text(cells[number]).strip() if number < len(cells) else ""
            if not text:
                continue
            if isinstance(target, Composite):
                values |= {key: part for key, part in target.split(text).items() if not values.get(key)}
            elif not (target == "street" and values.get("street")):
                values[AS.get(target, target)] = text
        yield values


def write(found: Iterable[Found], out: TextIO) -> dict[str, int]:
    """row_a, row_b from 1 for the first line under the headings, score in points, verdict; the likeliest first."""
    counts = {"sure": 0, "perhaps": 0}
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    for each in sorted(found, key=lambda each: (-each.score, each.one, each.other)):
        writer.writerow((each.one + 1, each.other + 1, f"{each.score:.2f}", each.verdict))
        counts[each.verdict] += 1
    return counts
