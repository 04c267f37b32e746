"""A file's name as it may be kept and sent: no folders, no invisible marks, not too long."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Invalid

LONGEST = 255
# What turns the reading direction could show `gpj.exe` as `exe.jpg`; the others are invisible.
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean_name(name: str) -> str:
    """The name without its folders. Raises Invalid."""
    name = unicodedata.normalize("NFC", str(name)).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(" " if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in name)
    name = INVISIBLE.sub("", name).strip().strip(".").strip()
    if not name:
        raise Invalid(
            [FieldProblem("file", _("ファイル名がありません。名前をつけてください。"), code="name")]
        )
    if len(name) > LONGEST:
        raise Invalid(
            [
                FieldProblem(
                    "file",
                    _("ファイル名が長すぎます。255文字以内にしてからお試しください。"),
                    code="too_long",
                )
            ]
        )
    return name
