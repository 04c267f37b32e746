"""The cast as a fixture: `cast.aoyama` and the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    from daifuku.staff.testing import invent_cast

    return invent_cast()
