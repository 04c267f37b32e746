"""How the firm passes leads on, and what was passed on."""

from daifuku.passing.models.handing import Handing, Reason, State
from daifuku.passing.models.setting import Setup, Target, setup

__all__ = ["Handing", "Reason", "Setup", "State", "Target", "setup"]
