"""Several records become one, and several again; two that are one party and stay two."""

from daifuku.merging.actions.linking import link_same, unlink_same
from daifuku.merging.actions.merging import merge
from daifuku.merging.actions.taking_back import take_back

__all__ = ["link_same", "merge", "take_back", "unlink_same"]
