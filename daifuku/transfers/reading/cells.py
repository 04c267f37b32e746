"""A cell as text, the way the person sees it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from daifuku.foundation import csv

Cell = Any


def as_text(cell: Cell) -> str:
    """Whole numbers lose the `.0` that Excel gives them; days and times are written as Japanese readers do."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "はい" if cell else "いいえ"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y/%m/%d}" if cell.time() == time() else f"{cell:%Y/%m/%d %H:%M:%S}"
    if isinstance(cell, date):
        return f"{cell:%Y/%m/%d}"
    if isinstance(cell, time | timedelta):
        return str(cell)
    return str(cell)


def without_mark(text: str) -> str:
    """Takes away the mark that a CSV export puts before a formula to make it harmless; Excel files have none."""
    if text[:1] == "'" and csv.harmless(text[1:]) == text:
        return text[1:]
    return text


def is_blank(cells: list[Cell]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)
