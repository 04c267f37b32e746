"""Which of many records are compared at all: those with a key in common that not too many have.

Keys are kept as 40 bits of their hash beside 24 bits of the record's place, so that a million records with a dozen keys
each fit into memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

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
        self._incidences, self._common = array("Q"), array("I")

    def add(self, keys: Iterable[tuple[str, str]]) -> None:
        place = self.count
        for kind, key in keys:
            entries = self._entries.get(kind)
            if entries is None:
                entries = self._entries[kind] = array("Q")
            entries.append((hash(key) & _HASH) << PLACES | place)
        self.count += 1

    def close(self) -> None:
        common = np.ones(self.count, np.uint32)
        for kind in list(self._entries):
            entries = np.array(self._entries.pop(kind), np.uint64)
            entries.sort()
            self._group(entries, common if kind in COUNTED else None)
        self._common = array("I", common.tobytes())
        self._incidences = array("Q", np.sort(np.frombuffer(self._incidences, np.uint64)).tobytes())

    def _group(self, entries: Any, common: Any) -> None:
        blocks, places = entries >> np.uint64(PLACES), (entries & np.uint64(_PLACE)).astype(np.uint32)
        edges = np.flatnonzero(blocks[1:] != blocks[:-1]) + 1
        begins, ends = np.concatenate(([0], edges)), np.concatenate((edges, [len(entries)]))
        sizes = ends - begins
        if common is not None:
            np.maximum.at(common, places, np.repeat(sizes, sizes).astype(np.uint32))
        kept = (sizes > 1) & (sizes <= self.most)
        for begin, end in zip(begins[kept].tolist(), ends[kept].tolist(), strict=True):
            self._keep(places[begin:end].tolist())

    def _keep(self, places: list[int]) -> None:
        group = len(self._starts) - 1
        self._members.extend(places)
        self._starts.append(len(self._members))
        self._incidences.extend(place << 32 | group for place in places[:-1])

    def common(self, place: int) -> int:
        """How many records are called the same as this one, or sound so."""
        return self._common[place]

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
