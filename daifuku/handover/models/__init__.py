"""引き継ぎ: who gives what to whom from which day, and customer by customer whether it was received."""

from daifuku.handover.models.handover import Handover
from daifuku.handover.models.item import Item
from daifuku.handover.models.paper import Paper

__all__ = ["Handover", "Item", "Paper"]
