"""What the phone does beyond what every record knows: hand in a talk, hang photographs on it, keep wordings."""

from daifuku.phone.actions.entering import Entered, Next, Seen, enter
from daifuku.phone.actions.photographing import add_photo
from daifuku.phone.actions.wording import keep_wordings, ship_wordings

__all__ = ["Entered", "Next", "Seen", "add_photo", "enter", "keep_wordings", "ship_wordings"]
