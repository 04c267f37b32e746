"""The document about conditions names every operator and every period that there is."""

from __future__ import annotations

import re

from daifuku.foundation import periods
from daifuku.records.catalogue.types import TYPES, FieldType, TeamLink
from daifuku.records.conditions.families.moment import PERIODS
from tests.support.sources import ROOT

TEXT = (ROOT / "docs/dev/conditions.md").read_text(encoding="utf-8")


def test_the_table_has_every_operator() -> None:
    documented = set(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE))
    kinds: list[type[FieldType]] = [*TYPES.values(), TeamLink]
    assert documented == {operator for kind in kinds for operator in kind.operators}


def test_every_period_of_the_calendar_has_a_name_and_is_documented() -> None:
    assert set(PERIODS) == set(periods.PERIODS)
    assert [
        name for name in PERIODS if f"`{name}`" not in TEXT and f"`{name.partition('_')[2]}`" not in TEXT
    ] == []
