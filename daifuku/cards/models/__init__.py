"""What this room keeps."""

from daifuku.cards.models.card import OPEN, Card, How, Reading, State, Way
from daifuku.cards.models.letter import Letter
from daifuku.cards.models.recheck import Recheck
from daifuku.cards.models.setup import Setup, setup

__all__ = ["OPEN", "Card", "How", "Letter", "Reading", "Recheck", "Setup", "State", "Way", "setup"]
