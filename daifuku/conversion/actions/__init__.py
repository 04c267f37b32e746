"""The verbs: begin trading with a lead, take that back, make it a lead again; settle how the firm does it."""

from daifuku.conversion.actions.converting import convert
from daifuku.conversion.actions.reopening import reopen
from daifuku.conversion.actions.taking_back import take_back
from daifuku.conversion.wanted import NEW, NONE, Wanted

__all__ = ["NEW", "NONE", "Wanted", "convert", "reopen", "take_back"]
