"""Excel files as people make them: many sheets, merged cells above the headings, line breaks inside cells."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
Rows = Sequence[Sequence[str | int | float]]


def write(path: Path, sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[str]]) -> None:
    """`merged` names for a sheet the ranges that are one cell, as "A1:G1"."""
    numbered = list(enumerate(sheets.items(), 1))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        parts = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{OFFICE}.worksheet+xml"/>'
            for n, _sheet in numbered
        )
        workbook = f'<Override PartName="/xl/workbook.xml" ContentType="{OFFICE}.sheet.main+xml"/>'
        default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        types = f'<Types xmlns="{PACKAGE}/content-types">{default}{workbook}{parts}</Types>'
        out.writestr("[Content_Types].xml", HEAD + types)
        out.writestr("_rels/.rels", HEAD + _relations([("officeDocument", "xl/workbook.xml")]))
        names = "".join(
            f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, (name, _rows) in numbered
        )
        book = f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets>{names}</sheets></workbook>'
        out.writestr("xl/workbook.xml", HEAD + book)
        links = [("worksheet", f"worksheets/sheet{n}.xml") for n, _sheet in numbered]
        out.writestr("xl/_rels/workbook.xml.rels", HEAD + _relations(links))
        for n, (name, rows) in numbered:
            out.writestr(f"xl/worksheets/sheet{n}.xml", HEAD + _sheet(rows, merged.get(name, ())))


def _relations(links: Sequence[tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'


def _sheet(rows: Rows, merged: Sequence[str]) -> str:
    lines = "".join(
        f'<row r="{n}">{"".join(_cell(f"{chr(64 + c)}{n}", value) for c, value in enumerate(row, 1))}</row>'
        for n, row in enumerate(rows, 1)
    )
    ranges = "".join(f'<mergeCell ref="{each}"/>' for each in merged)
    merges = f'<mergeCells count="{len(merged)}">{ranges}</mergeCells>' if merged else ""
    return f"<worksheet {MAIN}><sheetData>{lines}</sheetData>{merges}</worksheet>"


def _cell(place: str, value: str | int | float) -> str:
    if value == "":
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'
