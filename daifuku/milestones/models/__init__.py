from daifuku.milestones.models.milestone import Milestone
from daifuku.milestones.models.plan import MilestonePlan

__all__ = ["Milestone", "MilestonePlan"]
