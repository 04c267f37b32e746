"""Goods of the catalogue are known where minutes name them, in whichever width they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.catalog.models import Product
from daifuku.minutes.found import found_in_text
from daifuku.minutes.words import products_for
from daifuku.records import actions
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_they_are_read(cast: Cast) -> None:
    for code, name in (("A1", "赤だしカップ"), ("A2", "ＬＥＤ照明"), ("A3", "つゆの素")):
        actions.create("product", {"code": code, "name": name, "price": "100"}, by=cast.mizuno)
    old = actions.create("product", {"code": "A4", "name": "旧型", "price": "1"}, by=cast.mizuno)
    Product.plain.filter(pk=old.pk).update(discontinued_on="2026-01-01")
    told = found_in_text(
        "【提案】\n赤だしｶｯﾌﾟを20ケース、LED照明を40台。旧型は終わり。",
        old.created_at.date(),
        {},
        viewer_of(cast.aoyama),
    )
    assert {each.finding.text for each in told.chips if each.finding.kind == "product"} == {
        "赤だしカップ", "ＬＥＤ照明",
    }  # fmt: skip
    assert "旧型" not in products_for(viewer_of(cast.aoyama))
