"""What シャチホコ商事 talked about with its customers, and what it is going to: two years of calls and visits."""

from daifuku.activities.demo.plans import plans
from daifuku.activities.demo.talks import talks

__all__ = ["plans", "talks"]
