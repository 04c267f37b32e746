"""What can be done with hand-overs: arranged, called off, carried out, received, returned, taken back."""

from daifuku.handover.actions.arranging import arrange, cancel, go_on
from daifuku.handover.actions.noticing import write_notice
from daifuku.handover.actions.printing import print_sheets
from daifuku.handover.actions.receiving import acknowledge, write_note
from daifuku.handover.actions.taking_back import give_back, take_back

__all__ = [
    "acknowledge", "arrange", "cancel", "give_back", "go_on", "print_sheets", "take_back", "write_note", "write_notice",
]  # fmt: skip
