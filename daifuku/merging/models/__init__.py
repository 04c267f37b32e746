"""What became one record, and what is one party in two records."""

from daifuku.merging.models.merge import Merge, SameParty

__all__ = ["Merge", "SameParty"]
