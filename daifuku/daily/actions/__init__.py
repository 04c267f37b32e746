"""The verbs of daily reports."""

from daifuku.daily.actions.closing import close_day
from daifuku.daily.actions.drafting import keep_draft
from daifuku.daily.actions.habits import edit_habits
from daifuku.daily.actions.reading import read
from daifuku.daily.actions.reopening import reopen
from daifuku.daily.actions.sharing import share, withdraw

__all__ = ["close_day", "edit_habits", "keep_draft", "read", "reopen", "share", "withdraw"]
