from daifuku.forecast.actions.settings import edit_setting
from daifuku.forecast.actions.targets import Cell, Entered, enter_targets

__all__ = ["Cell", "Entered", "edit_setting", "enter_targets"]
