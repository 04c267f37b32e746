"""Where the files of imports and exports lie."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict, Unavailable


def keep_file(content: Any) -> str:
    """The name under which the content is found again; the bytes are safe when this returns."""
    return default_storage.save("file", content)


def content_of(name: str) -> bytes:
    """Raises Conflict when it went with somebody who was erased, Unavailable."""
    if not name:
        raise erased()
    try:
        with default_storage.open(name, "rb") as file:
            data: bytes = file.read()
    except FileNotFoundError as error:
        raise Unavailable(_("ファイルが見つかりません。もう一度ファイルを選んでください。")) from error
    return data


def erased() -> Conflict:
    return Conflict(
        _("個人情報の消去にともない、このファイルは削除されました。もう一度ファイルを選んでください。"),
        code="file_erased",
    )
