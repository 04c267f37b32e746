"""A firm with some history and a file, and places for its backups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile

from daifuku.backups import actions
from daifuku.records import actions as records
from daifuku.records.actions import filing

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast


@pytest.fixture
def places_of_tests(settings: Any, tmp_path: Path) -> Path:
    """Home, files and the usual folder of backups, for this test alone."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.MEDIA_ROOT = settings.HOME / "files"
    settings.BACKUP_FOLDER = str(tmp_path / "backups")
    return tmp_path


@pytest.fixture
def firm(transactional_db: None, places_of_tests: Path, cast: Cast) -> Cast:
    account = records.create("account", {"name": "青葉商事", "phone": "052-111-2222"}, by=cast.aoyama)
    records.edit(account, {"phone": "052-333-4444"}, by=cast.aoyama, version=account.version)
    filing.add_file(account, ContentFile(b"%PDF-1.4 ...", "契約書.pdf"), by=cast.aoyama)
    return cast


@pytest.fixture
def key(firm: Cast) -> str:
    return actions.make_key(by=firm.mizuno)
