"""What this room keeps."""

from daifuku.dedupe.models.pair import Apart, Decision, Pair, Reason, Verdict, Way
from daifuku.dedupe.models.setup import Setup, setup

__all__ = ["Apart", "Decision", "Pair", "Reason", "Setup", "Verdict", "Way", "setup"]
