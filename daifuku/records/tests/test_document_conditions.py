"""The document about conditions names every operator and every period that there is."""

from __future__ import annotations

import re

from daifuku.records.catalogue.types import TYPES, FieldType, TeamLink
from daifuku.records.conditions.families.moment import PERIODS
from tests.support.sources import ROOT

TEXT = (ROOT / "docs/dev/conditions.md").read_text(encoding="utf-8")


def test_the_table_has_every_operator() -> None:
    documented = set(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE))
    kinds: list[type[FieldType]] = [*TYPES.values(), TeamLink]
    assert documented == {operator for kind in kinds for operator in kind.operators}


def test_the_periods_are_listed() -> None:
    assert [name for name in PERIODS if f"`{name}`" not in TEXT] == []
