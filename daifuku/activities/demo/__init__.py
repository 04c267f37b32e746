"""What シャチホコ商事 talked about with its customers, and what it is going to do: two years of it."""

from daifuku.activities.demo.plans import plans
from daifuku.activities.demo.repeating import repeating
from daifuku.activities.demo.talks import talks
from daifuku.activities.demo.tasks import tasks

__all__ = ["plans", "repeating", "talks", "tasks"]
