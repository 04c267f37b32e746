"""Which of many records are compared at all: those with a key in common that not too many have.

Keys are kept as 40 bits of their hash beside 24 bits of the record's place, so that a million records with a dozen keys
each fit into memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

MOST = 60
PLACES = 24
_HASH, _PLACE = (1 << 40) - 1, (1 << PLACES) - 1
# Of these it is known how many records have the same: the rarer a name, the more it tells.
COUNTED = ("name", "person", "sound")


class Blocks:
    """`add` the keys of each record in turn, then `close`; then ask for `candidates` and `common`."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.count = most, 0
        self._entries: dict[str, array[int]] = {}
        self._members, self._starts = array("I"), array("I", [0])
        self._incidences: list[int] = []
        self._common: dict[str, array[int]] = {}

    def add(self, keys: Iterable[tuple[str, str]]) -> None:
        place = self.count
        for kind, key in keys:
            entries = self._entries.get(kind)
            if entries is None:
                entries = self._entries[kind] = array("Q")
            entries.append((hash(key) & _HASH) << PLACES | place)
        self.count += 1

    def close(self) -> None:
        for kind in list(self._entries):
            entries = sorted(self._entries.pop(kind))
            counts = self._common.setdefault(kind, array("I", [1]) * self.count) if kind in COUNTED else None
            self._group(entries, counts)
        self._incidences.sort()

    def _group(self, entries: list[int], counts: array[int] | None) -> None:
        begin, total = 0, len(entries)
        while begin < total:
            block, end = entries[begin] >> PLACES, begin + 1
            while end < total and entries[end] >> PLACES == block:
                end += 1
            if end - begin > 1:
                self._keep([entry & _PLACE for entry in entries[begin:end]], counts)
            begin = end

    def _keep(self, places: list[int], counts: array[int] | None) -> None:
        if counts is not None:
            for place in places:
                counts[place] = max(counts[place], len(places))
        if len(places) <= self.most:
            group = len(self._starts) - 1
            self._members.extend(places)
            self._starts.append(len(self._members))
            self._incidences += [place << 32 | group for place in places[:-1]]

    def common(self, place: int) -> int:
        """How many records are called the same as this one, or sound so."""
        return max((counts[place] for counts in self._common.values()), default=1)

    def candidates(self) -> Iterator[tuple[int, set[int]]]:
        """Each record with those behind it that it may be the same as."""
        current, found = -1, set[int]()
        for incidence in self._incidences:
            place, group = incidence >> 32, incidence & 0xFFFFFFFF
            if place != current:
                if found:
                    yield current, found
                current, found = place, set()
            found.update(
                each for each in self._members[self._starts[group] : self._starts[group + 1]] if each > place
            )
        if found:
            yield current, found
