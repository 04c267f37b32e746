"""What can be done with hand-overs: arranged, called off, carried out, received, returned, taken back."""

from daifuku.handover.actions.arranging import arrange, cancel, go_on
from daifuku.handover.actions.receiving import acknowledge, write_note
from daifuku.handover.actions.taking_back import give_back, take_back

__all__ = ["acknowledge", "arrange", "cancel", "give_back", "go_on", "take_back", "write_note"]
