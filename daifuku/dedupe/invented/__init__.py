"""Invented firms and people with the truth about who is who: what accuracy is measured on (docs/dev/dedupe.md).

Written and committed before the matcher. Seed 1 is for tuning, seed 2 for labels that the second stage learns from;
`HELD_OUT` is only ever run for the figures that are reported.
"""

from __future__ import annotations

from daifuku.dedupe.invented.firms import firms
from daifuku.dedupe.invented.people import people

TUNING, LABELS, HELD_OUT = 1, 2, 20261127

__all__ = ["HELD_OUT", "LABELS", "TUNING", "firms", "people"]
