"""Rows that name another row of the same file as the one above them: head office and branches in one file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from daifuku.foundation.japanese import clean_kana, company_key
from daifuku.transfers.converting import Converter, Values


class Family:
    """Who is above whom in the file, by line. A row without a parent in the file stands at the top."""

    def __init__(self, field: str) -> None:
        self.field = field
        self.lines: dict[str, int] = {}
        self.parents: dict[int, str] = {}

    @classmethod
    def read(cls, field: str, converter: Converter, rows: Iterable[tuple[int, list[Any]]]) -> Family:
        family = cls(field)
        for line, cells in rows:
            values = converter.values(cells)
            for key in own_keys(values):
                family.lines.setdefault(key, line)
            if parent := str(values.get(field) or "").strip():
                family.parents[line] = parent
        return family

    def has(self, parent: str) -> bool:
        return self._line_of(parent) is not None

    def goes_in_circles(self, line: int) -> bool:
        """Whether somebody in this row's line of parents is his own parent, or the row is its own grandchild."""
        seen, now = {line}, line
        while (parent := self.parents.get(now)) and (above := self._line_of(parent)):
            if above in seen:
                return True
            seen.add(above)
            now = above
        return False

    def _line_of(self, parent: str) -> int | None:
        for key in (f"code:{parent}", f"name:{company_key(parent)}", f"kana:{clean_kana(parent)}"):
            if key in self.lines:
                return self.lines[key]
        return None


def own_keys(values: Values) -> list[str]:
    """The names by which other rows may call this one."""
    keys = []
    if code := str(values.get("code") or "").strip():
        keys.append(f"code:{code}")
    if name := str(values.get("name") or "").strip():
        keys.append(f"name:{company_key(name)}")
    if kana := str(values.get("kana") or "").strip():
        keys.append(f"kana:{clean_kana(kana)}")
    return keys
