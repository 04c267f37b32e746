"""What the server tells the person at the terminal, in her language, before anything of Django is loaded."""

from __future__ import annotations

import gettext as catalogues
import os
import re
from functools import cache
from pathlib import Path


def language() -> str:
    """Of the terminal."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((value for name in names if (value := os.environ.get(name))), "ja")
    return "en" if wanted.startswith("en") else "ja"


@cache
def _catalogue(wanted: str) -> catalogues.NullTranslations:
    folder = Path(__file__).resolve().parent.parent / "locale"
    return catalogues.translation("django", folder, languages=[wanted], fallback=True)


def gettext(message: str) -> str:
    return _catalogue(language()).gettext(message)


def for_browser(message: str, accepted: str) -> str:
    """In English where the browser asks for it before Japanese (`Accept-Language`)."""
    english = re.search(r"\ben\b", accepted)
    japanese = re.search(r"\bja\b", accepted)
    first = english and (not japanese or english.start() < japanese.start())
    return _catalogue("en" if first else "ja").gettext(message)
