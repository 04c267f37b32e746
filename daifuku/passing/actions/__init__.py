"""What is done with leads for sales: passed on, taken, given back; and how the firm settles it."""

from daifuku.passing.actions.answering import accept, give_back
from daifuku.passing.actions.passing_on import pass_on
from daifuku.passing.actions.settling import edit_setup

__all__ = ["accept", "edit_setup", "give_back", "pass_on"]
