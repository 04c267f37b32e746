"""The counts in the frame: what is new for this person."""

from __future__ import annotations

from typing import Any

import daifuku.messages.notices as notices


def waiting_for(viewer: Any) -> dict[str, int]:
    return {"notices": notices.unread_count(viewer.person)}
