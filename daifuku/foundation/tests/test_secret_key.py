"""The key of an installation is made once, however many processes start at the same moment."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from daifuku.foundation.settings import secret_key

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_all_who_ask_at_once_get_the_same_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAIFUKU_SECRET_KEY", raising=False)
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda each: secret_key(tmp_path), range(8)))
    assert len(keys) == 1
    assert len(keys.pop()) > 40


def test_a_file_that_nobody_has_written_yet_is_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process has just made it, or the power went before it was written."""
    monkeypatch.delenv("DAIFUKU_SECRET_KEY", raising=False)
    path = tmp_path / "secret.key"
    os.close(os.open(path, os.O_CREAT, 0o600))
    key = secret_key(tmp_path)
    assert len(key) > 40
    assert path.read_text() == key == secret_key(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
