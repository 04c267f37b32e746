"""What the server tells the person at the terminal, in her language, before anything of Django is loaded."""

from __future__ import annotations

import gettext as catalogues
import os
from functools import cache
from pathlib import Path


@cache
def _catalogue() -> catalogues.NullTranslations:
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    language = next((value for name in names if (value := os.environ.get(name))), "ja")
    wanted = "en" if language.startswith("en") else "ja"
    folder = Path(__file__).resolve().parent.parent / "locale"
    return catalogues.translation("django", folder, languages=[wanted], fallback=True)


def gettext(message: str) -> str:
    return _catalogue().gettext(message)
