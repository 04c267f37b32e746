"""The rows of minutes: their templates, which one a talk was written by, what was made of its lines, drafts."""

from daifuku.minutes.models.draft import Draft, Presence
from daifuku.minutes.models.minutes import Minutes
from daifuku.minutes.models.template import Edition, Template

__all__ = ["Draft", "Edition", "Minutes", "Presence", "Template"]
