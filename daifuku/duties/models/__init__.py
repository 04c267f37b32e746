"""The rows of duties: what was expected of whom until when, the firm's settings for it, and who was away."""

from daifuku.duties.models.day_off import DayOff
from daifuku.duties.models.duty import Duty, State
from daifuku.duties.models.policy import Policy

__all__ = ["DayOff", "Duty", "Policy", "State"]
