"""A firm that passes leads on, and a ready lead of the marketer 大崎's section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.passing.actions import edit_setup
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast


@pytest.fixture
def on(cast: Cast) -> Any:
    return edit_setup({"on": True}, by=cast.mizuno)


@pytest.fixture
def lead(cast: Cast, on: Any) -> Any:
    """In the hands of 大崎, who leads the section."""
    values = {"family_name": "佐藤", "company": "若葉産業", "status": "qualified", "owner": cast.osaki}
    return actions.create("lead", values, by=cast.osaki)
