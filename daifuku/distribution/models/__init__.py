"""What the firm has settled about distributing leads, and what became of each."""

from daifuku.distribution.models.decision import Decision, Passed
from daifuku.distribution.models.rule import Rule
from daifuku.distribution.models.setup import Setup
from daifuku.distribution.models.taker import Spell, Taker

__all__ = ["Decision", "Passed", "Rule", "Setup", "Spell", "Taker"]
