"""What went into another record does not leave the trash by itself: taking the merge back brings it out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict, DomainError
from daifuku.records.absorbing import is_absorbed


def merged_away(record: Any) -> DomainError | None:
    if is_absorbed(record):
        return Conflict(
            _("この記録はほかの記録に統合されています。「統合の記録」から、統合を元に戻してください。"),
            code="merged_before",
        )
    return None
