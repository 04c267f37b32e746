"""The rows of daily reports: the report, its draft, who has read it, what was shared with all, the firm's settings."""

from daifuku.daily.models.draft import Draft
from daifuku.daily.models.habit import Habits, habits
from daifuku.daily.models.reading import Reading
from daifuku.daily.models.report import Report
from daifuku.daily.models.shared import Shared

__all__ = ["Draft", "Habits", "Reading", "Report", "Shared", "habits"]
