from daifuku.jobs.models.job import Job
from daifuku.jobs.models.recurring import Recurring

__all__ = ["Job", "Recurring"]
