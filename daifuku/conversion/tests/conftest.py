"""A lead with all that can hang on one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

Make = Callable[..., Any]
CARD = {
    "family_name": "山田", "given_name": "花子", "family_kana": "ヤマダ", "given_kana": "ハナコ",
    "company": "株式会社みどり商店", "phone": "03-1234-5678", "direct_phone": "03-1234-9999",
    "email": "hanako@midori.example.jp", "title": "部長", "department": "購買部", "industry": "wholesale",
    "prefecture": "東京都", "city": "千代田区", "note": "展示会で会った", "interest": "ミソミソヨーグルト",
    "source": "exhibition",
}  # fmt: skip


@pytest.fixture
def lead_of(cast: Cast) -> Make:
    """A lead of 青山's; values over those of the card."""

    def make(by: Any = None, **values: Any) -> Any:
        return actions.create("lead", {**CARD, **values}, by=by or cast.aoyama)

    return make


@pytest.fixture
def talk_with(cast: Cast) -> Make:
    def make(lead: Any, by: Any = None, **values: Any) -> Any:
        start = timezone.now() - timedelta(days=1)
        given = {
            "lead": lead,
            "started_at": start,
            "text": "電話した",
            "method": "phone",
            "content": "question",
            **values,
        }
        return actions.create("talk", given, by=by or cast.aoyama)

    return make
