"""What only some people may do: change the settings, erase a person."""

from __future__ import annotations

from daifuku.foundation.errors import Forbidden
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def need_power(by: Person, power: str) -> None:
    """Raises Forbidden."""
    if not viewer_of(by).has_power(power):
        raise Forbidden


def need_settings(by: Person) -> None:
    need_power(by, "settings")
