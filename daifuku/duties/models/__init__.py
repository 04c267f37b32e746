"""The rows of duties: what was expected of whom until when, the firm's settings for it, and who was away."""

from daifuku.duties.models.day_off import DayOff, Part
from daifuku.duties.models.duty import Duty, State
from daifuku.duties.models.policy import Policy
from daifuku.duties.models.progress import Progress
from daifuku.duties.models.rhythm import Rhythm
from daifuku.duties.models.why import Reason, Why

__all__ = ["DayOff", "Duty", "Part", "Policy", "Progress", "Reason", "Rhythm", "State", "Why"]
